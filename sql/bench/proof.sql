-- The annual proof by the best set-based SQL we know: credits and adjudications of a year computed anew from facts, and
-- joined in full with what is posted: adjudications in force, running sums, account movements of settlements, credits.
-- Answers with the number of differences of each; all are 0 when the ledger holds what is due.
--
-- It covers what adjudication.sql and month_end.sql cover. It leaves out, in its own favour: other account uses, openings,
-- repair, the certificate, checkpoints and a lease.
--
-- Variables: year, batch, horizon, run (of no meaning here), from and upto (first and last month settled).
\set kind UNLOGGED
\set previous_batch :batch
\set previous_horizon :horizon
\ir settings.sql
BEGIN;
\ir adjudicated.sql
\ir credited.sql

SELECT 'adjudications' AS what, count(*) AS differences
FROM bench.adjudication d
FULL JOIN (
    SELECT a.* FROM ledger.adjudication a
    WHERE a.benefit_month >= make_date(:year, 1, 1) AND a.benefit_month < make_date(:year + 1, 1, 1)
      AND NOT EXISTS (
          SELECT FROM ledger.adjudication n
          WHERE n.revision > 0 AND n.person_id = a.person_id AND n.benefit_month = a.benefit_month
            AND n.settlement_id = a.settlement_id AND n.revision > a.revision)) p
    ON p.person_id = d.person_id AND p.settlement_id = d.settlement_id
WHERE d.person_id IS NULL OR p.person_id IS NULL OR d.pool_payment_fen <> p.pool_payment_fen
   OR d.deductible_applied_fen <> p.deductible_applied_fen OR d.eligible_fen <> p.eligible_fen
   OR d.payable_fen <> p.payable_fen OR d.account_payment_fen <> p.account_payment_fen
   OR d.family_account_payment_fen <> p.family_account_payment_fen OR d.cash_payment_fen <> p.cash_payment_fen
   OR d.verdict <> p.verdict OR d.benefit_month <> p.benefit_month OR d.pool_rate_bp <> p.pool_rate_bp
   OR d.psn_category IS DISTINCT FROM p.psn_category OR d.level IS DISTINCT FROM p.level
UNION ALL
SELECT 'running sums', count(*)
FROM bench.accumulator d
FULL JOIN (
    SELECT a.* FROM ledger.accumulator a
    WHERE a.benefit_year = :year
      AND NOT EXISTS (SELECT FROM ledger.accumulator n
                      WHERE n.person_id = a.person_id AND n.benefit_year = a.benefit_year AND n.run_id > a.run_id)) p
    ON p.person_id = d.person_id
WHERE d.person_id IS NULL OR p.person_id IS NULL OR d.deductible_fen <> p.deductible_fen
   OR d.pool_payment_fen <> p.pool_payment_fen OR d.eligible_fen <> p.eligible_fen OR d.visits <> p.visits
   OR d.last_setl_time <> p.last_setl_time OR d.last_setl_id <> p.last_setl_id
UNION ALL
SELECT 'account movements', count(*)
FROM (
    SELECT e.person_id, a.settlement_id AS source, -e.paid AS amount
    FROM bench.adjudication a
    CROSS JOIN LATERAL (
        SELECT a.person_id, a.account_payment_fen
               + CASE WHEN a.family_person_id = a.person_id THEN a.family_account_payment_fen ELSE 0 END AS paid
        UNION ALL
        SELECT a.family_person_id, a.family_account_payment_fen WHERE a.family_person_id <> a.person_id) e
    WHERE e.paid <> 0) d
FULL JOIN (
    SELECT e.person_id, e.source, sum(e.amount_fen)::bigint AS amount
    FROM ledger.account_entry e
    WHERE e.kind IN (109, 110, 201)
      AND e.covered_month >= make_date(:year, 1, 1) AND e.covered_month < make_date(:year + 1, 1, 1)
      AND NOT EXISTS (SELECT FROM intake.account_use u WHERE u.person_id = e.person_id AND u.acct_use_id = e.source)
    GROUP BY e.person_id, e.source) p
    ON p.person_id = d.person_id AND p.source = d.source
WHERE coalesce(d.amount, 0) <> coalesce(p.amount, 0)
UNION ALL
SELECT 'credits', count(*)
FROM (
    SELECT person_id, covered_month, clct_id AS source, credit FROM bench.received WHERE reason = '' AND credit <> 0
    UNION ALL
    SELECT person_id, covered_month, 'retiree-own-level', credit FROM bench.retiree WHERE credit <> 0) d
FULL JOIN (
    SELECT e.person_id, e.covered_month, e.source, sum(e.amount_fen)::bigint AS amount
    FROM ledger.account_entry e
    WHERE e.kind = 101 AND e.covered_month BETWEEN :'from' AND :'upto'
    GROUP BY e.person_id, e.covered_month, e.source) p
    ON p.person_id = d.person_id AND p.covered_month = d.covered_month AND p.source = d.source
WHERE coalesce(d.credit, 0) <> coalesce(p.amount, 0);
COMMIT;
