-- The annual settlement: what each account carried forward, what each institution is owed and was paid, and the
-- certificate that says what the books of a year were when they were closed.

-- A year that is closed may be proven again at any time, as a reconciliation may be repeated; other jobs not.
DROP INDEX run.an_instance_is_done_once;
CREATE UNIQUE INDEX an_instance_is_done_once ON run.run (job, business_date)
    WHERE state = 'completed' AND waits_for IS NULL
        AND job NOT IN ('reconcile-day', 'reconcile-month', 'reconcile-year', 'reprove');

-- Mirror rows are few; the proof of a year asks which of a person's refunds reach into another year.
CREATE INDEX settlement_mirror ON intake.settlement (person_id, init_setl_id) WHERE init_setl_id IS NOT NULL;
CREATE INDEX adjudication_by_family_account ON ledger.adjudication (family_person_id) WHERE family_person_id IS NOT NULL;

INSERT INTO ledger.cause (code, name, title) VALUES
    (4, 'changed_rules', '规则变更，年终核对重算'), (5, 'altered_ledger', '账面与原记账不符，年终核对恢复'),
    (6, 'proof', '年终核对与已记不符');

-- Queries over a whole year come soon after the rows they read, and before the server looks at new tables by itself: without
-- statistics they are planned as for empty ones. The batch role is not the owner, so this is its only way to have it look.
CREATE FUNCTION run.refresh_statistics() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed regclass;
BEGIN
    FOR changed IN
        SELECT s.relid::regclass FROM pg_stat_all_tables s
        WHERE s.schemaname IN ('intake', 'ledger', 'run')
          AND s.n_mod_since_analyze > 10000 AND s.n_mod_since_analyze > s.n_live_tup / 5
    LOOP
        EXECUTE format('ANALYZE %s', changed);
    END LOOP;
END
$$;
COMMENT ON FUNCTION run.refresh_statistics() IS 'Has the server look at tables that have changed much since it last did';
REVOKE EXECUTE ON FUNCTION run.refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION run.refresh_statistics() TO settle_batch;

CREATE TABLE ledger.account_year (
    person_id bigint NOT NULL,
    run_id bigint NOT NULL,
    opening_fen bigint NOT NULL,
    brought_in_fen bigint NOT NULL,
    credit_fen bigint NOT NULL,
    interest_fen bigint NOT NULL,
    other_in_fen bigint NOT NULL,
    payment_fen bigint NOT NULL,
    other_out_fen bigint NOT NULL,
    closing_fen bigint NOT NULL,
    prior_year_fen bigint NOT NULL,
    closing_this_year_fen bigint NOT NULL,
    closing_last_year_fen bigint NOT NULL,
    closing_earlier_fen bigint NOT NULL,
    year smallint NOT NULL,
    PRIMARY KEY (person_id, year),
    CONSTRAINT opening_and_movements_make_the_closing CHECK (
        opening_fen + brought_in_fen + credit_fen + interest_fen + other_in_fen - payment_fen - other_out_fen = closing_fen),
    CONSTRAINT ages_make_the_closing CHECK (
        closing_this_year_fen + closing_last_year_fen + closing_earlier_fen = closing_fen)
);
COMMENT ON TABLE ledger.account_year IS
    'Personal accounts by year of the books (结转): the closing is the next year''s opening; written once, when the year is closed';
COMMENT ON COLUMN ledger.account_year.opening_fen IS 'Carried forward from the year before, fen';
COMMENT ON COLUMN ledger.account_year.brought_in_fen IS 'Brought in from the former system in the year, fen';
COMMENT ON COLUMN ledger.account_year.credit_fen IS 'Credits (101) posted in the year, less what was taken back, fen';
COMMENT ON COLUMN ledger.account_year.interest_fen IS 'Yearly interest (102), fen';
COMMENT ON COLUMN ledger.account_year.other_in_fen IS 'Transferred and inherited in, adjustments (106, 107, 110, 111), fen';
COMMENT ON COLUMN ledger.account_year.payment_fen IS 'Spending less refunds of settlements (201, 109), fen; positive takes away';
COMMENT ON COLUMN ledger.account_year.other_out_fen IS 'Premiums, transfers out, closing, heirs (203, 205, 206, 207, 208), fen; positive takes away';
COMMENT ON COLUMN ledger.account_year.closing_fen IS 'Carried forward to the next year, fen';
COMMENT ON COLUMN ledger.account_year.prior_year_fen IS
    'Of the movements above, those that cover an earlier year: adjustments of closed years, without balances brought in, fen';
COMMENT ON COLUMN ledger.account_year.closing_this_year_fen IS 'Of the closing, money that came in during the year, fen';
COMMENT ON COLUMN ledger.account_year.closing_last_year_fen IS 'Of the closing, money of the year before, fen';
COMMENT ON COLUMN ledger.account_year.closing_earlier_fen IS 'Of the closing, older money, fen';

