package import Money

package typealias NightlyResult = JobResult<NightlySummary>

/// What a night did, for people: the same figures stand in `report.run_summary`.
package struct NightlySummary: Sendable {
    package let run: Run
    package let lines: [SummaryLine]
    package let ties: [Tie]
    /// How the institutions stand in the month so far; `nil` in a dry run.
    package internal(set) var reconciliation: ReconcileSummary?

    init(run: Run, totals: [ControlTotal], ties: [Tie]) {
        self.run = run
        lines = totals.map(SummaryLine.init)
        self.ties = ties
    }
}

/// A measure of a run, broken down by an item.
package struct SummaryLine: Hashable, Sendable {
    package let measure: String
    package let item: String
    package let rows: Int64
    package let amount: Fen

    init(_ total: ControlTotal) {
        measure = total.measure
        item = total.item
        rows = total.count.rows
        amount = total.count.amount
    }
}
