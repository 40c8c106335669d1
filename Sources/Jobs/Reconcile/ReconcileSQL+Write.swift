import Postgres

// What a reconciliation leaves: the answers to the totals, new or changed discrepancies, and what became of earlier ones.

extension Statement {
    static let keepChecks = Statement(
        "keep checks",
        """
        INSERT INTO run.statement_check (run_id, fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate,
            refd_setl_flag, is_equal, has_detail, medfee_theirs_fen, medfee_ours_fen, fund_pay_theirs_fen,
            fund_pay_ours_fen, acct_pay_theirs_fen, acct_pay_ours_fen, setl_cnt_theirs, setl_cnt_ours)
        SELECT $1, fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate, refd_setl_flag, is_equal, has_detail,
               medfee_theirs_fen, medfee_ours_fen, fund_pay_theirs_fen, fund_pay_ours_fen, acct_pay_theirs_fen,
               acct_pay_ours_fen, setl_cnt_theirs, setl_cnt_ours
        FROM compared_statement
        """)

    /// Decisions about discrepancies are numbered one after the other. The lock is one that any role may take.
    static let lockDiscrepancies = Statement("lock discrepancies", "SELECT pg_advisory_xact_lock(7320225)")

    /// The newest amounts and the state of a discrepancy. Runs that are not completed have none here.
    private static let newest: SQLText = """
        SELECT DISTINCT ON (d.discrepancy_id) d.discrepancy_id, d.revision, d.run_id, d.amount_theirs_fen,
               d.amount_ours_fen, d.class, d.item, d.fixmedins_code, d.setl_id
        FROM run.discrepancy d ORDER BY d.discrepancy_id, d.revision DESC
        """

    private static let newestState: SQLText = """
        SELECT DISTINCT ON (t.discrepancy_id) t.discrepancy_id, t.sequence, t.state
        FROM run.discrepancy_state t ORDER BY t.discrepancy_id, t.sequence DESC
        """

    /// A discrepancy by the same key is the same only if all four texts are: else the key of the table refuses it.
    private static let foundBefore: SQLText = """
        found_difference f
        LEFT JOIN (\(newest)) d ON d.discrepancy_id = f.discrepancy_id AND d.class = f.class AND d.item = f.item
            AND d.fixmedins_code = f.fixmedins_code AND d.setl_id IS NOT DISTINCT FROM f.setl_id
        LEFT JOIN (\(newestState)) s ON s.discrepancy_id = f.discrepancy_id
        """

    private static let isChanged: SQLText = """
        (d.amount_theirs_fen, d.amount_ours_fen) IS DISTINCT FROM (f.amount_theirs_fen, f.amount_ours_fen)
        """

    /// What is found again after it was gone, or with other amounts than those somebody decided about, is open again.
    /// `$1` the run, `$2` the time.
    static let reopen = Statement(
        "reopen discrepancies",
        """
        INSERT INTO run.discrepancy_state (discrepancy_id, sequence, state, reason, decided_by, decided_at)
        SELECT f.discrepancy_id, s.sequence + 1, 'open',
               CASE WHEN \(isChanged) THEN 'found with other amounts' ELSE 'found again' END, concat('run ', $1::bigint), $2
        FROM \(foundBefore)
        WHERE d.discrepancy_id IS NOT NULL AND (s.state = 'corrected' OR (s.state <> 'open' AND \(isChanged)))
        """)

    /// `$1` the run, `$2` the day it is opened on. The same difference with the same amounts writes nothing.
    static let addFound = Statement(
        "add found discrepancies",
        """
        INSERT INTO run.discrepancy (discrepancy_id, revision, run_id, amount_theirs_fen, amount_ours_fen, opened_on, class,
            item, fixmedins_code, setl_id)
        SELECT f.discrepancy_id, coalesce(d.revision + 1, 0), $1, f.amount_theirs_fen, f.amount_ours_fen, $2, f.class,
               f.item, f.fixmedins_code, f.setl_id
        FROM \(foundBefore)
        WHERE d.discrepancy_id IS NULL OR \(isChanged)
        """)

    static let countRevised = Statement(
        "count revised", "SELECT count(*) FROM run.discrepancy WHERE run_id = $1 AND revision > 0")

    /// What was found before and is not now: of totals, if the statement was compared now; of rows, if the reconciliation
    /// that found them was of this period or of one within it, so that this one has looked wherever that one did. `$1` the
    /// run, `$2` the time, `$3` and `$4` the period.
    static let correctGone = Statement(
        "correct what is gone",
        """
        INSERT INTO run.discrepancy_state (discrepancy_id, sequence, state, reason, decided_by, decided_at)
        SELECT d.discrepancy_id, coalesce(s.sequence, 0) + 1, 'corrected',
               CASE d.class WHEN 'total' THEN 'statement and ledger agree' ELSE 'detail and ledger agree' END,
               concat('run ', $1::bigint), $2
        FROM (\(newest)) d
        JOIN run.run r ON r.run_id = d.run_id
        LEFT JOIN (\(newestState)) s ON s.discrepancy_id = d.discrepancy_id
        WHERE coalesce(s.state, 'open') <> 'corrected'
          AND NOT EXISTS (SELECT FROM found_difference f WHERE f.discrepancy_id = d.discrepancy_id)
          AND CASE d.class
              WHEN 'total' THEN EXISTS (
                  SELECT FROM compared_statement c
                  WHERE c.fixmedins_code = d.fixmedins_code AND starts_with(d.item, \(statementName) || ' '))
              ELSE r.business_date <= $4
                  AND $3 <= CASE r.job
                      WHEN 'reconcile-day' THEN r.business_date
                      WHEN 'reconcile-month' THEN date_trunc('month', r.business_date::timestamp)::date
                      WHEN 'reconcile-year' THEN date_trunc('year', r.business_date::timestamp)::date END
              END
        """)
}
