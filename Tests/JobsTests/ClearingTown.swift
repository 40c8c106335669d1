import Jobs
import Money
import Policy
import Postgres
import Testing

/// The town of the nightly tests, whose institutions are cleared: nights and month-ends as run-due does them.
struct ClearingTown {
    let database: ScratchDatabase

    init(database: ScratchDatabase? = nil) throws {
        self.database = try database ?? NightlyTown.database()
    }

    /// Loads settlements, does the last night of their month, and settles the month.
    @discardableResult
    func settle(_ month: String, _ rows: NightlySettlement..., options: JobOptions = JobOptions()) async throws
        -> MonthEndResult
    {
        try load(rows)
        return try await close(month, options)
    }

    func load(_ rows: [NightlySettlement]) throws {
        for row in rows { try database.load(NightlyTown.settlements(row)) }
    }

    @discardableResult
    func close(_ month: String, _ options: JobOptions = JobOptions()) async throws -> MonthEndResult {
        let last = try #require(Month(month)).lastDay
        try await database.nightly(last, options)
        return try await database.monthEnd(month, options)
    }

    /// Institution, fund, month: incurred, withheld, annual = deposit, payment, carried.
    func expectClearings(_ lines: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        try database.expect(
            """
            SELECT concat_ws(' ', fixmedins_code, fund, month, incurred, withheld, annual, '=', deposit, payment, carried)
            FROM report.institution_clearing ORDER BY month, fixmedins_code, fund DESC
            """, is: lines, sourceLocation: sourceLocation)
    }

    /// What must hold whatever was cleared: the books against the rows of clearings, adjudications and years.
    func expectBooksTie(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for (name, differences) in ClearingTown.differences {
            let found = try database.rows(differences)
            #expect(found == [], "\(name)", sourceLocation: sourceLocation)
        }
    }

    static let differences: [(String, SQLText)] = [
        (
            "the trial balance is zero, and so is every voucher",
            """
            SELECT concat_ws(' ', posting_month, sum(debit - credit)) FROM report.trial_balance
            GROUP BY posting_month HAVING sum(debit - credit) <> 0
            UNION ALL
            SELECT concat_ws(' ', run_id, voucher_no, sum(debit - credit)) FROM report.voucher_line
            GROUP BY run_id, voucher_no HAVING sum(debit - credit) <> 0
            """
        ),
        (
            "income and expenditure end in the funds",
            """
            SELECT concat_ws(' ', posting_month, subject_code, debit, credit) FROM report.trial_balance
            WHERE class IN ('income', 'expenditure') AND debit <> credit
            """
        ),
        (
            "payable by institution is what adjudications and years came to, less what was held and paid",
            """
            SELECT concat_ws(' ', fixmedins_code, b.payable, coalesce(a.owed, 0), coalesce(c.left_fen, 0), coalesce(y.decided, 0))
            FROM (SELECT fixmedins_code, sum(credit - debit) AS payable FROM report.voucher_line
                  WHERE subject_code = '2101' GROUP BY fixmedins_code) b
            FULL JOIN (SELECT s.fixmedins_code,
                              sum(j.pool_payment + j.account_payment + j.family_account_payment) AS owed
                       FROM report.adjudication j
                       JOIN intake.settlement s ON s.person_id = j.person_id AND s.setl_id = j.setl_id
                       GROUP BY s.fixmedins_code) a USING (fixmedins_code)
            FULL JOIN (SELECT fixmedins_code, sum(deposit + payment) AS left_fen FROM report.institution_clearing
                       GROUP BY fixmedins_code) c USING (fixmedins_code)
            FULL JOIN (SELECT fixmedins_code, sum(adjustment + deposit_returned) AS decided FROM report.institution_year
                       GROUP BY fixmedins_code) y USING (fixmedins_code)
            WHERE coalesce(b.payable, 0)
                <> coalesce(a.owed, 0) + coalesce(y.decided, 0) - coalesce(c.left_fen, 0)
            """
        ),
        (
            "deposits by institution are what was held, less what was decided",
            """
            SELECT concat_ws(' ', fixmedins_code, b.held, c.held, y.decided)
            FROM (SELECT fixmedins_code, sum(credit - debit) AS held FROM report.voucher_line
                  WHERE subject_code = '2001' GROUP BY fixmedins_code) b
            FULL JOIN (SELECT fixmedins_code, sum(deposit) AS held FROM report.institution_clearing
                       GROUP BY fixmedins_code) c USING (fixmedins_code)
            FULL JOIN (SELECT fixmedins_code, sum(deposit_returned + deposit_forfeited) AS decided
                       FROM report.institution_year GROUP BY fixmedins_code) y USING (fixmedins_code)
            WHERE coalesce(b.held, 0) <> coalesce(c.held, 0) - coalesce(y.decided, 0)
            """
        ),
        (
            "what was paid to institutions is what clearings paid",
            """
            SELECT concat_ws(' ', booked, cleared)
            FROM (SELECT coalesce(sum(credit), 0) AS booked FROM report.voucher_line
                  WHERE kind = 'institution_payment' AND subject_code = '1004') b,
                 (SELECT coalesce(sum(payment), 0) AS cleared FROM report.institution_clearing) c
            WHERE booked <> cleared
            """
        ),
    ]
}
