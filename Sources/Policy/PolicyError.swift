package import Money

/// Why there is no rule to settle by.
package enum PolicyError: Error, Hashable, Sendable {
    /// The rule files are wrong: everything found, file by file.
    case refused([PackFault])
    case unknownPack(String, known: [String])
    case noRule(MissingRule)
    /// The notice announces a figure that nobody has supplied yet: the work that needs it waits.
    case figureNotSupplied(MissingFigure)
}

/// A parameter asked for on a date on which it has no value.
package struct MissingRule: Hashable, Sendable {
    package let key: RuleKey
    package let date: CivilDate
    package let place: RulePlace
    package let cause: Cause

    package enum Cause: Hashable, Sendable {
        case beforeFirst(CivilDate)
        case ended(CivilDate)
        case notInPack
    }
}

/// A figure that is expected, and all that somebody needs to know to supply it.
package struct MissingFigure: Hashable, Sendable {
    package let key: RuleKey
    package let title: String
    package let pack: String
    package let unit: RuleUnit
    /// The first date that needs it.
    package let from: CivilDate
    package let expected: ExpectedFigure
    package let cite: String
    package let place: RulePlace

    /// A site file that supplies the figure, but for the words in angle brackets.
    package var exampleSiteFile: String {
        """
        site: <name of your office>
        completes: \(pack)
        source: <document that states the figure>
        values:
          \(key.rawValue):
            \(from): {value: <\(unit.placeholder)>, unit: \(unit.rawValue)}
        """
    }
}

extension PolicyError: CustomStringConvertible {
    /// How many faults one message lists.
    private static let listedFaults = 20

    package var description: String {
        switch self {
        case .refused(let faults):
            let lines = faults.prefix(PolicyError.listedFaults).map(\.description)
            let rest = faults.count - lines.count
            let more = rest > 0 ? ["and \(rest) more; `settle rules check` lists them all"] : []
            return (lines + more).joined(separator: "\n")
        case .unknownPack(let name, let known):
            let instead = nearestName(to: name, among: known) ?? known.joined(separator: " or ")
            return "there is no rule pack \(name); write \(instead) instead, or name its directory with --rules"
        case .noRule(let missing):
            return missing.description
        case .figureNotSupplied(let missing):
            return missing.description
        }
    }
}

extension MissingRule: CustomStringConvertible {
    package var description: String {
        let what = "\(place): \(key.rawValue) has no value for \(date);"
        return switch cause {
        case .beforeFirst(let first):
            "\(what) the first is \(first). Add the earlier rule or settle from \(first)."
        case .ended(let end):
            "\(what) the rule ended on \(end). Add the rule that followed."
        case .notInPack:
            "\(what) the pack does not have it. Add it with its source."
        }
    }
}

extension MissingFigure: CustomStringConvertible {
    package var description: String {
        """
        \(place): \(key.rawValue) (\(title)) is needed from \(from) by \(cite) and is not supplied yet.
        The figure: \(expected.figure). To be supplied by: \(expected.supplier).
        Write these lines to a file, fill in what stands in <...>, and name the file with --site:
        \(exampleSiteFile)
        """
    }
}

extension RuleUnit {
    fileprivate var placeholder: String {
        switch self {
        case .fenPerMonth: "whole fen a month"
        case .fenPerYear: "whole fen a year"
        case .basisPoints: "basis points (2 % is 200)"
        case .year: "year"
        case .choice: "choice"
        case .codes: "codes in brackets"
        case .table: "{key: whole number, ...}"
        }
    }
}
