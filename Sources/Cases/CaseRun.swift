import Money
import Policy
import Settlement

extension PolicyCase {
    /// Settles and credits what the case says by its rules, and compares to the fen.
    package func run() -> CaseResult {
        let failures: [CaseFailure]
        do {
            failures = try settlementFailures() + creditFailures()
        } catch {
            // No rule at all, a figure nobody supplied, or more money than there is: the case cannot be what was meant.
            let difference = CaseDifference(figure: "case", expected: "a result", got: "\(error)")
            failures = [CaseFailure(what: "the case", place: place, differences: [difference], steps: [])]
        }
        return CaseResult(name: name, place: place, failures: failures)
    }

    /// `insutype` of the pack: three digits, the reader of packs saw to it.
    var insurance: Int16 {
        guard let code = Int16(rules.pack.insurance) else { preconditionFailure("insutype \(rules.pack.insurance)") }
        return code
    }

    /// `nil` if all is as expected.
    func failure<Figure: CaseFigure>(
        _ what: String, _ place: RulePlace, _ expected: [Expected<Figure>], got: (Figure) -> String, steps: [String]
    ) -> CaseFailure? {
        let differences = expected.filter { got($0.figure) != $0.value }.map { one in
            CaseDifference(figure: one.figure.rawValue, expected: one.value, got: got(one.figure))
        }
        guard !differences.isEmpty else { return nil }
        return CaseFailure(what: what, place: place, differences: differences, steps: steps)
    }
}
