import Postgres

// Transaction 3202: where totals differ, row by row. An institution's lines carry no date, so they are found by their
// settlement; what has no settlement here is one-sided, whichever span it may be meant for.

extension Statement {
    static let makeRowTable = Statement(
        "make row table",
        """
        CREATE TEMPORARY TABLE our_row (
            person_id bigint, medfee_fen bigint, fund_pay_fen bigint, acct_pay_fen bigint, setl_date date,
            insutype smallint, clr_type smallint, is_refund boolean, fixmedins_code text COLLATE "C",
            setl_id text COLLATE "C", mdtrt_id text COLLATE "C")
        """)

    static let makeLineTable = Statement(
        "make line table",
        """
        CREATE TEMPORARY TABLE their_line (
            medfee_fen bigint, fund_pay_fen bigint, acct_pay_fen bigint, is_refund boolean, is_unknown boolean,
            fixmedins_code text COLLATE "C", setl_id text COLLATE "C")
        """)

    static let makeAnswerTable = Statement(
        "make answer table",
        """
        CREATE TEMPORARY TABLE row_answer (
            medfee_theirs_fen bigint, medfee_ours_fen bigint, fund_pay_theirs_fen bigint, fund_pay_ours_fen bigint,
            acct_pay_theirs_fen bigint, acct_pay_ours_fen bigint, is_refund boolean, answer text,
            fixmedins_code text COLLATE "C", setl_id text COLLATE "C")
        """)

    static let makeFoundTable = Statement(
        "make found table",
        """
        CREATE TEMPORARY TABLE found_difference (
            discrepancy_id bigint, amount_theirs_fen bigint, amount_ours_fen bigint, class text COLLATE "C",
            item text COLLATE "C", fixmedins_code text COLLATE "C", setl_id text COLLATE "C")
        """)

    /// Our rows of the unequal statements, each once though two spans may hold it.
    static let collectOurRows = Statement(
        "collect our rows",
        """
        INSERT INTO our_row (fixmedins_code, setl_id, mdtrt_id, person_id, insutype, clr_type, setl_date, is_refund,
            medfee_fen, fund_pay_fen, acct_pay_fen)
        SELECT o.fixmedins_code, o.setl_id, o.mdtrt_id, o.person_id, o.insutype, o.clr_type, o.setl_date, o.is_refund,
               o.medfee_fen, o.fund_pay_fen, o.acct_pay_fen
        FROM (\(ourSettlements)) o
        WHERE EXISTS (SELECT FROM compared_statement c WHERE NOT c.is_equal AND \(isCovered(row: "o")))
        """)

    static let collectTheirLines = Statement(
        "collect their lines",
        """
        INSERT INTO their_line (fixmedins_code, setl_id, is_refund, medfee_fen, fund_pay_fen, acct_pay_fen, is_unknown)
        SELECT DISTINCT ON (l.fixmedins_code, l.setl_id, l.refd_setl_flag)
               l.fixmedins_code, l.setl_id, l.refd_setl_flag, l.medfee_sumamt_fen, l.fund_pay_sumamt_fen, l.acct_pay_fen,
               false
        FROM intake.institution_statement_line l
        WHERE l.batch_id <= $1
          AND l.fixmedins_code IN (SELECT c.fixmedins_code FROM compared_statement c WHERE NOT c.is_equal)
        ORDER BY l.fixmedins_code, l.setl_id, l.refd_setl_flag, l.batch_id DESC
        """)

    /// A line is unknown if its settlement is not here, or if another line answers for that settlement.
    static let findUnknownLines = Statement(
        "find unknown lines",
        """
        UPDATE their_line l SET is_unknown = true
        WHERE NOT EXISTS (
            SELECT FROM intake.settlement s
            WHERE s.setl_id = l.setl_id AND s.fixmedins_code = l.fixmedins_code AND s.batch_id <= $1
              AND (s.refd_setl_flag = l.is_refund OR NOT EXISTS (
                  SELECT FROM their_line m WHERE m.fixmedins_code = l.fixmedins_code AND m.setl_id = l.setl_id
                    AND m.is_refund = s.refd_setl_flag)))
        """)

    /// The detail of a statement is to be delivered yet if it states something and no line can be of it.
    static let findMissingDetail = Statement(
        "find missing detail",
        """
        UPDATE compared_statement c SET has_detail = false
        WHERE NOT c.is_equal
          AND (c.medfee_theirs_fen <> 0 OR c.fund_pay_theirs_fen <> 0 OR c.acct_pay_theirs_fen <> 0 OR c.setl_cnt_theirs <> 0)
          AND NOT EXISTS (SELECT FROM their_line l WHERE l.fixmedins_code = c.fixmedins_code AND l.is_unknown)
          AND NOT EXISTS (
              SELECT FROM our_row o JOIN their_line l ON l.fixmedins_code = o.fixmedins_code AND l.setl_id = o.setl_id
              WHERE \(isCovered(row: "o")))
        """)

