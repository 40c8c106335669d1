package import Money
package import Policy
package import Postgres

extension Statement {
    static let leaseHolder = Statement(
        "lease holder", "SELECT owner, since FROM run.lease WHERE name = 'ledger' AND owner IS NOT NULL")

    static let batchCount = Statement(
        "batch count", "SELECT count(*), max(batch_id), max(loaded_at) FROM intake.batch")

    static let chunksDone = Statement(
        "chunks done", "SELECT count(*) FROM run.chunk WHERE run_id = $1")
}

/// The state of affairs: what is open, late, blocked, and why.
package struct StatusReport: Hashable, Sendable {
    package let today: CivilDate
    package let batches: Int64
    package let latestBatchAt: PostgresTimestamp?
    package let settledThrough: Month?
    /// The last year that is closed.
    package let closedYear: Int?
    package let due: DueInstances
    /// Chunks done of the interrupted run.
    package let chunksDone: Int64
    /// Who holds the lease; a process that died may still be named here.
    package let owner: String?

    package static func ask(
        _ connection: inout Connection, rules: RuleSet, today: CivilDate
    ) throws -> StatusReport {
        try Migrator().verify(&connection)
        let due = try DueInstances.ask(&connection, rules: rules, today: today)
        let batches = try connection.first(.batchCount) { row throws(DatabaseError) in
            Batches(count: try row[0, as: Int64.self], latestAt: try row[2, as: PostgresTimestamp?.self])
        }
        var chunksDone: Int64 = 0
        if let run = due.interrupted {
            chunksDone =
                try connection.first(.chunksDone, run.id) { row throws(DatabaseError) in try row[0, as: Int64.self] }
                ?? 0
        }
        let runs = try RunStore.all(&connection)
        return StatusReport(
            today: today, batches: batches?.count ?? 0, latestBatchAt: batches?.latestAt,
            settledThrough: MonthEndSchedule(runs).settledThrough,
            closedYear: runs.last { $0.instance.job == .yearEnd && $0.isDone }?.instance.businessDate.year, due: due,
            chunksDone: chunksDone,
            owner: try connection.first(.leaseHolder) { row throws(DatabaseError) in try row[0, as: String.self] })
    }

    private struct Batches {
        let count: Int64
        let latestAt: PostgresTimestamp?
    }

    /// 0 if all is done, 3 if something waits for a figure, 75 if something is due or was interrupted.
    package var exitCode: ExitCode {
        if due.interrupted != nil || !due.instances.isEmpty { return .tryLater }
        return due.waiting.isEmpty ? .done : .waits
    }
}
