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
    /// - Throws: ``StatementError``, ``ExplainError/mayNotRead``, ``JobError``, `PolicyError`, `DatabaseError`.
    package static func ask(
        _ connection: inout Connection, rules: RuleSet, person number: String, year: Int
    ) throws -> AccountStatement {
        try connection.look("personal statement") { connection in
            try Migrator().verify(&connection)
            let person = PersonID(number: number).rawValue
            let isKnown = try connection.first(.isAnythingKnown, person) { row throws(DatabaseError) in
                try row[0, as: Bool.self]
            }
            guard isKnown == true else { throw StatementError.unknownPerson }
            let account = try StatementAccount.read(of: person, year: year, &connection)
            let books = try StatementBooks.read(of: year, keptBy: account.ledger?.run, &connection)
            let family = try StatementFamilyPayment.all(from: person, year: year, &connection)
            let pooling = try StatementPooling.read(
                of: person, year: year, rules: try OutpatientRules(rules), &connection)
            let differences = account.differences(isClosed: books.isClosed) + pooling.differences
            guard differences.isEmpty else { throw StatementError.doesNotTie(year: year, differences) }
            guard !account.isEmpty || !pooling.settlements.isEmpty || !family.isEmpty else {
                throw StatementError.nothingInYear(year)
            }
            return AccountStatement(
                year: year,
                holder: try StatementHolder.read(
                    person, number: number, month: books.lastMonth(of: year), rules: rules, &connection),
                books: books, account: account, pooling: pooling, familyPayments: family)
        }
    }
}
