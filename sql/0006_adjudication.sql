-- The subledger of outpatient pooling: one row a settlement and revision, the running sums they leave behind, and what
-- differs from what others say. Codes are small numbers, because these are the widest tables of a year; the lookups say
-- what they mean.

CREATE TABLE ledger.verdict (code smallint PRIMARY KEY, name text NOT NULL UNIQUE, title text NOT NULL, remedy text NOT NULL);
COMMENT ON TABLE ledger.verdict IS 'What became of a settlement: settled, outside pooling, or refused for a reason';
INSERT INTO ledger.verdict (code, name, title, remedy) VALUES
    (0, 'settled', '已结算', ''),
    (1, 'outside', '不属于普通门诊统筹', ''),
    (10, 'unknown_person', '人员信息未到', '补传 person.csv 后自动重算'),
    (11, 'no_rule', '结算日无规则', '由政策部门补充规则'),
    (12, 'dead', '结算日在死亡之后', '核对死亡日期与结算时间'),
    (13, 'not_enrolled', '结算日未参保', '核对参保登记'),
    (14, 'unknown_status', '人员类别无法识别', '更正参保登记中的人员类别'),
    (15, 'unknown_institution', '机构不在定点名录', '补传 institution.csv 后自动重算'),
    (16, 'unknown_level', '机构级别无法识别', '更正机构级别'),
    (17, 'wrong_sign', '金额正负号不符', '由机构更正后重新上传'),
    (18, 'parts_do_not_add_up', '费用构成不平', '由机构更正后重新上传'),
    (19, 'refund_without_original', '退费找不到原结算', '补传原结算后自动重算'),
    (20, 'original_refused', '原结算未被受理', '先处理原结算'),
    (21, 'refunded_twice', '重复退费', '与机构核对，撤回多余的退费'),
    (22, 'refund_over_original', '退费超过原结算余额', '与机构核对退费金额');

CREATE TABLE ledger.psn_category (code smallint PRIMARY KEY, name text NOT NULL UNIQUE);
COMMENT ON TABLE ledger.psn_category IS 'Categories of persons as adjudications keep them';
INSERT INTO ledger.psn_category (code, name) VALUES (1, 'active'), (2, 'flexible'), (3, 'retired'), (4, 'veteran');

CREATE TABLE ledger.institution_level (code smallint PRIMARY KEY, name text NOT NULL UNIQUE);
COMMENT ON TABLE ledger.institution_level IS 'Levels of institutions as adjudications keep them';
INSERT INTO ledger.institution_level (code, name) VALUES (1, 'primary'), (2, 'secondary'), (3, 'tertiary');

CREATE TABLE ledger.cause (code smallint PRIMARY KEY, name text NOT NULL UNIQUE, title text NOT NULL);
COMMENT ON TABLE ledger.cause IS 'Why a revision of an adjudication was written';
INSERT INTO ledger.cause (code, name, title) VALUES
    (0, 'new', '首次结算'), (1, 'late_fact', '迟到的结算使年度重算'), (2, 'refund', '退费使年度重算'),
    (3, 'changed_data', '参保或机构信息变更使年度重算');

CREATE TABLE ledger.adjudication (
    person_id bigint NOT NULL,
    run_id bigint NOT NULL,
    setl_time timestamp(0) NOT NULL,
    eligible_fen bigint NOT NULL,
    deductible_applied_fen bigint NOT NULL,
    payable_fen bigint NOT NULL,
    pool_payment_fen bigint NOT NULL,
    account_payment_fen bigint NOT NULL,
    family_account_payment_fen bigint NOT NULL,
    cash_payment_fen bigint NOT NULL,
    family_person_id bigint,
    benefit_month date NOT NULL,
    citation_id integer NOT NULL,
    pool_rate_bp smallint NOT NULL CHECK (pool_rate_bp BETWEEN 0 AND 10000),
    verdict smallint NOT NULL,
    psn_category smallint,
    level smallint,
    revision smallint NOT NULL CHECK (revision >= 0),
    cause smallint NOT NULL DEFAULT 0,
    settlement_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (person_id, benefit_month, settlement_id, revision),
    CONSTRAINT settled_has_category_and_level CHECK (
        verdict <> 0 OR (psn_category IS NOT NULL AND level IS NOT NULL)),
    CONSTRAINT a_revision_has_a_cause CHECK ((cause = 0) = (revision = 0)),
    CONSTRAINT family_payment_has_owner CHECK (family_account_payment_fen = 0 OR family_person_id IS NOT NULL),
    CONSTRAINT pool_pays_at_most_the_payable CHECK (abs(pool_payment_fen) <= abs(payable_fen))
) PARTITION BY RANGE (benefit_month);
CREATE INDEX adjudication_by_run ON ledger.adjudication USING brin (run_id) WITH (pages_per_range = 32);
COMMENT ON TABLE ledger.adjudication IS
    'Adjudicated settlements; the newest revision is in force, an older one is what it replaced; partitioned by benefit year';
