import Money
import Policy

/// Rules as `settle rules show` prints them: a heading per parameter, a line per date, all within 80 columns where the
/// texts allow it.
struct RulesText {
    private let rows: [RuleListingRow]
    private let hasNotes: Bool

    init(_ rows: [RuleListingRow], notes: Bool) {
        self.rows = rows
        hasNotes = notes
    }

    var text: String {
        var lines: [String] = []
        var heading: RuleKey?
        for row in rows {
            if row.key != heading {
                heading = row.key
                lines.append("\n\(row.key.rawValue)  \(row.title)")
                if hasNotes {
                    lines += [row.reason, row.note].compactMap { $0.map { "    \($0)" } }
                }
            }
            let mark = row.isIllustrative ? "  (illustrative)" : ""
            lines.append("  \(row.from)  \(value(of: row))\(mark)  \(row.cite)")
        }
        return lines.joined(separator: "\n")
    }

    private func value(of row: RuleListingRow) -> String {
        switch row.state {
        case .ended: "no rule"
        case .expected(let figure): "expected, not yet supplied (\(figure.supplier))"
        case .value(.amount(let amount)):
            "\(amount.grouped) yuan\(row.unit == .fenPerMonth ? "/month" : row.unit == .fenPerYear ? "/year" : "")"
        case .value(.rate(let rate)): "\(rate)"
        case .value(.year(let year)): "\(year)"
        case .value(.choice(let choice)): choice
        case .value(.codes(let codes)): codes.isEmpty ? "none" : codes.joined(separator: ", ")
        case .value(.table(let table)): text(of: table)
        }
    }

    /// A table of a few lines in full, a longer one by what it comes to.
    private func text(of table: RuleTable) -> String {
        guard table.entries.count <= RulesText.shownEntries else {
            return "\(table.entries.count) entries"
        }
        return table.entries.map { "\(key(of: $0, table)) → \(value(of: $0, table))" }.joined(separator: ", ")
    }

    private static let shownEntries = 4

    private func key(of entry: RuleTable.Entry, _ table: RuleTable) -> String {
        guard case .basisPoints = table.shape.key, let basisPoints = Int64(entry.key) else { return entry.key }
        return "\(Rate(basisPoints: basisPoints))"
    }

    private func value(of entry: RuleTable.Entry, _ table: RuleTable) -> String {
        table.shape.isMoney ? Fen(entry.value).grouped : "\(Rate(basisPoints: entry.value))"
    }
}
