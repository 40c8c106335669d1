extension RuleSet {
    /// The figures that somebody still has to supply, each as of its first date, in the order of the catalogue.
    package var missingFigures: [MissingFigure] {
        RuleKey.allCases.flatMap { key -> [MissingFigure] in
            guard let parameter = parameter(key) else { return [] }
            return parameter.values.compactMap { rule in
                guard case .expected(let expected) = rule.state else { return nil }
                return missingFigure(key, rule, expected)
            }
        }
    }

    func missingFigure(_ key: RuleKey, _ rule: DatedRule, _ expected: ExpectedFigure) -> MissingFigure {
        MissingFigure(
            key: key, title: parameter(key)?.title ?? key.rawValue, pack: pack.name, unit: key.requirement.unit,
            from: rule.from, expected: expected, cite: rule.cite, place: rule.place)
    }
}
