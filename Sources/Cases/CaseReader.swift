import Money
import Policy
import Settlement

/// Reads a file of cases strictly and collects everything wrong with it.
struct CaseReader {
    let file: String
    private(set) var faults: [CaseFault] = []

    init(file: String) {
        self.file = file
    }

    func place(_ line: Int) -> RulePlace { RulePlace(file: file, line: line) }

    mutating func report(_ line: Int, _ kind: CaseFault.Kind) {
        faults.append(CaseFault(place: place(line), kind: kind))
    }

    mutating func report(_ refused: [PackFault]) {
        faults += refused.map { CaseFault($0) }
    }

    /// The fields of a mapping, once it is known that it has no others than `allowed`.
    mutating func fields(of tree: YamlTree, in what: String, allowed: [String]) -> CaseFields? {
        guard case .mapping(let pairs, let line) = tree else {
            report(tree.line, .notMapping(what))
            return nil
        }
        for pair in pairs where !allowed.contains(pair.key.text) {
            let nearest = nearestName(to: pair.key.text, among: allowed)
            report(pair.key.line, .unknownField(pair.key.text, within: what, nearest: nearest))
        }
        return CaseFields(pairs: pairs, what: what, line: pairs.first?.key.line ?? line)
    }

    mutating func list(_ name: String, of fields: CaseFields) -> [YamlTree] {
        guard let tree = fields[name] else { return [] }
        guard case .list(let items, _) = tree else {
            report(tree.line, .notList(name))
            return []
        }
        return items
    }

    /// The text of a field; `nil` if it is left out, or after a fault.
    mutating func text(_ name: String, of fields: CaseFields, mayBeEmpty: Bool = false) -> YamlScalar? {
        guard let tree = fields[name] else { return nil }
        guard case .scalar(let scalar) = tree else {
            report(tree.line, .notText(name))
            return nil
        }
        // An empty text must be written as one: nothing at all behind a colon is a line left unfinished.
        guard !scalar.text.isEmpty || mayBeEmpty && !scalar.isPlain else {
            report(scalar.line, .emptyText(name))
            return nil
        }
        return scalar
    }

    mutating func need(_ name: String, of fields: CaseFields, example: String) {
        if fields[name] == nil { report(fields.line, .missingField(name, within: fields.what, example: example)) }
    }

    /// Two fields of which one at most may stand.
    mutating func either(_ first: String, _ second: String, of fields: CaseFields) {
        if fields[first] != nil, fields[second] != nil {
            report(fields.line, .notBoth(first, second, within: fields.what))
        }
    }
}

/// The fields of one mapping, and what the mapping is, for messages.
struct CaseFields {
    let pairs: [YamlPair]
    let what: String
    let line: Int

    subscript(_ name: String) -> YamlTree? {
        pairs.first { $0.key.text == name }?.value
    }
}

// MARK: Values

extension CaseReader {
    /// Yuan with at most two decimals, read digit by digit.
    mutating func amount(_ name: String, of fields: CaseFields) -> Fen? {
        guard let scalar = text(name, of: fields) else { return nil }
        return amount(scalar, field: name)
    }

    private mutating func amount(_ scalar: YamlScalar, field: String) -> Fen? {
        if let amount = fen(scalar.text) { return amount }
        report(scalar.line, .badAmount(scalar.text, field: field))
        return nil
    }

    mutating func date(_ name: String, of fields: CaseFields) -> CivilDate? {
        guard let scalar = text(name, of: fields) else { return nil }
        if let date = CivilDate(scalar.text) { return date }
        report(scalar.line, .badDate(scalar.text, field: name))
        return nil
    }

    mutating func month(_ name: String, of fields: CaseFields) -> Month? {
        guard let scalar = text(name, of: fields) else { return nil }
        return month(scalar, field: name)
    }

    mutating func month(_ scalar: YamlScalar, field: String) -> Month? {
        if let month = Month(scalar.text) { return month }
        report(scalar.line, .badMonth(scalar.text, field: field))
        return nil
    }

