package import Money

/// 个人账户收支, one row of `account_use.csv`: premiums, transfers, what goes to heirs, and what cancels one of these.
package struct AccountUse: Hashable, Sendable {
    /// `acct_incexpd_type`.
    package let movement: Int16
    /// `use_kind`.
    package let kind: String
    /// `bnft_psn_no`, as the internal id; `nil` is the owner.
    package let beneficiary: Int64?
    /// As delivered: negative on a row that cancels another.
    package let amount: Fen
    /// `use_date`.
    package let date: CivilDate
    /// Whether `init_acct_use_id` names a row that this one cancels.
    package let isCancellation: Bool

    package init(
        movement: Int16, kind: String, beneficiary: Int64?, amount: Fen, date: CivilDate, isCancellation: Bool
    ) {
        self.movement = movement
        self.kind = kind
        self.beneficiary = beneficiary
        self.amount = amount
        self.date = date
        self.isCancellation = isCancellation
    }
}

/// 家庭共济授权, one row of `family_link.csv` of the account's owner, newest version only.
package struct FamilyLink: Hashable, Sendable {
    /// `rlts_psn_no`, as the internal id.
    package let relative: Int64
    /// `rlts_type`: what the relative is to the owner.
    package let relation: String
    package let begin: CivilDate
    /// Inclusive; `nil` if open.
    package let end: CivilDate?

    package init(relative: Int64, relation: String, begin: CivilDate, end: CivilDate?) {
        self.relative = relative
        self.relation = relation
        self.begin = begin
        self.end = end
    }

    package func holds(on date: CivilDate) -> Bool {
        begin <= date && end.map { date <= $0 } ?? true
    }
}

/// The owner of an account on the day of a use.
package struct AccountOwner: Hashable, Sendable {
    /// The internal id.
    package let person: Int64
    package let standing: Standing

    package init(person: Int64, standing: Standing) {
        self.person = person
        self.standing = standing
    }
}

/// 收支类型, `acct_incexpd_type`: kinds in the hundreds add to the account, those in the two hundreds take away.
package enum AccountMovement: Int16, Hashable, Sendable, CaseIterable {
    case credit = 101
    case yearlyInterest = 102
    case inherited = 106
    case transferredIn = 107
    case settlementRefund = 109
    case specialAdjustment = 110
    case backEntry = 111
    case carriedIn = 113
    case spending = 201
    case closedOut = 203
    case premium = 205
    case carriedOut = 206
    case transferredOut = 207
    case toHeirs = 208

    package var takesAway: Bool {
        switch self {
        case .credit, .yearlyInterest, .inherited, .transferredIn, .settlementRefund, .specialAdjustment, .backEntry,
            .carriedIn:
            false
        case .spending, .closedOut, .premium, .carriedOut, .transferredOut, .toHeirs: true
        }
    }

    /// Whether 二（五） says what the money may pay, and for whom: it does where the account pays for something.
    package var paysForSomething: Bool {
        switch self {
        case .spending, .premium: true
        case .credit, .yearlyInterest, .inherited, .transferredIn, .settlementRefund, .specialAdjustment, .backEntry,
            .carriedIn, .closedOut, .carriedOut, .transferredOut, .toHeirs:
            false
        }
    }

    /// Whether the movement belongs to the time after the owner left the insurance or died: an account is closed,
    /// moved along or left to heirs then.
    fileprivate func fits(_ standing: Standing) -> Bool {
        switch (standing, self) {
        case (.enrolled, _), (.unknownStatus, _): true
        case (.dead, .toHeirs), (.dead, .closedOut): true
        case (.notEnrolled, .toHeirs), (.notEnrolled, .closedOut), (.notEnrolled, .transferredOut): true
        case (.dead, _), (.notEnrolled, _): false
        }
    }
}

extension AccountMovement {
    /// What the owner's standing says against the movement; `nil` if nothing.
    func finding(for standing: Standing) -> AccountUseFinding? {
        guard !fits(standing) else { return nil }
        return standing == .dead ? .ownerDead : .ownerNotEnrolled
    }
}
