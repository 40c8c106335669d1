import Money
import Policy
import Settlement

extension CaseReader {
    private static let contributionFields = ["month", "insutype", "clct_type", "base", "own", "employer", "expect"]

    mutating func contribution(_ tree: YamlTree, number: Int) -> CaseContribution? {
        let what = "contribution \(number)"
        guard let fields = fields(of: tree, in: what, allowed: CaseReader.contributionFields) else { return nil }
        need("month", of: fields, example: "2023-01")
        need("base", of: fields, example: "5000.00")
        let month = month("month", of: fields)
        let base = amount("base", of: fields)
        let own = amount("own", of: fields) ?? .zero
        let employer = amount("employer", of: fields) ?? .zero
        let type: Int16 = code("clct_type", of: fields, otherwise: CollectionType.normal.rawValue)
        let insurance: Int16 = code("insutype", of: fields, otherwise: 310)
        let expected = expected(
            fields["expect"], line: fields.line, in: what, example: "credit: 100.00", as: ContributionFigure.self)
        guard let month, let base else { return nil }
        return CaseContribution(
            place: place(fields.line), month: month,
            contribution: Contribution(
                insurance: insurance, type: CollectionType(rawValue: type), base: base, ownPart: own,
                employerPart: employer),
            expected: expected)
    }
}
