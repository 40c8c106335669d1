package import Money

/// The running sums of a person's benefit year.
package struct YearSums: Hashable, Sendable {
    /// Deductible used in the year.
    package var deductible: Fen = .zero
    /// Deductible used since the sums last began anew; the same as ``deductible`` unless a change of category restarts
    /// them.
    package var deductibleCounted: Fen = .zero
    /// Paid by the pooling fund.
    package var poolPayment: Fen = .zero
    /// What the ceiling counts, since the sums last began anew: the fund's payments, or the in-scope amount above the
    /// deductible.
    package var counted: Fen = .zero
    /// In-scope amount.
    package var eligible: Fen = .zero
    /// Settlements less mirror rows.
    package var visits: Int64 = 0

    package init() {}

    /// Adds what a decision moves; a mirror row takes back.
    ///
    /// - Parameter isCounted: whether the decision belongs to what has been counted since the sums last began anew.
    mutating func add(_ decision: Decision, visits count: Int64, isCounted: Bool) throws(MoneyOverflow) {
        try deductible += decision.deductible
        try poolPayment += decision.poolPayment
        try eligible += decision.eligible
        visits += count
        guard isCounted else { return }
        try deductibleCounted += decision.deductible
        try counted += decision.counted
    }
}
