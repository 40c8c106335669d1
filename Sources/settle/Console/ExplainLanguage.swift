import ArgumentParser
import Reports

/// The language of an explanation. Every text is written in both, side by side.
enum ExplainLanguage: String, CaseIterable, ExpressibleByArgument, Sendable {
    case chinese = "zh"
    case english = "en"

    func callAsFunction(_ chinese: String, _ english: String) -> String {
        switch self {
        case .chinese: chinese
        case .english: english
        }
    }

    func callAsFunction(_ phrase: Phrase) -> String { phrase.text(in: reportLanguage) }

    /// The same language of a report.
    var reportLanguage: ReportLanguage {
        switch self {
        case .chinese: .chinese
        case .english: .english
        }
    }
}
