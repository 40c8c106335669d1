import Money
package import Postgres

extension Statement {
    private static let runColumns: SQLText = """
        run_id, job, business_date, posting_month, horizon, batch_upto, previous_horizon, previous_batch_upto,
        months_from, chunk_count, state, waits_for, attempts, rule_pack_digest, started_at, finished_at
        """

    static let allRuns = Statement("all runs", "SELECT \(runColumns) FROM run.run ORDER BY run_id")

    static let runAtWork = Statement("run at work", "SELECT \(runColumns) FROM run.run WHERE state = 'running'")

    static let insertRun = Statement(
        "insert run",
        """
        INSERT INTO run.run (run_id, job, business_date, posting_month, horizon, batch_upto, previous_horizon,
            previous_batch_upto, months_from, chunk_count, state, attempts, rule_pack_digest, program_version, started_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'running', 1, $11, $12, $13)
        """)

    static let nextRunID = Statement("next run id", "SELECT coalesce(max(run_id), 0) + 1 FROM run.run")

    static let resumeRun = Statement(
        "resume run", "UPDATE run.run SET attempts = attempts + 1 WHERE run_id = $1 AND state = 'running'")

    static let completeRun = Statement(
        "complete run",
        "UPDATE run.run SET state = 'completed', finished_at = $2, waits_for = $3 WHERE run_id = $1 AND state = 'running'"
    )

    static let latestBatch = Statement("latest batch", "SELECT coalesce(max(batch_id), 0) FROM intake.batch")

    static let insertRulePack = Statement(
        "insert rule pack",
        """
        INSERT INTO run.rule_pack (digest, name, pack_text, site_text, first_used_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (digest) DO NOTHING
        """)
}

/// Reads and writes `run.run`.
package enum RunStore {
    /// All runs in the order they were begun.
    package static func all(_ connection: inout Connection) throws -> [Run] {
        try connection.rows(.allRuns, decode: decode)
    }

    /// The run that is at work or was interrupted; there is at most one.
    package static func atWork(_ connection: inout Connection) throws -> Run? {
        try connection.first(.runAtWork, decode: decode)
    }

    static func insert(_ run: Run, programVersion: String, into connection: inout Connection) throws {
        _ = try connection.execute(
            .insertRun, run.id, run.instance.job, run.instance.businessDate, run.postingMonth, run.horizon.date,
            run.horizon.batch, run.previous?.date, run.previous?.batch, run.monthsFrom, run.chunkCount,
            run.rulesDigest, programVersion, run.startedAt)
    }

    private static func decode(_ row: borrowing Row) throws(DatabaseError) -> Run {
        var previous: Horizon?
        if let date = try row[6, as: CivilDate?.self], let batch = try row[7, as: Int64?.self] {
            previous = Horizon(date: date, batch: batch)
        }
        let postingMonth = try row[3, as: Month.self]
        return Run(
            id: try row[0, as: Int64.self],
            instance: Instance(job: try row[1, as: Job.self], businessDate: try row[2, as: CivilDate.self]),
            postingMonth: postingMonth,
            horizon: Horizon(date: try row[4, as: CivilDate.self], batch: try row[5, as: Int64.self]),
            previous: previous,
            monthsFrom: try row[8, as: Month?.self] ?? postingMonth,
            chunkCount: try row[9, as: Int32.self],
            state: try row[10, as: Run.State.self],
            waitsFor: try row[11, as: String?.self],
            attempts: try row[12, as: Int32.self],
            rulesDigest: try row[13, as: String.self],
            startedAt: try row[14, as: PostgresTimestamp.self],
            finishedAt: try row[15, as: PostgresTimestamp?.self])
    }
}
