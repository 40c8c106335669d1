/// The language of a report. Every text is written in both, side by side.
package enum ReportLanguage: String, Hashable, Sendable, CaseIterable {
    case chinese = "zh"
    case english = "en"
}

/// A text in both languages.
package struct Phrase: Hashable, Sendable {
    package let chinese: String
    package let english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }

    /// A text that is the same in both, as a name.
    package init(verbatim text: String) {
        self.init(text, text)
    }

    package static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase(left.chinese + right.chinese, left.english + right.english)
    }

    package static func += (left: inout Phrase, right: Phrase) {
        left = left + right
    }

    package func text(in language: ReportLanguage) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }
}
