import Money
import Postgres

extension Statement {
    /// `$1` and `$2` the horizon, `$3` and `$4` the one before. Batches whose facts were all known then are left out by
    /// their number, which the index by batch serves.
    fileprivate static let newFacts = Statement(
        "new facts",
        """
        WITH new_batch AS (
            SELECT batch_id FROM intake.batch
            WHERE batch_id <= $1 AND ($3::bigint IS NULL OR batch_id > $3 OR latest_fact_on > $4))
        SELECT date_trunc('month', setl_time)::date, count(*) FROM intake.settlement
        WHERE batch_id IN (SELECT batch_id FROM new_batch) AND setl_time < ($2::date + 1)::timestamp
          AND ($3::bigint IS NULL OR batch_id > $3 OR setl_time >= ($4::date + 1)::timestamp)
        GROUP BY 1
        UNION ALL
        SELECT date_trunc('month', use_date::timestamp)::date, 0 FROM intake.account_use
        WHERE batch_id IN (SELECT batch_id FROM new_batch) AND use_date <= $2
          AND ($3::bigint IS NULL OR batch_id > $3 OR use_date > $4)
        GROUP BY 1
        """)
}

/// How much has come that the job's run before did not know, before anybody looks at it.
struct NewFacts {
    private(set) var settlements: Int64 = 0
    /// Of settlements and uses of accounts, ascending.
    private(set) var months: [Month] = []

    /// - Parameter previous: what the run before knew; `nil` for the first.
    init(after previous: Horizon?, upTo horizon: Horizon, _ connection: inout Connection) throws {
        var months: Set<Month> = []
        try connection.forEachRow(.newFacts, horizon.batch, horizon.date, previous?.batch, previous?.date) { row in
            months.insert(try row[0, as: Month.self])
            settlements += try row[1, as: Int64.self]
        }
        self.months = months.sorted()
    }
}
