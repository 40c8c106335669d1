import Money
import Postgres

extension Statement {
    /// Grouped by table, since of an expression the server would expect a group per row and count alone.
    fileprivate static func newFacts(_ rows: ChunkConditions, opened: [Int64]) -> Statement {
        Statement(
            "new facts",
            """
            SELECT min(setl_time)::date, max(setl_time)::date, count(*) FROM intake.settlement
            WHERE \(rows.isNew(batch: "batch_id", time: "setl_time", opened: opened)) GROUP BY tableoid
            UNION ALL
            SELECT min(use_date), max(use_date), 0 FROM intake.account_use
            WHERE \(rows.isNew(batch: "batch_id", date: "use_date", opened: opened)) GROUP BY tableoid
            """)
    }
}

/// How much has come that the job's run before did not know, before anybody looks at it.
struct NewFacts {
    private(set) var settlements: Int64 = 0
    /// Of settlements and uses of accounts, ascending; within a year, all from its first to its last.
    private(set) var months: [Month] = []

    init(_ rows: ChunkConditions, opened: [Int64], _ connection: inout Connection) throws {
        var months: Set<Month> = []
        try connection.forEachRow(.newFacts(rows, opened: opened)) { row in
            months.formUnion((try row[0, as: CivilDate.self].month)...(try row[1, as: CivilDate.self].month))
            settlements += try row[2, as: Int64.self]
        }
        self.months = months.sorted()
    }
}
