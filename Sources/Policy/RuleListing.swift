package import Money

/// One row of `settle rules show`: the value of a parameter and everything said about it.
package struct RuleListingRow: Hashable, Sendable {
    package let key: RuleKey
    package let title: String
    package let unit: RuleUnit
    package let from: CivilDate
    package let state: RuleState
    package let cite: String
    package let reason: String?
    package let note: String?
    package let place: RulePlace
    package let isIllustrative: Bool
}

extension RuleSet {
    /// What is in force on a date, or every value there ever is if no date is given; in the order of the catalogue,
    /// then of dates. A parameter without a rule on the date has no row.
    package func listing(on date: CivilDate? = nil) -> [RuleListingRow] {
        RuleKey.allCases.flatMap { key -> [RuleListingRow] in
            guard let parameter = parameter(key) else { return [] }
            let rules = date.map { parameter.rule(on: $0).map { [$0] } ?? [] } ?? parameter.values
            return rules.map { rule in
                RuleListingRow(
                    key: key, title: parameter.title, unit: key.requirement.unit, from: rule.from, state: rule.state,
                    cite: rule.cite, reason: parameter.reason, note: parameter.note, place: rule.place,
                    isIllustrative: rule.isIllustrative)
            }
        }
    }
}