    /// A time of the business zone; a date alone is its midnight.
    mutating func time(_ name: String, of fields: CaseFields) -> CivilTime? {
        guard let scalar = text(name, of: fields) else { return nil }
        let parts = scalar.text.split(separator: " ", omittingEmptySubsequences: false)
        if let date = parts.first.flatMap({ CivilDate(String($0)) }) {
            if parts.count == 1 { return CivilTime(date) }
            if parts.count == 2, let second = secondOfDay(parts[1]) { return CivilTime(date, secondOfDay: second) }
        }
        report(scalar.line, .badTime(scalar.text))
        return nil
    }

    /// A number of the interface's code lists; `otherwise` if it is left out.
    mutating func code<Number: FixedWidthInteger>(
        _ name: String, of fields: CaseFields, otherwise: Number
    ) -> Number {
        guard let scalar = text(name, of: fields) else { return otherwise }
        if scalar.text.utf8.allSatisfy(isDigit), let number = Number(scalar.text) { return number }
        report(scalar.line, .badCode(scalar.text, field: name))
        return otherwise
    }

    mutating func word(_ name: String, of fields: CaseFields, among words: [String]) -> String? {
        guard let scalar = text(name, of: fields) else { return nil }
        return word(scalar, field: name, among: words)
    }

    private mutating func word(_ scalar: YamlScalar, field: String, among words: [String]) -> String? {
        if words.contains(scalar.text) { return scalar.text }
        let nearest = nearestName(to: scalar.text, among: words)
        report(scalar.line, .badWord(scalar.text, field: field, nearest: nearest, words: words))
        return nil
    }

    mutating func id(_ name: String, of fields: CaseFields) -> FactID? {
        guard let scalar = text(name, of: fields) else { return nil }
        if let id = FactID(scalar.text.utf8) { return id }
        report(scalar.line, .longID(scalar.text))
        return nil
    }

    /// What stands below `expect`, or below a month or year. It must say something.
    mutating func expected<Figure: CaseFigure>(
        _ tree: YamlTree?, line: Int, in what: String, example: String, as type: Figure.Type
    ) -> [Expected<Figure>] {
        guard let tree else {
            report(line, .noExpectation(within: what, example: example))
            return []
        }
        let names = Figure.allCases.map(\.rawValue)
        guard let fields = fields(of: tree, in: "what \(what) expects", allowed: names) else { return [] }
        if fields.pairs.isEmpty { report(tree.line, .noExpectation(within: what, example: example)) }
        var expected: [Expected<Figure>] = []
        for pair in fields.pairs {
            guard let figure = Figure(rawValue: pair.key.text), let scalar = text(pair.key.text, of: fields) else {
                continue
            }
            let value: String?
            switch figure.shape {
            case .amount: value = amount(scalar, field: figure.rawValue)?.description
            case .count: value = count(scalar, field: figure.rawValue)
            case .word(let words): value = word(scalar, field: figure.rawValue, among: words)
            }
            if let value { expected.append(Expected(figure: figure, value: value)) }
        }
        return expected
    }

    private mutating func count(_ scalar: YamlScalar, field: String) -> String? {
        let digits = scalar.text.hasPrefix("-") ? scalar.text.dropFirst() : scalar.text[...]
        if !digits.isEmpty, digits.utf8.allSatisfy(isDigit), let count = Int64(scalar.text) { return "\(count)" }
        report(scalar.line, .badCount(scalar.text, field: field))
        return nil
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// 750, 750.5, -750.05; `nil` for every other spelling, and for a hundred billion yuan or more.
private func fen(_ text: String) -> Fen? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let yuan = parts.first, (1...11).contains(yuan.utf8.count),
        yuan.utf8.allSatisfy(isDigit), yuan == "0" || !yuan.hasPrefix("0")
    else { return nil }
    var decimals = parts.count == 2 ? parts[1] : "00"
    guard (1...2).contains(decimals.utf8.count), decimals.utf8.allSatisfy(isDigit) else { return nil }
    if decimals.utf8.count == 1 { decimals += "0" }
    guard let amount = Int64(yuan + decimals) else { return nil }
    return Fen(text.hasPrefix("-") ? -amount : amount)
}

/// `HH:MM:SS`.
private func secondOfDay(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }),
        let hour = Int(parts[0]), let minute = Int(parts[1]), let second = Int(parts[2]), hour < 24, minute < 60,
        second < 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
}
