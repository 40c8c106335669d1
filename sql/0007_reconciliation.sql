-- Reconciliation with the institutions (对账): what the comparison of statement totals (3201) found in each run, and the
-- settlements that a later clearing has to leave out while a difference about them is open.

-- A reconciliation may be repeated at any time, after a late settlement or a corrected statement; other jobs not.
DROP INDEX run.an_instance_is_done_once;
CREATE UNIQUE INDEX an_instance_is_done_once ON run.run (job, business_date)
    WHERE state = 'completed' AND waits_for IS NULL
        AND job NOT IN ('reconcile-day', 'reconcile-month', 'reconcile-year');

CREATE FUNCTION run.discrepancy_id(class text, item text, fixmedins_code text, setl_id text) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ('x' || left(encode(sha256(convert_to(
        class || chr(31) || item || chr(31) || fixmedins_code || chr(31) || coalesce(setl_id, ''), 'UTF8')), 'hex'), 16)
    )::bit(64)::bigint & 9223372036854775807;
COMMENT ON FUNCTION run.discrepancy_id(text, text, text, text) IS
    'Key of a discrepancy: the first 63 bits of SHA-256 of its class, item, institution and settlement, as the program computes it';

COMMENT ON COLUMN run.discrepancy.item IS
    'The amount that differs, by its interface name; of statement totals with insutype, clr_type and span in front, as "310/11 2023-01-01..2023-01-31 fund_pay_sumamt"; medfee_sumamt (of a mirror row refd_medfee_sumamt) where one side lacks the whole settlement';
COMMENT ON COLUMN run.discrepancy.amount_theirs_fen IS
    'What the other side says, fen; null if it does not know the settlement, and both are null where only counts differ';

CREATE TABLE run.statement_check (
    run_id bigint NOT NULL REFERENCES run.run,
    fixmedins_code text COLLATE "C" NOT NULL,
    insutype smallint NOT NULL,
    clr_type smallint NOT NULL,
    stmt_begndate date NOT NULL,
    stmt_enddate date NOT NULL,
    refd_setl_flag boolean NOT NULL,
    is_equal boolean NOT NULL,
    has_detail boolean NOT NULL,
    medfee_theirs_fen bigint NOT NULL,
    medfee_ours_fen bigint NOT NULL,
    fund_pay_theirs_fen bigint NOT NULL,
    fund_pay_ours_fen bigint NOT NULL,
    acct_pay_theirs_fen bigint NOT NULL,
    acct_pay_ours_fen bigint NOT NULL,
    setl_cnt_theirs bigint NOT NULL,
    setl_cnt_ours bigint NOT NULL,
    PRIMARY KEY (run_id, fixmedins_code, insutype, clr_type, stmt_begndate, stmt_enddate),
    CONSTRAINT equal_means_all_four CHECK (is_equal = (
        medfee_theirs_fen = medfee_ours_fen AND fund_pay_theirs_fen = fund_pay_ours_fen
        AND acct_pay_theirs_fen = acct_pay_ours_fen AND setl_cnt_theirs = setl_cnt_ours))
);
CREATE INDEX statement_check_by_span ON run.statement_check (stmt_begndate, stmt_enddate);
COMMENT ON TABLE run.statement_check IS 'Answers of transaction 3201: each statement that a run compared, with both sides'' totals';
COMMENT ON COLUMN run.statement_check.refd_setl_flag IS 'True if refunds are included, on both sides';
COMMENT ON COLUMN run.statement_check.has_detail IS
    'False if the totals differ and the institution''s detail (3202) is still to be delivered';
COMMENT ON COLUMN run.statement_check.medfee_theirs_fen IS 'Total fee (medfee_sumamt) that the institution states, fen';
COMMENT ON COLUMN run.statement_check.medfee_ours_fen IS 'Total fee of our settlements, fen';
COMMENT ON COLUMN run.statement_check.fund_pay_theirs_fen IS 'Fund payment (fund_pay_sumamt) that the institution states, fen';
COMMENT ON COLUMN run.statement_check.fund_pay_ours_fen IS
    'Fund payment due by the ledger, fen; of benefits that are not settled here, what the counter reported';