CREATE TABLE ledger.institution_clearing (
    run_id bigint NOT NULL REFERENCES run.run,
    month date NOT NULL,
    incurred_fen bigint NOT NULL,
    withheld_fen bigint NOT NULL,
    annual_fen bigint NOT NULL,
    deposit_fen bigint NOT NULL,
    payment_fen bigint NOT NULL,
    carried_fen bigint NOT NULL,
    fixmedins_code text COLLATE "C" NOT NULL,
    fund text NOT NULL CHECK (fund IN ('pool', 'account')),
    PRIMARY KEY (fixmedins_code, fund, month, run_id),
    CONSTRAINT what_is_recognised_is_paid_held_or_carried CHECK (
        incurred_fen - withheld_fen + annual_fen = deposit_fen + payment_fen + carried_fen),
    CONSTRAINT a_clearing_pays_or_waits CHECK (payment_fen >= 0)
);
COMMENT ON TABLE ledger.institution_clearing IS
    'Clearing with institutions (清算与拨付), by month-end: what each run moved; the sum of the rows is how an institution stands';
COMMENT ON COLUMN ledger.institution_clearing.incurred_fen IS 'What adjudications came to since the month-end before, fen';
COMMENT ON COLUMN ledger.institution_clearing.withheld_fen IS
    'Of it, settlements about which a difference is open; what was withheld and is released stands negative, fen';
COMMENT ON COLUMN ledger.institution_clearing.annual_fen IS
    'From annual clearings: surplus kept or overspend borne (negative), and deposits given back, fen';
COMMENT ON COLUMN ledger.institution_clearing.deposit_fen IS 'Quality deposit held (质量保证金), fen';
COMMENT ON COLUMN ledger.institution_clearing.payment_fen IS 'Paid out (拨付), fen';
COMMENT ON COLUMN ledger.institution_clearing.carried_fen IS
    'Left to be set off later, fen: negative when the institution begins to owe back, positive when that is made good';

CREATE TABLE ledger.institution_year (
    run_id bigint NOT NULL REFERENCES run.run,
    year smallint NOT NULL,
    incurred_fen bigint NOT NULL,
    recognised_fen bigint NOT NULL,
    budget_fen bigint,
    adjustment_fen bigint NOT NULL,
    deposit_held_fen bigint NOT NULL,
    deposit_returned_fen bigint NOT NULL,
    deposit_forfeited_fen bigint NOT NULL,
    paid_fen bigint NOT NULL,
    payable_fen bigint NOT NULL,
    fixmedins_code text COLLATE "C" NOT NULL,
    fund text NOT NULL CHECK (fund IN ('pool', 'account')),
    PRIMARY KEY (fixmedins_code, fund, year),
    CONSTRAINT a_deposit_is_not_below_zero CHECK (
        deposit_held_fen >= 0 AND deposit_returned_fen >= 0 AND deposit_forfeited_fen >= 0)
);
COMMENT ON TABLE ledger.institution_year IS 'Annual clearing with institutions (年度清算), by institution, fund and year of the books';
COMMENT ON COLUMN ledger.institution_year.incurred_fen IS 'What adjudications of the year came to, fen';
COMMENT ON COLUMN ledger.institution_year.recognised_fen IS
    'Of it, without what the year''s clearings withheld; what they released of earlier years is added, fen';
COMMENT ON COLUMN ledger.institution_year.budget_fen IS 'Outpatient budget of the year, fen; null if none was supplied';
COMMENT ON COLUMN ledger.institution_year.adjustment_fen IS
    'Surplus kept by the institution (结余留用), or overspend that it bears (negative), fen';
COMMENT ON COLUMN ledger.institution_year.deposit_held_fen IS 'Quality deposit still held after the clearing, fen';
COMMENT ON COLUMN ledger.institution_year.deposit_returned_fen IS 'Quality deposit given back by the assessment, fen';
COMMENT ON COLUMN ledger.institution_year.deposit_forfeited_fen IS 'Quality deposit lost by the assessment, fen';
COMMENT ON COLUMN ledger.institution_year.paid_fen IS 'Paid out in the year, fen';
COMMENT ON COLUMN ledger.institution_year.payable_fen IS
    'Still payable when the year is closed, without the deposit held, fen; what is withheld among it, negative if owed back';

