import Money
import Policy
import Postgres
import Settlement

extension Statement {
    fileprivate static let personVersions = Statement(
        "newest versions of persons",
        """
        SELECT DISTINCT ON (person_id) person_id, insu_admdvs, death_date FROM intake.person WHERE person_id = ANY($1)
        ORDER BY person_id, batch_id DESC
        """)

    fileprivate static let enrolmentVersions = Statement(
        "newest versions of enrolments",
        """
        SELECT DISTINCT ON (person_id, insutype, begndate) person_id, begndate, enddate, valid, psn_type
        FROM intake.enrolment
        WHERE person_id = ANY($1) AND insutype = $2
        ORDER BY person_id, insutype, begndate, batch_id DESC
        """)
}

extension StatementHolder {
    /// In the order of the persons, each with the month whose standing is asked for.
    static func all(
        _ persons: [(person: Int64, month: Month)], rules: RuleSet, _ naming: PersonNaming,
        _ connection: inout Connection
    ) throws -> [StatementHolder] {
        let keys = persons.map(\.person)
        let names = try PersonNames(of: keys, as: naming, &connection)
        var versions: [Int64: Version] = [:]
        try connection.forEachRow(.personVersions, keys) { row in
            versions[try row[0, as: Int64.self]] = Version(
                district: try row[1, as: String.self], death: try row[2, as: CivilDate?.self])
        }
        let enrolments = try Enrolments(of: keys, insurance: Int16(rules.pack.insurance) ?? 0, &connection)
        return try persons.map { person, month in
            let version = versions[person]
            let standing = try rules.categoriesIfAny(on: month.firstDay).map { categories in
                Settlement.standing(
                    in: month, statuses: enrolments.statuses(of: person, by: categories), death: version?.death)
            }
            return StatementHolder(
                number: names[person]?.number, name: names[person]?.name, district: version?.district,
                standing: standing, standingMonth: month)
        }
    }

    private struct Version {
        let district: String
        let death: CivilDate?
    }
}

/// The enrolment rows in force of some persons, ascending by begin; a version that withdraws a row drops it.
private struct Enrolments {
    private struct Row {
        let begin: CivilDate
        let end: CivilDate?
        let type: String
    }

    private var rows: [Int64: [Row]] = [:]

    init(of persons: [Int64], insurance: Int16, _ connection: inout Connection) throws {
        var rows: [Int64: [Row]] = [:]
        try connection.forEachRow(.enrolmentVersions, persons, insurance) { row in
            guard try row[3, as: Bool.self] else { return }
            rows[try row[0, as: Int64.self], default: []].append(
                Row(
                    begin: try row[1, as: CivilDate.self], end: try row[2, as: CivilDate?.self],
                    type: try row[4, as: String.self]))
        }
        self.rows = rows
    }

    func statuses(of person: Int64, by categories: PersonCategoryTable) -> [EnrolmentStatus] {
        (rows[person] ?? []).map {
            EnrolmentStatus(begin: $0.begin, end: $0.end, category: categories.category(of: $0.type))
        }
    }
}

extension RuleSet {
    /// `nil` if no rule covers the day.
    fileprivate func categoriesIfAny(on date: CivilDate) throws(PolicyError) -> PersonCategoryTable? {
        do throws(PolicyError) {
            return try personCategories(on: date)
        } catch {
            guard case .noRule = error else { throw error }
            return nil
        }
    }
}
