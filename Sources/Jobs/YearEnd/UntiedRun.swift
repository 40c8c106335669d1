package import Money
import Postgres

extension Statement {
    // Plain sums over the tables, which the server can share among processes: no common table expressions. What the runs of
    // a year wrote stands mostly in the partitions of the year, and is most of what stands there: these are read through,
    // all runs added up. In the others what is asked for is little, and found by its runs.

    /// Measures of entries are those of nights, month-ends and year-ends.
    fileprivate static let writtenEntries = Statement(
        "written entries",
        """
        SELECT run_id, sum(row_count)::bigint, sum(amount_fen)::bigint FROM run.control_total
        WHERE run_id = ANY($1)
          AND (measure LIKE 'entry.%' OR measure LIKE 'posted.%' OR measure LIKE 'taken_back.%')
        GROUP BY run_id
        """)

    fileprivate static let storedEntries = Statement(
        "stored entries",
        """
        SELECT run_id, count(*), sum(amount_fen)::bigint FROM ledger.account_entry
        WHERE covered_month >= $1 AND covered_month < $2 GROUP BY run_id
        """)

    fileprivate static let storedEntriesElsewhere = Statement(
        "stored entries elsewhere",
        """
        SELECT run_id, count(*), sum(amount_fen)::bigint FROM ledger.account_entry
        WHERE (covered_month < $2 OR covered_month >= $3) AND run_id = ANY($1) GROUP BY run_id
        """)

    /// Rows with the fund's payments, and what accounts were asked for besides.
    fileprivate static let writtenAdjudications = Statement(
        "written adjudications",
        """
        SELECT run_id, coalesce(sum(row_count) FILTER (WHERE measure = 'adjudication.written'), 0)::bigint,
               sum(amount_fen)::bigint
        FROM run.control_total
        WHERE run_id = ANY($1) AND measure IN ('adjudication.written', 'institution.account') GROUP BY run_id
        """)

    fileprivate static let storedAdjudications = Statement(
        "stored adjudications",
        """
        SELECT run_id, count(*), sum(pool_payment_fen + account_payment_fen + family_account_payment_fen)::bigint
        FROM ledger.adjudication WHERE benefit_month >= $1 AND benefit_month < $2 GROUP BY run_id
        """)

    fileprivate static let storedAdjudicationsElsewhere = Statement(
        "stored adjudications elsewhere",
        """
        SELECT run_id, count(*), sum(pool_payment_fen + account_payment_fen + family_account_payment_fen)::bigint
        FROM ledger.adjudication WHERE (benefit_month < $2 OR benefit_month >= $3) AND run_id = ANY($1) GROUP BY run_id
        """)

    /// A row of a first revision says all that accounts were asked for, one of a later revision moves what it says more
    /// than the revision before.
    fileprivate static let replacedAdjudications = Statement(
        "replaced adjudications",
        """
        SELECT a.run_id, 0::bigint, sum(b.account_payment_fen + b.family_account_payment_fen)::bigint
        FROM ledger.adjudication a
        JOIN ledger.adjudication b ON b.person_id = a.person_id AND b.settlement_id = a.settlement_id
                                  AND b.revision = a.revision - 1
        WHERE a.run_id = ANY($1) AND a.revision > 0 GROUP BY a.run_id
        """)

    /// What a proof restored was booked before.
    fileprivate static let restoringRuns = Statement(
        "restoring runs", "SELECT DISTINCT run_id FROM run.control_total WHERE measure = 'adjudication.restored'")
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
    ///
    /// - Parameter runs: all there are.
    static func all(
        of year: Int, upTo lastRun: Int64, _ runs: [Run], _ connection: inout Connection
    ) throws -> [UntiedRun] {
        let ofYear = runs.filter { $0.state == .completed && $0.postingMonth.year == year && $0.id <= lastRun }
        let ids = ofYear.map(\.id)
        let (first, next) = (Month.first(of: year), Month.first(of: year + 1))
        var entries = RunCounts()
        try connection.forEachRow(.storedEntries, first, next) { try entries.add($0) }
        try connection.forEachRow(.storedEntriesElsewhere, ids, first, next) { try entries.add($0) }
        var adjudications = RunCounts()
        try connection.forEachRow(.storedAdjudications, first, next) { try adjudications.add($0) }
        try connection.forEachRow(.storedAdjudicationsElsewhere, ids, first, next) { try adjudications.add($0) }
        var replaced = RunCounts()
        try connection.forEachRow(.replacedAdjudications, ids) { try replaced.add($0) }
        for (run, count) in replaced.counts { try adjudications.counts[run, default: Count()].amount -= count.amount }
        var (writtenEntries, writtenAdjudications) = (RunCounts(), RunCounts())
        try connection.forEachRow(.writtenEntries, ids) { try writtenEntries.add($0) }
        try connection.forEachRow(.writtenAdjudications, ids) { try writtenAdjudications.add($0) }
        let restoring = Set(
            try connection.rows(.restoringRuns) { row throws(DatabaseError) in try row[0, as: Int64.self] })
        return compare(.entries, ofYear, writtenEntries, entries)
            + compare(
                .adjudications, ofYear.filter { !restoring.contains($0.id) }, writtenAdjudications, adjudications)
    }

    private static func compare(
        _ table: Table, _ runs: [Run], _ written: RunCounts, _ stored: RunCounts
    ) -> [UntiedRun] {
        runs.compactMap { run in
            let (written, stored) = (written.counts[run.id] ?? Count(), stored.counts[run.id] ?? Count())
            guard written != stored else { return nil }
            return UntiedRun(
                table: table, instance: run.instance, run: run.id, writtenRows: written.rows,
                writtenAmount: written.amount, storedRows: stored.rows, storedAmount: stored.amount)
        }
    }
}

/// Rows and money by run, added up over several questions.
private struct RunCounts {
    var counts: [Int64: Count] = [:]

    /// - Parameter row: run, rows, fen.
    mutating func add(_ row: borrowing Row) throws {
        let count = Count(rows: try row[1, as: Int64.self], amount: try row[2, as: Fen.self])
        try counts[try row[0, as: Int64.self], default: Count()].add(count)
    }
}