-- The lines of a voucher are added by one statement, and looked at once when it ends: with a line for each of thousands of
-- institutions, a look for every line takes longer than all the rest of a month-end.
DROP TRIGGER voucher_balances ON ledger.voucher_line;
DROP FUNCTION ledger.refuse_unbalanced_voucher();
CREATE FUNCTION ledger.refuse_unbalanced_voucher() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    unbalanced record;
BEGIN
    SELECT l.voucher_id, (sum(l.debit_fen) - sum(l.credit_fen))::bigint AS difference INTO unbalanced
    FROM ledger.voucher_line l WHERE l.voucher_id IN (SELECT a.voucher_id FROM added a)
    GROUP BY l.voucher_id HAVING sum(l.debit_fen) <> sum(l.credit_fen) ORDER BY l.voucher_id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'voucher % does not balance: debit − credit = % fen', unbalanced.voucher_id, unbalanced.difference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_balances';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER voucher_balances AFTER INSERT ON ledger.voucher_line
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_unbalanced_voucher();

CREATE TABLE run.certificate (
    year smallint PRIMARY KEY,
    run_id bigint NOT NULL UNIQUE REFERENCES run.run,
    digest text NOT NULL,
    previous_digest text
);
COMMENT ON TABLE run.certificate IS 'Certificates of closed years: what settle verify recomputes';
COMMENT ON COLUMN run.certificate.digest IS 'SHA-256 over all lines and leaves, and over the certificate of the year before';
COMMENT ON COLUMN run.certificate.previous_digest IS 'Digest of the certificate of the year before; null for the first';

CREATE TABLE run.certificate_line (
    year smallint NOT NULL REFERENCES run.certificate,
    section text COLLATE "C" NOT NULL,
    item text COLLATE "C" NOT NULL,
    row_count bigint NOT NULL,
    amount_fen bigint NOT NULL,
    digest text,
    PRIMARY KEY (year, section, item)
);
COMMENT ON TABLE run.certificate_line IS 'Statements of a certificate: batches, row conservation, control totals, trial balance, rules';
COMMENT ON COLUMN run.certificate_line.amount_fen IS 'Sum of the rows, fen; 0 where the section has no money';
COMMENT ON COLUMN run.certificate_line.digest IS 'SHA-256 of what the line is about; null where count and amount say it all';

CREATE TABLE run.certificate_leaf (
    year smallint NOT NULL,
    chunk_no integer NOT NULL,
    person_from bigint NOT NULL,
    person_upto bigint NOT NULL,
    row_count bigint NOT NULL,
    table_name text COLLATE "C" NOT NULL,
    digest text NOT NULL,
    PRIMARY KEY (year, table_name, chunk_no)
);
COMMENT ON TABLE run.certificate_leaf IS
    'Leaves of the hash tree over a year''s ledger: SHA-256 over the rows of a table for a range of persons, in the order of its key';

-- Views.

CREATE VIEW report.account_year AS
SELECT p.psn_no, a.year::integer AS year,
       (a.opening_fen / 100.0)::numeric(18, 2) AS opening,
       (a.brought_in_fen / 100.0)::numeric(18, 2) AS brought_in,
       (a.credit_fen / 100.0)::numeric(18, 2) AS credit,
       (a.interest_fen / 100.0)::numeric(18, 2) AS interest,
       (a.other_in_fen / 100.0)::numeric(18, 2) AS other_in,
       (a.payment_fen / 100.0)::numeric(18, 2) AS payment,
       (a.other_out_fen / 100.0)::numeric(18, 2) AS other_out,
       (a.closing_fen / 100.0)::numeric(18, 2) AS closing,
       (a.prior_year_fen / 100.0)::numeric(18, 2) AS prior_year,
       (a.closing_this_year_fen / 100.0)::numeric(18, 2) AS closing_this_year,
       (a.closing_last_year_fen / 100.0)::numeric(18, 2) AS closing_last_year,
       (a.closing_earlier_fen / 100.0)::numeric(18, 2) AS closing_earlier, a.run_id, a.person_id
FROM ledger.account_year a
JOIN run.run r ON r.run_id = a.run_id AND r.state = 'completed'
LEFT JOIN report.person p ON p.person_id = a.person_id;
COMMENT ON VIEW report.account_year IS 'Personal accounts from opening to closing, by year';

CREATE VIEW report.institution_clearing AS
SELECT c.fixmedins_code, to_char(c.month, 'YYYY-MM') AS month, c.fund,
       (sum(c.incurred_fen)::bigint / 100.0)::numeric(18, 2) AS incurred,
       (sum(c.withheld_fen)::bigint / 100.0)::numeric(18, 2) AS withheld,
       (sum(c.annual_fen)::bigint / 100.0)::numeric(18, 2) AS annual,
       (sum(c.deposit_fen)::bigint / 100.0)::numeric(18, 2) AS deposit,
       (sum(c.payment_fen)::bigint / 100.0)::numeric(18, 2) AS payment,
       (sum(c.carried_fen)::bigint / 100.0)::numeric(18, 2) AS carried
