import Jobs
import Money

/// What a month-end says when it ends: people, amounts by category, exceptions by reason, control totals.
struct MonthEndText {
    private let result: MonthEndResult
    private let month: Month

    init(_ result: MonthEndResult, month: Month) {
        self.result = result
        self.month = month
    }

    var text: String {
        switch result {
        case .alreadyDone(let run):
            let date = run.finishedAt.map { " on \($0.civil.date)" } ?? ""
            return run.instance == .monthEnd(month)
                ? "month-end \(month) is done: run \(run.id)\(date). Nothing changed."
                : "month-end \(month) was settled with \(run.instance): run \(run.id)\(date). Nothing changed."
        case .settled(let summary):
            return text(of: summary, heading: "month-end \(month): run \(summary.run.id)")
        case .dryRun(let summary):
            return text(of: summary, heading: "month-end \(month): dry run, nothing was written")
        }
    }

    private func text(of summary: MonthEndSummary, heading: String) -> String {
        var lines = [heading]
        if summary.months.lowerBound < summary.months.upperBound {
            lines.append("  settles \(summary.months.lowerBound) to \(summary.months.upperBound), not settled before")
        }
        lines += SummaryTable(MonthEndText.sections, summary.lines, month: summary.run.instance.businessDate.month).text
        if !summary.ties.isEmpty {
            lines.append("  control totals: \(summary.ties.count) of \(summary.ties.count) tie")
        }
        return lines.joined(separator: "\n")
    }

    private static let sections = [
        SummarySection.items("People credited, by category", "month.credited"),
        SummarySection.items("People not credited, by reason", "month.excepted", hasAmount: false),
        SummarySection.items("People to whom nothing is due", "month.not_due", hasAmount: false),
        SummarySection(title: "Entries posted", hasAmount: true, rows: entries),
        SummarySection.items("Of these, adjustments of prior years", "prior_year.entry"),
        SummarySection.items("Contributions received", "received"),
        SummarySection.items("Contributions read", "contribution.read"),
        SummarySection.items("Contributions not credited, by reason", "contribution.excepted"),
        SummarySection.items("Contributions to which nothing is due", "contribution.not_due"),
        SummarySection.items("Findings (expected against found)", "finding"),
        SummarySection(title: "Cleared with institutions", hasAmount: true, rows: clearing),
    ]

    /// 月清算, by fund: the rows are institutions.
    @Sendable private static func clearing(_ lines: [SummaryLine], _ month: Month) -> [SummaryRow] {
        [
            ("clearing.payment", "paid"), ("clearing.deposit", "quality deposit held"),
            ("clearing.withheld", "withheld, difference open"), ("clearing.annual", "from annual clearings"),
            ("clearing.carried", "owed back, to be set off"),
        ].flatMap { measure, label in
            [("pool", "pooling fund"), ("account", "personal accounts")].flatMap { item, fund in
                lines.filter { $0.measure == measure && $0.item == item && $0.rows != 0 }.map {
                    SummaryRow(label: "\(label), \(fund)", rows: $0.rows, amount: $0.amount)
                }
            }
        }
    }

    /// Entries by origin, those for earlier months apart.
    @Sendable private static func entries(_ lines: [SummaryLine], _ month: Month) -> [SummaryRow] {
        var rows: [SummaryRow] = []
        for (prefix, label) in [("posted.", ""), ("taken_back.", ", taken back")] {
            for line in lines where line.measure.hasPrefix(prefix) {
                let origin = line.measure.dropFirst(prefix.count)
                let isThisMonth = line.item.hasPrefix("\(month)") || origin == "opening"
                let name = "\(origin)\(label)\(isThisMonth ? "" : ", other months")"
                if let index = rows.firstIndex(where: { $0.label == name }) {
                    rows[index].rows += line.rows
                    rows[index].amount = Fen(rows[index].amount.rawValue &+ line.amount.rawValue)
                } else {
                    rows.append(SummaryRow(label: name, rows: line.rows, amount: line.amount))
                }
            }
        }
        return rows
    }
}

extension MonthEndResult {
    /// What a person has to do before the instance is done.
    var waitingNote: String? {
        switch self {
        case .alreadyDone: nil
        case .settled(let summary), .dryRun(let summary): summary.waitsFor?.text
        }
    }
}
