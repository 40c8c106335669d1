import Money
import Postgres

// Transaction 3201: totals of each statement against ours. The tables are temporary, of the connection alone; all the
// work of millions of rows is the server's, so that memory here stays flat whatever the period.

extension Statement {
    static let makeStatementTable = Statement(
        "make statement table",
        """
        CREATE TEMPORARY TABLE compared_statement (
            insutype smallint, clr_type smallint, stmt_begndate date, stmt_enddate date, refd_setl_flag boolean,
            medfee_theirs_fen bigint, medfee_ours_fen bigint, fund_pay_theirs_fen bigint, fund_pay_ours_fen bigint,
            acct_pay_theirs_fen bigint, acct_pay_ours_fen bigint, setl_cnt_theirs bigint, setl_cnt_ours bigint,
            is_equal boolean, has_detail boolean, fixmedins_code text COLLATE "C")
        """)

    static let makeDayTable = Statement(
        "make day table",
        """
        CREATE TEMPORARY TABLE our_day (
            insutype smallint, clr_type smallint, setl_date date, is_refund boolean, medfee_fen bigint,
            fund_pay_fen bigint, acct_pay_fen bigint, setl_cnt bigint, undecided bigint, fixmedins_code text COLLATE "C")
        """)

    /// Our settlements of a span of days as reconciliation sees them; `$1` and `$2` the days, `$3` the last batch, `$4`
    /// the insurance settled here.
    ///
    /// What the fund pays is what the ledger holds as due. A refused settlement is due nothing until the cause is removed,
    /// a pharmacy sale without prescription never is (二（一）). Of benefits that are not settled here (门诊慢特病, 住院,
    /// other insurances), and of settlements that no night has decided yet, it is what the counter reported. The account is
    /// the own one (`acct_pay`): what family accounts pay is another field of the interface, `acct_mulaid_pay`.
    ///
    /// A mirror row belongs to the day of the refund. Only completed runs have adjudications here: the reconciliation has
    /// the lease, and does not begin while a run is unfinished.
    static let ourSettlements: SQLText = """
        SELECT s.person_id, s.setl_id, s.mdtrt_id, s.fixmedins_code, s.insutype, s.setl_time::date AS setl_date,
               CASE left(s.med_type::text, 2) WHEN '21' THEN 21 WHEN '41' THEN 41 ELSE 11 END::smallint AS clr_type,
               s.refd_setl_flag AS is_refund, s.medfee_sumamt_fen AS medfee_fen,
               CASE WHEN a.verdict = 0 THEN a.pool_payment_fen
                    WHEN a.verdict >= 10 THEN 0
                    WHEN a.verdict = 1 AND s.insutype = $4 AND left(s.med_type::text, 2) = '41' THEN 0
                    ELSE coalesce(s.hifp_pay_fen, 0) END AS fund_pay_fen,
               CASE WHEN a.verdict = 0 THEN a.account_payment_fen ELSE s.acct_pay_fen END AS acct_pay_fen,
               a.verdict IS NULL AS is_undecided
        FROM intake.settlement s
        LEFT JOIN (
            SELECT v.person_id, v.settlement_id, v.verdict, v.pool_payment_fen, v.account_payment_fen
            FROM ledger.adjudication v
            WHERE v.setl_time >= $1 AND v.setl_time < $2 + 1
              AND NOT EXISTS (SELECT FROM ledger.adjudication n
                              WHERE n.person_id = v.person_id AND n.settlement_id = v.settlement_id
                                AND n.revision > 0 AND n.revision > v.revision)
        ) a ON a.person_id = s.person_id AND a.settlement_id = s.setl_id
        WHERE s.setl_time >= $1 AND s.setl_time < $2 + 1 AND s.batch_id <= $3
        """

    static let sumOurDays = Statement(
        "sum our days",
        """
        INSERT INTO our_day (fixmedins_code, insutype, clr_type, setl_date, is_refund, medfee_fen, fund_pay_fen,
            acct_pay_fen, setl_cnt, undecided)
        SELECT o.fixmedins_code, o.insutype, o.clr_type, o.setl_date, o.is_refund, sum(o.medfee_fen)::bigint,
               sum(o.fund_pay_fen)::bigint, sum(o.acct_pay_fen)::bigint, sum(CASE WHEN o.is_refund THEN -1 ELSE 1 END),
               count(*) FILTER (WHERE o.is_undecided)
        FROM (\(ourSettlements)) o
        GROUP BY o.fixmedins_code, o.insutype, o.clr_type, o.setl_date, o.is_refund
        """)

    /// Statements in force whose span lies within the period, with our totals of that span. Where a statement leaves
    /// refunds out (`refd_setl_flag` 0), ours leave out the mirror rows.
    static let compareStatements = Statement(
        "compare statements",
        """
        INSERT INTO compared_statement (fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate, refd_setl_flag,
            medfee_theirs_fen, medfee_ours_fen, fund_pay_theirs_fen, fund_pay_ours_fen, acct_pay_theirs_fen,
            acct_pay_ours_fen, setl_cnt_theirs, setl_cnt_ours, is_equal, has_detail)
        SELECT c.*, c.medfee_theirs = c.medfee_ours AND c.fund_theirs = c.fund_ours AND c.acct_theirs = c.acct_ours
                    AND c.cnt_theirs = c.cnt_ours, true
        FROM (
            SELECT t.fixmedins_code, t.insutype, t.clr_type, t.stmt_begndate, t.stmt_enddate, t.refd_setl_flag,
                   t.medfee_sumamt_fen AS medfee_theirs, coalesce(sum(d.medfee_fen), 0)::bigint AS medfee_ours,
                   t.fund_pay_sumamt_fen AS fund_theirs, coalesce(sum(d.fund_pay_fen), 0)::bigint AS fund_ours,
                   t.acct_pay_fen AS acct_theirs, coalesce(sum(d.acct_pay_fen), 0)::bigint AS acct_ours,
                   t.fixmedins_setl_cnt AS cnt_theirs, coalesce(sum(d.setl_cnt), 0)::bigint AS cnt_ours
            FROM (SELECT DISTINCT ON (fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate) *
                  FROM intake.institution_statement
                  WHERE stmt_begndate >= $1 AND stmt_enddate <= $2 AND batch_id <= $3
                  ORDER BY fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate, batch_id DESC) t
            LEFT JOIN our_day d
                ON d.fixmedins_code = t.fixmedins_code AND d.insutype = t.insutype AND d.clr_type = t.clr_type
                AND d.setl_date BETWEEN t.stmt_begndate AND t.stmt_enddate AND (t.refd_setl_flag OR NOT d.is_refund)
            GROUP BY t.fixmedins_code, t.insutype, t.clr_type, t.stmt_begndate, t.stmt_enddate, t.refd_setl_flag,
                     t.medfee_sumamt_fen, t.fund_pay_sumamt_fen, t.acct_pay_fen, t.fixmedins_setl_cnt) c
        """)

    /// Settlements that no night has decided, and institutions with settlements that no statement compared covers.
    static let lookAtDays = Statement(
        "look at days",
        """
        SELECT coalesce(sum(d.undecided), 0)::bigint,
               count(DISTINCT d.fixmedins_code) FILTER (WHERE NOT EXISTS (
                   SELECT FROM compared_statement c
                   WHERE c.fixmedins_code = d.fixmedins_code AND c.insutype = d.insutype AND c.clr_type = d.clr_type
                     AND d.setl_date BETWEEN c.stmt_begndate AND c.stmt_enddate))
        FROM our_day d
        """)
}
