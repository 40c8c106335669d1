import Money
import Policy
import Postgres
import Settlement

extension Statement {
    fileprivate static let personVersion = Statement(
        "newest version of person",
        """
        SELECT psn_name, insu_admdvs, death_date FROM intake.person WHERE person_id = $1 ORDER BY batch_id DESC LIMIT 1
        """)

    fileprivate static let enrolmentVersions = Statement(
        "newest versions of enrolment",
        """
        SELECT DISTINCT ON (person_id, insutype, begndate) begndate, enddate, valid, psn_type FROM intake.enrolment
        WHERE person_id = $1 AND insutype = $2
        ORDER BY person_id, insutype, begndate, batch_id DESC
        """)
}

extension StatementHolder {
    static func read(
        _ person: Int64, number: String, month: Month, rules: RuleSet, _ connection: inout Connection
    ) throws -> StatementHolder {
        let version = try connection.first(.personVersion, person, decode: Version.init)
        var standing: Standing?
        if let categories = try rules.categoriesIfAny(on: month.firstDay) {
            let statuses = try EnrolmentStatus.inForce(
                of: person, insurance: Int16(rules.pack.insurance) ?? 0, by: categories, &connection)
            standing = Settlement.standing(in: month, statuses: statuses, death: version?.death)
        }
        return StatementHolder(
            number: number, name: version?.name, district: version?.district, standing: standing, standingMonth: month)
    }

    private struct Version {
        let name: String?
        let district: String
        let death: CivilDate?

        init(_ row: borrowing Row) throws(DatabaseError) {
            name = try row[0, as: String?.self]
            district = try row[1, as: String.self]
            death = try row[2, as: CivilDate?.self]
        }
    }
}

extension EnrolmentStatus {
    /// The rows in force, ascending by begin; a version that withdraws a row drops it.
    fileprivate static func inForce(
        of person: Int64, insurance: Int16, by categories: PersonCategoryTable, _ connection: inout Connection
    ) throws -> [EnrolmentStatus] {
        var statuses: [EnrolmentStatus] = []
        try connection.forEachRow(.enrolmentVersions, person, insurance) { row in
            guard try row[2, as: Bool.self] else { return }
            statuses.append(
                EnrolmentStatus(
                    begin: try row[0, as: CivilDate.self], end: try row[1, as: CivilDate?.self],
                    category: categories.category(of: try row[3, as: String.self])))
        }
        return statuses
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
