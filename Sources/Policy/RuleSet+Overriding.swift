internal import Money

extension RuleSet {
    /// These rules with other values for some parameters: another city's, or a change that is being weighed.
    ///
    /// Each value is written as in a pack, in fen and basis points, and read as strictly. A value alone holds from the
    /// pack's effective date; `DATE: value` lines below the name hold from their dates. Either way they take the place
    /// of all values of that parameter. The whole is checked again as a pack is.
    ///
    /// - Parameters:
    ///   - overrides: a mapping from parameter names to values.
    ///   - file: the name of the file for messages.
    ///   - cite: what a value read here cites as its source.
    package func overriding(_ overrides: YamlTree, file: String, cite: String) throws(PolicyError) -> RuleSet {
        var reader = RuleFileReader(file: file)
        var changed = pack
        var text = ""
        for (key, line, rules) in reader.overrides(overrides, from: pack.effective, cite: cite) {
            changed.replace(key, at: RulePlace(file: file, line: line), by: rules)
            for rule in rules { text += "\(key.rawValue) \(rule.from): \(rule.state)\n" }
        }
        guard reader.faults.isEmpty else { throw .refused(reader.faults) }
        let faults = RuleChecks(changed).faults
        guard faults.isEmpty else { throw .refused(faults) }
        return RuleSet(changed, sources: sources + [RuleSource(kind: .site, name: cite, text: text)])
    }
}

extension Pack {
    fileprivate mutating func replace(_ key: RuleKey, at place: RulePlace, by rules: [DatedRule]) {
        let index = parameters.firstIndex { $0.key == key }
        let original = index.map { parameters[$0] }
        let parameter = Parameter(
            key: key, title: original?.title ?? key.rawValue, isAdjustable: original?.isAdjustable ?? false,
            reason: original?.reason, note: original?.note, place: place, values: rules)
        if let index {
            parameters[index] = parameter
        } else {
            parameters.append(parameter)
        }
    }
}

extension RuleFileReader {
    fileprivate mutating func overrides(
        _ tree: YamlTree, from effective: CivilDate, cite: String
    ) -> [(key: RuleKey, line: Int, rules: [DatedRule])] {
        guard case .mapping(let pairs, _) = tree else {
            report(tree.line, .notMapping("rules"))
            return []
        }
        var overrides: [(key: RuleKey, line: Int, rules: [DatedRule])] = []
        for pair in pairs {
            guard let key = key(pair.key) else { continue }
            var rules: [DatedRule] = []
            if case .mapping(let dated, _) = pair.value, isDated(dated, for: key) {
                if dated.isEmpty { report(pair.key.line, .noValues(key.rawValue)) }
                for entry in dated {
                    guard let from = date(entry.key.text, line: entry.key.line) else { continue }
                    append(entry.value, for: key, from: from, line: entry.key.line, cite: cite, to: &rules)
                }
            } else {
                append(pair.value, for: key, from: effective, line: pair.key.line, cite: cite, to: &rules)
            }
            overrides.append((key, pair.key.line, rules.sorted { $0.from < $1.from }))
        }
        return overrides
    }

    /// A mapping below a parameter is its dates, unless the parameter is a table itself.
    private func isDated(_ pairs: [YamlPair], for key: RuleKey) -> Bool {
        guard key.requirement.unit == .table else { return true }
        return pairs.allSatisfy { CivilDate($0.key.text) != nil }
    }

    private mutating func append(
        _ tree: YamlTree, for key: RuleKey, from: CivilDate, line: Int, cite: String, to rules: inout [DatedRule]
    ) {
        guard let state = state(tree, for: key) else { return }
        let place = RulePlace(file: file, line: line)
        rules.append(DatedRule(from: from, state: state, cite: cite, place: place, isIllustrative: false))
    }
}