COMMENT ON COLUMN run.statement_check.acct_pay_theirs_fen IS 'Payment from own accounts (acct_pay) that the institution states, fen';
COMMENT ON COLUMN run.statement_check.acct_pay_ours_fen IS 'Payment from own accounts, fen; without family accounts (acct_mulaid_pay)';
COMMENT ON COLUMN run.statement_check.setl_cnt_theirs IS 'Settlements stated (fixmedins_setl_cnt)';
COMMENT ON COLUMN run.statement_check.setl_cnt_ours IS 'Our settlements: one each, less one for a mirror row';

CREATE VIEW report.statement_check AS
SELECT c.fixmedins_code, c.insutype::integer AS insutype, c.clr_type::integer AS clr_type, c.stmt_begndate, c.stmt_enddate,
       CASE WHEN c.is_equal THEN 'equal' ELSE 'unequal' END AS answer, c.has_detail,
       (c.medfee_theirs_fen / 100.0)::numeric(18, 2) AS medfee_theirs,
       (c.medfee_ours_fen / 100.0)::numeric(18, 2) AS medfee_ours,
       (c.fund_pay_theirs_fen / 100.0)::numeric(18, 2) AS fund_pay_theirs,
       (c.fund_pay_ours_fen / 100.0)::numeric(18, 2) AS fund_pay_ours,
       (c.acct_pay_theirs_fen / 100.0)::numeric(18, 2) AS acct_pay_theirs,
       (c.acct_pay_ours_fen / 100.0)::numeric(18, 2) AS acct_pay_ours,
       c.setl_cnt_theirs, c.setl_cnt_ours, c.run_id
FROM run.statement_check c
JOIN run.run r ON r.run_id = c.run_id AND r.state = 'completed'
WHERE NOT EXISTS (
    SELECT FROM run.statement_check n JOIN run.run s ON s.run_id = n.run_id AND s.state = 'completed'
    WHERE n.fixmedins_code = c.fixmedins_code AND n.insutype = c.insutype AND n.clr_type = c.clr_type
      AND n.stmt_begndate = c.stmt_begndate AND n.stmt_enddate = c.stmt_enddate AND n.run_id > c.run_id);
COMMENT ON VIEW report.statement_check IS 'Statements of institutions and whether their totals are ours, by the newest reconciliation';

-- A night that finds the counter's amount to be what is due after all says so by equal amounts.
CREATE OR REPLACE VIEW report.discrepancy AS
SELECT d.discrepancy_id, d.class, d.fixmedins_code, d.setl_id,
       (d.amount_theirs_fen / 100.0)::numeric(18, 2) AS amount_theirs,
       (d.amount_ours_fen / 100.0)::numeric(18, 2) AS amount_ours,
       first.opened_on,
       CASE WHEN d.class = 'counter' AND d.amount_theirs_fen = d.amount_ours_fen THEN 'corrected'
            ELSE coalesce(s.state, 'open') END AS state,
       s.reason, d.item, d.run_id
FROM run.discrepancy d
JOIN run.run r ON r.run_id = d.run_id AND r.state = 'completed'
JOIN run.discrepancy first ON first.discrepancy_id = d.discrepancy_id AND first.revision = 0
LEFT JOIN LATERAL (
    SELECT t.state, t.reason FROM run.discrepancy_state t
    WHERE t.discrepancy_id = d.discrepancy_id ORDER BY t.sequence DESC LIMIT 1) s ON true
WHERE NOT EXISTS (
    SELECT FROM run.discrepancy n JOIN run.run c ON c.run_id = n.run_id AND c.state = 'completed'
    WHERE n.discrepancy_id = d.discrepancy_id AND n.revision > d.revision);

CREATE VIEW report.blocked_settlement AS
SELECT d.fixmedins_code, d.setl_id, string_agg(DISTINCT d.class, ', ' ORDER BY d.class) AS classes,
       min(d.opened_on) AS opened_on, count(*) AS discrepancies
FROM report.discrepancy d
WHERE d.state = 'open' AND d.setl_id IS NOT NULL
  AND d.class IN ('counter', 'amount', 'only_ours', 'only_theirs', 'refund_state')
GROUP BY d.fixmedins_code, d.setl_id;
COMMENT ON VIEW report.blocked_settlement IS
    'Settlements about which a difference is open: clearing leaves them out, not their institution';
