/// The lines of an explanation: fields with a label, numbered steps with an amount, all within 80 columns.
struct ExplainPage {
    private let language: ExplainLanguage
    private var lines: [String] = []

    static let width = 80
    /// Amounts of steps end here.
    private static let amountColumn = 76
    private static let stepIndent = 5

    init(_ language: ExplainLanguage) {
        self.language = language
    }

    var text: String { lines.joined(separator: "\n") }

    mutating func heading(_ text: String) {
        lines += wrapped(text, width: ExplainPage.width)
        lines.append("")
    }

    mutating func blank() {
        if lines.last != "" { lines.append("") }
    }

    /// - Parameter label: empty for a further line of the field above.
    mutating func field(_ label: String, _ text: String) {
        let labelWidth = language == .chinese ? 8 : 12
        let start = "  " + label + spaces(labelWidth - displayWidth(label)) + "  "
        add(text, after: start)
    }

    mutating func step(_ number: Int, _ title: String, _ amount: String) {
        let start = "  \(number)" + spaces(ExplainPage.stepIndent - 3)
        let room = ExplainPage.amountColumn - ExplainPage.stepIndent - displayWidth(amount) - 2
        let titleLines = wrapped(title, width: room)
        for (index, line) in titleLines.enumerated() {
            let begun = (index == 0 ? start : spaces(ExplainPage.stepIndent)) + line
            let isLast = index + 1 == titleLines.count
            lines.append(
                isLast
                    ? begun + spaces(ExplainPage.amountColumn - displayWidth(begun) - displayWidth(amount)) + amount
                    : begun)
        }
    }

    mutating func detail(_ text: String) {
        add(text, after: spaces(ExplainPage.stepIndent))
    }

    /// The article or interface field that a step rests on.
    mutating func article(_ citation: String) {
        detail(language("依据：", "By ") + citation)
    }

    mutating func table(_ table: TextTable) {
        lines.append(table.text(indent: ExplainPage.stepIndent))
    }

    /// Lines that are laid out already.
    mutating func lines(_ text: String) {
        lines.append(text)
    }

    private mutating func add(_ text: String, after start: String) {
        let indent = displayWidth(start)
        for (index, line) in wrapped(text, width: ExplainPage.width - indent).enumerated() {
            lines.append((index == 0 ? start : spaces(indent)) + line)
        }
    }
}

private func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
}

/// The text in lines of at most `width` columns. Lines break at spaces and around Chinese characters; a longer word, as
/// an identifier, is cut.
func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    // `word` is what has come since the line could last be broken.
    var (line, word, previous) = ("", "", Character(" "))
    for character in text {
        if mayBreak(between: previous, and: character) {
            line += word
            word = ""
        }
        previous = character
        word.append(character)
        guard character != " ", displayWidth(line) + displayWidth(word) > width else { continue }
        if line.isEmpty {
            word.removeLast()
            lines.append(word)
            word = String(character)
        } else {
            lines.append(line.trimmingSpaceAtEnd)
            line = ""
        }
    }
    return lines + [(line + word).trimmingSpaceAtEnd]
}

private func mayBreak(between left: Character, and right: Character) -> Bool {
    if left == " " { return right != " " }
    guard right != " ", displayWidth(String(left)) > 1 || displayWidth(String(right)) > 1 else { return false }
    return !"，。；：、（〔《“）〕》”".contains(right) && !"（〔《“".contains(left)
}

extension String {
    fileprivate var trimmingSpaceAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
