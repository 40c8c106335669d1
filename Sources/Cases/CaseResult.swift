package import Policy

/// What became of a case.
package struct CaseResult: Hashable, Sendable {
    package let name: String
    package let place: RulePlace
    /// What came out differently, in the order of the file.
    package let failures: [CaseFailure]

    package var hasPassed: Bool { failures.isEmpty }
}

/// A row, month or year of a case that came out differently.
package struct CaseFailure: Hashable, Sendable {
    package let what: String
    package let place: RulePlace
    package let differences: [CaseDifference]
    /// How what came out came about, with its articles.
    package let steps: [String]
}

package struct CaseDifference: Hashable, Sendable {
    /// As it is named below `expect`.
    package let figure: String
    package let expected: String
    package let got: String
}

// MARK: As a test runner prints it

extension CaseResult {
    /// A line, and below it, where the case failed, each figure that differs and the steps behind it.
    package var text: String {
        guard !hasPassed else { return "✓ \(name)" }
        var lines = ["✗ \(name) (\(place))"]
        for failure in failures {
            lines.append("    \(failure.what) (\(failure.place))")
            lines += failure.differences.map { "      \($0.figure): expected \($0.expected), got \($0.got)" }
            lines += failure.steps.map { "        \($0)" }
        }
        return lines.joined(separator: "\n")
    }
}

/// The closing line of a run.
package func summary(of results: [CaseResult]) -> String {
    let passed = results.count(where: \.hasPassed)
    return "\(passed) passed, \(results.count - passed) failed"
}
