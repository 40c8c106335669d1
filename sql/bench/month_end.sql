-- A month-end by the best set-based SQL we know: standing of the month from the enrolment in force, workers' credits at 2 %
-- of each contribution's base, retirees' credits at their own level of 2022, what is due less what is posted, exceptions by
-- reason; entries and exceptions with their keys, and control totals.
--
-- It covers: versions in force as of a batch, the change from the month after, death, contributions of earlier months that
-- arrived since the month-end before, differences and refunds. It leaves out, in its own favour: openings, findings, income,
-- vouchers, clearing with institutions, checkpoints and a lease.
--
-- Variables: from and upto (the month, as its first day), horizon, batch, previous_horizon, previous_batch, run.
\ir settings.sql
BEGIN;
INSERT INTO bench.who
SELECT s.person_id, s.death_date, s.begndate, s.last_day, s.from_month, s.upto_month, NULL, NULL, s.category
FROM bench.standing(0, 9223372036854775807, :batch) s;
CREATE INDEX ON bench.who (person_id);
ANALYZE bench.who;
\ir credited.sql

CREATE TABLE bench.account_entry AS
SELECT coalesce(d.person_id, p.person_id) AS person_id, coalesce(d.credit, 0) - coalesce(p.amount, 0) AS amount_fen,
       :run::bigint AS run_id, coalesce(d.covered_month, p.covered_month) AS covered_month,
       :'horizon'::date AS effective_on, bench.citation('连政办发〔2022〕73号 二（四）') AS citation_id, 101::smallint AS kind,
       coalesce(p.revision + 1, 0)::smallint AS revision, coalesce(d.source, p.source) COLLATE "C" AS source
FROM (
    SELECT person_id, covered_month, clct_id AS source, credit FROM bench.received WHERE reason = '' AND credit <> 0
    UNION ALL
    SELECT person_id, covered_month, 'retiree-own-level', credit FROM bench.retiree WHERE credit <> 0) d
FULL JOIN (
    SELECT e.person_id, e.covered_month, e.source, sum(e.amount_fen)::bigint AS amount, max(e.revision) AS revision
    FROM ledger.account_entry e
    WHERE e.kind = 101 AND (e.covered_month BETWEEN :'from' AND :'upto'
                            OR (e.person_id, e.covered_month) IN (SELECT person_id, covered_month FROM bench.touched))
    GROUP BY e.person_id, e.covered_month, e.source) p
    ON p.person_id = d.person_id AND p.covered_month = d.covered_month AND p.source = d.source
WHERE coalesce(d.credit, 0) <> coalesce(p.amount, 0);
ALTER TABLE bench.account_entry ADD PRIMARY KEY (person_id, covered_month, kind, source, revision);
CREATE INDEX ON bench.account_entry USING brin (run_id) WITH (pages_per_range = 32);

-- Of contributions, and of months: a worker's without anything paid, a retiree's without a level, an unknown status.
CREATE TABLE bench.exception AS
SELECT person_id, :run::bigint AS run_id, covered_month, reason COLLATE "C" AS reason, clct_id AS source,
       amount AS amount_fen
FROM bench.received WHERE reason <> ''
UNION ALL
SELECT person_id, :run, covered_month, 'no_own_level', '', NULL FROM bench.retiree WHERE credit IS NULL
UNION ALL
SELECT m.person_id, :run, m.covered_month, CASE WHEN m.category = 0 THEN 'unknown_status' ELSE 'unpaid' END, '', NULL
FROM (
    SELECT w.person_id, m.month::date AS covered_month, w.category, w.death_date
    FROM bench.who w
    CROSS JOIN generate_series(:'from'::timestamp, :'upto'::timestamp, interval '1 month') m (month)
    WHERE m.month BETWEEN w.from_month AND w.upto_month AND w.category < 3
    UNION ALL
    SELECT t.person_id, t.covered_month, w.category, w.death_date
    FROM bench.touched t JOIN bench.who w
        ON w.person_id = t.person_id AND t.covered_month BETWEEN w.from_month AND w.upto_month AND w.category < 3
    WHERE t.covered_month >= '2023-01-01') m
WHERE (m.death_date IS NULL OR m.covered_month <= m.death_date)
  AND (m.category = 0 OR NOT EXISTS (
      SELECT FROM bench.received r
      WHERE r.person_id = m.person_id AND r.covered_month = m.covered_month AND r.reason = ''));
ALTER TABLE bench.exception ADD PRIMARY KEY (person_id, run_id, covered_month, reason, source);
COMMIT;

SELECT 'entries' AS what, count(*) AS rows, sum(amount_fen)::bigint AS fen FROM bench.account_entry
UNION ALL
SELECT reason, count(*), sum(amount_fen)::bigint FROM bench.exception GROUP BY reason ORDER BY 1;
