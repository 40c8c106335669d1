package import Money

/// A rule pack as its file says it: one notice and what it settles.
package struct Pack: Sendable {
    package let name: String
    package let title: String
    /// 文号.
    package let notice: String
    /// `insutype`.
    package let insurance: String
    package let effective: CivilDate
    package internal(set) var parameters: [Parameter]
    let file: String
    let effectiveLine: Int
}

extension RuleFileReader {
    private static let headerFields = ["pack", "title", "notice", "insutype", "effective", "parameters"]
    private static let parameterFields = ["title", "unit", "adjustable", "values", "reason", "note"]

    /// `nil` if so much is wrong that there is no pack to check further.
    mutating func pack(_ tree: YamlTree) -> Pack? {
        guard let header = fields(of: tree, in: "the pack", allowed: RuleFileReader.headerFields) else { return nil }
        let name = self.name("pack", of: header)
        let title = text("title", of: header)
        let notice = text("notice", of: header)
        let insurance = self.insurance(of: header)
        let effective = text("effective", of: header)
            .flatMap { date($0, line: header["effective"]?.line ?? header.line) }
        let parameters = header["parameters"].map { self.parameters($0) }
        if parameters == nil { report(header.line, .missingField("parameters", within: header.what)) }
        guard let name, let title, let notice, let insurance, let effective, let parameters else { return nil }
        return Pack(
            name: name, title: title, notice: notice, insurance: insurance, effective: effective,
            parameters: parameters, file: file, effectiveLine: header["effective"]?.line ?? header.line)
    }

    private mutating func insurance(of header: Fields) -> String? {
        guard let code = text("insutype", of: header) else { return nil }
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            report(header["insutype"]?.line ?? header.line, .badInsurance(code))
            return nil
        }
        return code
    }

    private mutating func parameters(_ tree: YamlTree) -> [Parameter] {
        guard case .mapping(let pairs, _) = tree else {
            report(tree.line, .notMapping("parameters"))
            return []
        }
        var parameters: [Parameter] = []
        for pair in pairs {
            guard let key = self.key(pair.key) else { continue }
            if let parameter = self.parameter(key, pair) { parameters.append(parameter) }
        }
        return parameters
    }

    mutating func key(_ name: YamlScalar) -> RuleKey? {
        if let key = RuleKey(rawValue: name.text) { return key }
        let nearest = nearestName(to: name.text, among: RuleKey.allCases.map(\.rawValue))
        report(name.line, .unknownParameter(name.text, nearest: nearest))
        return nil
    }

    private mutating func parameter(_ key: RuleKey, _ pair: YamlPair) -> Parameter? {
        guard let fields = self.fields(of: pair.value, in: key.rawValue, allowed: RuleFileReader.parameterFields) else {
            return nil
        }
        let title = text("title", of: fields)
        unit(of: fields, for: key)
        let isAdjustable = flag("adjustable", of: fields)
        let reason = optionalText("reason", of: fields)
        if key.requirement.unit == .choice, fields["reason"] == nil { report(pair.key.line, .missingReason(key)) }
        let note = optionalText("note", of: fields)
        let values = self.values(of: fields, for: key)
        return Parameter(
            key: key, title: title ?? key.rawValue, isAdjustable: isAdjustable, reason: reason, note: note,
            place: RulePlace(file: file, line: pair.key.line), values: values)
    }

    private mutating func unit(of fields: Fields, for key: RuleKey) {
        guard let text = text("unit", of: fields) else { return }
        checkUnit(text, line: fields["unit"]?.line ?? fields.line, for: key)
    }

    mutating func checkUnit(_ text: String, line: Int, for key: RuleKey) {
        let expected = key.requirement.unit
        guard let unit = RuleUnit(rawValue: text) else {
            report(line, .unknownUnit(text, expected: expected))
            return
        }
        if unit != expected { report(line, .wrongUnit(unit, expected: expected)) }
    }

    private mutating func values(of fields: Fields, for key: RuleKey) -> [DatedRule] {
        guard let tree = fields["values"] else {
            report(fields.line, .missingField("values", within: fields.what))
            return []
        }
        guard case .mapping(let pairs, _) = tree, !pairs.isEmpty else {
            report(tree.line, .noValues(key.rawValue))
            return []
        }
        var rules: [DatedRule] = []
        for pair in pairs {
            if let rule = self.rule(pair, for: key) { rules.append(rule) }
        }
        return rules.sorted { $0.from < $1.from }
    }

    private mutating func rule(_ pair: YamlPair, for key: RuleKey) -> DatedRule? {
        let from = date(pair.key.text, line: pair.key.line)
        let what = "\(key.rawValue) \(pair.key.text)"
        guard let fields = self.fields(of: pair.value, in: what, allowed: ["value", "expected", "cite"]) else {
            return nil
        }
        if fields["cite"] == nil { report(pair.key.line, .missingCite) }
        let cite = optionalText("cite", of: fields)
        let state: RuleState? =
            switch (fields["value"], fields["expected"]) {
            case (let value?, nil): state(value, for: key)
            case (nil, let expected?): expectedFigure(expected, in: what).map { .expected($0) }
            case (nil, nil): fault(pair.key.line, .noValue)
            case (_?, _?): fault(pair.key.line, .valueAndExpected)
            }
        guard let from, let cite, let state else { return nil }
        let place = RulePlace(file: file, line: pair.key.line)
        return DatedRule(from: from, state: state, cite: cite, place: place, isIllustrative: false)
    }

    private mutating func fault(_ line: Int, _ kind: PackFault.Kind) -> RuleState? {
        report(line, kind)
        return nil
    }

    private mutating func expectedFigure(_ tree: YamlTree, in what: String) -> ExpectedFigure? {
        guard let fields = self.fields(of: tree, in: "\(what) expected", allowed: ["figure", "supplier"]) else {
            return nil
        }
        let figure = text("figure", of: fields)
        let supplier = text("supplier", of: fields)
        guard let figure, let supplier else { return nil }
        return ExpectedFigure(figure: figure, supplier: supplier)
    }
}
