package import Money

/// One movement of a personal account in the books of a year, one row of `ledger.account_entry`.
package struct AccountYearMovement: Hashable, Sendable {
    /// `acct_incexpd_type`.
    package let kind: Int16
    /// What the balance grows by; negative takes away.
    package let amount: Fen
    /// Day from which the money counts in the account.
    package let effectiveOn: CivilDate
    /// Year of the month that the movement is for.
    package let coveredYear: Int
    /// Whether it is the opening balance from the former system.
    package let isBroughtIn: Bool

    package init(kind: Int16, amount: Fen, effectiveOn: CivilDate, coveredYear: Int, isBroughtIn: Bool) {
        self.kind = kind
        self.amount = amount
        self.effectiveOn = effectiveOn
        self.coveredYear = coveredYear
        self.isBroughtIn = isBroughtIn
    }
}

/// 个人账户年度结转: one account from its opening to its closing, one row of `ledger.account_year`.
///
/// opening + brought in + credit + interest + other in − payment − other out = closing, and ``ages`` add up to the
/// closing.
package struct AccountYear: Hashable, Sendable {
    /// Carried forward from the year before.
    package let opening: Fen
    /// Brought in from the former system.
    package let broughtIn: Fen
    /// Credits (101), less what was taken back.
    package let credit: Fen
    /// Interest (102) of the year, and what the movements correct of the interest of other years.
    package let interest: Fen
    /// Transferred and inherited in, adjustments.
    package let otherIn: Fen
    /// Spending less refunds of settlements (201, 109); positive takes away.
    package let payment: Fen
    /// Premiums, transfers out, closing, heirs; positive takes away.
    package let otherOut: Fen
    /// Carried forward to the next year.
    package let closing: Fen
    /// Of the movements, those that cover an earlier year, without balances brought in.
    package let priorYear: Fen
    /// The closing by age.
    package let ages: AccountAges
    /// The year's interest as it came about; parts that come to nothing are left out.
    package let interestParts: [InterestPart]
}

/// The column of ``AccountYear`` that a movement belongs to.
enum AccountColumn {
    case credit
    case interest
    case otherIn
    case payment
    case otherOut

    /// A kind that the interface does not have belongs to the other movements of its hundreds.
    init(kind: Int16) {
        switch AccountMovement(rawValue: kind) {
        case .credit: self = .credit
        case .yearlyInterest: self = .interest
        case .inherited, .transferredIn, .specialAdjustment, .backEntry, .carriedIn: self = .otherIn
        case .settlementRefund, .spending: self = .payment
        case .closedOut, .premium, .carriedOut, .transferredOut, .toHeirs: self = .otherOut
        case nil: self = kind < 200 ? .otherIn : .otherOut
        }
    }

    var isIncome: Bool {
        switch self {
        case .credit, .interest, .otherIn: true
        case .payment, .otherOut: false
        }
    }
}
