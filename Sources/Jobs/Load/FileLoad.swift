import Intake
import Money
import Postgres

/// The load of one file within the transaction of its batch.
struct FileLoad {
    struct Outcome {
        var file: LoadResult.File
        /// SHA-256 of the file's bytes.
        let digest: String
        /// The latest date on an event that was written.
        let latestFact: CivilDate?
    }

    let table: StoredTable
    let path: String
    let batch: Int64
    let progress: (LoadProgress) -> Void

    /// Checks and writes the rows. If there are problems, those of this file or of one before it, what is written is
    /// incomplete and the transaction has to be rolled back.
    func run(_ connection: inout Connection, reporting problems: inout IntakeProblems) throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        var outcome =
            if let direct = try runDirect(&connection, reporting: &problems) {
                direct
            } else {
                try runStaged(&connection, reporting: &problems)
            }
        outcome.file.duration = start.duration(to: clock.now)
        return outcome
    }

    struct Reading {
        var rowCount = 0
        /// The partitions that the rows belong to, see ``StoredTable/Partitioning``.
        var partitions: Set<Int32> = []
        var latestFact: CivilDate?
        var digest = ""
    }

    /// Reads the file from its beginning and hands its good rows on, a chunk at a time.
    func read(
        reporting problems: inout IntakeProblems, _ send: (inout RowChunk) throws -> Void
    ) throws -> Reading {
        var reading = Reading()
        var chunk = RowChunk(for: table)
        let delivered = try DeliveredFile(table.file, at: path, progress: progress)
        var reader = try IntakeReader(table.file, from: delivered.blocks, reporting: &problems)
        var latest = Int64.min
        while try reader.next(reporting: &problems) {
            reading.rowCount += 1
            if let dated = table.dated { latest = max(latest, reader.cells[dated.source].number) }
            chunk.append(reader)
            if chunk.isFull { try hand(&chunk) }
        }
        if !chunk.isEmpty { try hand(&chunk) }
        func hand(_ chunk: inout RowChunk) throws {
            reading.partitions.formUnion(chunk.partitions)
            try send(&chunk)
            chunk.removeAll()
        }
        reading.digest = delivered.digest
        if let dated = table.dated, reading.rowCount > 0 {
            reading.latestFact =
                dated.form == .timestamp
                ? CivilTime(secondNumber: latest).date : CivilDate(dayNumber: Int32(truncatingIfNeeded: latest))
        }
        return reading
    }

    /// Makes the partitions that are not there yet.
    func ensure(_ partitions: Set<Int32>, _ connection: inout Connection) throws(DatabaseError) {
        for partition in partitions.sorted() {
            switch table.partitioning {
            case .none: return
            case .byMonth: try connection.execute(.ensureMonth, CivilDate(dayNumber: partition))
            case .byYear: try connection.execute(.ensureYear, partition)
            }
        }
    }
}

extension Statement {
    fileprivate static let ensureMonth = Statement("ensure month", "SELECT intake.ensure_contribution_month($1)")
    fileprivate static let ensureYear = Statement("ensure year", "SELECT intake.ensure_settlement_year($1)")
}
