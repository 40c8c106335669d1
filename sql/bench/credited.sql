-- Credits due of the months :from to :upto for everybody, and of earlier months of which a contribution is new since
-- :previous_batch and :previous_horizon; read by month_end.sql and proof.sql. Variables also: batch, horizon; who must be
-- filled.
--
-- bench.touched holds (person, month) of the earlier months, bench.received what each contribution comes to: a credit, or the
-- reason why not, empty where it counts as paid and null where nothing is due and nothing wrong.

CREATE UNLOGGED TABLE bench.touched AS
SELECT DISTINCT c.person_id, c.covered_month FROM intake.contribution c
WHERE c.covered_month < :'from' AND c.batch_id <= :batch AND c.clct_time <= :'horizon'
  AND (c.batch_id > :previous_batch OR c.clct_time > :'previous_horizon')
  AND c.batch_id IN (SELECT b.batch_id FROM intake.batch b
                     WHERE b.batch_id > :previous_batch OR b.latest_fact_on > :'previous_horizon');
ANALYZE bench.touched;

-- 二（四）: base × 2 %, half a fen away from zero, by the rule of the month covered.
CREATE UNLOGGED TABLE bench.received AS
SELECT c.person_id, c.covered_month, c.clct_id, c.amount,
       CASE WHEN c.insutype <> 310 OR c.clct_type = 36 THEN NULL
            WHEN w.person_id IS NULL AND NOT EXISTS (SELECT FROM bench.who k WHERE k.person_id = c.person_id)
                THEN 'unknown_person'
            WHEN c.covered_month < '2023-01-01' THEN 'no_rule'
            WHEN c.covered_month > CASE WHEN w.person_id IS NULL
                     THEN (SELECT k.death_date FROM bench.who k WHERE k.person_id = c.person_id LIMIT 1)
                     ELSE w.death_date END THEN 'dead'
            WHEN w.person_id IS NULL THEN 'not_enrolled'
            WHEN w.category = 0 THEN 'unknown_status'
            WHEN w.category IN (3, 4) THEN 'retired'
            WHEN c.clct_type NOT IN (10, 20, 30, 32, 34) THEN NULL
            ELSE '' END AS reason,
       sign(c.clct_base_fen)::integer * ((abs(c.clct_base_fen) * 200 + 5000) / 10000) AS credit
FROM (
    SELECT n.person_id, n.covered_month, n.clct_id, n.insutype, n.clct_type, n.clct_base_fen,
           n.psn_clct_amt_fen + n.emp_clct_amt_fen AS amount
    FROM intake.contribution n
    WHERE n.covered_month BETWEEN :'from' AND :'upto' AND n.batch_id <= :batch AND n.clct_time <= :'horizon'
    UNION ALL
    SELECT n.person_id, n.covered_month, n.clct_id, n.insutype, n.clct_type, n.clct_base_fen,
           n.psn_clct_amt_fen + n.emp_clct_amt_fen
    FROM bench.touched t JOIN intake.contribution n USING (person_id, covered_month)
    WHERE n.batch_id <= :batch AND n.clct_time <= :'horizon') c
LEFT JOIN bench.who w ON w.person_id = c.person_id AND c.covered_month BETWEEN w.from_month AND w.upto_month;

-- A retiree's month at the own level of 2022, a twelfth of its total; null where none was delivered. A month after the
-- month of death is not due.
CREATE UNLOGGED TABLE bench.retiree AS
SELECT w.person_id, m.covered_month, (l.year_total_fen + 6) / 12 AS credit
FROM (
    SELECT w.person_id, m.month::date AS covered_month
    FROM bench.who w
    CROSS JOIN generate_series(:'from'::timestamp, :'upto'::timestamp, interval '1 month') m (month)
    WHERE m.month BETWEEN w.from_month AND w.upto_month AND w.category IN (3, 4)
    UNION ALL
    SELECT t.person_id, t.covered_month
    FROM bench.touched t JOIN bench.who w
        ON w.person_id = t.person_id AND t.covered_month BETWEEN w.from_month AND w.upto_month AND w.category IN (3, 4)
    WHERE t.covered_month >= '2023-01-01') m
JOIN (SELECT person_id, min(death_date) AS death_date FROM bench.who WHERE category IN (3, 4) GROUP BY person_id) w
    ON w.person_id = m.person_id AND (w.death_date IS NULL OR m.covered_month <= w.death_date)
LEFT JOIN (
    SELECT f.person_id, f.year_total_fen FROM intake.fixed_credit f
    WHERE f.year = 2022 AND f.batch_id <= :batch
      AND NOT EXISTS (SELECT FROM intake.fixed_credit n
                      WHERE n.person_id = f.person_id AND n.year = 2022 AND n.batch_id > f.batch_id
                        AND n.batch_id <= :batch)) l ON l.person_id = m.person_id;
ANALYZE bench.received, bench.retiree;
