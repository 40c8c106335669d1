-- Every job reads the settlements of a range of persons in order. They arrive day by day, so a year of one person lies all over
-- the table: a key that carries what adjudication and proof read is that order, and no page of the table is fetched for it.
ALTER TABLE intake.settlement DROP CONSTRAINT settlement_pkey;
ALTER TABLE intake.settlement ADD PRIMARY KEY (person_id, setl_time, setl_id) INCLUDE (
    batch_id, mdtrt_id, fixmedins_code, rx_fixmedins_code, insutype, med_type, dise_codg, medfee_sumamt_fen,
    fulamt_ownpay_amt_fen, overlmt_selfpay_fen, preselfpay_amt_fen, inscp_scp_amt_fen, acct_pay_fen, acct_mulaid_pay_fen,
    hosp_part_amt_fen, acct_mulaid_person_id, init_setl_id, act_pay_dedc_fen, hifp_pay_fen, psn_cash_pay_fen);
