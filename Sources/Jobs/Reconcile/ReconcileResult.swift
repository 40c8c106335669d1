package import Money

/// What a reconciliation found and wrote.
package struct ReconcileResult: Hashable, Sendable {
    package let period: ReconcilePeriod
    /// `nil` in a dry run.
    package let runID: Int64?
    package let summary: ReconcileSummary
    package let rows: RowAnswers
    package let changes: Changes
    /// Unequal statements whose detail (3202) is still to be delivered.
    package let withoutDetail: Int64
    /// Settlements of the period that no night has decided; compared as the counter reported them.
    package let undecided: Int64
    /// Institutions with settlements of the period that none of their statements covers.
    package let withoutStatement: Int64
    /// The detail files written, in order.
    package let files: [String]

    /// Answers of transaction 3202, a row each.
    package struct RowAnswers: Hashable, Sendable {
        package var equal: Int64 = 0
        package var onlyOurs: Int64 = 0
        package var onlyTheirs: Int64 = 0
        package var amount: Int64 = 0
        package var refundState: Int64 = 0

        package init(
            equal: Int64 = 0, onlyOurs: Int64 = 0, onlyTheirs: Int64 = 0, amount: Int64 = 0, refundState: Int64 = 0
        ) {
            self.equal = equal
            self.onlyOurs = onlyOurs
            self.onlyTheirs = onlyTheirs
            self.amount = amount
            self.refundState = refundState
        }
    }

    /// What became of discrepancies.
    package struct Changes: Hashable, Sendable {
        package var new: Int64 = 0
        package var revised: Int64 = 0
        package var reopened: Int64 = 0
        package var corrected: Int64 = 0

        package init(new: Int64 = 0, revised: Int64 = 0, reopened: Int64 = 0, corrected: Int64 = 0) {
            self.new = new
            self.revised = revised
            self.reopened = reopened
            self.corrected = corrected
        }
    }

    /// 0 if every statement is equal, or the differences are not above the tolerance; a tolerance of zero lets no unequal
    /// statement pass, be it by its count alone.
    package func exitCode(tolerance: Fen) -> ExitCode {
        if summary.institutionsUnequal == 0 { return .done }
        return tolerance > .zero && summary.difference.largest <= tolerance ? .done : .doesNotTie
    }
}
