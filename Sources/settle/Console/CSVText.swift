import Reports

/// A table as CSV for people: nothing in it is a formula to an office program.
struct CSVText {
    private(set) var text: String

    /// - Parameter mark: whether it begins with the byte order mark by which office programs know UTF-8.
    init(mark: Bool = true) {
        text = mark ? "\u{FEFF}" : ""
    }

    mutating func add(_ cells: [String]) {
        text += CSVLine.text(cells.map { isFigure($0) ? $0 : CSVLine.harmless($0) })
    }

    /// An amount or a count, which may be negative.
    private func isFigure(_ cell: String) -> Bool {
        let digits = cell.hasPrefix("-") ? cell.dropFirst() : cell[...]
        return !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    }
}
