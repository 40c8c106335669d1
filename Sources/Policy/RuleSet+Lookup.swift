internal import Money

/// A value in force, and what it rests on.
struct Cited<Value> {
    let value: Value
    let cite: String
}

extension RuleSet {
    /// The entry in force: the newest not after `date`. Throws `noRule` before the first and after a `null`.
    func rule(_ key: RuleKey, on date: CivilDate) throws(PolicyError) -> DatedRule {
        guard let parameter = parameter(key), let first = parameter.values.first else {
            let place = RulePlace(file: pack.file, line: 0)
            throw .noRule(MissingRule(key: key, date: date, place: place, cause: .notInPack))
        }
        guard let rule = parameter.rule(on: date) else {
            let cause = MissingRule.Cause.beforeFirst(first.from)
            throw .noRule(MissingRule(key: key, date: date, place: first.place, cause: cause))
        }
        guard rule.state != .ended else {
            throw .noRule(MissingRule(key: key, date: date, place: rule.place, cause: .ended(rule.from)))
        }
        return rule
    }

    /// The value in force. Throws `figureNotSupplied` while it is only expected.
    func value(_ key: RuleKey, on date: CivilDate) throws(PolicyError) -> Cited<RuleValue> {
        let rule = try rule(key, on: date)
        switch rule.state {
        case .value(let value):
            return Cited(value: value, cite: rule.cite)
        case .expected(let expected):
            throw .figureNotSupplied(missingFigure(key, rule, expected))
        case .ended:
            preconditionFailure("rule(_:on:) gives no ended rule")
        }
    }

    func amount(_ key: RuleKey, on date: CivilDate) throws(PolicyError) -> Cited<Fen> {
        let cited = try value(key, on: date)
        guard case .amount(let amount) = cited.value else { wrongShape(key) }
        return Cited(value: amount, cite: cited.cite)
    }

    func rate(_ key: RuleKey, on date: CivilDate) throws(PolicyError) -> Cited<Rate> {
        let cited = try value(key, on: date)
        guard case .rate(let rate) = cited.value else { wrongShape(key) }
        return Cited(value: rate, cite: cited.cite)
    }

    func year(_ key: RuleKey, on date: CivilDate) throws(PolicyError) -> Cited<Int> {
        let cited = try value(key, on: date)
        guard case .year(let year) = cited.value else { wrongShape(key) }
        return Cited(value: year, cite: cited.cite)
    }

    func codes(_ key: RuleKey, on date: CivilDate) throws(PolicyError) -> Cited<[String]> {
        let cited = try value(key, on: date)
        guard case .codes(let codes) = cited.value else { wrongShape(key) }
        return Cited(value: codes, cite: cited.cite)
    }

    func table(_ key: RuleKey, on date: CivilDate) throws(PolicyError) -> Cited<RuleTable> {
        let cited = try value(key, on: date)
        guard case .table(let table) = cited.value else { wrongShape(key) }
        return Cited(value: table, cite: cited.cite)
    }

    func decision<Decision: RawRepresentable<String>>(
        _ key: RuleKey, on date: CivilDate, as type: Decision.Type = Decision.self
    ) throws(PolicyError) -> Cited<Decision> {
        let cited = try value(key, on: date)
        guard case .choice(let word) = cited.value, let decision = Decision(rawValue: word) else { wrongShape(key) }
        return Cited(value: decision, cite: cited.cite)
    }

    /// The reader shapes every value by the unit of its key, so only a wrong accessor comes here.
    private func wrongShape(_ key: RuleKey) -> Never {
        preconditionFailure("\(key.rawValue) is of unit \(key.requirement.unit.rawValue)")
    }
}
