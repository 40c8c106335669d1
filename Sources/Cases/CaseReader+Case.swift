import Money
package import Policy
import Settlement

/// The cases of a file.
///
/// - Parameter rules: the rule set of a pack; of the default one for `nil`.
package func readCases(
    _ file: RuleFile, rules: (_ pack: String?) throws(PolicyError) -> RuleSet
) throws(CasesRefused) -> [PolicyCase] {
    let tree = try yaml(of: file)
    var reader = CaseReader(file: file.name)
    let cases = reader.cases(tree, rules: rules)
    guard reader.faults.isEmpty else { throw CasesRefused(reader.faults) }
    return cases
}

private func yaml(of file: RuleFile) throws(CasesRefused) -> YamlTree {
    var faults: [PackFault] = []
    do throws(PackFault) {
        if let tree = YamlTree(try file.text(), file: file.name, faults: &faults) { return tree }
    } catch {
        faults.append(error)
    }
    throw CasesRefused(
        faults.map { fault in
            fault.kind == .emptyFile ? CaseFault(place: fault.place, kind: .empty) : CaseFault(fault)
        })
}

extension CaseReader {
    private static let caseFields = [
        "name", "pack", "rules", "person", "settlements", "contributions", "months", "years", "settled_through",
    ]

    fileprivate mutating func cases(
        _ tree: YamlTree, rules: (_ pack: String?) throws(PolicyError) -> RuleSet
    ) -> [PolicyCase] {
        guard let header = fields(of: tree, in: "the file", allowed: ["cases"]) else { return [] }
        need("cases", of: header, example: "...")
        let items = list("cases", of: header)
        if items.isEmpty, case .list(_, let line) = header["cases"] { report(line, .noCases) }
        var cases: [PolicyCase] = []
        for item in items {
            guard let one = policyCase(item, rules: rules) else { continue }
            if let first = cases.first(where: { $0.name == one.name }) {
                report(one.place.line, .duplicateName(one.name, firstLine: first.place.line))
            }
            cases.append(one)
        }
        return cases
    }

    private mutating func policyCase(
        _ tree: YamlTree, rules: (_ pack: String?) throws(PolicyError) -> RuleSet
    ) -> PolicyCase? {
        guard let fields = fields(of: tree, in: "the case", allowed: CaseReader.caseFields) else { return nil }
        need("name", of: fields, example: "...")
        need("person", of: fields, example: "{category: active}")
        let name = text("name", of: fields)?.text
        let ruleSet = ruleSet(of: fields, rules: rules)
        let person = fields["person"].flatMap { self.person($0) }
        let settlements = settlements(of: fields)
        let contributions = list("contributions", of: fields).enumerated().compactMap { index, item in
            contribution(item, number: index + 1)
        }
        let months = months(of: fields)
        let years = years(of: fields)
        let settledThrough = month("settled_through", of: fields)
        guard let name, let ruleSet, let person else { return nil }
        if ["settlements", "contributions", "months"].allSatisfy({ fields[$0] == nil }) {
            report(fields.line, .checksNothing(name))
        }
        return PolicyCase(
            name: name, place: place(fields.line), rules: ruleSet, person: person, settlements: settlements,
            contributions: contributions, months: months, years: years, settledThrough: settledThrough)
    }

    private mutating func ruleSet(
        of fields: CaseFields, rules: (_ pack: String?) throws(PolicyError) -> RuleSet
    ) -> RuleSet? {
        let pack = text("pack", of: fields)
        if fields["pack"] != nil, pack == nil { return nil }
        do throws(PolicyError) {
            let published = try rules(pack?.text)
            guard let overrides = fields["rules"] else { return published }
            return try published.overriding(overrides, file: file, cite: "case")
        } catch .refused(let faults) {
            report(faults)
        } catch {
            report(pack?.line ?? fields.line, .pack(error))
        }
        return nil
    }

    private mutating func months(of fields: CaseFields) -> [CaseMonth] {
        guard let pairs = pairs("months", of: fields) else { return [] }
        var months: [CaseMonth] = []
        for pair in pairs {
            let what = "month \(pair.key.text)"
            let expected = expected(
                pair.value, line: pair.key.line, in: what, example: "credit: 100.00", as: CreditFigure.self)
            guard let month = month(pair.key, field: "month") else { continue }
            months.append(CaseMonth(place: place(pair.key.line), month: month, expected: expected))
        }
        return months
    }

    private mutating func years(of fields: CaseFields) -> [CaseYear] {
        guard let pairs = pairs("years", of: fields) else { return [] }
        var years: [CaseYear] = []
        for pair in pairs {
            let what = "year \(pair.key.text)"
            let expected = expected(
                pair.value, line: pair.key.line, in: what, example: "pool: 6000.00", as: YearFigure.self)
            guard let year = Month("\(pair.key.text)-01")?.year else {
                report(pair.key.line, .badYear(pair.key.text))
                continue
            }
            years.append(CaseYear(place: place(pair.key.line), year: year, expected: expected))
        }
        return years
    }

    private mutating func pairs(_ name: String, of fields: CaseFields) -> [YamlPair]? {
        guard let tree = fields[name] else { return nil }
        guard case .mapping(let pairs, _) = tree else {
            report(tree.line, .notMapping(name))
            return nil
        }
        return pairs
    }
}
