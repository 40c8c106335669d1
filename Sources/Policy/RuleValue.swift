package import Money

/// What the number of a parameter counts, as the pack writes it after `unit:`.
package enum RuleUnit: String, Sendable, CaseIterable {
    case fenPerMonth = "fen/month"
    case fenPerYear = "fen/year"
    /// Basis points, 1/10 000: 2 % is 200.
    case basisPoints = "bp"
    case year
    /// One of a fixed list of words: a decision where the notice is silent, or a change of method on a date.
    case choice
    /// A list of official codes.
    case codes
    /// A mapping from keys to whole numbers, as budgets by institution or shares by band.
    case table

    var isMoney: Bool { self == .fenPerMonth || self == .fenPerYear }
}

/// A value of a parameter, in the shape its unit asks for.
package enum RuleValue: Hashable, Sendable {
    case amount(Fen)
    case rate(Rate)
    case year(Int)
    case choice(String)
    case codes([String])
    case table(RuleTable)
}

/// What holds from a date on.
package enum RuleState: Hashable, Sendable {
    case value(RuleValue)
    /// `null` in the pack: from here on there is no rule.
    case ended
    /// The notice announces a figure that is not published or not supplied yet. It is not zero.
    case expected(ExpectedFigure)
}

/// A figure that somebody still has to supply.
package struct ExpectedFigure: Hashable, Sendable {
    /// What it is and how it comes about, in words.
    package let figure: String
    /// The body that has to supply it.
    package let supplier: String
}

/// A line of a rule file.
package struct RulePlace: Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// Counted from 1; 0 if the fault is of the file as a whole.
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    package var description: String { line > 0 ? "\(file):\(line)" : file }
}

/// One entry below `values:`: what holds from a date on, by which clause, and where that is written.
package struct DatedRule: Hashable, Sendable {
    package let from: CivilDate
    package let state: RuleState
    /// 依据: the notice and its article.
    package let cite: String
    package let place: RulePlace
    /// Set by a site file whose figures are made up for a demonstration.
    package let isIllustrative: Bool
}

/// A parameter of a pack: every value it ever had, oldest first.
package struct Parameter: Hashable, Sendable {
    package let key: RuleKey
    package let title: String
    /// Whether a site file may give other values than the pack does.
    package let isAdjustable: Bool
    /// Why this choice was made; every parameter of unit `choice` has one.
    package let reason: String?
    package let note: String?
    package let place: RulePlace
    package internal(set) var values: [DatedRule]

    /// The newest entry not after `date`, `nil` before the first.
    package func rule(on date: CivilDate) -> DatedRule? {
        values.last { $0.from <= date }
    }
}
