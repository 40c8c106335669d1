import Intake
import Money
import Postgres

extension FileLoad {
    /// Copies the rows into a table of the transaction, compares them with each other and with what is in force, and
    /// writes those that are new or replace something.
    func runStaged(
        _ connection: inout Connection, reporting problems: inout IntakeProblems
    ) throws -> Outcome {
        try connection.execute(StagedSQL.makeStage(table))
        let reading = try copy(
            StagedSQL.copy(table), first: .line, into: .none, watchesRepeats: table.isEvent, to: &connection,
            reporting: &problems)
        try connection.execute(StagedSQL.analyzeStage(table))
        var file = LoadResult.File(name: table.file.name)
        if reading.mayRepeatID { file.unchanged = try removeRepeats(&connection, reporting: &problems) }
        try connection.execute(StagedSQL.findKnown(table))
        try connection.execute(StagedSQL.analyzeKnown(table))
        try findRefused(&connection, reporting: &problems)
        let known = try countKnown(&connection)
        file.new = reading.rowCount - file.unchanged - known.rows
        file.replacing = known.replacing
        file.unchanged += known.rows - known.replacing
        var latestFact: CivilDate?
        if problems.isEmpty, file.written > 0 {
            try ensure(reading.partitions, &connection)
            try connection.execute(StagedSQL.write(table), batch)
            latestFact = try latestWritten(&connection)
        }
        return Outcome(file: file, digest: reading.digest, latestFact: latestFact)
    }

    /// Takes out the rows whose key stands earlier in the file, and reports those that say something else there.
    /// Returns how many were taken out.
    private func removeRepeats(
        _ connection: inout Connection, reporting problems: inout IntakeProblems
    ) throws -> Int {
        let repeatedKeys = try connection.first(StagedSQL.countRepeatedKeys(table)) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
        guard let repeatedKeys, repeatedKeys > 0 else { return 0 }
        let contradictions = try connection.rows(
            StagedSQL.contradictions(table), Int64(problems.limit)
        ) { row throws(DatabaseError) in
            let isOtherPerson = try row[2, as: Bool.self]
            return IntakeProblem(
                file: table.file.name, line: Int(try row[0, as: Int64.self]),
                column: table.file.key.joined(separator: ", "),
                isOtherPerson ? .sharedPersonKey : .otherContentOnLine(Int(try row[1, as: Int64.self])))
        }
        for problem in contradictions { problems.add(problem) }
        return try connection.execute(StagedSQL.removeRepeats(table))
    }

    /// Reports events that were delivered before with other content, and person numbers whose key is another's.
    private func findRefused(
        _ connection: inout Connection, reporting problems: inout IntakeProblems
    ) throws {
        let refused = try connection.rows(StagedSQL.refused(table), Int64(problems.limit)) {
            row throws(DatabaseError) in
            let isOtherPerson = try row[2, as: Bool.self]
            return IntakeProblem(
                file: table.file.name, line: Int(try row[0, as: Int64.self]),
                column: table.file.key.joined(separator: ", "),
                isOtherPerson ? .sharedPersonKey : .otherContentInBatch(try row[1, as: Int64.self]))
        }
        for problem in refused { problems.add(problem) }
    }

    /// Rows whose key was delivered before, and those among them that differ from what is in force.
    private struct Known {
        var rows = 0
        var replacing = 0
    }

    private func countKnown(_ connection: inout Connection) throws -> Known {
        let known = try connection.first(StagedSQL.countKnown(table)) { row throws(DatabaseError) in
            Known(rows: Int(try row[0, as: Int64.self]), replacing: Int(try row[1, as: Int64.self]))
        }
        return known ?? Known()
    }

    private func latestWritten(_ connection: inout Connection) throws -> CivilDate? {
        guard let statement = StagedSQL.latestWritten(table) else { return nil }
        let latest = try connection.first(statement) { row throws(DatabaseError) in
            try row[0, as: CivilDate?.self]
        }
        return latest ?? nil
    }
}
