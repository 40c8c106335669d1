package import Money
package import Settlement

/// 个人账户对账单: every movement of a person's account in one year of the books and every settlement of that benefit
/// year, with what stands after each. Only what completed runs wrote is in it, and it ties: where the lines do not come
/// to what the ledger keeps as their sum, there is no statement.
package struct AccountStatement: Sendable {
    package let year: Int
    /// The internal key.
    let person: Int64
    package let holder: StatementHolder
    package let books: StatementBooks
    package let account: StatementAccount
    package let pooling: StatementPooling
    /// What the account paid for settlements of others, by time and identifier.
    package let familyPayments: [StatementFamilyPayment]
    /// Where the lines are not what the ledger keeps. One that was given out has none.
    let differences: [StatementDifference]

    /// Whether the account has neither a balance nor a movement, and there is no settlement.
    var isEmpty: Bool { account.isEmpty && pooling.settlements.isEmpty && familyPayments.isEmpty }
}

/// Whose account it is; number and name as the ``PersonNaming`` says that was asked for.
package struct StatementHolder: Hashable, Sendable {
    /// `psn_no`; `nil` if no row of `person.csv` has arrived.
    package let number: String?
    /// `psn_name`; `nil` if it was not delivered.
    package let name: String?
    /// `insu_admdvs`; `nil` if no row of `person.csv` has arrived.
    package let district: String?
    /// What the person is in ``standingMonth``; `nil` if no rule covers that month.
    package let standing: Standing?
    /// December, or in a year that has not got so far the last month that any run has reached.
    package let standingMonth: Month
}

/// How far the books of the year are.
package enum StatementBooks: Hashable, Sendable {
    /// `certificate` is the digest of the year's certificate; `nil` if there is none.
    case closed(run: Int64, finishedAt: CivilTime?, certificate: String?)
    /// `night` is the last day settled, `month` the last month credited; at least one of them is there.
    case open(night: CivilDate?, month: Month?)

    package var isClosed: Bool {
        if case .closed = self { true } else { false }
    }
}
