import Money
import Policy
import Postgres
import Settlement

/// Reads the statements of a year, of one person or of many at a time, by the same few queries.
struct StatementReader {
    let year: Int
    let naming: PersonNaming
    let books: BooksOfYear
    private let rules: RuleSet
    private let outpatient: OutpatientRules

    /// - Throws: `DatabaseError`, `PolicyError`.
    init(_ year: Int, rules: RuleSet, naming: PersonNaming, _ connection: inout Connection) throws {
        self.year = year
        self.naming = naming
        self.rules = rules
        outpatient = try OutpatientRules(rules)
        books = try BooksOfYear(year, &connection)
    }

    /// A statement for each of the persons, in their order. Whether it ties and has anything in it is not looked at.
    ///
    /// - Throws: ``StatementError/notReachedYet(year:reached:)``, ``JobError``, `PolicyError`, `DatabaseError`.
    func read(_ persons: [Int64], _ connection: inout Connection) throws -> [AccountStatement] {
        let accounts = try StatementAccount.all(of: persons, year: year, &connection)
        // A year that is not reached has no statement, and nothing else is looked for.
        let states = try persons.map { try books.state(keptBy: accounts[$0]?.ledger?.run) }
        let months = states.map { $0.lastMonth(of: year) }
        let payments = try StatementFamilyPayment.all(from: persons, year: year, naming, &connection)
        let poolings = try StatementPooling.all(of: persons, year: year, rules: outpatient, &connection)
        let holders = try StatementHolder.all(
            zip(persons, months).map { (person: $0, month: $1) }, rules: rules, naming, &connection)
        return zip(persons, zip(holders, states)).map { person, holderAndBooks in
            let account = accounts[person] ?? StatementAccount.nothing
            let pooling = poolings[person] ?? StatementPooling.nothing
            return AccountStatement(
                year: year, person: person, holder: holderAndBooks.0, books: holderAndBooks.1, account: account,
                pooling: pooling, familyPayments: payments[person] ?? [],
                differences: account.differences(isClosed: holderAndBooks.1.isClosed) + pooling.differences)
        }
    }
}
