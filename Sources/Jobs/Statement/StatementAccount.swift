package import Money
package import Settlement

/// The account from its opening to its closing.
package struct StatementAccount: Sendable {
    /// Whether the opening was carried forward by the closing of the year before. If not, it is the sum of what was
    /// posted before.
    package let isOpeningCarried: Bool
    /// The sum of what was posted before the year.
    let balanceBefore: Fen
    /// Balances brought in first, then by date of posting, yearly interest last.
    package let movements: [StatementMovement]
    package let sums: AccountSums
    /// What `ledger.account_year` keeps of the year, the same figures; `nil` while the year is open.
    package let ledger: ClosedAccount?

    /// The account of somebody who has none.
    static let nothing = StatementAccount(
        isOpeningCarried: false, balanceBefore: .zero, movements: [], sums: AccountSums(), ledger: nil)
}

/// One movement of the account.
package struct StatementMovement: Hashable, Sendable {
    package let entry: Entry
    package let purpose: Purpose
    /// The account after it.
    package let balance: Fen

    /// 以前年度调整: it covers a year before the one it is posted in. A balance brought in is no adjustment.
    package var isPriorYear: Bool { entry.isPriorYear }

    /// The row of `ledger.account_entry`.
    package struct Entry: Hashable, Sendable {
        package let kind: AccountMovement
        package let coveredMonth: Month
        package let effectiveOn: CivilDate
        /// The id of the fact, or the rule.
        package let source: FactID
        /// Above zero: the subject was moved before, and this is a correction.
        package let revision: Int16
        /// What the balance grows by.
        package let amount: Fen
        package let run: Int64
        package let instance: Instance
        package let postingMonth: Month
        package let article: String

        /// The balance brought in from the former system.
        package var isBroughtIn: Bool { kind == .carriedIn && source == CreditSource.opening }

        var isPriorYear: Bool { !isBroughtIn && coveredMonth.year < postingMonth.year }

        /// Where the movement is summed.
        var column: AccountYearColumn {
            switch kind {
            case .credit: .credit
            case .yearlyInterest: .interest
            case .inherited, .transferredIn, .specialAdjustment, .backEntry: .otherIn
            case .carriedIn: isBroughtIn ? .broughtIn : .otherIn
            case .spending, .settlementRefund: .payment
            case .closedOut, .premium, .carriedOut, .transferredOut, .toHeirs: .otherOut
            }
        }
    }

    /// What the money was for.
    package enum Purpose: Hashable, Sendable {
        case contribution
        case retireeCredit
        /// Brought in from the former system.
        case opening
        /// By the name of its institution.
        case settlement(institution: String, isRelatives: Bool)
        /// `use_kind`.
        case use(kind: String, isRelatives: Bool)
        /// The kind of movement says it all.
        case itself
    }
}

/// The columns of `ledger.account_year`, in its order.
package enum AccountYearColumn: String, Hashable, Sendable, CaseIterable {
    /// Carried forward from the year before.
    case opening
    /// Brought in from the former system.
    case broughtIn = "brought_in"
    /// Credits less what was taken back.
    case credit
    /// Yearly interest.
    case interest
    /// Transferred and inherited in, adjustments.
    case otherIn = "other_in"
    /// Spending less refunds; positive takes away.
    case payment
    /// Premiums, transfers out, closing, heirs; positive takes away.
    case otherOut = "other_out"
    case closing
    /// Of the movements, those that cover an earlier year.
    case priorYear = "prior_year"

    /// Whether a positive figure takes away from the account.
    var takesAway: Bool { self == .payment || self == .otherOut }
}

/// A figure for each column, in fen.
package struct AccountSums: Hashable, Sendable {
    private var amounts: [AccountYearColumn: Fen] = [:]

    package init() {}

    package internal(set) subscript(column: AccountYearColumn) -> Fen {
        get { amounts[column] ?? .zero }
        set { amounts[column] = newValue == .zero ? nil : newValue }
    }

    mutating func add(_ entry: StatementMovement.Entry) throws(MoneyOverflow) {
        let column = entry.column
        let amount = column.takesAway ? try entry.amount.negated() : entry.amount
        self[column] = try self[column] + amount
        self[.closing] = try self[.closing] + entry.amount
        if entry.isPriorYear { self[.priorYear] = try self[.priorYear] + entry.amount }
    }
}

/// A row of `ledger.account_year`.
package struct ClosedAccount: Hashable, Sendable {
    package let run: Int64
    package let sums: AccountSums
    /// Of the closing, money that came in during the year, during the year before, and before that.
    package let ofThisYear: Fen
    package let ofLastYear: Fen
    package let ofEarlierYears: Fen
}
