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
        var table = TextTable([.left, .right, .right])
        for section in MonthEndText.sections {
            let rows = section.rows(summary)
            guard !rows.isEmpty else { continue }
            table.add(section.title, "rows", section.hasAmount ? "yuan" : "")
            for row in rows {
                table.add("  \(row.label)", grouped(row.rows), section.hasAmount ? row.amount.grouped : "")
            }
        }
        lines.append(table.text())
        if !summary.ties.isEmpty { lines.append("  control totals: \(summary.ties.count) of \(summary.ties.count) tie") }
        return lines.joined(separator: "\n")
    }

    private struct Row: Sendable {
        let label: String
        var rows: Int64
        var amount: Fen
    }

    private struct Section: Sendable {
        let title: String
        let hasAmount: Bool
        let rows: @Sendable (MonthEndSummary) -> [Row]

        /// The items of one measure.
        static func items(_ title: String, _ measure: String, hasAmount: Bool = true) -> Section {
            Section(title: title, hasAmount: hasAmount) { summary in
                summary.lines.filter { $0.measure == measure }.map {
                    Row(label: $0.item.isEmpty ? "all" : $0.item, rows: $0.rows, amount: $0.amount)
                }
            }
        }
    }

    private static let sections = [
        Section.items("People credited, by category", "month.credited"),
        Section.items("People not credited, by reason", "month.excepted", hasAmount: false),
        Section.items("People to whom nothing is due", "month.not_due", hasAmount: false),
        Section(title: "Entries posted", hasAmount: true, rows: entries),
        Section.items("Contributions received", "received"),
        Section.items("Contributions read", "contribution.read"),
        Section.items("Contributions not credited, by reason", "contribution.excepted"),
        Section.items("Contributions to which nothing is due", "contribution.not_due"),
        Section.items("Findings (expected against found)", "finding"),
    ]

    /// Entries by origin, those for earlier months apart.
    @Sendable private static func entries(_ summary: MonthEndSummary) -> [Row] {
        var rows: [Row] = []
        for (prefix, label) in [("posted.", ""), ("taken_back.", ", taken back")] {
            for line in summary.lines where line.measure.hasPrefix(prefix) {
                let origin = line.measure.dropFirst(prefix.count)
                let isThisMonth = line.item.hasPrefix("\(summary.run.instance.businessDate.month)")
                let name = "\(origin)\(label)\(isThisMonth || origin == "opening" ? "" : ", other months")"
                if let index = rows.firstIndex(where: { $0.label == name }) {
                    rows[index].rows += line.rows
                    rows[index].amount = Fen(rows[index].amount.rawValue &+ line.amount.rawValue)
                } else {
                    rows.append(Row(label: name, rows: line.rows, amount: line.amount))
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