    static let answerOurRows = Statement(
        "answer our rows",
        """
        INSERT INTO row_answer (fixmedins_code, setl_id, is_refund, medfee_theirs_fen, medfee_ours_fen,
            fund_pay_theirs_fen, fund_pay_ours_fen, acct_pay_theirs_fen, acct_pay_ours_fen, answer)
        SELECT o.fixmedins_code, o.setl_id, o.is_refund, coalesce(l.medfee_fen, m.medfee_fen), o.medfee_fen,
               coalesce(l.fund_pay_fen, m.fund_pay_fen), o.fund_pay_fen, coalesce(l.acct_pay_fen, m.acct_pay_fen),
               o.acct_pay_fen,
               CASE WHEN l.setl_id IS NULL AND m.setl_id IS NULL THEN 'only_ours'
                    WHEN l.setl_id IS NULL THEN 'refund_state'
                    WHEN (l.medfee_fen, l.fund_pay_fen, l.acct_pay_fen) = (o.medfee_fen, o.fund_pay_fen, o.acct_pay_fen)
                        THEN 'equal'
                    ELSE 'amount' END
        FROM our_row o
        LEFT JOIN their_line l
            ON l.fixmedins_code = o.fixmedins_code AND l.setl_id = o.setl_id AND l.is_refund = o.is_refund
        LEFT JOIN their_line m
            ON m.fixmedins_code = o.fixmedins_code AND m.setl_id = o.setl_id AND m.is_refund <> o.is_refund
        WHERE EXISTS (SELECT FROM compared_statement c WHERE NOT c.is_equal AND c.has_detail AND \(isCovered(row: "o")))
        """)

    static let answerUnknownLines = Statement(
        "answer unknown lines",
        """
        INSERT INTO row_answer (fixmedins_code, setl_id, is_refund, medfee_theirs_fen, fund_pay_theirs_fen,
            acct_pay_theirs_fen, answer)
        SELECT l.fixmedins_code, l.setl_id, l.is_refund, l.medfee_fen, l.fund_pay_fen, l.acct_pay_fen, 'only_theirs'
        FROM their_line l WHERE l.is_unknown
        """)

    static let countAnswers = Statement("count answers", "SELECT answer, count(*) FROM row_answer GROUP BY answer")

    /// Each amount of a statement that differs; where only the counts do, that.
    static let findTotals = Statement(
        "find totals",
        """
        INSERT INTO found_difference (discrepancy_id, class, item, fixmedins_code, setl_id, amount_theirs_fen, amount_ours_fen)
        SELECT run.discrepancy_id('total', i.item, c.fixmedins_code, NULL), 'total', i.item, c.fixmedins_code, NULL,
               i.theirs, i.ours
        FROM compared_statement c
        CROSS JOIN LATERAL (
            SELECT \(statementName) || ' ' || v.name AS item, v.theirs, v.ours
            FROM (VALUES ('medfee_sumamt', c.medfee_theirs_fen, c.medfee_ours_fen),
                         ('fund_pay_sumamt', c.fund_pay_theirs_fen, c.fund_pay_ours_fen),
                         ('acct_pay', c.acct_pay_theirs_fen, c.acct_pay_ours_fen)) v (name, theirs, ours)
            WHERE v.theirs <> v.ours
            UNION ALL
            SELECT \(statementName) || ' fixmedins_setl_cnt', NULL, NULL
            WHERE c.setl_cnt_theirs <> c.setl_cnt_ours
        ) i
        WHERE NOT c.is_equal
        """)

    static let findRows = Statement(
        "find rows",
        """
        INSERT INTO found_difference (discrepancy_id, class, item, fixmedins_code, setl_id, amount_theirs_fen, amount_ours_fen)
        SELECT run.discrepancy_id(r.answer, i.item, r.fixmedins_code, r.setl_id), r.answer, i.item, r.fixmedins_code,
               r.setl_id, i.theirs, i.ours
        FROM row_answer r
        CROSS JOIN LATERAL (
            SELECT v.name, v.theirs, v.ours
            FROM (VALUES ('medfee_sumamt', r.medfee_theirs_fen, r.medfee_ours_fen),
                         ('fund_pay_sumamt', r.fund_pay_theirs_fen, r.fund_pay_ours_fen),
                         ('acct_pay', r.acct_pay_theirs_fen, r.acct_pay_ours_fen)) v (name, theirs, ours)
            WHERE r.answer = 'amount' AND v.theirs <> v.ours
            UNION ALL
            SELECT CASE WHEN r.answer = 'refund_state' THEN 'refd_setl_flag' WHEN r.is_refund THEN 'refd_medfee_sumamt'
                        ELSE 'medfee_sumamt' END, r.medfee_theirs_fen, r.medfee_ours_fen
            WHERE r.answer IN ('only_ours', 'only_theirs', 'refund_state')
        ) i (item, theirs, ours)
        WHERE r.answer <> 'equal'
        """)

    /// The statement `c` as items of discrepancies name it: `310/11 2023-01-01..2023-01-31`.
    static let statementName: SQLText = """
        concat(c.insutype, '/', c.clr_type, ' ', to_char(c.stmt_begndate, 'YYYY-MM-DD'), '..',
               to_char(c.stmt_enddate, 'YYYY-MM-DD'))
        """

    /// Whether the statement `c` covers one of our rows.
    private static func isCovered(row: SQLText) -> SQLText {
        """
        c.fixmedins_code = \(row).fixmedins_code AND c.insutype = \(row).insutype AND c.clr_type = \(row).clr_type
        AND \(row).setl_date BETWEEN c.stmt_begndate AND c.stmt_enddate AND (c.refd_setl_flag OR NOT \(row).is_refund)
        """
    }
}
