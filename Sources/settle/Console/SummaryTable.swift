import Jobs
import Money

/// A line of a summary: what, how many, how much.
struct SummaryRow: Sendable {
    let label: String
    var rows: Int64
    var amount: Fen
}

/// A part of a summary, made of the run's control totals.
struct SummarySection: Sendable {
    let title: String
    let hasAmount: Bool
    /// Given the lines of the run and its month.
    let rows: @Sendable ([SummaryLine], Month) -> [SummaryRow]

    /// The items of one measure.
    static func items(_ title: String, _ measure: String, hasAmount: Bool = true) -> SummarySection {
        SummarySection(title: title, hasAmount: hasAmount) { lines, _ in
            lines.filter { $0.measure == measure && $0.rows != 0 }.map {
                SummaryRow(label: $0.item.isEmpty ? "all" : $0.item, rows: $0.rows, amount: $0.amount)
            }
        }
    }
}

/// The sections that have anything to say, as one aligned table.
struct SummaryTable {
    let text: [String]

    init(_ sections: [SummarySection], _ lines: [SummaryLine], month: Month) {
        var table = TextTable([.left, .right, .right])
        var isEmpty = true
        for section in sections {
            let rows = section.rows(lines, month)
            guard !rows.isEmpty else { continue }
            isEmpty = false
            table.add(section.title, "rows", section.hasAmount ? "yuan" : "")
            for row in rows {
                table.add("  \(row.label)", grouped(row.rows), section.hasAmount ? row.amount.grouped : "")
            }
        }
        text = isEmpty ? ["  nothing to settle"] : [table.text()]
    }
}