COMMENT ON COLUMN ledger.adjudication.benefit_month IS
    'Month of settlement as its first day; a mirror row has its original''s, so that it moves the sums of that benefit year';
COMMENT ON COLUMN ledger.adjudication.eligible_fen IS 'In-scope amount that took part, fen; inscp_scp_amt';
COMMENT ON COLUMN ledger.adjudication.deductible_applied_fen IS 'Deductible used, fen; act_pay_dedc';
COMMENT ON COLUMN ledger.adjudication.payable_fen IS 'Above the deductible at the rate, before the ceiling, fen';
COMMENT ON COLUMN ledger.adjudication.pool_payment_fen IS 'Pooling fund payment, fen; hifp_pay';
COMMENT ON COLUMN ledger.adjudication.account_payment_fen IS 'From the own account, fen; acct_pay';
COMMENT ON COLUMN ledger.adjudication.family_account_payment_fen IS 'From a family member''s account, fen; acct_mulaid_pay';
COMMENT ON COLUMN ledger.adjudication.cash_payment_fen IS 'Cash, fen; psn_cash_pay';
COMMENT ON COLUMN ledger.adjudication.family_person_id IS 'Whose account paid for the family; null if none did';
COMMENT ON COLUMN ledger.adjudication.pool_rate_bp IS 'Rate in basis points; pool_prop_selfpay';

