import Jobs
import Postgres
import Testing

/// The tables of the proof of a year once more, as plain SQL over facts and entries. Nothing is shared with the program.
enum YearEndOracle {
    /// 结转: each account from its opening to its closing, by the entries that the year's runs posted.
    static func accountDifferences(_ database: ScratchDatabase, year: Int32) throws -> [String] {
        try database.rows(
            """
            WITH posted AS (
                SELECT e.*, extract(year FROM r.posting_month)::integer AS year,
                       e.kind = 113 AND e.source = 'account-opening' AS is_opening
                FROM ledger.account_entry e JOIN run.run r USING (run_id)),
            due AS (
                SELECT person_id, coalesce(sum(amount_fen) FILTER (WHERE year < \(literal: year)), 0)::bigint AS opening,
                       coalesce(sum(amount_fen) FILTER (WHERE year = \(literal: year) AND is_opening), 0)::bigint AS brought_in,
                       coalesce(sum(amount_fen) FILTER (WHERE year = \(literal: year) AND kind = 101), 0)::bigint AS credit,
                       coalesce(sum(amount_fen) FILTER (WHERE year = \(literal: year) AND kind = 102), 0)::bigint AS interest,
                       coalesce(sum(amount_fen) FILTER (WHERE year = \(literal: year) AND NOT is_opening
                                                          AND kind IN (106, 107, 110, 111, 113)), 0)::bigint AS other_in,
                       -coalesce(sum(amount_fen) FILTER (WHERE year = \(literal: year) AND kind IN (109, 201)), 0)::bigint
                           AS payment,
                       -coalesce(sum(amount_fen) FILTER (WHERE year = \(literal: year)
                                                           AND kind IN (203, 205, 206, 207, 208)), 0)::bigint AS other_out,
                       sum(amount_fen)::bigint AS closing,
                       coalesce(sum(amount_fen) FILTER (WHERE year = \(literal: year) AND NOT is_opening
                                                          AND extract(year FROM covered_month) < year), 0)::bigint
                           AS prior_year
                FROM posted WHERE year <= \(literal: year) GROUP BY person_id)
            SELECT concat_ws(' ', person_id, 'oracle', due::text, 'ledger', a::text)
            FROM due FULL JOIN (SELECT * FROM ledger.account_year WHERE year = \(literal: year)) a USING (person_id)
            WHERE (opening, brought_in, credit, interest, other_in, payment, other_out, closing, prior_year)
                IS DISTINCT FROM (opening_fen, brought_in_fen, credit_fen, interest_fen, other_in_fen, payment_fen,
                                  other_out_fen, closing_fen, prior_year_fen)
               OR closing_this_year_fen + closing_last_year_fen + closing_earlier_fen IS DISTINCT FROM closing_fen
               -- Money goes oldest first: what is older than this year's is never below zero, and never more than there was.
               OR least(closing_last_year_fen, closing_earlier_fen) < 0
               OR closing_last_year_fen + closing_earlier_fen > greatest(0, opening_fen) + greatest(0, brought_in_fen)
            ORDER BY 1 LIMIT 20
            """)
    }

