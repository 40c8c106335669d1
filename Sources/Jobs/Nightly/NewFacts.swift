import Money
import Postgres

extension Statement {
    /// The years that settlements stand in, and how many the new batches say they delivered: to count them would read them
    /// once more.
    fileprivate static func statedFacts(_ rows: ChunkConditions) -> Statement {
        let lastDay = rows.day(rows.horizon.date)
        let isNewBatch =
            rows.previous.map { rows.isNewVersion(batch: "batch_id", after: $0) } ?? rows.isKnown(batch: "batch_id")
        return Statement(
            "stated facts",
            """
            SELECT y.first_day, least(y.first_day + interval '1 year - 1 day', \(lastDay))::date, 0::bigint
            FROM (SELECT make_date(right(c.relname, 4)::integer, 1, 1) AS first_day
                  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                  WHERE i.inhparent = 'intake.settlement'::regclass) y
            WHERE y.first_day <= \(lastDay)
            UNION ALL
            \(daysOfAccountUses(rows, opened: []))
            UNION ALL
            SELECT NULL, NULL, coalesce(sum(rows_new + rows_replacing), 0)::bigint FROM intake.batch_file
            WHERE file_name = 'settlement.csv' AND \(isNewBatch)
            """)
    }

    /// Where earlier batches hold new facts too, how many of which nobody states. Grouped by table, since of an expression
    /// the server would expect a group per row and count alone.
    fileprivate static func newFacts(_ rows: ChunkConditions, opened: [Int64]) -> Statement {
        Statement(
            "new facts",
            """
            SELECT min(setl_time)::date, max(setl_time)::date, count(*) FROM intake.settlement
            WHERE \(rows.isNew(batch: "batch_id", time: "setl_time", opened: opened)) GROUP BY tableoid
            UNION ALL
            \(daysOfAccountUses(rows, opened: opened))
            """)
    }

    private static func daysOfAccountUses(_ rows: ChunkConditions, opened: [Int64]) -> SQLText {
        """
        SELECT min(use_date), max(use_date), 0::bigint FROM intake.account_use
        WHERE \(rows.isNew(batch: "batch_id", date: "use_date", opened: opened)) GROUP BY tableoid
        """
    }
}

/// How much has come that the job's run before did not know, before anybody looks at it.
struct NewFacts {
    /// About: where batches state it, some may be dated after the horizon.
    private(set) var settlements: Int64 = 0
    /// Months in which settlements and uses of accounts may be, ascending; within a year, all from its first to its last.
    private(set) var months: [Month] = []

    init(_ rows: ChunkConditions, opened: [Int64], _ connection: inout Connection) throws {
        let statement: Statement = opened.isEmpty ? .statedFacts(rows) : .newFacts(rows, opened: opened)
        var months: Set<Month> = []
        try connection.forEachRow(statement) { row in
            if let first = try row[0, as: CivilDate?.self], let last = try row[1, as: CivilDate?.self] {
                months.formUnion(first.month...last.month)
            }
            settlements += try row[2, as: Int64.self]
        }
        self.months = months.sorted()
    }
}
