internal import Money

/// Reads one rule file strictly and collects everything wrong with it.
struct RuleFileReader {
    let file: String
    private(set) var faults: [PackFault] = []

    init(file: String) {
        self.file = file
    }

    mutating func report(_ line: Int, _ kind: PackFault.Kind) {
        faults.append(PackFault(file, line, kind))
    }

    /// The fields of a mapping, once it is known that it has no others than `allowed`.
    mutating func fields(of tree: YamlTree, in what: String, allowed: [String]) -> Fields? {
        guard case .mapping(let pairs, let line) = tree else {
            report(tree.line, .notMapping(what))
            return nil
        }
        for pair in pairs where !allowed.contains(pair.key.text) {
            let nearest = nearestName(to: pair.key.text, among: allowed)
            report(pair.key.line, .unknownField(pair.key.text, within: what, nearest: nearest))
        }
        return Fields(pairs: pairs, what: what, line: pairs.first?.key.line ?? line)
    }

    /// A text that must be there and say something.
    mutating func text(_ name: String, of fields: Fields) -> String? {
        guard fields[name] != nil else {
            report(fields.line, .missingField(name, within: fields.what))
            return nil
        }
        return optionalText(name, of: fields)
    }

    mutating func optionalText(_ name: String, of fields: Fields) -> String? {
        guard let tree = fields[name] else { return nil }
        guard case .scalar(let scalar) = tree else {
            report(tree.line, .notText(name))
            return nil
        }
        guard scalar.text.contains(where: { !$0.isWhitespace }) else {
            report(scalar.line, .emptyText(name))
            return nil
        }
        return scalar.text
    }

    /// The name of a pack or site: it becomes a file name and a column.
    mutating func name(_ field: String, of fields: Fields) -> String? {
        guard let text = text(field, of: fields) else { return nil }
        let letters = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard letters else {
            report(fields[field]?.line ?? fields.line, .badName(field: field, text))
            return nil
        }
        return text
    }

    /// `true` or `false`; left out is `false`.
    mutating func flag(_ name: String, of fields: Fields) -> Bool {
        guard let text = optionalText(name, of: fields) else { return false }
        guard text == "true" || text == "false" else {
            report(fields[name]?.line ?? fields.line, .badFlag(field: name, text))
            return false
        }
        return text == "true"
    }

    mutating func date(_ text: String, line: Int) -> CivilDate? {
        if let date = CivilDate(text) { return date }
        report(line, .badDate(text, instead: RuleFileReader.paddedDate(text)))
        return nil
    }

    /// 2023-01-01 for 2023-1-1 and 2023/1/1; `nil` if it is no date either way.
    private static func paddedDate(_ text: String) -> String? {
        let parts = text.split { $0 == "-" || $0 == "/" || $0 == "." }.map { part in
            part.count == 1 ? "0\(part)" : "\(part)"
        }
        return CivilDate(parts.joined(separator: "-")).map { "\($0)" }
    }
}

/// The fields of one mapping, and what the mapping is, for messages.
struct Fields {
    let pairs: [YamlPair]
    let what: String
    let line: Int

    subscript(_ name: String) -> YamlTree? {
        pairs.first { $0.key.text == name }?.value
    }
}