    /// The books against the accounts: what does not balance, or is not carried forward.
    static func bookDifferences(_ database: ScratchDatabase, year: Int32) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', 'trial balance', sum(debit_fen - credit_fen)) FROM ledger.voucher_line
            HAVING sum(debit_fen - credit_fen) <> 0
            UNION ALL
            SELECT concat_ws(' ', 'voucher', voucher_id) FROM ledger.voucher_line GROUP BY voucher_id
            HAVING sum(debit_fen - credit_fen) <> 0
            UNION ALL
            SELECT concat_ws(' ', 'fund', fund, 'closings', closings)
            FROM (SELECT sum(credit_fen - debit_fen) AS fund FROM ledger.voucher_line JOIN ledger.voucher USING (voucher_id)
                  WHERE subject_code = '3002' AND extract(year FROM posting_month) <= \(literal: year)) f,
                 (SELECT sum(closing_fen) AS closings FROM ledger.account_year WHERE year = \(literal: year)) a
            WHERE fund IS DISTINCT FROM closings
            UNION ALL
            SELECT concat_ws(' ', 'income and expenditure', subject_code, sum(debit_fen - credit_fen))
            FROM ledger.voucher_line JOIN ledger.subject ON code = subject_code
            WHERE class IN ('income', 'expenditure') GROUP BY subject_code HAVING sum(debit_fen - credit_fen) <> 0
            UNION ALL
            SELECT concat_ws(' ', 'institution', fixmedins_code, owed, settled)
            FROM (SELECT fixmedins_code, sum(credit_fen - debit_fen)::bigint AS owed FROM ledger.voucher_line
                  JOIN ledger.voucher USING (voucher_id)
                  WHERE subject_code = '2101' AND kind = 'outpatient_benefits' GROUP BY fixmedins_code) v
            FULL JOIN (SELECT s.fixmedins_code,
                              sum(a.pool_payment_fen + a.account_payment_fen + a.family_account_payment_fen)::bigint AS settled
                       FROM (SELECT DISTINCT ON (person_id, settlement_id) * FROM ledger.adjudication
                             ORDER BY person_id, settlement_id, revision DESC) a
                       JOIN intake.settlement s ON s.person_id = a.person_id AND s.setl_id = a.settlement_id
                       GROUP BY s.fixmedins_code) a USING (fixmedins_code)
            WHERE coalesce(owed, 0) <> coalesce(settled, 0)
            """)
    }

    /// What became of the rows of each intake table: read, used, refused, excepted, not due, replaced, withdrawn, later.
    /// It needs `oracle.adjudication` and `oracle.standing`.
    static func conservation(_ database: ScratchDatabase, through lastDay: String) throws -> [String] {
        try database.rows(
            """
            WITH contribution AS (
                SELECT c.*, CASE WHEN c.clct_time > $1 THEN 'later'
                                 WHEN c.insutype <> 310 OR c.clct_type = 36 THEN 'not due'
                                 WHEN p.person_id IS NULL OR s.person_id IS NULL OR s.category IS NULL
                                   OR s.category IN ('retired', 'veteran') THEN 'excepted'
                                 WHEN c.clct_type NOT IN (10, 20, 30, 32, 34) OR round(c.clct_base_fen * 0.02) = 0
                                     THEN 'not due'
                                 ELSE 'used' END AS fate
                FROM intake.contribution c LEFT JOIN oracle.person p USING (person_id)
                LEFT JOIN oracle.standing s USING (person_id, covered_month)
                WHERE c.covered_month BETWEEN date_trunc('year', $1::timestamp)::date AND $1),
            settlement AS (
                SELECT CASE WHEN s.setl_time::date > $1 THEN 'later' WHEN o.verdict = 'settled' THEN 'used'
                            WHEN o.verdict = 'outside' THEN 'not due' ELSE 'refused' END AS fate
                FROM intake.settlement s JOIN oracle.adjudication o USING (person_id, setl_id)
                WHERE s.setl_time::date BETWEEN date_trunc('year', $1::timestamp)::date AND $1),
            version AS (
                SELECT 'person' AS name, valid, lead(1) OVER (PARTITION BY person_id ORDER BY batch_id) AS next
                FROM intake.person
                UNION ALL
                SELECT 'enrolment', valid, lead(1) OVER (PARTITION BY person_id, insutype, begndate ORDER BY batch_id)
                FROM intake.enrolment
                UNION ALL
                SELECT 'fixed_credit', true, lead(1) OVER (PARTITION BY person_id, year ORDER BY batch_id)
                FROM intake.fixed_credit
                UNION ALL
                SELECT 'account_opening', true, lead(1) OVER (PARTITION BY person_id ORDER BY batch_id)
                FROM intake.account_opening
                UNION ALL
                SELECT 'family_link', valid, lead(1) OVER (PARTITION BY person_id, rlts_person_id, begndate ORDER BY batch_id)
                FROM intake.family_link
                UNION ALL
                SELECT 'institution', valid, lead(1) OVER (PARTITION BY fixmedins_code, begndate ORDER BY batch_id)
                FROM intake.institution
                UNION ALL
                SELECT 'institution_statement_line', true,
                       lead(1) OVER (PARTITION BY fixmedins_code, setl_id, refd_setl_flag ORDER BY batch_id)
                FROM intake.institution_statement_line),
            fate AS (
                SELECT 'contribution' AS name, fate FROM contribution
                UNION ALL SELECT 'settlement', fate FROM settlement
                UNION ALL SELECT 'account_use', CASE WHEN amount_fen = 0 THEN 'not due' ELSE 'used' END
                FROM intake.account_use WHERE use_date BETWEEN date_trunc('year', $1::timestamp)::date AND $1
                UNION ALL SELECT name, CASE WHEN next = 1 THEN 'replaced' WHEN valid THEN 'used' ELSE 'withdrawn' END
                FROM version
                UNION ALL SELECT 'institution_statement', CASE WHEN c.fixmedins_code IS NULL THEN 'not due' ELSE 'used' END
                FROM intake.institution_statement s
                LEFT JOIN (SELECT DISTINCT fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate
                           FROM run.statement_check) c USING (fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate)
                WHERE stmt_begndate BETWEEN date_trunc('year', $1::timestamp)::date AND $1)
            SELECT concat_ws(' ', name, count(*)) || coalesce(': ' || string_agg(DISTINCT fate || ' ' || n, ', '), '')
            FROM (SELECT name, fate, count(*) OVER (PARTITION BY name, fate) AS n FROM fate) counted
            GROUP BY name ORDER BY name
            """, lastDay)
    }
}

extension RowConservation {
    /// As ``YearEndOracle/conservation(_:through:)`` says it.
    var text: String {
        let fates = [
            ("excepted", excepted), ("later", later), ("not due", notDue), ("refused", refused), ("replaced", replaced),
            ("used", used), ("withdrawn", withdrawn),
        ].filter { $0.1 != 0 }
        return "\(table) \(read): " + fates.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
