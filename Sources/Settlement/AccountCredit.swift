package import Money
package import Policy

/// Why a contribution or a month could not be credited, in order of precedence: the first that holds is the reason.
package enum CreditException: String, Hashable, Sendable, CaseIterable {
    /// No row of `person.csv` has arrived for the person.
    case unknownPerson = "unknown_person"
    /// No rule covers the month.
    case noRule = "no_rule"
    /// The month is after the month of death.
    case dead
    case notEnrolled = "not_enrolled"
    /// The rules do not know the person's `psn_type`.
    case unknownStatus = "unknown_status"
    /// A contribution covers a month in which the person was retired.
    case retired
    /// 断缴: a working person's month has no paid contribution yet.
    case unpaid
    /// A retiree without an own level of the reference year.
    case noOwnLevel = "no_own_level"
    /// The retiree amount of the month is announced and not yet supplied.
    case figureNotSupplied = "figure_not_supplied"
}

/// Why nothing is due although nothing is wrong.
package enum NotDue: String, Hashable, Sendable, CaseIterable {
    /// The contribution is for another insurance.
    case otherInsurance = "other_insurance"
    /// The row records something else than a payment (`clct_type` 36), or a payment whose base is not credited.
    case typeNotCredited = "type_not_credited"
    /// 预缴: the month covered has not been settled yet.
    case inAdvance = "in_advance"
    /// The credit comes to zero fen.
    case zero
    /// A month in which the person was not enrolled.
    case notEnrolled = "not_enrolled"
    /// A month after the month of death.
    case dead
}

/// What becomes of one contribution, or of one month of a person.
package enum CreditOutcome: Hashable, Sendable {
    /// Due to the account, by that parameter of the rules.
    case credited(Fen, by: RuleKey)
    case excepted(CreditException)
    case notDue(NotDue)
}

/// What decides, besides the contribution itself, what becomes of it.
package struct CreditSituation: Sendable {
    /// `insutype` that is being settled.
    package let insurance: Int16
    /// Whether a row of `person.csv` has arrived for the person.
    package let isKnown: Bool
    /// Whether the month covered has been settled for everyone, or is being.
    package let isSettled: Bool
    package let standing: Standing
    /// The rules of the month covered; `nil` if none covers it.
    package let terms: CreditTerms?

    package init(insurance: Int16, isKnown: Bool, isSettled: Bool, standing: Standing, terms: CreditTerms?) {
        self.insurance = insurance
        self.isKnown = isKnown
        self.isSettled = isSettled
        self.standing = standing
        self.terms = terms
    }
}

/// 在职职工、灵活就业人员个人账户计入。 二（四）: the base of each paid contribution × the credit rate, by the rule of the
/// month it covers. Differences and refunds carry a signed base and so credit or take back their share.
package func credit(
    _ contribution: Contribution, in situation: CreditSituation
) throws(MoneyOverflow) -> CreditOutcome {
    guard contribution.insurance == situation.insurance else { return .notDue(.otherInsurance) }
    guard contribution.type != .retireeCredit else { return .notDue(.typeNotCredited) }
    guard situation.isSettled else { return .notDue(.inAdvance) }
    guard situation.isKnown else { return .excepted(.unknownPerson) }
    guard let terms = situation.terms else { return .excepted(.noRule) }
    switch situation.standing {
    case .dead: return .excepted(.dead)
    case .notEnrolled: return .excepted(.notEnrolled)
    case .unknownStatus: return .excepted(.unknownStatus)
    case .enrolled(let category):
        guard !category.isRetired else { return .excepted(.retired) }
        guard let type = contribution.type, terms.creditedCollectionTypes.contains(type.rawValue) else {
            return .notDue(.typeNotCredited)
        }
        let amount = try contribution.base.times(terms.workerCreditRate, rounding: terms.rounding)
        return amount == .zero ? .notDue(.zero) : .credited(amount, by: .workerCreditRate)
    }
}

/// A retiree's credits of the reference year, `fixed_credit.csv`.
package struct OwnLevel: Hashable, Sendable {
    package let yearTotal: Fen
    /// `nil` if not reported.
    package let december: Fen?

    package init(yearTotal: Fen, december: Fen?) {
        self.yearTotal = yearTotal
        self.december = december
    }
}

/// 退休人员个人账户划入。 二（四）: at first the level of the person's own earlier credit, later one amount for everyone.
///
/// - Parameters:
///   - ownLevel: the person's level of the year that the rules refer to; `nil` if none was delivered.
///   - terms: the rules of the month.
package func creditRetiree(ownLevel: OwnLevel?, terms: CreditTerms) -> CreditOutcome {
    switch terms.retireeCredit {
    case .ownLevel(_, let reading):
        guard let ownLevel, let amount = monthly(ownLevel, reading: reading, rounding: terms.rounding) else {
            return .excepted(.noOwnLevel)
        }
        return amount == .zero ? .notDue(.zero) : .credited(amount, by: .retireeLevel)
    case .cityAmount(let amount):
        return amount == .zero ? .notDue(.zero) : .credited(amount, by: .retireeMonthlyAmount)
    case .notSupplied:
        return .excepted(.figureNotSupplied)
    }
}

/// The monthly amount of an own level; `nil` if the figure that the reading needs was not reported.
private func monthly(_ level: OwnLevel, reading: RetireeLevelReading, rounding: Rounding) -> Fen? {
    switch reading {
    case .yearTotalTwelfth: level.yearTotal.divided(by: 12, rounding: rounding)
    case .decemberAmount: level.december
    }
}
