import Money
import Postgres

extension Statement {
    /// `$1` and `$2` the horizon, `$3` and `$4` the one before. Batches whose facts were all known then are left out by
    /// their number, which the index by batch serves.
    ///
    /// Grouped by table, since of an expression the server would expect a group per row and count alone.
    fileprivate static let newFacts = Statement(
        "new facts",
        """
        WITH opened_batch AS NOT MATERIALIZED (
            SELECT batch_id FROM intake.batch WHERE batch_id <= $3 AND latest_fact_on > $4)
        SELECT min(setl_time)::date, max(setl_time)::date, count(*) FROM intake.settlement
        WHERE batch_id > coalesce($3::bigint, 0) AND batch_id <= $1 AND setl_time < ($2::date + 1)::timestamp
        GROUP BY tableoid
        UNION ALL
        SELECT min(setl_time)::date, max(setl_time)::date, count(*) FROM intake.settlement
        WHERE batch_id IN (SELECT batch_id FROM opened_batch)
          AND setl_time >= ($4::date + 1)::timestamp AND setl_time < ($2::date + 1)::timestamp
        GROUP BY tableoid
        UNION ALL
        SELECT min(use_date), max(use_date), 0 FROM intake.account_use
        WHERE batch_id > coalesce($3::bigint, 0) AND batch_id <= $1 AND use_date <= $2
        GROUP BY tableoid
        UNION ALL
        SELECT min(use_date), max(use_date), 0 FROM intake.account_use
        WHERE batch_id IN (SELECT batch_id FROM opened_batch) AND use_date > $4 AND use_date <= $2
        GROUP BY tableoid
        """)
}

/// How much has come that the job's run before did not know, before anybody looks at it.
struct NewFacts {
    private(set) var settlements: Int64 = 0
    /// Of settlements and uses of accounts, ascending; within a year, all from its first to its last.
    private(set) var months: [Month] = []

    /// - Parameter previous: what the run before knew; `nil` for the first.
    init(after previous: Horizon?, upTo horizon: Horizon, _ connection: inout Connection) throws {
        var months: Set<Month> = []
        try connection.forEachRow(.newFacts, horizon.batch, horizon.date, previous?.batch, previous?.date) { row in
            months.formUnion((try row[0, as: CivilDate.self].month)...(try row[1, as: CivilDate.self].month))
            settlements += try row[2, as: Int64.self]
        }
        self.months = months.sorted()
    }
}
