package import Postgres

extension Statement {
    /// Whether the login may use what the role was granted. Where the server has no such role, nobody may.
    fileprivate static let mayName = Statement(
        "may name persons",
        """
        SELECT current_user::text,
               EXISTS (SELECT FROM pg_roles r WHERE r.rolname = $1 AND pg_has_role(current_user, r.oid, 'USAGE'))
        """)

    fileprivate static let maskedPersons = Statement(
        "persons, masked", "SELECT person_id, psn_no, psn_name FROM report.person_masked WHERE person_id = ANY($1)")

    fileprivate static let namedPersons = Statement(
        "persons, in full", "SELECT person_id, psn_no, psn_name FROM report.person_named WHERE person_id = ANY($1)")
}

/// How persons are named where something is given out. Names and numbers in full are for members of
/// ``PersonNaming/role``; the database gives them to nobody else.
package enum PersonNaming: Hashable, Sendable {
    /// 张**, 3207**************0040.
    case masked
    case full

    package static let role = "settle_personal"

    /// Refuses what the login may not see.
    ///
    /// - Throws: ``StatementError/mayNotName(role:)``, `DatabaseError`.
    package func check(_ connection: inout Connection) throws {
        guard self == .full else { return }
        var login = ""
        let mayName = try connection.first(.mayName, PersonNaming.role) { row throws(DatabaseError) in
            login = try row[0, as: String.self]
            return try row[1, as: Bool.self]
        }
        guard mayName == true else { throw StatementError.mayNotName(role: login) }
    }
}

/// What some persons are called; who is missing has not been delivered.
struct PersonNames {
    struct Naming {
        /// `psn_no`.
        let number: String
        /// `psn_name`; `nil` if it was not delivered.
        let name: String?
    }

    private var namings: [Int64: Naming] = [:]

    init(of persons: [Int64], as naming: PersonNaming, _ connection: inout Connection) throws {
        var namings: [Int64: Naming] = [:]
        let statement: Statement = naming == .full ? .namedPersons : .maskedPersons
        try connection.forEachRow(statement, persons) { row in
            namings[try row[0, as: Int64.self]] = Naming(
                number: try row[1, as: String.self], name: try row[2, as: String?.self])
        }
        self.namings = namings
    }

    subscript(person: Int64) -> Naming? { namings[person] }
}
