-- The first adjudication of a benefit year by the best set-based SQL we know: settlements joined with who and where, verdict
-- by the notice's order, deductible and ceiling as window sums cut off, the person's part divided between own account,
-- family account and cash; adjudications, running sums and account movements with their keys, and control totals.
--
-- It covers: category by month, enrolment, death, level on the day (a prescription's by the prescriber), refusals and what is
-- outside pooling, exact refunds, one benefit year. It leaves out, in its own favour: comparison with the counters,
-- findings, vouchers, checkpoints, a lease, and settlements refunded in another year.
--
-- Variables: year, batch, horizon, run. The result tables are made by CREATE TABLE AS, which may run in parallel, and get
-- their keys afterwards, which is faster than inserting into keys.
\set kind ''
\ir settings.sql
BEGIN;
\ir adjudicated.sql

ALTER TABLE bench.adjudication ADD PRIMARY KEY (person_id, benefit_month, settlement_id, revision);
CREATE INDEX ON bench.adjudication USING brin (run_id) WITH (pages_per_range = 32);
CREATE INDEX ON bench.adjudication (family_person_id) WHERE family_person_id IS NOT NULL;
ALTER TABLE bench.accumulator ADD PRIMARY KEY (person_id, benefit_year, run_id);

-- A mirror row gives back, so its sign tells it from a payment.
CREATE TABLE bench.account_entry AS
SELECT e.person_id, -e.paid AS amount_fen, a.run_id, date_trunc('month', a.setl_time)::date AS covered_month,
       a.setl_time::date AS effective_on, a.citation_id, (CASE WHEN e.paid > 0 THEN 201 ELSE 109 END)::smallint AS kind,
       0::smallint AS revision, a.settlement_id AS source
FROM bench.adjudication a
CROSS JOIN LATERAL (
    SELECT a.person_id, a.account_payment_fen
           + CASE WHEN a.family_person_id = a.person_id THEN a.family_account_payment_fen ELSE 0 END AS paid
    UNION ALL
    SELECT a.family_person_id, a.family_account_payment_fen WHERE a.family_person_id <> a.person_id) e
WHERE e.paid <> 0;
ALTER TABLE bench.account_entry ADD PRIMARY KEY (person_id, covered_month, kind, source, revision);
CREATE INDEX ON bench.account_entry USING brin (run_id) WITH (pages_per_range = 32);
COMMIT;

SELECT v.name AS verdict, count(*) AS rows, sum(a.pool_payment_fen)::bigint AS pool_fen
FROM bench.adjudication a JOIN ledger.verdict v ON v.code = a.verdict GROUP BY v.name ORDER BY v.name;
