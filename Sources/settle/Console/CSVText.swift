/// A table as CSV for people: RFC 4180, with the byte order mark by which office programs know UTF-8.
struct CSVText {
    private(set) var text = "\u{FEFF}"

    mutating func add(_ cells: [String]) {
        text += cells.map(quoted).joined(separator: ",") + "\r\n"
    }

    private func quoted(_ cell: String) -> String {
        let needsQuotes = cell.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }
        return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }
}