CREATE FUNCTION ledger.ensure_adjudication_year(year integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS ledger.%I PARTITION OF ledger.adjudication FOR VALUES FROM (%L) TO (%L)',
        'adjudication_' || year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
END
$$;
COMMENT ON FUNCTION ledger.ensure_adjudication_year(integer) IS 'Makes the partition of a benefit year, if it is not there';
REVOKE EXECUTE ON FUNCTION ledger.ensure_adjudication_year(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.ensure_adjudication_year(integer) TO settle_batch;

CREATE TABLE ledger.accumulator (
    person_id bigint NOT NULL,
    run_id bigint NOT NULL,
    deductible_fen bigint NOT NULL,
    deductible_counted_fen bigint NOT NULL,
    pool_payment_fen bigint NOT NULL,
    counted_fen bigint NOT NULL,
    eligible_fen bigint NOT NULL,
    last_setl_time timestamp(0) NOT NULL,
    visits integer NOT NULL,
    benefit_year smallint NOT NULL,
    last_category smallint,
    last_setl_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (person_id, benefit_year, run_id)
);
COMMENT ON TABLE ledger.accumulator IS
    'Running sums of a person''s benefit year after a run; the newest run''s row is in force. A new year begins at zero because it is a new key';
COMMENT ON COLUMN ledger.accumulator.deductible_fen IS 'Deductible used in the year, fen';
COMMENT ON COLUMN ledger.accumulator.deductible_counted_fen IS 'Deductible used since the sums last began anew, fen';
COMMENT ON COLUMN ledger.accumulator.pool_payment_fen IS 'Paid by the pooling fund in the year, fen';
COMMENT ON COLUMN ledger.accumulator.counted_fen IS 'What the ceiling counts, fen';
COMMENT ON COLUMN ledger.accumulator.eligible_fen IS 'In-scope amount of the year, fen';
COMMENT ON COLUMN ledger.accumulator.last_setl_time IS 'The last settlement folded; what comes later goes on from here';

CREATE TABLE run.discrepancy (
    discrepancy_id bigint NOT NULL,
    revision integer NOT NULL CHECK (revision >= 0),
    run_id bigint NOT NULL REFERENCES run.run,
    amount_theirs_fen bigint,
    amount_ours_fen bigint,
    opened_on date NOT NULL,
    class text COLLATE "C" NOT NULL,
    item text COLLATE "C" NOT NULL,
    fixmedins_code text COLLATE "C" NOT NULL,
    setl_id text COLLATE "C",
    PRIMARY KEY (discrepancy_id, revision)
);
CREATE INDEX discrepancy_by_settlement ON run.discrepancy (setl_id);
COMMENT ON TABLE run.discrepancy IS
    'Differences between what others say and what is due; the id is a digest of class, item, institution and settlement, so the same difference found again is the same';
COMMENT ON COLUMN run.discrepancy.class IS
    'counter: reported at the counter; total: statement totals (3201); only_ours, only_theirs, amount, refund_state: statement detail (3202)';
COMMENT ON COLUMN run.discrepancy.item IS 'The amount that differs, by its interface name, or the span of a statement';
COMMENT ON COLUMN run.discrepancy.amount_theirs_fen IS 'What the other side says, fen; null if it does not know the settlement';
COMMENT ON COLUMN run.discrepancy.amount_ours_fen IS 'What is due, fen; null if we do not know the settlement';

CREATE TABLE run.discrepancy_state (
    discrepancy_id bigint NOT NULL,
    sequence integer NOT NULL CHECK (sequence > 0),
    state text NOT NULL CHECK (state IN ('open', 'explained', 'accepted', 'corrected')),
    reason text NOT NULL CHECK (reason <> ''),
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (discrepancy_id, sequence)
);
COMMENT ON TABLE run.discrepancy_state IS 'What was decided about a discrepancy, by whom and why; without a row it is open';

CREATE VIEW report.adjudication AS
SELECT a.settlement_id AS setl_id, p.psn_no, extract(year FROM a.benefit_month)::integer AS benefit_year,
       v.name AS verdict, c.name AS psn_category, l.name AS level,
       (a.eligible_fen / 100.0)::numeric(18, 2) AS eligible,
       (a.deductible_applied_fen / 100.0)::numeric(18, 2) AS deductible,
       (a.pool_rate_bp / 10000.0)::numeric(5, 4) AS pool_rate,
       (a.pool_payment_fen / 100.0)::numeric(18, 2) AS pool_payment,
       (a.account_payment_fen / 100.0)::numeric(18, 2) AS account_payment,
       (a.family_account_payment_fen / 100.0)::numeric(18, 2) AS family_account_payment,
       a.run_id, q.citation AS article,
       (a.cash_payment_fen / 100.0)::numeric(18, 2) AS cash_payment, a.setl_time, a.revision, k.name AS cause,
       a.person_id
FROM ledger.adjudication a
JOIN run.run r ON r.run_id = a.run_id AND r.state = 'completed'
JOIN run.citation q ON q.citation_id = a.citation_id
JOIN ledger.verdict v ON v.code = a.verdict
JOIN ledger.cause k ON k.code = a.cause
LEFT JOIN ledger.psn_category c ON c.code = a.psn_category
LEFT JOIN ledger.institution_level l ON l.code = a.level
LEFT JOIN report.person p ON p.person_id = a.person_id
WHERE NOT EXISTS (
    SELECT FROM ledger.adjudication n JOIN run.run s ON s.run_id = n.run_id AND s.state = 'completed'
    WHERE n.person_id = a.person_id AND n.settlement_id = a.settlement_id AND n.revision > a.revision);
COMMENT ON VIEW report.adjudication IS 'Settlements and what became of them, the version in force';
COMMENT ON COLUMN report.adjudication.pool_rate IS 'Rate as a ratio: 0.6000';

CREATE VIEW report.accumulator AS
SELECT p.psn_no, a.benefit_year::integer AS benefit_year,
       (a.deductible_fen / 100.0)::numeric(18, 2) AS deductible,
       (a.pool_payment_fen / 100.0)::numeric(18, 2) AS pool_payment,
       (a.eligible_fen / 100.0)::numeric(18, 2) AS eligible, a.visits, a.run_id, a.person_id
FROM ledger.accumulator a
JOIN run.run r ON r.run_id = a.run_id AND r.state = 'completed'
LEFT JOIN report.person p ON p.person_id = a.person_id
WHERE NOT EXISTS (
    SELECT FROM ledger.accumulator n JOIN run.run s ON s.run_id = n.run_id AND s.state = 'completed'
    WHERE n.person_id = a.person_id AND n.benefit_year = a.benefit_year AND n.run_id > a.run_id);
COMMENT ON VIEW report.accumulator IS 'Running sums of each person and benefit year';

CREATE VIEW report.discrepancy AS
SELECT d.discrepancy_id, d.class, d.fixmedins_code, d.setl_id,
       (d.amount_theirs_fen / 100.0)::numeric(18, 2) AS amount_theirs,
       (d.amount_ours_fen / 100.0)::numeric(18, 2) AS amount_ours,
       first.opened_on, coalesce(s.state, 'open') AS state, s.reason, d.item, d.run_id
FROM run.discrepancy d
JOIN run.run r ON r.run_id = d.run_id AND r.state = 'completed'
JOIN run.discrepancy first ON first.discrepancy_id = d.discrepancy_id AND first.revision = 0
LEFT JOIN LATERAL (
    SELECT t.state, t.reason FROM run.discrepancy_state t
    WHERE t.discrepancy_id = d.discrepancy_id ORDER BY t.sequence DESC LIMIT 1) s ON true
WHERE NOT EXISTS (
    SELECT FROM run.discrepancy n JOIN run.run c ON c.run_id = n.run_id AND c.state = 'completed'
    WHERE n.discrepancy_id = d.discrepancy_id AND n.revision > d.revision);
COMMENT ON VIEW report.discrepancy IS 'Differences with counters and statements, their newest amounts and state';
