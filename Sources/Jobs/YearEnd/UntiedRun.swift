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

    /// Rows with the fund's payments, and what accounts were asked for besides: a row of a first revision says all of it,
    /// one of a later revision moves what it says more than the revision before. What a proof restored was booked before.
    fileprivate static let untiedAdjudications = Statement(
        "untied adjudications",
        """
        WITH of_year AS (
            SELECT run_id, job, business_date FROM run.run
            WHERE posting_month BETWEEN $1 AND $2 AND run_id <= $3 AND state = 'completed'
              AND run_id NOT IN (SELECT run_id FROM run.control_total WHERE measure = 'adjudication.restored')),
        written AS (
            SELECT run_id, sum(row_count) FILTER (WHERE measure = 'adjudication.written')::bigint AS row_count,
                   sum(amount_fen)::bigint AS fen FROM run.control_total
            WHERE run_id IN (SELECT run_id FROM of_year) AND measure IN ('adjudication.written', 'institution.account')
            GROUP BY run_id),
        replaced AS (
            SELECT a.run_id, sum(b.account_payment_fen + b.family_account_payment_fen)::bigint AS fen
            FROM ledger.adjudication a
            JOIN ledger.adjudication b ON b.person_id = a.person_id AND b.settlement_id = a.settlement_id
                                      AND b.revision = a.revision - 1
            WHERE a.run_id IN (SELECT run_id FROM of_year) AND a.revision > 0 GROUP BY a.run_id),
        stored AS (
            SELECT s.run_id, s.row_count, s.fen - coalesce(p.fen, 0) AS fen
            FROM (SELECT run_id, count(*) AS row_count,
                         sum(pool_payment_fen + account_payment_fen + family_account_payment_fen)::bigint AS fen
                  FROM ledger.adjudication WHERE run_id IN (SELECT run_id FROM of_year) GROUP BY run_id) s
            LEFT JOIN replaced p USING (run_id))
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
