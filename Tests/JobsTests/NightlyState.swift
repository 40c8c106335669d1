import Postgres
import Testing

/// What nights come to, in forms that can be compared: the state that must not depend on how facts were cut into batches,
/// in which order they came, which nights were run and how often they were interrupted.
extension ScratchDatabase {
    /// The adjudications in force.
    func adjudications() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', person_id, settlement_id, benefit_month, verdict, psn_category, level, pool_rate_bp,
                             eligible_fen, deductible_applied_fen, payable_fen, pool_payment_fen, account_payment_fen,
                             family_account_payment_fen, cash_payment_fen, family_person_id)
            FROM (SELECT DISTINCT ON (person_id, settlement_id) * FROM ledger.adjudication
                  ORDER BY person_id, settlement_id, revision DESC) newest
            ORDER BY person_id, settlement_id
            """)
    }

    /// The sums in force. A year in which nothing counts is the same as no year.
    func accumulators() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', person_id, benefit_year, deductible_fen, deductible_counted_fen, pool_payment_fen,
                             counted_fen, eligible_fen, visits, last_category)
            FROM (SELECT DISTINCT ON (person_id, benefit_year) * FROM ledger.accumulator
                  ORDER BY person_id, benefit_year, run_id DESC) newest
            WHERE (deductible_fen, pool_payment_fen, eligible_fen, visits) <> (0, 0, 0, 0)
            ORDER BY person_id, benefit_year
            """)
    }

    /// What vouchers come to, by subject and institution.
    func voucherSums() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', subject_code, fixmedins_code, sum(credit_fen - debit_fen)) FROM ledger.voucher_line
            GROUP BY subject_code, fixmedins_code HAVING sum(credit_fen - debit_fen) <> 0
            ORDER BY subject_code, fixmedins_code
            """)
    }

    func nightState() throws -> NightState {
        NightState(
            adjudications: try adjudications(), accumulators: try accumulators(), accounts: try accountState(),
            vouchers: try voucherSums())
    }

    /// The causes of revisions, each with the settlement it is about.
    func revisions() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', a.settlement_id, a.revision, c.name)
            FROM ledger.adjudication a JOIN ledger.cause c ON c.code = a.cause
            WHERE a.revision > 0 ORDER BY a.settlement_id, a.revision
            """)
    }

    /// Everything that nights wrote besides what ``everything()`` has.
    func everythingOfNights() throws -> [String] {
        try everything()
            + rows(
                """
                SELECT concat_ws(' ', 'adjudication', a.person_id, a.run_id, a.settlement_id, a.revision, a.cause,
                                 a.benefit_month, a.setl_time, a.verdict, a.psn_category, a.level, a.pool_rate_bp,
                                 a.eligible_fen, a.deductible_applied_fen, a.payable_fen, a.pool_payment_fen,
                                 a.account_payment_fen, a.family_account_payment_fen, a.cash_payment_fen,
                                 a.family_person_id, c.citation) AS line
                FROM ledger.adjudication a LEFT JOIN run.citation c USING (citation_id)
                UNION ALL
                SELECT concat_ws(' ', 'accumulator', person_id, run_id, benefit_year, deductible_fen,
                                 deductible_counted_fen, pool_payment_fen, counted_fen, eligible_fen, last_setl_time,
                                 visits, last_category, last_setl_id)
                FROM ledger.accumulator
                UNION ALL
                SELECT concat_ws(' ', 'discrepancy', discrepancy_id, revision, run_id, amount_theirs_fen,
                                 amount_ours_fen, opened_on, class, item, fixmedins_code, setl_id)
                FROM run.discrepancy
                ORDER BY line
                """)
    }
}

struct NightState {
    let adjudications: [String]
    let accumulators: [String]
    let accounts: [String]
    let vouchers: [String]

    /// Expects another state to be the same, and shows what only one of them has.
    func expectSame(_ other: NightState, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
        let found = [
            differences(adjudications, other.adjudications), differences(accumulators, other.accumulators),
            differences(accounts, other.accounts), differences(vouchers, other.vouchers),
        ]
        #expect(found == [[], [], [], []], comment, sourceLocation: sourceLocation)
        #expect(!adjudications.isEmpty && !accounts.isEmpty, comment, sourceLocation: sourceLocation)
    }
}
