/// What somebody did to a database whose year is closed, and the places that the verification has to name.
struct SealBreak: Sendable {
    let what: String
    /// Tables that are put back as they were.
    let tables: [String]
    let sql: String
    let places: [String]

    /// - Parameter places: of a leaf the table and the numbers of the persons that a proof names; of a line section and
    ///   item.
    init(_ what: String, _ tables: String..., sql: String, places: String...) {
        self.what = what
        self.tables = tables
        self.sql = sql
        self.places = places
    }
}

extension SealBreak {
    static let changes = [
        SealBreak(
            "a name", "intake.person", sql: "UPDATE intake.person SET psn_name = 'x' WHERE psn_no = 'W3'",
            places: "leaf intake.person of W3"),
        SealBreak(
            "a death", "intake.person",
            sql: "UPDATE intake.person SET death_date = '2023-06-01' WHERE psn_no = 'W3'",
            places: "leaf intake.person of W3: W3"),
        SealBreak(
            "a status", "intake.enrolment",
            sql: "UPDATE intake.enrolment SET psn_type = '1201' WHERE person_id = intake.person_id('W3')",
            places: "leaf intake.enrolment of W3: W3"),
        SealBreak(
            "an own level", "intake.fixed_credit",
            sql: "UPDATE intake.fixed_credit SET year_total_fen = 120007 WHERE person_id = intake.person_id('R3')",
            places: "leaf intake.fixed_credit of R3: R3"),
        SealBreak(
            "an opening", "intake.account_opening",
            sql:
                "UPDATE intake.account_opening SET balance_fen = balance_fen + 1 WHERE person_id = intake.person_id('W2')",
            places: "leaf intake.account_opening of W2: W2"),
        // 2 % of a fen are no fen.
        SealBreak(
            "a base by a fen", "intake.contribution",
            sql: "UPDATE intake.contribution SET clct_base_fen = clct_base_fen + 1 WHERE clct_id = '2023-04-W3'",
            places: "leaf intake.contribution of W3"),
        SealBreak(
            "a base by a yuan", "intake.contribution",
            sql: "UPDATE intake.contribution SET clct_base_fen = clct_base_fen + 100 WHERE clct_id = '2023-04-W3'",
            places: "leaf intake.contribution of W3: W3"),
        SealBreak(
            "a fee", "intake.settlement",
            sql: """
                UPDATE intake.settlement SET medfee_sumamt_fen = medfee_sumamt_fen + 10,
                    inscp_scp_amt_fen = inscp_scp_amt_fen + 10 WHERE setl_id = 'f'
                """,
            places: "leaf intake.settlement of W3: W3"),
        SealBreak(
            "a use", "intake.account_use",
            sql: "UPDATE intake.account_use SET amount_fen = amount_fen + 1 WHERE acct_use_id = 'u2'",
            places: "leaf intake.account_use of W3: W3"),
        SealBreak(
            "a family link", "intake.family_link", sql: "UPDATE intake.family_link SET rlts_type = 'child'",
            places: "leaf intake.family_link of W1"),
        SealBreak(
            "an entry by a fen", "ledger.account_entry",
            sql: "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = '2023-02-W3'",
            places: "leaf ledger.account_entry of W3: W3"),
        SealBreak(
            "the day of an entry", "ledger.account_entry",
            sql: "UPDATE ledger.account_entry SET effective_on = '2023-12-30' WHERE source = '2023-02-W3'",
            places: "leaf ledger.account_entry of W3"),
        SealBreak(
            "an adjudication by a fen", "ledger.adjudication",
            sql: """
                UPDATE ledger.adjudication SET pool_payment_fen = pool_payment_fen - 1,
                    cash_payment_fen = cash_payment_fen + 1 WHERE settlement_id = 'g'
                """,
            places: "leaf ledger.adjudication of W4: W4"),
        SealBreak(
            "running sums by a fen", "ledger.accumulator",
            sql: "UPDATE ledger.accumulator SET eligible_fen = eligible_fen - 1 WHERE last_setl_id = 'g'",
            places: "leaf ledger.accumulator of W4: W4"),
        SealBreak(
            "what was carried forward by a fen", "ledger.account_year",
            sql: """
                UPDATE ledger.account_year SET closing_this_year_fen = closing_this_year_fen + 1,
                    closing_last_year_fen = closing_last_year_fen - 1 WHERE person_id = intake.person_id('W1')
                """,
            places: "leaf ledger.account_year of W1"),
        SealBreak(
            "a voucher line by a fen", "ledger.voucher_line",
            sql: """
                UPDATE ledger.voucher_line SET credit_fen = credit_fen + 1 WHERE subject_code = '2101' AND credit_fen <> 0
                    AND fixmedins_code = 'S'
                """,
            places: "line trial_balance 2101", "line voucher 1"),
        SealBreak(
            "the institution of a voucher line", "ledger.voucher_line",
            sql: """
                UPDATE ledger.voucher_line SET fixmedins_code = 'P' WHERE fixmedins_code = 'S' AND credit_fen <> 0
                    AND subject_code = '2101'
                """,
            places: "line voucher 1"),
        SealBreak(
            "the day of a voucher", "ledger.voucher",
            sql: "UPDATE ledger.voucher SET voucher_date = '2023-12-30' WHERE run_id = 2 AND voucher_no = 1",
            places: "line voucher 2"),
        SealBreak(
            "a control total of a night by a fen", "run.control_total",
            sql: """
                UPDATE run.control_total SET amount_fen = amount_fen + 1
                WHERE run_id = 1 AND measure = 'institution.pool' AND item = 'S'
                """,
            places: "line control_total 1"),
        SealBreak(
            "what the year-end counted", "run.control_total",
            sql: """
                UPDATE run.control_total SET row_count = row_count + 1 WHERE run_id = 4 AND measure = 'difference.person'
                    AND chunk_no = 0
                """,
            places: "line control_total 4", "line total difference.person"),
        SealBreak(
            "who ran a night", "run.run", sql: "UPDATE run.run SET program_version = 'other' WHERE run_id = 1",
            places: "line run 1"),
        SealBreak(
            "how far a night knew the facts", "run.run", sql: "UPDATE run.run SET batch_upto = 0 WHERE run_id = 2",
            places: "line conservation contribution later", "line run 2"),
        SealBreak(
            "a rule pack", "run.rule_pack",
            sql: "UPDATE run.rule_pack SET pack_text = replace(pack_text, '600000', '900000')",
            places: "line rules D"),
        SealBreak(
            "a site file", "run.rule_pack", sql: "UPDATE run.rule_pack SET site_text = site_text || ' '",
            places: "line rules D"),
        SealBreak(
            "where a batch came from", "intake.batch", sql: "UPDATE intake.batch SET digest = 'x'",
            places: "line batch 1"),
        SealBreak(
            "what a file of a batch held", "intake.batch_file",
            sql: """
                UPDATE intake.batch_file SET rows_new = rows_new - 1, rows_unchanged = rows_unchanged + 1
                WHERE file_name = 'person.csv'
                """,
            places: "line batch_file 1"),
        SealBreak(
            "the level of an institution", "intake.institution",
            sql: "UPDATE intake.institution SET fixmedins_name = 'x' WHERE fixmedins_code = 'S'",
            places: "line institution S"),
        SealBreak(
            "what an institution states", "intake.institution_statement",
            sql: "UPDATE intake.institution_statement SET fund_pay_sumamt_fen = fund_pay_sumamt_fen - 1",
            places: "line institution_statement S"),
        SealBreak(
            "a line of what an institution states", "intake.institution_statement_line",
            sql: "UPDATE intake.institution_statement_line SET medfee_sumamt_fen = medfee_sumamt_fen - 1",
            places: "line institution_statement_line S"),
        SealBreak(
            "what a comparison found", "run.statement_check",
            sql: "UPDATE run.statement_check SET medfee_ours_fen = medfee_ours_fen - 1",
            places: "line statement_check 3"),
        SealBreak(
            "a difference with a counter", "run.discrepancy",
            sql: "UPDATE run.discrepancy SET amount_theirs_fen = amount_theirs_fen - 1 WHERE class = 'counter'",
            places: "line discrepancy 1"),
        SealBreak(
            "a line of the certificate by a fen", "run.certificate_line",
            sql: "UPDATE run.certificate_line SET amount_fen = amount_fen + 1 WHERE item = '3002'",
            places: "certificate", "line trial_balance 3002"),
        SealBreak(
            "a leaf of the certificate", "run.certificate_leaf",
            sql: """
                UPDATE run.certificate_leaf SET row_count = row_count + 1 WHERE table_name = 'ledger.account_year'
                    AND intake.person_id('W1') BETWEEN person_from AND person_upto
                """,
            places: "certificate", "leaf ledger.account_year of W1"),
        SealBreak(
            "the digest of the certificate", "run.certificate",
            sql: "UPDATE run.certificate SET digest = translate(digest, '0123456789', '1234567890')",
            places: "certificate"),
        SealBreak(
            "the certificate of the year before", "run.certificate",
            sql: "UPDATE run.certificate SET previous_digest = 'x'", places: "certificate", "previous"),
    ]

