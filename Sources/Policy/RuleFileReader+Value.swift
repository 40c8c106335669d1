internal import Money

extension RuleFileReader {
    /// What stands behind `value:`; `nil` after a fault.
    mutating func state(_ tree: YamlTree, for key: RuleKey) -> RuleState? {
        let requirement = key.requirement
        if requirement.unit == .codes, case .list(let items, let line) = tree {
            return codes(items, line: line, mayBeEmpty: requirement.mayBeEmpty).map { .value(.codes($0)) }
        }
        if let shape = requirement.shape, case .mapping(let pairs, let line) = tree {
            return table(pairs, line: line, shape: shape).map { .value(.table($0)) }
        }
        guard case .scalar(let scalar) = tree else {
            report(tree.line, requirement.unit == .table ? .notMapping("value") : .notText("value"))
            return nil
        }
        if scalar.isPlain, scalar.text == "null" { return .ended }
        if scalar.isPlain, ["", "~", "Null", "NULL"].contains(scalar.text) {
            report(scalar.line, .nullSpelled(scalar.text))
            return nil
        }
        return value(scalar, requirement).map { .value($0) }
    }

    private mutating func value(_ scalar: YamlScalar, _ requirement: KeyRequirement) -> RuleValue? {
        switch requirement.unit {
        case .fenPerMonth, .fenPerYear:
            number(scalar, requirement.unit).map { .amount(Fen($0)) }
        case .basisPoints:
            rate(scalar).map { .rate($0) }
        case .year:
            year(scalar).map { .year($0) }
        case .choice:
            choice(scalar, among: requirement.choices).map { .choice($0) }
        case .codes:
            refused(scalar.line, .notCodes(scalar.text))
        case .table:
            requirement.shape.flatMap { refused(scalar.line, .notTable(scalar.text, $0)) }
        }
    }

    mutating func refused<Value>(_ line: Int, _ kind: PackFault.Kind) -> Value? {
        report(line, kind)
        return nil
    }

    /// No figure of a pack is negative.
    mutating func number(_ scalar: YamlScalar, _ unit: RuleUnit) -> Int64? {
        do throws(NumberReader.Refusal) {
            let number = try NumberReader(unit: unit).read(scalar)
            return number < 0 ? refused(scalar.line, .negative(scalar.text, unit)) : number
        } catch {
            return refused(scalar.line, .number(error.fault, scalar.text, instead: error.instead))
        }
    }

    mutating func rate(_ scalar: YamlScalar) -> Rate? {
        guard let basisPoints = number(scalar, .basisPoints) else { return nil }
        let rate = Rate(basisPoints: basisPoints)
        return rate > .whole ? refused(scalar.line, .rateAboveWhole(scalar.text)) : rate
    }

    private mutating func year(_ scalar: YamlScalar) -> Int? {
        guard let year = number(scalar, .year) else { return nil }
        return (1949...9999).contains(year) ? Int(year) : refused(scalar.line, .yearOutOfRange(scalar.text))
    }

    private mutating func choice(_ scalar: YamlScalar, among choices: [String]) -> String? {
        choices.contains(scalar.text)
            ? scalar.text : refused(scalar.line, .unknownChoice(scalar.text, choices: choices))
    }

    private mutating func codes(_ items: [YamlTree], line: Int, mayBeEmpty: Bool) -> [String]? {
        guard mayBeEmpty || !items.isEmpty else { return refused(line, .emptyCodes) }
        var codes: [String] = []
        var isGood = true
        for item in items {
            guard case .scalar(let scalar) = item else { return refused(item.line, .notText("code")) }
            if !isCode(scalar.text) {
                report(scalar.line, .badCode(scalar.text))
                isGood = false
            } else if codes.contains(scalar.text) {
                report(scalar.line, .duplicateCode(scalar.text))
                isGood = false
            }
            codes.append(scalar.text)
        }
        return isGood ? codes : nil
    }

    func isCode(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { letter in
                letter.isASCII && (letter.properties.isAlphabetic || letter.properties.numericType != nil)
                    || letter == "_" || letter == "."
            }
    }
}
