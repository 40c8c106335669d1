-- A table equal to intake.settlement in what it holds, in the columns of the file, with as many keys. Not timed.
CREATE TABLE bench.settlement (
    setl_id text COLLATE "C" NOT NULL, mdtrt_id text COLLATE "C" NOT NULL, psn_no text COLLATE "C" NOT NULL,
    insutype smallint NOT NULL, med_type integer NOT NULL, fixmedins_code text COLLATE "C" NOT NULL,
    setl_time timestamp(0) NOT NULL, dise_codg text COLLATE "C", medfee_sumamt numeric(16, 2) NOT NULL,
    fulamt_ownpay_amt numeric(16, 2) NOT NULL, overlmt_selfpay numeric(16, 2) NOT NULL,
    preselfpay_amt numeric(16, 2) NOT NULL, inscp_scp_amt numeric(16, 2) NOT NULL, act_pay_dedc numeric(16, 2),
    hifp_pay numeric(16, 2), acct_pay numeric(16, 2) NOT NULL, acct_mulaid_pay numeric(16, 2) NOT NULL,
    acct_mulaid_psn_no text COLLATE "C", psn_cash_pay numeric(16, 2), hosp_part_amt numeric(16, 2),
    refd_setl_flag boolean NOT NULL, init_setl_id text COLLATE "C", rx_no text COLLATE "C",
    rx_fixmedins_code text COLLATE "C",
    PRIMARY KEY (psn_no, setl_time, setl_id) INCLUDE (
        mdtrt_id, fixmedins_code, rx_fixmedins_code, insutype, med_type, dise_codg, medfee_sumamt, fulamt_ownpay_amt,
        overlmt_selfpay, preselfpay_amt, inscp_scp_amt, acct_pay, acct_mulaid_pay, hosp_part_amt, acct_mulaid_psn_no,
        init_setl_id, act_pay_dedc, hifp_pay, psn_cash_pay));
CREATE INDEX ON bench.settlement (setl_id);
CREATE INDEX ON bench.settlement (psn_no);
CREATE INDEX ON bench.settlement (psn_no, init_setl_id) WHERE init_setl_id IS NOT NULL;
