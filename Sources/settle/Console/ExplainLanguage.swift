import ArgumentParser

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
}
