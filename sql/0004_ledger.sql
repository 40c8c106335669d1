-- The subledger of personal accounts and the books. Rows are only ever added: a correction is another row.

CREATE TABLE ledger.account_entry (
    person_id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    run_id bigint NOT NULL,
    covered_month date NOT NULL,
    effective_on date NOT NULL,
    citation_id integer NOT NULL,
    kind smallint NOT NULL,
    revision smallint NOT NULL CHECK (revision >= 0),
    source text COLLATE "C" NOT NULL,
    PRIMARY KEY (person_id, covered_month, kind, source, revision),
    CONSTRAINT an_entry_moves_money CHECK (amount_fen <> 0),
    CONSTRAINT kind_is_a_national_movement CHECK (
        kind IN (101, 102, 106, 107, 109, 110, 111, 113, 201, 203, 205, 206, 207, 208))
) PARTITION BY RANGE (covered_month);
CREATE INDEX account_entry_by_run ON ledger.account_entry USING brin (run_id) WITH (pages_per_range = 32);
COMMENT ON TABLE ledger.account_entry IS
    'Movements of personal accounts, one row a person and movement; the same subject moved again has the next revision';
COMMENT ON COLUMN ledger.account_entry.amount_fen IS 'What the balance grows by, fen; negative takes away';
COMMENT ON COLUMN ledger.account_entry.covered_month IS 'Month the movement is for, as its first day';
COMMENT ON COLUMN ledger.account_entry.effective_on IS 'Day from which the money counts in the account (interest)';
COMMENT ON COLUMN ledger.account_entry.kind IS 'acct_incexpd_type: 101 credit, 102 interest, 113 carried forward in, 201 spending, …';
COMMENT ON COLUMN ledger.account_entry.source IS 'Id of the fact, or the rule';
COMMENT ON COLUMN ledger.account_entry.citation_id IS 'Article, run.citation';

CREATE FUNCTION ledger.ensure_account_month(month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS ledger.%I PARTITION OF ledger.account_entry FOR VALUES FROM (%L) TO (%L)',
        'account_entry_' || to_char(month, 'YYYY_MM'), month, (month + interval '1 month')::date);
END
$$;
COMMENT ON FUNCTION ledger.ensure_account_month(date) IS 'Makes the partition of entries covering a month (its first day), if it is not there';
REVOKE EXECUTE ON FUNCTION ledger.ensure_account_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.ensure_account_month(date) TO settle_batch;

CREATE TABLE ledger.period (
    month date PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    closed_by_run bigint,
    closed_at timestamptz,
    CONSTRAINT closed_period_says_by_whom CHECK (
        (closed_by_run IS NOT NULL) = (state = 'closed') AND (closed_at IS NOT NULL) = (state = 'closed'))
);
COMMENT ON TABLE ledger.period IS 'Months of the books, as their first day; a closed one takes no vouchers';

CREATE TABLE ledger.subject (
    code text PRIMARY KEY,
    name text NOT NULL,
    name_en text NOT NULL,
    class text NOT NULL CHECK (class IN ('asset', 'liability', 'equity', 'income', 'expenditure'))
);
COMMENT ON TABLE ledger.subject IS 'Chart of accounts (会计科目), 社会保险基金会计制度; detail subjects carry four more digits';

CREATE TABLE ledger.voucher (
    voucher_id bigint PRIMARY KEY,
    run_id bigint NOT NULL REFERENCES run.run,
    voucher_no integer NOT NULL CHECK (voucher_no > 0),
    kind text NOT NULL,
    posting_month date NOT NULL,
    voucher_date date NOT NULL,
    summary text NOT NULL,
    citation_id integer NOT NULL REFERENCES run.citation,
    UNIQUE (run_id, voucher_no)
);
COMMENT ON TABLE ledger.voucher IS 'Vouchers (记账凭证) of the general ledger';

CREATE TABLE ledger.voucher_line (
    voucher_id bigint NOT NULL REFERENCES ledger.voucher,
    line_no integer NOT NULL CHECK (line_no > 0),
    subject_code text NOT NULL REFERENCES ledger.subject,
    fixmedins_code text,
    debit_fen bigint NOT NULL,
    credit_fen bigint NOT NULL,
    PRIMARY KEY (voucher_id, line_no),
    CONSTRAINT a_line_has_one_side CHECK ((debit_fen = 0) <> (credit_fen = 0))
);
COMMENT ON TABLE ledger.voucher_line IS 'Lines of vouchers; a correction stands in red (negative) on the side it corrects';
COMMENT ON COLUMN ledger.voucher_line.fixmedins_code IS 'Institution, on subjects held by institution; null elsewhere';
COMMENT ON COLUMN ledger.voucher_line.debit_fen IS 'Debit (借方), fen';
COMMENT ON COLUMN ledger.voucher_line.credit_fen IS 'Credit (贷方), fen';

-- The program builds only balanced vouchers; the database does not believe it. Vouchers are few and local, so a
-- deferred trigger costs nothing here; person-keyed tables carry none.
CREATE FUNCTION ledger.refuse_unbalanced_voucher() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    difference bigint;
BEGIN
    SELECT (sum(debit_fen) - sum(credit_fen))::bigint INTO difference
    FROM ledger.voucher_line WHERE voucher_id = NEW.voucher_id;
    IF difference IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'voucher % does not balance: debit − credit = % fen', NEW.voucher_id, difference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_balances';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER voucher_balances AFTER INSERT ON ledger.voucher_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.refuse_unbalanced_voucher();

CREATE FUNCTION ledger.refuse_voucher_in_closed_period() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger.period WHERE month = NEW.posting_month AND state = 'open') THEN
        RAISE EXCEPTION 'the books of % are not open', to_char(NEW.posting_month, 'YYYY-MM')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_period_takes_no_vouchers';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER closed_period_takes_no_vouchers BEFORE INSERT ON ledger.voucher
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_voucher_in_closed_period();

INSERT INTO ledger.subject (code, name, name_en, class) VALUES
    ('1002', '收入户存款', 'Deposits in the income account', 'asset'),
    ('1003', '财政专户存款', 'Deposits in the fiscal account', 'asset'),
    ('1004', '支出户存款', 'Deposits in the expenditure account', 'asset'),
    ('1101', '暂付款', 'Temporary payments', 'asset'),
    ('2001', '暂收款', 'Temporary receipts', 'liability'),
    ('2101', '应付定点机构', 'Payable to designated institutions', 'liability'),
    ('3001', '统筹基金', 'Pooling fund', 'equity'),
    ('3002', '个人账户基金', 'Personal account fund', 'equity'),
    ('40010001', '社会保险费收入—单位', 'Contribution income: employers', 'income'),
    ('40010002', '社会保险费收入—个人', 'Contribution income: own part', 'income'),
    ('40010003', '社会保险费收入—灵活就业', 'Contribution income: flexible workers', 'income'),
    ('4301', '利息收入', 'Interest income', 'income'),
    ('4501', '转移收入', 'Transfer income', 'income'),
    ('4801', '其他收入', 'Other income', 'income'),
    ('50010001', '社会保险待遇支出—统筹—门诊统筹', 'Benefits: pooling, outpatient', 'expenditure'),
    ('50010002', '社会保险待遇支出—个人账户', 'Benefits: personal accounts', 'expenditure'),
    ('5101', '转移支出', 'Transfer expenditure', 'expenditure'),
    ('5301', '其他支出', 'Other expenditure', 'expenditure');

GRANT UPDATE ON ledger.period TO settle_batch;
