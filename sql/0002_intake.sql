-- Facts, one table a file of the intake contract. National column names; money in fen, said by the suffix.
-- Person-keyed tables carry person_id in every key, no triggers and no foreign keys, so that they can be distributed.
-- A versioned table has the batch in its key: the version in force as of batch B is the newest with batch_id <= B.

CREATE FUNCTION intake.person_id(psn_no text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ('x' || left(encode(sha256(convert_to(psn_no, 'UTF8')), 'hex'), 16))::bit(64)::bigint
        & 9223372036854775807;
COMMENT ON FUNCTION intake.person_id(text) IS
    'Internal person key: the first 63 bits of SHA-256 of psn_no, as the program computes it';

CREATE TABLE intake.batch (
    batch_id bigint PRIMARY KEY CHECK (batch_id > 0),
    source text NOT NULL,
    digest text NOT NULL,
    latest_fact_on date,
    program_version text NOT NULL,
    loaded_at timestamptz NOT NULL
);
COMMENT ON TABLE intake.batch IS 'Numbered deliveries of facts; a batch is there whole or not at all';
COMMENT ON COLUMN intake.batch.source IS 'What was loaded: the directory, or what an office''s own SQL calls itself';
COMMENT ON COLUMN intake.batch.digest IS 'SHA-256 over the names and contents of the files';
COMMENT ON COLUMN intake.batch.latest_fact_on IS
    'Latest date on an event of the batch (received, settled, used): runs look again into batches dated past them; null if it has no events';

CREATE TABLE intake.batch_file (
    batch_id bigint NOT NULL,
    file_name text NOT NULL,
    rows_read bigint NOT NULL,
    rows_new bigint NOT NULL,
    rows_replacing bigint NOT NULL,
    rows_unchanged bigint NOT NULL,
    PRIMARY KEY (batch_id, file_name),
    CONSTRAINT every_row_has_one_fate CHECK (rows_read = rows_new + rows_replacing + rows_unchanged)
);
COMMENT ON TABLE intake.batch_file IS 'What became of the rows of each file of a batch';

CREATE TABLE intake.person (
    person_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    brdy date,
    death_date date,
    valid boolean NOT NULL,
    psn_no text COLLATE "C" NOT NULL,
    psn_name text,
    gend text COLLATE "C",
    certno text COLLATE "C",
    insu_admdvs text COLLATE "C" NOT NULL,
    PRIMARY KEY (person_id, batch_id),
    CONSTRAINT person_id_is_digest_of_number CHECK (person_id >= 0)
);
CREATE INDEX person_by_number ON intake.person (psn_no);
COMMENT ON TABLE intake.person IS 'Insured persons, file person.csv, by version';
COMMENT ON COLUMN intake.person.valid IS 'False withdraws the person (vali_flag = 0)';

CREATE TABLE intake.enrolment (
    person_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    begndate date NOT NULL,
    enddate date,
    insutype smallint NOT NULL,
    valid boolean NOT NULL,
    psn_type text COLLATE "C" NOT NULL,
    PRIMARY KEY (person_id, insutype, begndate, batch_id),
    CONSTRAINT enrolment_begins_before_it_ends CHECK (enddate >= begndate)
);
COMMENT ON TABLE intake.enrolment IS
    'Dated insurance status, file enrolment.csv, by version; the next row''s begndate ends a row, a change counts from the month after';

CREATE TABLE intake.contribution (
    person_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    clct_base_fen bigint NOT NULL,
    psn_clct_amt_fen bigint NOT NULL,
    emp_clct_amt_fen bigint NOT NULL,
    covered_month date NOT NULL,
    clct_time date NOT NULL,
    insutype smallint NOT NULL,
    clct_type smallint NOT NULL,
    clct_id text COLLATE "C" NOT NULL,
    init_clct_id text COLLATE "C",
    PRIMARY KEY (person_id, covered_month, clct_id),
    CONSTRAINT covered_month_is_first_day CHECK (date_trunc('month', covered_month::timestamp) = covered_month::timestamp)
) PARTITION BY RANGE (covered_month);
CREATE INDEX contribution_by_id ON intake.contribution (clct_id);
CREATE INDEX contribution_by_batch ON intake.contribution (batch_id, person_id);
COMMENT ON TABLE intake.contribution IS 'Contributions received (征缴到账), file contribution.csv; events, never replaced';
COMMENT ON COLUMN intake.contribution.clct_base_fen IS 'Contribution base (缴费基数), fen; signed for differences and refunds; clct_base';
COMMENT ON COLUMN intake.contribution.psn_clct_amt_fen IS 'Own part received (个人缴费), fen; psn_clct_amt';
COMMENT ON COLUMN intake.contribution.emp_clct_amt_fen IS 'Employer''s part received (单位缴费), fen; emp_clct_amt';
COMMENT ON COLUMN intake.contribution.covered_month IS 'Month covered (费款所属期), as its first day; accrym';
COMMENT ON COLUMN intake.contribution.clct_time IS 'Date received';

CREATE TABLE intake.fixed_credit (
    person_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    year_total_fen bigint NOT NULL CHECK (year_total_fen >= 0),
    december_amount_fen bigint CHECK (december_amount_fen >= 0),
    year smallint NOT NULL,
    PRIMARY KEY (person_id, year, batch_id)
);
COMMENT ON TABLE intake.fixed_credit IS 'A retiree''s own level of an earlier year, file fixed_credit.csv, by version';
COMMENT ON COLUMN intake.fixed_credit.year_total_fen IS 'Credited in that year altogether, fen';
COMMENT ON COLUMN intake.fixed_credit.december_amount_fen IS 'Credited in December of that year, fen; null if not reported';

CREATE TABLE intake.account_opening (
    person_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    balance_fen bigint NOT NULL,
    balance_date date NOT NULL,
    PRIMARY KEY (person_id, batch_id)
);
COMMENT ON TABLE intake.account_opening IS 'Balance brought in from the former system, file account_opening.csv, by version';
COMMENT ON COLUMN intake.account_opening.balance_fen IS 'Balance at the end of balance_date, fen';

CREATE TABLE intake.institution (
    batch_id bigint NOT NULL,
    begndate date NOT NULL,
    enddate date,
    valid boolean NOT NULL,
    fixmedins_type smallint NOT NULL CHECK (fixmedins_type IN (1, 2)),
    fixmedins_code text COLLATE "C" NOT NULL,
    fixmedins_name text NOT NULL,
    hosp_lv text COLLATE "C",
    fix_blng_admdvs text COLLATE "C" NOT NULL,
    PRIMARY KEY (fixmedins_code, begndate, batch_id)
);
COMMENT ON TABLE intake.institution IS 'Designated institutions (定点医药机构) and their dated level, file institution.csv, by version';
COMMENT ON COLUMN intake.institution.fixmedins_type IS '1 medical institution, 2 retail pharmacy';
COMMENT ON COLUMN intake.institution.hosp_lv IS 'National code of the level; null where the institution has none';

CREATE TABLE intake.settlement (
    person_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    setl_time timestamp(0) NOT NULL,
    medfee_sumamt_fen bigint NOT NULL,
    fulamt_ownpay_amt_fen bigint NOT NULL,
    overlmt_selfpay_fen bigint NOT NULL,
    preselfpay_amt_fen bigint NOT NULL,
    inscp_scp_amt_fen bigint NOT NULL,
    acct_pay_fen bigint NOT NULL,
    acct_mulaid_pay_fen bigint NOT NULL,
    act_pay_dedc_fen bigint,
    hifp_pay_fen bigint,
    psn_cash_pay_fen bigint,
    hosp_part_amt_fen bigint,
    acct_mulaid_person_id bigint,
    med_type integer NOT NULL,
    insutype smallint NOT NULL,
    refd_setl_flag boolean NOT NULL,
    setl_id text COLLATE "C" NOT NULL,
    fixmedins_code text COLLATE "C" NOT NULL,
    mdtrt_id text COLLATE "C" NOT NULL,
    init_setl_id text COLLATE "C",
    dise_codg text COLLATE "C",
    rx_no text COLLATE "C",
    rx_fixmedins_code text COLLATE "C",
    PRIMARY KEY (person_id, setl_time, setl_id)
) PARTITION BY RANGE (setl_time);
CREATE INDEX settlement_by_id ON intake.settlement (setl_id);
CREATE INDEX settlement_by_batch ON intake.settlement (batch_id, person_id);
COMMENT ON TABLE intake.settlement IS 'Settlements (结算) of institutions, file settlement.csv; events, never replaced; partitioned by year';
COMMENT ON COLUMN intake.settlement.setl_time IS 'Time of settlement on the clocks of Asia/Shanghai';
COMMENT ON COLUMN intake.settlement.medfee_sumamt_fen IS 'Total fee (总费用), fen; negative on a mirror row';
COMMENT ON COLUMN intake.settlement.fulamt_ownpay_amt_fen IS 'Wholly self-paid (全自费), fen';
COMMENT ON COLUMN intake.settlement.overlmt_selfpay_fen IS 'Above price limit (超限价), fen';
COMMENT ON COLUMN intake.settlement.preselfpay_amt_fen IS 'Advance self-pay (先行自付), fen';
COMMENT ON COLUMN intake.settlement.inscp_scp_amt_fen IS 'In-scope amount (符合政策范围金额), fen';
COMMENT ON COLUMN intake.settlement.acct_pay_fen IS 'Paid from the own account, fen';
COMMENT ON COLUMN intake.settlement.acct_mulaid_pay_fen IS 'Paid from a family member''s account (家庭共济), fen';
COMMENT ON COLUMN intake.settlement.act_pay_dedc_fen IS 'Deductible used, as the counter reported it, fen; null if not reported';
COMMENT ON COLUMN intake.settlement.hifp_pay_fen IS 'Pooling fund payment, as the counter reported it, fen; null if not reported';
COMMENT ON COLUMN intake.settlement.psn_cash_pay_fen IS 'Cash, as the counter reported it, fen; null if not reported';
COMMENT ON COLUMN intake.settlement.hosp_part_amt_fen IS 'Borne by the institution, fen; null if not reported';
COMMENT ON COLUMN intake.settlement.acct_mulaid_person_id IS 'Owner of the family account that paid; null if none did';
COMMENT ON COLUMN intake.settlement.refd_setl_flag IS 'True on the mirror row of a refund, which names its original in init_setl_id';
COMMENT ON COLUMN intake.settlement.rx_fixmedins_code IS 'Prescribing institution of a pharmacy sale; null if without prescription';

CREATE TABLE intake.institution_statement (
    batch_id bigint NOT NULL,
    medfee_sumamt_fen bigint NOT NULL,
    fund_pay_sumamt_fen bigint NOT NULL,
    acct_pay_fen bigint NOT NULL,
    fixmedins_setl_cnt bigint NOT NULL,
    stmt_begndate date NOT NULL,
    stmt_enddate date NOT NULL,
    insutype smallint NOT NULL,
    clr_type smallint NOT NULL,
    refd_setl_flag boolean NOT NULL,
    fixmedins_code text COLLATE "C" NOT NULL,
    PRIMARY KEY (fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate, batch_id),
    CONSTRAINT statement_begins_before_it_ends CHECK (stmt_begndate <= stmt_enddate)
);
COMMENT ON TABLE intake.institution_statement IS 'Totals an institution states for a span of days (transaction 3201), by version';
COMMENT ON COLUMN intake.institution_statement.medfee_sumamt_fen IS 'Total fee stated, fen';
COMMENT ON COLUMN intake.institution_statement.fund_pay_sumamt_fen IS 'Fund payment stated, fen';
COMMENT ON COLUMN intake.institution_statement.acct_pay_fen IS 'Account payment stated, fen';
COMMENT ON COLUMN intake.institution_statement.refd_setl_flag IS 'True if refunds are included';

CREATE TABLE intake.institution_statement_line (
    batch_id bigint NOT NULL,
    medfee_sumamt_fen bigint NOT NULL,
    fund_pay_sumamt_fen bigint NOT NULL,
    acct_pay_fen bigint NOT NULL,
    refd_setl_flag boolean NOT NULL,
    fixmedins_code text COLLATE "C" NOT NULL,
    setl_id text COLLATE "C" NOT NULL,
    mdtrt_id text COLLATE "C" NOT NULL,
    psn_no text COLLATE "C" NOT NULL,
    PRIMARY KEY (fixmedins_code, setl_id, refd_setl_flag, batch_id)
);
COMMENT ON TABLE intake.institution_statement_line IS 'Detail an institution states (transaction 3202), by version';
COMMENT ON COLUMN intake.institution_statement_line.medfee_sumamt_fen IS 'Total fee stated, fen';
COMMENT ON COLUMN intake.institution_statement_line.fund_pay_sumamt_fen IS 'Fund payment stated, fen';
COMMENT ON COLUMN intake.institution_statement_line.acct_pay_fen IS 'Account payment stated, fen';
COMMENT ON COLUMN intake.institution_statement_line.psn_no IS 'The person as the institution names them, whether known here or not';

CREATE TABLE intake.account_use (
    person_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    bnft_person_id bigint,
    use_date date NOT NULL,
    acct_incexpd_type smallint NOT NULL,
    acct_use_id text COLLATE "C" NOT NULL,
    use_kind text COLLATE "C" NOT NULL,
    init_acct_use_id text COLLATE "C",
    PRIMARY KEY (person_id, acct_use_id)
);
CREATE INDEX account_use_by_id ON intake.account_use (acct_use_id);
CREATE INDEX account_use_by_batch ON intake.account_use (batch_id, person_id);
COMMENT ON TABLE intake.account_use IS 'Account movements outside settlements (premiums, transfers, heirs), file account_use.csv; events';
COMMENT ON COLUMN intake.account_use.amount_fen IS 'Amount as delivered, fen';
COMMENT ON COLUMN intake.account_use.bnft_person_id IS 'Who benefits; null means the owner';

CREATE TABLE intake.family_link (
    person_id bigint NOT NULL,
    rlts_person_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    begndate date NOT NULL,
    enddate date,
    valid boolean NOT NULL,
    rlts_type text COLLATE "C" NOT NULL CHECK (rlts_type IN ('spouse', 'parent', 'child')),
    PRIMARY KEY (person_id, rlts_person_id, begndate, batch_id)
);
COMMENT ON TABLE intake.family_link IS 'Who may be paid for from whose account, file family_link.csv, by version';

-- Partitions are made by the loader, which is not the owner; these functions are its only way to change the shape.
CREATE FUNCTION intake.ensure_contribution_month(month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS intake.%I PARTITION OF intake.contribution FOR VALUES FROM (%L) TO (%L)',
        'contribution_' || to_char(month, 'YYYY_MM'), month, (month + interval '1 month')::date);
END
$$;
COMMENT ON FUNCTION intake.ensure_contribution_month(date) IS 'Makes the partition of contributions covering a month (its first day), if it is not there';

CREATE FUNCTION intake.ensure_settlement_year(year integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS intake.%I PARTITION OF intake.settlement FOR VALUES FROM (%L) TO (%L)',
        'settlement_' || year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
END
$$;
COMMENT ON FUNCTION intake.ensure_settlement_year(integer) IS 'Makes the partition of settlements of a calendar year, if it is not there';

REVOKE EXECUTE ON FUNCTION intake.ensure_contribution_month(date), intake.ensure_settlement_year(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake.ensure_contribution_month(date), intake.ensure_settlement_year(integer) TO settle_batch;
