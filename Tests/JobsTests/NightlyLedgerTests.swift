import City
import Money
import Policy
import Postgres
import Settlement
import Testing

@testable import Jobs

/// The books against the subledgers, in a city with everything awkward, whose nights and month-ends run-due does.
@Suite(.serialized, .scratch) struct `The books of nights and month-ends are the subledgers' sums` {
    @Test(arguments: 71...72 as ClosedRange<UInt64>)
    func `for every voucher, institution, account and settlement`(seed: UInt64) async throws {
        let database = try Scratch.database()
        let city = try NightlyCity(
            people: 500, months: "2023-11"..."2024-02", seed: seed, settlementsPerPerson: 20, shares: Self.shares)
        try database.load(city.directory)
        #expect(try await database.runDue(JobOptions(today: "2024-03-01")).exitCode == .done)
        for (name, differences) in Self.differences + ClearingTown.differences {
            let found = try database.rows("\(differences) LIMIT 10")
            #expect(found == [], "\(name), seed \(seed)")
        }
        // None of this is true only because there is nothing to compare.
        try database.expect(
            """
            SELECT DISTINCT acct_incexpd_type FROM report.account_entry ORDER BY 1
            """, is: ["101", "107", "109", "113", "201", "205", "207", "208"])
        try database.expect(
            "SELECT DISTINCT verdict FROM report.adjudication WHERE verdict IN ('settled', 'outside', 'unknown_institution') ORDER BY 1",
            is: ["outside", "settled", "unknown_institution"])
    }

    /// More people than usual who come, leave and die, since each moves an account in a way of their own.
    private static let shares: CityShares = {
        var shares = CityShares.usual
        (shares[.movedIn], shares[.movedAway], shares[.died]) = (1500, 1500, 300)
        (shares[.unknownInstitution], shares[.carelessMonth]) = (40, 1500)
        return shares
    }()

