/// A line of CSV (RFC 4180).
package enum CSVLine {
    /// A cell with a comma, a quote or a line break stands in quotes, its own quotes doubled.
    package static func text(_ cells: [String]) -> String {
        cells.map(quoted).joined(separator: ",") + "\r\n"
    }

    /// What an office program would run as a formula is told to be text by an apostrophe. A figure is to be kept from here:
    /// it begins with a minus sign where it is negative.
    package static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else {
            return text
        }
        return "'" + text
    }

    private static func quoted(_ cell: String) -> String {
        let needsQuotes = cell.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }
}