FROM ledger.institution_clearing c
JOIN run.run r ON r.run_id = c.run_id AND r.state = 'completed'
GROUP BY c.fixmedins_code, c.month, c.fund;
COMMENT ON VIEW report.institution_clearing IS 'Clearing with institutions by month and fund';

CREATE VIEW report.institution_year AS
SELECT i.fixmedins_code, i.year::integer AS year, i.fund,
       (i.incurred_fen / 100.0)::numeric(18, 2) AS incurred,
       (i.recognised_fen / 100.0)::numeric(18, 2) AS recognised,
       (i.budget_fen / 100.0)::numeric(18, 2) AS budget,
       (i.adjustment_fen / 100.0)::numeric(18, 2) AS adjustment,
       (i.deposit_held_fen / 100.0)::numeric(18, 2) AS deposit_held,
       (i.deposit_returned_fen / 100.0)::numeric(18, 2) AS deposit_returned,
       (i.deposit_forfeited_fen / 100.0)::numeric(18, 2) AS deposit_forfeited,
       (i.paid_fen / 100.0)::numeric(18, 2) AS paid,
       (i.payable_fen / 100.0)::numeric(18, 2) AS payable, i.run_id
FROM ledger.institution_year i
JOIN run.run r ON r.run_id = i.run_id AND r.state = 'completed';
COMMENT ON VIEW report.institution_year IS 'Annual clearing with institutions';

CREATE VIEW report.certificate AS
SELECT c.year::integer AS year, c.run_id, c.digest, c.previous_digest, r.rule_pack_digest, r.program_version, r.finished_at
FROM run.certificate c
JOIN run.run r ON r.run_id = c.run_id AND r.state = 'completed';
COMMENT ON VIEW report.certificate IS 'Certificates of closed years';

CREATE VIEW report.certificate_line AS
SELECT l.year::integer AS year, l.section, l.item, l.row_count,
       (l.amount_fen / 100.0)::numeric(18, 2) AS amount, l.digest
FROM run.certificate_line l;
COMMENT ON VIEW report.certificate_line IS 'Statements of the certificates';

-- 以前年度调整: what was posted in one year and covers an earlier one. Balances brought in are no adjustment.
CREATE VIEW report.prior_year_entry AS
SELECT e.psn_no, e.covered_month, e.acct_incexpd_type, e.source, e.amount, e.posting_month, e.posted_on, e.run_id, e.article,
       e.person_id
FROM report.account_entry e
WHERE left(e.covered_month, 4) < left(e.posting_month, 4)
  AND NOT (e.acct_incexpd_type = '113' AND e.source = 'account-opening');
COMMENT ON VIEW report.prior_year_entry IS 'Movements of personal accounts that adjust a year before the one they are posted in';

-- The books as settle books shows them. A run may post into a later month than its date lies in (a closed year proven
-- again posts into the open month): under which day of that month its vouchers stand is said here, once.
CREATE OR REPLACE VIEW report.voucher_line AS
SELECT v.run_id, v.voucher_no, l.line_no, v.kind, to_char(v.posting_month, 'YYYY-MM') AS posting_month, v.voucher_date,
       v.summary, l.subject_code, s.name AS subject_name, l.fixmedins_code,
       (l.debit_fen / 100.0)::numeric(18, 2) AS debit, (l.credit_fen / 100.0)::numeric(18, 2) AS credit, c.citation AS article,
       v.voucher_id,
       greatest(v.posting_month, least(v.voucher_date, (v.posting_month + interval '1 month' - interval '1 day')::date))
           AS book_date
FROM ledger.voucher v
JOIN run.run r ON r.run_id = v.run_id AND r.state = 'completed'
JOIN ledger.voucher_line l USING (voucher_id)
JOIN ledger.subject s ON s.code = l.subject_code
JOIN run.citation c USING (citation_id);
COMMENT ON COLUMN report.voucher_line.book_date IS
    'Day of the posting month under which the voucher stands: its date, or the nearest day of that month';

CREATE VIEW report.subject AS
SELECT s.code AS subject_code, s.name AS subject_name, s.name_en AS subject_name_en, s.class
FROM ledger.subject s;
COMMENT ON VIEW report.subject IS 'Chart of accounts (会计科目)';
COMMENT ON COLUMN report.subject.class IS
    'asset and expenditure have debit balances; liability, equity and income credit balances';

CREATE VIEW report.institution AS
SELECT i.fixmedins_code, i.fixmedins_name, i.fixmedins_type, i.hosp_lv, i.fix_blng_admdvs, i.begndate, i.enddate, i.batch_id
FROM intake.institution i
WHERE i.valid AND NOT EXISTS (
    SELECT FROM intake.institution n
    WHERE n.fixmedins_code = i.fixmedins_code AND n.begndate = i.begndate AND n.batch_id > i.batch_id);
COMMENT ON VIEW report.institution IS 'institution.csv in force: an institution has a row for each of its dated levels';
