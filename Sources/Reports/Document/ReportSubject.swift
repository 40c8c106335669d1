/// Whom or what a report is about, where one kind and period have many: a unit, a person.
package struct ReportSubject: Hashable, Sendable {
    /// Part of file names: ASCII letters, digits, hyphens and underscores.
    package let id: String
    /// As a list of reports names it.
    package let label: Phrase

    /// - Parameter words: what the identifier is made of, as `unit` and a number. A byte that no file name should hold is
    ///   written as its code, so that different words stay different.
    package init(_ words: String..., label: Phrase) {
        id = words.map(ReportSubject.plain).joined(separator: "-")
        self.label = label
    }

    private static func plain(_ word: String) -> String {
        var text = ""
        for byte in word.utf8 {
            let character = Character(UnicodeScalar(byte))
            if character.isASCII, character.isLetter || character.isNumber {
                text.append(character)
            } else {
                text += "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return text
    }
}
