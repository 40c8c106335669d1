-- The facts as they were delivered, by the interface's own names and in yuan: what a clerk compares with the files.
-- Versioned tables show the version in force.

CREATE FUNCTION report.yuan(fen bigint) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (fen / 100.0)::numeric(18, 2);
COMMENT ON FUNCTION report.yuan(bigint) IS 'Fen as yuan with two decimals';

CREATE VIEW report.contribution AS
SELECT c.clct_id, p.psn_no, c.insutype, c.clct_type, to_char(c.covered_month, 'YYYY-MM') AS accrym,
       report.yuan(c.clct_base_fen) AS clct_base, report.yuan(c.psn_clct_amt_fen) AS psn_clct_amt,
       report.yuan(c.emp_clct_amt_fen) AS emp_clct_amt, c.clct_time, c.init_clct_id, c.batch_id, c.person_id
FROM intake.contribution c LEFT JOIN report.person p USING (person_id);
COMMENT ON VIEW report.contribution IS 'contribution.csv as delivered, in yuan';

CREATE VIEW report.fixed_credit AS
SELECT p.psn_no, f.year, report.yuan(f.year_total_fen) AS year_total,
       report.yuan(f.december_amount_fen) AS december_amount, f.batch_id, f.person_id
FROM intake.fixed_credit f LEFT JOIN report.person p USING (person_id)
WHERE NOT EXISTS (SELECT FROM intake.fixed_credit n
                  WHERE n.person_id = f.person_id AND n.year = f.year AND n.batch_id > f.batch_id);
COMMENT ON VIEW report.fixed_credit IS 'fixed_credit.csv in force, in yuan';

CREATE VIEW report.account_opening AS
SELECT p.psn_no, o.balance_date, report.yuan(o.balance_fen) AS balance, o.batch_id, o.person_id
FROM intake.account_opening o LEFT JOIN report.person p USING (person_id)
WHERE NOT EXISTS (SELECT FROM intake.account_opening n WHERE n.person_id = o.person_id AND n.batch_id > o.batch_id);
COMMENT ON VIEW report.account_opening IS 'account_opening.csv in force, in yuan';

CREATE VIEW report.settlement AS
SELECT s.setl_id, s.mdtrt_id, p.psn_no, s.insutype, s.med_type, s.fixmedins_code, s.setl_time, s.dise_codg,
       report.yuan(s.medfee_sumamt_fen) AS medfee_sumamt, report.yuan(s.fulamt_ownpay_amt_fen) AS fulamt_ownpay_amt,
       report.yuan(s.overlmt_selfpay_fen) AS overlmt_selfpay, report.yuan(s.preselfpay_amt_fen) AS preselfpay_amt,
       report.yuan(s.inscp_scp_amt_fen) AS inscp_scp_amt, report.yuan(s.act_pay_dedc_fen) AS act_pay_dedc,
       report.yuan(s.hifp_pay_fen) AS hifp_pay, report.yuan(s.acct_pay_fen) AS acct_pay,
       report.yuan(s.acct_mulaid_pay_fen) AS acct_mulaid_pay, f.psn_no AS acct_mulaid_psn_no,
       report.yuan(s.psn_cash_pay_fen) AS psn_cash_pay, report.yuan(s.hosp_part_amt_fen) AS hosp_part_amt,
       s.refd_setl_flag, s.init_setl_id, s.rx_no, s.rx_fixmedins_code, s.batch_id, s.person_id
FROM intake.settlement s
LEFT JOIN report.person p ON p.person_id = s.person_id
LEFT JOIN report.person f ON f.person_id = s.acct_mulaid_person_id;
COMMENT ON VIEW report.settlement IS 'settlement.csv as delivered, in yuan; amounts of the counter are empty where it reported none';

CREATE VIEW report.account_use AS
SELECT u.acct_use_id, p.psn_no, u.acct_incexpd_type, u.use_kind, b.psn_no AS bnft_psn_no,
       report.yuan(u.amount_fen) AS amount, u.use_date, u.init_acct_use_id, u.batch_id, u.person_id
FROM intake.account_use u
LEFT JOIN report.person p ON p.person_id = u.person_id
LEFT JOIN report.person b ON b.person_id = u.bnft_person_id;
COMMENT ON VIEW report.account_use IS 'account_use.csv as delivered, in yuan';

CREATE VIEW report.institution_statement AS
SELECT s.fixmedins_code, s.insutype, s.clr_type, s.stmt_begndate, s.stmt_enddate,
       report.yuan(s.medfee_sumamt_fen) AS medfee_sumamt, report.yuan(s.fund_pay_sumamt_fen) AS fund_pay_sumamt,
       report.yuan(s.acct_pay_fen) AS acct_pay, s.fixmedins_setl_cnt, s.refd_setl_flag, s.batch_id
FROM intake.institution_statement s
WHERE NOT EXISTS (
    SELECT FROM intake.institution_statement n
    WHERE (n.fixmedins_code, n.insutype, n.clr_type, n.stmt_begndate, n.stmt_enddate)
        = (s.fixmedins_code, s.insutype, s.clr_type, s.stmt_begndate, s.stmt_enddate) AND n.batch_id > s.batch_id);
COMMENT ON VIEW report.institution_statement IS 'institution_statement.csv in force, in yuan';
