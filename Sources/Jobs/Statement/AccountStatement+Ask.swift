import Intake
import Money
package import Policy
package import Postgres
import Settlement

extension Statement {
    fileprivate static let isAnythingKnown = Statement(
        "is anything known of person",
        """
        SELECT EXISTS (SELECT FROM intake.person WHERE person_id = $1)
            OR EXISTS (SELECT FROM intake.enrolment WHERE person_id = $1)
            OR EXISTS (SELECT FROM intake.contribution WHERE person_id = $1)
            OR EXISTS (SELECT FROM intake.account_opening WHERE person_id = $1)
            OR EXISTS (SELECT FROM intake.account_use WHERE person_id = $1)
            OR EXISTS (SELECT FROM intake.settlement WHERE person_id = $1)
        """)
}

extension AccountStatement {
    /// Reads the person's year and checks that it ties. Writes nothing.
    ///
    /// - Parameters:
    ///   - rules: give the standard and the ceiling, and what the person is; amounts are the ledger's.
    ///   - number: `psn_no`.
    ///   - naming: how holder and relatives are named.
    /// - Throws: ``StatementError``, ``ExplainError/mayNotRead``, ``JobError``, `PolicyError`, `DatabaseError`.
    package static func ask(
        _ connection: inout Connection, rules: RuleSet, person number: String, year: Int,
        naming: PersonNaming = .masked
    ) throws -> AccountStatement {
        try connection.look("personal statement") { connection in
            try Migrator().verify(&connection)
            try naming.check(&connection)
            return try ask(of: number, StatementReader(year, rules: rules, naming: naming, &connection), &connection)
        }
    }

    /// The same within a look at the database that a reader began.
    static func ask(
        of number: String, _ reader: StatementReader, _ connection: inout Connection
    ) throws -> AccountStatement {
        let person = PersonID(number: number).rawValue
        let isKnown = try connection.first(.isAnythingKnown, person) { row throws(DatabaseError) in
            try row[0, as: Bool.self]
        }
        guard isKnown == true else { throw StatementError.unknownPerson }
        guard let statement = try reader.read([person], &connection).first else {
            throw StatementError.nothingInYear(reader.year)
        }
        guard statement.differences.isEmpty else {
            throw StatementError.doesNotTie(year: reader.year, statement.differences)
        }
        guard !statement.isEmpty else { throw StatementError.nothingInYear(reader.year) }
        return statement
    }
}
