import Money
import Policy
import Settlement

extension CaseReader {
    private static let personFields = ["category", "psn_type", "enrolment", "death", "own_level"]
    /// A person whose enrolment has no dates has always been enrolled.
    private static let always = CivilDate(year: 1949, month: 10, day: 1)

    mutating func person(_ tree: YamlTree) -> CasePerson? {
        guard let fields = fields(of: tree, in: "the person", allowed: CaseReader.personFields) else { return nil }
        let enrolment: [CaseStatus]
        if fields["enrolment"] != nil {
            either("enrolment", "category", of: fields)
            either("enrolment", "psn_type", of: fields)
            enrolment = rows(of: fields)
        } else {
            enrolment =
                personType(of: fields, otherwise: "enrolment").flatMap { type in
                    CaseReader.always.map { [CaseStatus(type: type, begin: $0, end: nil)] }
                } ?? []
        }
        return CasePerson(
            enrolment: enrolment, death: date("death", of: fields),
            ownLevel: fields["own_level"].flatMap { ownLevel($0) })
    }

    private mutating func rows(of fields: CaseFields) -> [CaseStatus] {
        var rows: [CaseStatus] = []
        for item in list("enrolment", of: fields) {
            let allowed = ["category", "psn_type", "begin", "end"]
            guard let row = self.fields(of: item, in: "the enrolment row", allowed: allowed) else { continue }
            need("begin", of: row, example: "2020-01-01")
            let (type, begin, end) = (personType(of: row), date("begin", of: row), date("end", of: row))
            guard let type, let begin else { continue }
            if let end, end < begin { report(row.line, .endsBeforeBegin) }
            if let last = rows.last, begin <= last.begin { report(row.line, .enrolmentOrder) }
            rows.append(CaseStatus(type: type, begin: begin, end: end))
        }
        return rows
    }

    private mutating func personType(of fields: CaseFields, otherwise: String? = nil) -> CaseStatus.PersonType? {
        either("category", "psn_type", of: fields)
        if fields["category"] == nil, fields["psn_type"] == nil {
            report(fields.line, .oneOf(["category", "psn_type"] + [otherwise].compactMap(\.self), within: fields.what))
        }
        if let code = text("psn_type", of: fields) { return .code(code.text) }
        return word("category", of: fields, among: InsuredCategory.allCases.map(\.rawValue))
            .flatMap(InsuredCategory.init).map { .category($0) }
    }

    private mutating func ownLevel(_ tree: YamlTree) -> OwnLevel? {
        guard let fields = fields(of: tree, in: "own_level", allowed: ["year_total", "december"]) else { return nil }
        need("year_total", of: fields, example: "1200.00")
        let december = amount("december", of: fields)
        return amount("year_total", of: fields).map { OwnLevel(yearTotal: $0, december: december) }
    }
}