    static let rows = [
        SealBreak(
            "a person gone", "intake.person", sql: "DELETE FROM intake.person WHERE psn_no = 'W6'",
            places: "leaf intake.person of W6: W6", "line conservation person read", "line conservation person used"
        ),
        SealBreak(
            "a contribution gone", "intake.contribution",
            sql: "DELETE FROM intake.contribution WHERE clct_id = '2023-04-W3'",
            places: "leaf intake.contribution of W3: W3", "line conservation contribution read"),
        SealBreak(
            "a settlement gone", "intake.settlement", sql: "DELETE FROM intake.settlement WHERE setl_id = 'f'",
            places: "leaf intake.settlement of W3: W3", "line conservation settlement read"),
        SealBreak(
            "an entry gone", "ledger.account_entry",
            sql: "DELETE FROM ledger.account_entry WHERE source = '2023-02-W3'",
            places: "leaf ledger.account_entry of W3: W3"),
        SealBreak(
            "an entry added", "ledger.account_entry",
            sql: """
                INSERT INTO ledger.account_entry (person_id, amount_fen, run_id, covered_month, effective_on, citation_id,
                    kind, revision, source)
                SELECT person_id, amount_fen, run_id, covered_month, effective_on, citation_id, kind, 1, source
                FROM ledger.account_entry WHERE source = '2023-02-W3'
                """,
            places: "leaf ledger.account_entry of W3: W3"),
        SealBreak(
            "an entry of next year said to be of this", "ledger.account_entry",
            sql: """
                SELECT ledger.ensure_account_month('2024-05-01');
                INSERT INTO ledger.account_entry (person_id, amount_fen, run_id, covered_month, effective_on, citation_id,
                    kind, revision, source)
                SELECT person_id, amount_fen, run_id, '2024-05-01', effective_on, citation_id, kind, 0, source
                FROM ledger.account_entry WHERE source = '2023-02-W3'
                """,
            places: "leaf ledger.account_entry of W3"),
        SealBreak(
            "an adjudication gone", "ledger.adjudication",
            sql: "DELETE FROM ledger.adjudication WHERE settlement_id = 'i'",
            places: "leaf ledger.adjudication of W5: W5"),
        SealBreak(
            "an adjudication added", "ledger.adjudication",
            sql: """
                INSERT INTO ledger.adjudication
                SELECT (jsonb_populate_record(a, '{"settlement_id": "of-nobody"}')).*
                FROM ledger.adjudication a WHERE settlement_id = 'g'
                """,
            places: "leaf ledger.adjudication of W4: W4"),
        SealBreak(
            "running sums gone", "ledger.accumulator",
            sql: "DELETE FROM ledger.accumulator WHERE last_setl_id = 'g'",
            places: "leaf ledger.accumulator of W4: W4"),
        SealBreak(
            "an account gone", "ledger.account_year",
            sql: "DELETE FROM ledger.account_year WHERE person_id = intake.person_id('W6')",
            places: "leaf ledger.account_year of W6"),
        SealBreak(
            "two accounts swapped", "ledger.account_entry",
            sql: """
                UPDATE ledger.account_entry SET amount_fen = CASE source WHEN 'f' THEN -5000 ELSE -6000 END
                WHERE source IN ('f', 'b')
                """,
            places: "leaf ledger.account_entry of W1: W1", "leaf ledger.account_entry of W3: W3"),
        SealBreak(
            "two persons swapped", "ledger.account_year",
            sql: """
                CREATE TABLE public.swapped AS
                SELECT (jsonb_populate_record(a, jsonb_build_object('person_id', b.person_id))).*
                FROM ledger.account_year a, ledger.account_year b
                WHERE (a.person_id, b.person_id) IN ((intake.person_id('W1'), intake.person_id('W3')),
                                                     (intake.person_id('W3'), intake.person_id('W1')));
                DELETE FROM ledger.account_year WHERE person_id IN (intake.person_id('W1'), intake.person_id('W3'));
                INSERT INTO ledger.account_year SELECT * FROM public.swapped;
                DROP TABLE public.swapped;
                """,
            places: "leaf ledger.account_year of W1", "leaf ledger.account_year of W3"),
        SealBreak(
            "a voucher gone", "ledger.voucher_line", "ledger.voucher",
            sql: """
                DELETE FROM ledger.voucher_line WHERE voucher_id IN (
                    SELECT voucher_id FROM ledger.voucher WHERE kind = 'account_opening');
                DELETE FROM ledger.voucher WHERE kind = 'account_opening';
                """,
            places: "line trial_balance 1003", "line trial_balance 3002", "line voucher 2"),
        SealBreak(
            "a control total added", "run.control_total",
            sql: "INSERT INTO run.control_total VALUES (1, 0, 'month.read', 'by hand', 1, 0)",
            places: "line control_total 1"),
        SealBreak(
            "an institution added", "intake.institution",
            sql: """
                INSERT INTO intake.institution
                SELECT (jsonb_populate_record(i, '{"fixmedins_code": "Y"}')).* FROM intake.institution i
                WHERE fixmedins_code = 'S'
                """,
            places: "line conservation institution read", "line conservation institution used", "line institution Y"
        ),
        SealBreak(
            "a line of the certificate gone", "run.certificate_line",
            sql: "DELETE FROM run.certificate_line WHERE section = 'voucher' AND item = '1'",
            places: "certificate", "line voucher 1"),
        SealBreak(
            "a leaf of the certificate gone", "run.certificate_leaf",
            sql: """
                DELETE FROM run.certificate_leaf WHERE table_name = 'ledger.account_year'
                    AND intake.person_id('W1') BETWEEN person_from AND person_upto
                """,
            places: "certificate", "leaf ledger.account_year of W1"),
    ]
}
