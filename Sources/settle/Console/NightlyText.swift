import Jobs
import Money

/// What a night says when it ends.
struct NightlyText {
    private let result: NightlyResult
    private let date: CivilDate

    init(_ result: NightlyResult, date: CivilDate) {
        self.result = result
        self.date = date
    }

    var text: String {
        switch result {
        case .alreadyDone(let run):
            let done = run.finishedAt.map { " on \($0.civil.date)" } ?? ""
            return run.instance == .nightly(date)
                ? "nightly \(date) is done: run \(run.id)\(done). Nothing changed."
                : "nightly \(date) was settled with \(run.instance): run \(run.id)\(done). Nothing changed."
        case .settled(let summary):
            return text(of: summary, heading: "nightly \(date): run \(summary.run.id)")
        case .dryRun(let summary):
            return text(of: summary, heading: "nightly \(date): dry run, nothing was written")
        }
    }

    private func text(of summary: NightlySummary, heading: String) -> String {
        var lines = [heading]
        lines += SummaryTable(NightlyText.sections, summary.lines, month: date.month).text
        if let reconciliation = summary.reconciliation { lines += statementLines(of: reconciliation) }
        if !summary.ties.isEmpty {
            lines.append("  control totals: \(summary.ties.count) of \(summary.ties.count) tie")
        }
        return lines.joined(separator: "\n")
    }

    /// 对账: institutions equal and unequal, by how much, and the oldest difference that is open.
    private func statementLines(of reconciliation: ReconcileSummary) -> [String] {
        var lines: [String] = []
        if reconciliation.statements > 0 {
            lines.append(
                "  statements of the month: \(grouped(reconciliation.institutionsEqual)) institutions equal, "
                    + "\(grouped(reconciliation.institutionsUnequal)) unequal by \(reconciliation.difference.largest.grouped)"
            )
        }
        if let oldest = reconciliation.open.oldest {
            lines.append(
                "  differences open: \(grouped(reconciliation.open.count)), the oldest of \(oldest.openedOn) "
                    + "at \(oldest.institution)")
        }
        return lines
    }

    private static let sections = [
        SummarySection.items("Settlements read (total fees)", "settlement.read"),
        SummarySection.items("Settlements by verdict (pooling fund)", "settlement.verdict"),
        SummarySection(title: "Owed to institutions", hasAmount: true) { lines, _ in
            [("institution.pool", "from the pooling fund"), ("institution.account", "from personal accounts")]
                .map { measure, label in
                    let items = lines.filter { $0.measure == measure }
                    return SummaryRow(
                        label: label, rows: items.reduce(0) { $0 + $1.rows },
                        amount: Fen(items.reduce(0) { $0 &+ $1.amount.rawValue }))
                }.filter { $0.rows > 0 }
        },
        SummarySection.items("Adjudications that replace earlier ones", "adjudication.revised"),
        SummarySection.items("Other uses of accounts, by kind", "entry.use"),
        SummarySection.items("Pooling: adjustments of prior years", "prior_year.pool"),
        SummarySection.items("Accounts: adjustments of prior years", "prior_year.entry"),
        SummarySection.items("Differences with the counters (theirs − ours)", "discrepancy"),
        SummarySection.items("Findings (found − expected)", "finding"),
    ]
}
