package import Money
import Postgres

extension Statement {
    /// Measures of entries are those of nights, month-ends and year-ends.
    fileprivate static let untiedEntries = Statement(
        "untied entries",
        """
        WITH of_year AS (
            SELECT run_id, job, business_date FROM run.run
            WHERE posting_month BETWEEN $1 AND $2 AND run_id <= $3 AND state = 'completed'),
        written AS (
            SELECT run_id, sum(row_count)::bigint AS row_count, sum(amount_fen)::bigint AS fen FROM run.control_total
            WHERE run_id IN (SELECT run_id FROM of_year)
              AND (measure LIKE 'entry.%' OR measure LIKE 'posted.%' OR measure LIKE 'taken_back.%')
            GROUP BY run_id),
        stored AS (
            SELECT run_id, count(*) AS row_count, sum(amount_fen)::bigint AS fen FROM ledger.account_entry
            WHERE run_id IN (SELECT run_id FROM of_year) GROUP BY run_id)
        SELECT y.run_id, y.job, y.business_date, coalesce(w.row_count, 0), coalesce(w.fen, 0),
               coalesce(s.row_count, 0), coalesce(s.fen, 0)
        FROM of_year y LEFT JOIN written w USING (run_id) LEFT JOIN stored s USING (run_id)
        WHERE coalesce(w.row_count, 0) <> coalesce(s.row_count, 0) OR coalesce(w.fen, 0) <> coalesce(s.fen, 0)
        ORDER BY y.run_id
        """)

    fileprivate static let untiedAdjudications = Statement(
        "untied adjudications",
        """
        WITH of_year AS (
            SELECT run_id, job, business_date FROM run.run
            WHERE posting_month BETWEEN $1 AND $2 AND run_id <= $3 AND state = 'completed'),
        written AS (
            SELECT run_id, sum(row_count)::bigint AS row_count, sum(amount_fen)::bigint AS fen FROM run.control_total
            WHERE run_id IN (SELECT run_id FROM of_year) AND measure = 'adjudication.written'
            GROUP BY run_id),
        stored AS (
            SELECT run_id, count(*) AS row_count, sum(pool_payment_fen)::bigint AS fen FROM ledger.adjudication
            WHERE run_id IN (SELECT run_id FROM of_year) GROUP BY run_id)
        SELECT y.run_id, y.job, y.business_date, coalesce(w.row_count, 0), coalesce(w.fen, 0),
               coalesce(s.row_count, 0), coalesce(s.fen, 0)
        FROM of_year y LEFT JOIN written w USING (run_id) LEFT JOIN stored s USING (run_id)
        WHERE coalesce(w.row_count, 0) <> coalesce(s.row_count, 0) OR coalesce(w.fen, 0) <> coalesce(s.fen, 0)
        ORDER BY y.run_id
        """)
}

/// A run whose rows in the ledger are not those it counted when it wrote them: somebody changed them since.
package struct UntiedRun: Hashable, Sendable {
    package enum Table: String, Hashable, Sendable {
        case entries = "account entries"
        case adjudications
    }

    package let table: Table
    package let instance: Instance
    package let run: Int64
    /// As the run counted them, and as they stand.
    package let writtenRows: Int64
    package let writtenAmount: Fen
    package let storedRows: Int64
    package let storedAmount: Fen

    /// The untied runs among those that posted into a year.
    static func all(of year: Int, upTo lastRun: Int64, _ connection: inout Connection) throws -> [UntiedRun] {
        let (first, last) = (Month.first(of: year), Month.last(of: year))
        return try connection.rows(.untiedEntries, first, last, lastRun) { row throws(DatabaseError) in
            try UntiedRun(.entries, row)
        }
            + connection.rows(.untiedAdjudications, first, last, lastRun) { row throws(DatabaseError) in
                try UntiedRun(.adjudications, row)
            }
    }

    private init(_ table: Table, _ row: borrowing Row) throws(DatabaseError) {
        self.table = table
        run = try row[0, as: Int64.self]
        instance = Instance(job: try row[1, as: Job.self], businessDate: try row[2, as: CivilDate.self])
        writtenRows = try row[3, as: Int64.self]
        writtenAmount = try row[4, as: Fen.self]
        storedRows = try row[5, as: Int64.self]
        storedAmount = try row[6, as: Fen.self]
    }
}
