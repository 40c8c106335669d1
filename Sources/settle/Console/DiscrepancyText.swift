import Jobs
import Money

/// One discrepancy in three or four lines of at most 80 columns:
///
///     1407612984173620941  amount, open for 12 days
///         H3207000001  S20230105000017  fund_pay_sumamt
///         theirs 117.00  ours 116.00  difference 1.00
struct DiscrepancyText {
    let text: String

    init(_ discrepancy: Discrepancy, today: CivilDate) throws {
        let age = discrepancy.age(on: today)
        let state =
            discrepancy.state == .open
            ? "open for \(age) days" : "\(discrepancy.state.rawValue), \(age) days old"
        let place = [discrepancy.institution, discrepancy.settlement, discrepancy.item].compactMap(\.self)
        var lines = [
            "\(discrepancy.id)  \(discrepancy.kind.rawValue), \(state)",
            "    " + place.joined(separator: "  "),
            "    theirs \(DiscrepancyText.amount(discrepancy.theirs))  ours \(DiscrepancyText.amount(discrepancy.ours))  "
                + "difference \(DiscrepancyText.amount(try discrepancy.difference))",
        ]
        if let reason = discrepancy.reason { lines += DiscrepancyText.wrapped(reason) }
        text = lines.joined(separator: "\n")
    }

    private static func amount(_ amount: Fen?) -> String {
        amount?.grouped ?? "-"
    }

    /// The reason, in as many lines as it takes; Chinese may break anywhere, so lines break by width.
    private static func wrapped(_ reason: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for character in reason {
            if character.isNewline || displayWidth(line) + displayWidth(String(character)) > 76 {
                lines.append(line)
                line = ""
            }
            if !character.isNewline { line.append(character) }
        }
        return (lines + [line]).filter { !$0.isEmpty }.map { "    \($0)" }
    }
}
