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
    let window: LoadWindow
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

    /// What is known of a file when all its rows are copied.
    struct Reading {
        let rowCount: Int
        /// The partitions that the rows belong to, see ``StoredTable/Partitioning``.
        let partitions: Set<Int32>
        let latestFact: CivilDate?
        let digest: String
        /// Whether two rows may have the same id; if not, no two have.
        let mayRepeatID: Bool
    }

    /// What becomes of the partitions that rows belong to, before they are sent.
    enum Partitions {
        /// Rows go to a table that has none.
        case none
        /// Those that are not there are made.
        case ensured
        /// Those of years that join the others when all rows are there.
        case begun
    }

    /// Reads the file from its beginning and copies its good rows, a window at a time: while the server takes one, the
    /// next is filled.
    ///
    func copy(
        _ statement: Statement, first: RowWindow.First, into target: Partitions, watchesRepeats: Bool,
        to connection: inout Connection, reporting problems: inout IntakeProblems
    ) throws -> Reading {
        var rows = try FileRows(
            of: table, at: path, watchesRepeats: watchesRepeats, reporting: &problems, progress: progress)
        var filling = RowWindow(for: table, first: first, size: window)
        var sending = RowWindow(for: table, first: first, size: window)
        var partitions: Set<Int32> = []
        while try rows.fill(&filling, upTo: .max, reporting: &problems) {}
        while !filling.isEmpty {
            swap(&filling, &sending)
            let fresh = Set(sending.partitions).subtracting(partitions)
            switch target {
            case .none: break
            case .ensured: try ensure(fresh, &connection)
            case .begun: for year in fresh.sorted() { try connection.execute(.beginYear, year) }
            }
            partitions.formUnion(fresh)
            sending.arrange()
            try connection.copyIn(statement, columns: sending.columnCount) { writer in
                repeat {
                    while writer.wouldWait,
                        try rows.fill(&filling, upTo: FileLoad.rowsBetweenLooks, reporting: &problems)
                    {}
                } while try sending.send(to: &writer)
            }
            sending.removeAll()
            while try rows.fill(&filling, upTo: .max, reporting: &problems) {}
        }
        return Reading(
            rowCount: rows.rowCount, partitions: partitions, latestFact: rows.latestFact, digest: rows.digest,
            mayRepeatID: rows.mayRepeatID)
    }

    /// Few enough to be read before the server has used up what it was sent, some 100 KB.
    private static let rowsBetweenLooks = 128

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
    fileprivate static let beginYear = Statement("begin year", "SELECT intake.begin_settlement_year($1)")
    fileprivate static let ensureYear = Statement("ensure year", "SELECT intake.ensure_settlement_year($1)")
}
