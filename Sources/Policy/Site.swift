internal import Money

/// A site file (地方补充文件): the figures an office supplies to a pack, with their source.
struct Site {
    let name: String
    /// The name of the pack.
    let completes: String
    let source: String
    let isIllustrative: Bool
    let entries: [SiteEntry]
    let completesPlace: RulePlace
}

struct SiteEntry {
    let key: RuleKey
    let rule: DatedRule
}

extension RuleFileReader {
    private static let siteFields = ["site", "completes", "source", "illustrative", "values"]

    mutating func site(_ tree: YamlTree) -> Site? {
        guard let header = fields(of: tree, in: "the site file", allowed: RuleFileReader.siteFields) else { return nil }
        let name = self.name("site", of: header)
        let completes = self.name("completes", of: header)
        let source = text("source", of: header)
        let isIllustrative = flag("illustrative", of: header)
        guard let values = header["values"] else {
            report(header.line, .missingField("values", within: header.what))
            return nil
        }
        let entries = self.entries(values, source: source ?? "", isIllustrative: isIllustrative)
        guard let name, let completes, let source else { return nil }
        return Site(
            name: name, completes: completes, source: source, isIllustrative: isIllustrative, entries: entries,
            completesPlace: RulePlace(file: file, line: header["completes"]?.line ?? header.line))
    }

    private mutating func entries(_ tree: YamlTree, source: String, isIllustrative: Bool) -> [SiteEntry] {
        guard case .mapping(let pairs, _) = tree else {
            report(tree.line, .notMapping("values"))
            return []
        }
        var entries: [SiteEntry] = []
        for pair in pairs {
            guard let key = self.key(pair.key) else { continue }
            guard case .mapping(let dated, _) = pair.value, !dated.isEmpty else {
                report(pair.key.line, .noValues(key.rawValue))
                continue
            }
            for entry in dated {
                guard let rule = siteRule(entry, for: key, source: source, isIllustrative: isIllustrative) else {
                    continue
                }
                entries.append(SiteEntry(key: key, rule: rule))
            }
        }
        return entries
    }

    private mutating func siteRule(
        _ pair: YamlPair, for key: RuleKey, source: String, isIllustrative: Bool
    ) -> DatedRule? {
        let from = date(pair.key.text, line: pair.key.line)
        let what = "\(key.rawValue) \(pair.key.text)"
        let allowed = ["value", "unit", "cite", "expected"]
        guard let fields = self.fields(of: pair.value, in: what, allowed: allowed) else { return nil }
        if let unit = optionalText("unit", of: fields) {
            checkUnit(unit, line: fields["unit"]?.line ?? fields.line, for: key)
        }
        // Without a citation of its own, a figure rests on the source of the whole file.
        let cite = fields["cite"] == nil ? source : optionalText("cite", of: fields)
        guard fields["expected"] == nil else {
            report(pair.key.line, .siteExpects)
            return nil
        }
        guard let value = fields["value"] else {
            report(pair.key.line, .missingField("value", within: what))
            return nil
        }
        let state = self.state(value, for: key)
        guard state != .ended else {
            report(pair.key.line, .siteEndsRule)
            return nil
        }
        guard let from, let cite, let state else { return nil }
        let place = RulePlace(file: file, line: pair.key.line)
        return DatedRule(from: from, state: state, cite: cite, place: place, isIllustrative: isIllustrative)
    }
}
