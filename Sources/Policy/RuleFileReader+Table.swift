internal import Money

extension RuleFileReader {
    /// The entries of a table; `nil` after a fault. That no key stands twice has been seen when the file was read.
    mutating func table(_ pairs: [YamlPair], line: Int, shape: TableShape) -> RuleTable? {
        guard !pairs.isEmpty else { return refused(line, .emptyTable(shape)) }
        var entries: [RuleTable.Entry] = []
        var last: Rate?
        for pair in pairs {
            let key = tableKey(pair.key, shape, after: &last)
            let value = tableValue(pair, shape)
            if let key, let value { entries.append(RuleTable.Entry(key: key, value: value)) }
        }
        return entries.count == pairs.count ? RuleTable(shape: shape, entries: entries) : nil
    }

    private mutating func tableKey(_ scalar: YamlScalar, _ shape: TableShape, after last: inout Rate?) -> String? {
        switch shape.key {
        case .institution:
            return isCode(scalar.text) ? scalar.text : refused(scalar.line, .badInstitution(scalar.text))
        case .level:
            let isLevel = InstitutionLevel(rawValue: scalar.text) != nil
            return isLevel ? scalar.text : refused(scalar.line, .unknownLevel(scalar.text))
        case .basisPoints:
            guard let basisPoints = number(scalar, .basisPoints) else { return nil }
            let rate = Rate(basisPoints: basisPoints)
            if let fault = boundFault(rate, shape, scalar.text) ?? orderFault(rate, shape, after: last) {
                return refused(scalar.line, fault)
            }
            last = rate
            return scalar.text
        }
    }

    private func boundFault(_ rate: Rate, _ shape: TableShape, _ text: String) -> PackFault.Kind? {
        switch shape {
        case .surplusBands: rate > .whole ? .surplusAboveBudget(rate) : nil
        case .overspendBands: rate > .whole ? nil : .overspendWithinBudget(rate)
        case .returnByScore: rate > .whole ? .rateAboveWhole(text) : nil
        case .budgetByInstitution, .budgetByLevel, .scoreByInstitution: nil
        }
    }

    private func orderFault(_ rate: Rate, _ shape: TableShape, after last: Rate?) -> PackFault.Kind? {
        guard shape == .surplusBands || shape == .overspendBands, let last, rate <= last else { return nil }
        return .bandsNotAscending(rate, after: last)
    }

    private mutating func tableValue(_ pair: YamlPair, _ shape: TableShape) -> Int64? {
        guard case .scalar(let scalar) = pair.value else {
            return refused(pair.value.line, .notText("the value of \(pair.key.text)"))
        }
        return shape.isMoney ? number(scalar, .fenPerYear) : rate(scalar)?.basisPoints
    }
}
