import Intake
import Postgres

extension FileLoad {
    /// Copies the rows straight into the table. That will do only if the table holds nothing yet and no key comes
    /// twice, as in an office's first delivery. `nil` if it will not: then nothing was written.
    func runDirect(
        _ connection: inout Connection, reporting problems: inout IntakeProblems
    ) throws -> Outcome? {
        // A delivery that has to be refused anyway need not touch the tables.
        guard problems.isEmpty, try isEmpty(&connection) else { return nil }
        let fillsFirst = try fillsFirst(&connection)
        let target: SQLText = fillsFirst ? "intake.settlement_fresh" : table.name
        let copy = Statement(
            "copy rows", "COPY \(target) (batch_id, \(table.columns.list())) FROM STDIN (FORMAT binary)")
        try connection.execute(.savepoint)
        let reading: Reading
        do {
            reading = try self.copy(
                copy, first: .batch(batch), into: fillsFirst ? .begun : .ensured, watchesRepeats: table.isEvent,
                to: &connection,
                reporting: &problems)
            if fillsFirst { _ = try connection.execute(.joinFresh) }
            if table.isEvent, reading.mayRepeatID, try holdsTwins(&connection) { throw KeyTwice() }
        } catch  where error is KeyTwice || (error as? DatabaseError)?.sqlState == .uniqueViolation {
            try connection.execute(.rollbackToSavepoint)
            problems = IntakeProblems(limit: problems.limit)
            return nil
        }
        try connection.execute(.releaseSavepoint)
        return Outcome(
            file: LoadResult.File(name: table.file.name, new: reading.rowCount), digest: reading.digest,
            latestFact: reading.latestFact)
    }

    private struct KeyTwice: Error {}

    /// Whether no year of settlements has a table yet: then keys are built when all rows are there.
    private func fillsFirst(_ connection: inout Connection) throws -> Bool {
        guard case .byYear = table.partitioning else { return false }
        let isFirst = try connection.first(.hasNoYears) { row throws(DatabaseError) in try row[0, as: Bool.self] }
        return isFirst == true
    }

    private func isEmpty(_ connection: inout Connection) throws -> Bool {
        let isEmpty = try connection.first(
            Statement("table is empty", "SELECT NOT EXISTS (SELECT FROM \(table.name))")
        ) { row throws(DatabaseError) in try row[0, as: Bool.self] }
        return isEmpty == true
    }

    /// Whether two events have the same id. The primary key cannot tell: it begins with the person. For versioned rows
    /// it can. Asked only if the reading could not rule it out: the answer takes as long as a fifth of the load.
    private func holdsTwins(_ connection: inout Connection) throws -> Bool {
        let holdsTwins = try connection.first(
            Statement(
                "id comes twice",
                """
                SELECT EXISTS (SELECT FROM \(table.name) GROUP BY \(table.key.list()) HAVING count(*) > 1)
                """)
        ) { row throws(DatabaseError) in try row[0, as: Bool.self] }
        return holdsTwins == true
    }
}

extension Statement {
    fileprivate static let hasNoYears = Statement(
        "has no years",
        "SELECT NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'intake.settlement'::regclass)")
    fileprivate static let joinFresh = Statement("join fresh settlements", "SELECT intake.join_fresh()")
    fileprivate static let savepoint = Statement("savepoint", "SAVEPOINT direct_copy")
    fileprivate static let rollbackToSavepoint = Statement("rollback to savepoint", "ROLLBACK TO SAVEPOINT direct_copy")
    fileprivate static let releaseSavepoint = Statement("release savepoint", "RELEASE SAVEPOINT direct_copy")
}