    private static let differences: [(String, SQLText)] = [
        (
            "vouchers balance",
            """
            SELECT concat_ws(' ', run_id, voucher_no, sum(debit), sum(credit)) FROM report.voucher_line
            GROUP BY run_id, voucher_no HAVING sum(debit) <> sum(credit)
            """
        ),
        (
            "what nights owe institutions is what they are settled",
            """
            SELECT concat_ws(' ', fixmedins_code, v.owed, a.settled)
            FROM (SELECT fixmedins_code, sum(credit - debit) AS owed FROM report.voucher_line
                  WHERE subject_code = '2101' AND kind = 'outpatient_benefits' GROUP BY fixmedins_code) v
            FULL JOIN (SELECT s.fixmedins_code,
                              sum(a.pool_payment + a.account_payment + a.family_account_payment) AS settled
                       FROM report.adjudication a
                       JOIN intake.settlement s ON s.person_id = a.person_id AND s.setl_id = a.setl_id
                       GROUP BY s.fixmedins_code) a USING (fixmedins_code)
            WHERE coalesce(v.owed, 0) <> coalesce(a.settled, 0)
            """
        ),
        (
            "the personal account fund is the sum of all accounts",
            """
            SELECT concat_ws(' ', fund, accounts)
            FROM (SELECT sum(credit - debit) AS fund FROM report.trial_balance WHERE subject_code = '3002') f,
                 (SELECT sum(balance) AS accounts FROM report.account_balance) a
            WHERE fund IS DISTINCT FROM accounts
            """
        ),
        (
            "benefits and other expenditure are carried to the funds",
            """
            SELECT concat_ws(' ', posting_month, subject_code, debit, credit) FROM report.trial_balance
            WHERE class IN ('income', 'expenditure') AND debit <> credit
            """
        ),
        (
            "the pooling fund's benefits are the payments of settlements",
            """
            SELECT concat_ws(' ', b.booked, a.settled)
            FROM (SELECT sum(debit) AS booked FROM report.voucher_line
                  WHERE kind = 'outpatient_benefits' AND subject_code = '50010001') b,
                 (SELECT sum(pool_payment) AS settled FROM report.adjudication) a
            WHERE b.booked IS DISTINCT FROM a.settled
            """
        ),
        (
            "every settlement has a verdict, and no other has one",
            """
            SELECT concat_ws(' ', s.setl_id, a.setl_id, a.verdict) FROM intake.settlement s
            FULL JOIN report.adjudication a ON a.person_id = s.person_id AND a.setl_id = s.setl_id
            WHERE s.setl_id IS NULL OR a.setl_id IS NULL
            """
        ),
        (
            "what nights read is what they decided or refused",
            """
            SELECT concat_ws(' ', run_id, sum(row_count) FILTER (WHERE measure = 'settlement.read'))
            FROM report.run_summary WHERE measure IN ('settlement.read', 'settlement.verdict') GROUP BY run_id
            HAVING sum(row_count) FILTER (WHERE measure = 'settlement.read')
                <> coalesce(sum(row_count) FILTER (WHERE measure = 'settlement.verdict'), 0)
            """
        ),
        (
            "a refused settlement moves nothing",
            """
            SELECT concat_ws(' ', setl_id, verdict) FROM report.adjudication
            WHERE verdict NOT IN ('settled', 'outside')
              AND (eligible, deductible, pool_payment, account_payment, family_account_payment) <> (0, 0, 0, 0, 0)
            """
        ),
        (
            "accounts move by what settlements took from them",
            """
            WITH taken AS (
                SELECT a.setl_id, CASE WHEN a.verdict = 'settled' OR a.verdict = 'outside' THEN s.acct_mulaid_person_id END
                           AS owner, a.person_id, a.account_payment, a.family_account_payment
                FROM report.adjudication a
                JOIN intake.settlement s ON s.person_id = a.person_id AND s.setl_id = a.setl_id),
            due AS (
                SELECT setl_id, person_id, -sum(amount) AS amount
                FROM (SELECT setl_id, person_id, account_payment AS amount FROM taken
                      UNION ALL
                      SELECT setl_id, coalesce(owner, person_id), family_account_payment FROM taken) parts
                GROUP BY setl_id, person_id HAVING sum(amount) <> 0),
            moved AS (
                SELECT source AS setl_id, person_id, sum(amount) AS amount FROM report.account_entry
                WHERE acct_incexpd_type IN ('201', '109') AND source IN (SELECT setl_id FROM intake.settlement)
                GROUP BY source, person_id HAVING sum(amount) <> 0)
            SELECT concat_ws(' ', setl_id, person_id, due.amount, moved.amount)
            FROM due FULL JOIN moved USING (setl_id, person_id) WHERE due.amount IS DISTINCT FROM moved.amount
            """
        ),
        (
            "the fund pays at most the ceiling, and the deductible stops at the standard",
            """
            SELECT concat_ws(' ', psn_no, benefit_year, deductible, pool_payment) FROM report.accumulator
            WHERE deductible NOT BETWEEN 0 AND 750 OR pool_payment NOT BETWEEN 0 AND 7000
            """
        ),
    ]
}

@Suite(.serialized, .scratch) struct `The codes of the ledger` {
    @Test func `are the same in the program and in the lookup tables`() throws {
        let database = try Scratch.database()
        let verdicts =
            [(Verdict.settled.code, "settled"), (Verdict.outside(.otherInsurance).code, "outside")]
            + Refusal.allCases.map { (Verdict.refused($0).code, $0.rawValue) }
        try database.expect(
            "SELECT concat_ws(' ', code, name) FROM ledger.verdict ORDER BY code",
            is: verdicts.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" })
        try database.expect(
            "SELECT concat_ws(' ', code, name) FROM ledger.psn_category ORDER BY code",
            is: InsuredCategory.allCases.sorted { $0.code < $1.code }.map { "\($0.code) \($0)" })
        try database.expect(
            "SELECT concat_ws(' ', code, name) FROM ledger.institution_level ORDER BY code",
            is: InstitutionLevel.allCases.sorted { $0.code < $1.code }.map { "\($0.code) \($0)" })
        let causes: [(RevisionCause, String)] = [
            (.new, "new"), (.lateFact, "late_fact"), (.refund, "refund"), (.changedData, "changed_data"),
            (.changedRules, "changed_rules"), (.alteredLedger, "altered_ledger"), (.proof, "proof"),
        ]
        try database.expect(
            "SELECT concat_ws(' ', code, name) FROM ledger.cause ORDER BY code",
            is: causes.map { "\($0.0.rawValue) \($0.1)" })
    }

    @Test(arguments: PoolingCategory.allCases)
    func `of a category of the sums lead back to it`(category: PoolingCategory) {
        #expect(PoolingCategory(code: category.code) == category)
    }
}
