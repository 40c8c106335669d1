-- What the nights must have come to: every settlement in intake with its verdict, deductible, payable and pool payment,
-- by the table of 连政办发〔2022〕73号 二（一） and its default readings, from the newest version of every fact. One query.
--
-- A running minimum against a limit is a window sum cut off: what was used of the deductible after a settlement is
-- least(in scope so far, standard), what the fund paid is least(payable so far, ceiling), and what a settlement got is
-- the difference to the settlement before. That holds for a person-year of one category without refunds. The others
-- are folded row by row.
--
-- sum(bigint) is numeric: every sum is cast back, so that no division rounds by itself. Run it with jit off: compiling
-- takes longer than the query. Of a WITH query the planner has no statistics and expects hundreds of millions of rows; the
-- limits, far above what there is, tell it better.
WITH RECURSIVE
table_of_the_notice (category, level, standard, ceiling, rate_bp) AS (VALUES
    ('active', 'primary', 75000::bigint, 600000::bigint, 7000::bigint),
    ('active', 'secondary', 75000, 600000, 6500),
    ('active', 'tertiary', 75000, 600000, 6000),
    ('retired', 'primary', 60000, 600000, 7500),
    ('retired', 'secondary', 60000, 600000, 7000),
    ('retired', 'tertiary', 60000, 600000, 6000),
    ('veteran', 'primary', 60000, 700000, 7500),
    ('veteran', 'secondary', 60000, 700000, 7000),
    ('veteran', 'tertiary', 60000, 700000, 6000)),

-- Newest versions, and the days on which a row is in force.
person AS (
    SELECT DISTINCT ON (person_id) person_id, death_date, valid
    FROM intake.person ORDER BY person_id, batch_id DESC),
enrolment AS (
    SELECT person_id, begndate,
           least(coalesce(enddate, 'infinity'),
                 coalesce(lead(begndate) OVER (PARTITION BY person_id ORDER BY begndate), 'infinity') - 1) AS last_day,
           CASE WHEN psn_type LIKE '11%' THEN 'active'
                WHEN psn_type LIKE '12%' THEN 'retired'
                WHEN psn_type ~ '^(34|136003|136013)' THEN 'veteran' END AS category
    FROM (SELECT DISTINCT ON (person_id, begndate) *
          FROM intake.enrolment WHERE insutype = 310 ORDER BY person_id, begndate, batch_id DESC) newest
    WHERE valid),
first_of_month AS (
    SELECT DISTINCT ON (person_id, date_trunc('month', begndate::timestamp))
           person_id, date_trunc('month', begndate::timestamp)::date AS month, category
    FROM enrolment WHERE last_day >= begndate
    ORDER BY person_id, date_trunc('month', begndate::timestamp), begndate),
institution AS (
    SELECT fixmedins_code, begndate,
           least(coalesce(enddate, 'infinity'),
                 coalesce(lead(begndate) OVER (PARTITION BY fixmedins_code ORDER BY begndate), 'infinity') - 1) AS last_day,
           CASE WHEN coalesce(hosp_lv, '') IN ('', '08', '09', '10', '11') THEN 'primary'
                WHEN hosp_lv IN ('05', '06', '07') THEN 'secondary'
                WHEN hosp_lv IN ('01', '02', '03', '04') THEN 'tertiary' END AS level
    FROM (SELECT DISTINCT ON (fixmedins_code, begndate) *
          FROM intake.institution ORDER BY fixmedins_code, begndate, batch_id DESC) newest
    WHERE valid),

settlement AS (
    SELECT *, setl_time::date AS day, date_trunc('month', setl_time)::date AS month,
           init_setl_id IS NOT NULL AS is_mirror, insutype <> 310 AS is_other,
           med_type IN (11, 110104, 13) OR (med_type = 41 AND rx_fixmedins_code IS NOT NULL) AS is_pooled,
           CASE WHEN med_type = 41 THEN coalesce(rx_fixmedins_code, fixmedins_code) ELSE fixmedins_code END AS place,
           fulamt_ownpay_amt_fen + overlmt_selfpay_fen + preselfpay_amt_fen + inscp_scp_amt_fen = medfee_sumamt_fen
               AS adds_up,
           ARRAY[medfee_sumamt_fen, inscp_scp_amt_fen, fulamt_ownpay_amt_fen, overlmt_selfpay_fen, preselfpay_amt_fen,
                 acct_pay_fen, acct_mulaid_pay_fen, coalesce(hosp_part_amt_fen, 0)] AS amounts
    FROM intake.settlement),

-- Settlements with what the day and the place say; the first reason that holds is the verdict.
claim AS (
    SELECT s.person_id, s.setl_time, s.setl_id, extract(year FROM s.setl_time)::integer AS benefit_year, s.amounts,
           t.category, t.standard, t.ceiling, t.rate_bp,
           CASE WHEN s.is_other THEN 'outside'
                WHEN p.valid IS NOT TRUE THEN 'unknown_person'
                WHEN s.day < '2023-01-01' THEN 'no_rule'
                WHEN s.day > p.death_date THEN 'dead'
                WHEN today.person_id IS NULL THEN 'not_enrolled'
                WHEN CASE WHEN before.person_id IS NULL THEN begun.category ELSE before.category END IS NULL
                    THEN 'unknown_status'
                WHEN i.fixmedins_code IS NULL THEN 'unknown_institution'
                WHEN s.is_pooled AND i.level IS NULL THEN 'unknown_level'
                WHEN 0 > ANY (s.amounts) THEN 'wrong_sign'
                WHEN NOT s.adds_up THEN 'parts_do_not_add_up'
                WHEN s.is_pooled THEN 'settled'
                ELSE 'outside' END AS verdict
    FROM settlement s
    LEFT JOIN person p USING (person_id)
    LEFT JOIN enrolment today ON today.person_id = s.person_id AND s.day BETWEEN today.begndate AND today.last_day
    LEFT JOIN enrolment before
        ON before.person_id = s.person_id AND s.month - 1 BETWEEN before.begndate AND before.last_day
    LEFT JOIN first_of_month begun ON begun.person_id = s.person_id AND begun.month = s.month
    LEFT JOIN institution i ON i.fixmedins_code = s.place AND s.day BETWEEN i.begndate AND i.last_day
    LEFT JOIN table_of_the_notice t
        ON t.category = CASE WHEN before.person_id IS NULL THEN begun.category ELSE before.category END
        AND t.level = i.level
    WHERE NOT s.is_mirror
    LIMIT 1000000),

-- Mirror rows with their originals; what depends on earlier refunds of the same original is decided by the fold.
mirror AS (
    SELECT s.person_id, s.setl_time, s.setl_id,
           coalesce(o.benefit_year, extract(year FROM s.setl_time)::integer) AS benefit_year, s.amounts,
           o.setl_id AS original_id, o.verdict AS original_verdict,
           CASE WHEN s.is_other THEN 'outside'
                WHEN p.valid IS NOT TRUE THEN 'unknown_person'
                WHEN 0 < ANY (s.amounts) THEN 'wrong_sign'
                WHEN NOT s.adds_up THEN 'parts_do_not_add_up'
                WHEN o.setl_id IS NULL THEN 'refund_without_original'
                WHEN o.verdict NOT IN ('settled', 'outside') THEN 'original_refused' END AS verdict
    FROM settlement s
    LEFT JOIN person p USING (person_id)
    LEFT JOIN claim o
        ON o.person_id = s.person_id AND o.setl_id = s.init_setl_id
        AND (o.setl_time, o.setl_id) < (s.setl_time, s.setl_id)
    WHERE s.is_mirror
    LIMIT 100000),

-- Person-years that window sums cannot do: refunds, and more than one category.
awkward AS (
    SELECT person_id, benefit_year FROM mirror WHERE verdict IS NULL
    UNION
    SELECT person_id, benefit_year FROM claim WHERE verdict = 'settled'
    GROUP BY person_id, benefit_year HAVING count(DISTINCT category) > 1),

-- The ordinary ones.
deducted AS (
    SELECT c.*, amounts[2] AS eligible,
           least((sum(amounts[2]) OVER so_far)::bigint, standard)
               - least((sum(amounts[2]) OVER so_far)::bigint - amounts[2], standard) AS deductible
    FROM claim c
    WHERE verdict = 'settled' AND NOT EXISTS (
        SELECT FROM awkward a WHERE a.person_id = c.person_id AND a.benefit_year = c.benefit_year)
    WINDOW so_far AS (PARTITION BY person_id, benefit_year ORDER BY setl_time, setl_id)),
shared AS (
    SELECT *, ((eligible - deductible) * rate_bp + 5000) / 10000 AS payable FROM deducted),
ordinary AS (
    SELECT person_id, benefit_year, setl_time, setl_id, verdict, eligible, deductible, payable,
           least((sum(payable) OVER so_far)::bigint, ceiling)
               - least((sum(payable) OVER so_far)::bigint - payable, ceiling) AS pool_payment
    FROM shared
    WINDOW so_far AS (PARTITION BY person_id, benefit_year ORDER BY setl_time, setl_id)),

-- The awkward ones, in their order: claims, and mirror rows with the place of their original.
event AS (
    SELECT *, row_number() OVER (PARTITION BY person_id, benefit_year ORDER BY setl_time, setl_id)::integer AS n
    FROM (
        SELECT person_id, benefit_year, setl_time, setl_id, verdict, amounts, standard, ceiling, rate_bp,
               NULL AS original_id
        FROM claim WHERE verdict IN ('settled', 'outside')
        UNION ALL
        SELECT person_id, benefit_year, setl_time, setl_id, original_verdict, amounts, 0, 0, 0, original_id
        FROM mirror WHERE verdict IS NULL) rows
    WHERE (person_id, benefit_year) IN (SELECT person_id, benefit_year FROM awkward)),
placed AS MATERIALIZED (
    SELECT e.*, o.n AS original, e.original_id IS NOT NULL OR named.original_id IS NOT NULL AS is_kept
    FROM event e
    LEFT JOIN (SELECT DISTINCT person_id, original_id FROM mirror WHERE verdict IS NULL) named
        ON named.person_id = e.person_id AND named.original_id = e.setl_id
    LEFT JOIN event o
        ON o.person_id = e.person_id AND o.benefit_year = e.benefit_year AND o.setl_id = e.original_id
        AND o.original_id IS NULL
    LIMIT 1000000),

-- The fold keeps, for each claim that a refund names, by its place: its terms, what had been used before it, what is left of it (amounts and
-- in-scope amount, deductible, payable, pool payment), and whether it was refunded whole.
fold AS (
    SELECT person_id, benefit_year, 0 AS n, NULL::timestamp(0) AS setl_time, NULL::text COLLATE "C" AS setl_id,
           NULL::text AS verdict, 0::bigint AS eligible, 0::bigint AS deductible, 0::bigint AS payable,
           0::bigint AS pool_payment, 0::bigint AS used, 0::bigint AS paid, '{}'::jsonb AS claims
    FROM awkward
    UNION ALL
    SELECT f.person_id, f.benefit_year, e.n, e.setl_time, e.setl_id,
           CASE WHEN is_twice THEN 'refunded_twice' WHEN is_over THEN 'refund_over_original' ELSE e.verdict END,
           moved.eligible, moved.deductible, moved.payable, moved.pool,
           f.used + moved.deductible, f.paid + moved.pool,
           CASE WHEN is_twice OR is_over OR NOT is_kept THEN f.claims
                ELSE f.claims || jsonb_build_object(place, jsonb_build_object(
                    'standard', q.standard, 'ceiling', q.ceiling, 'rate', q.rate, 'used', used_before, 'paid', paid_before,
                    'amounts', to_jsonb(rest), 'whole', is_whole, 'eligible', now.eligible,
                    'deductible', now.deductible, 'payable', now.payable, 'pool', now.pool)) END
    FROM fold f
    JOIN placed e ON e.person_id = f.person_id AND e.benefit_year = f.benefit_year AND e.n = f.n + 1
    CROSS JOIN LATERAL (SELECT coalesce(e.original, e.n)::text AS place, f.claims -> e.original::text AS old) p
    CROSS JOIN LATERAL (
        SELECT coalesce((old ->> 'standard')::bigint, e.standard) AS standard,
               coalesce((old ->> 'ceiling')::bigint, e.ceiling, 0) AS ceiling,
               coalesce((old ->> 'rate')::bigint, e.rate_bp) AS rate,
               coalesce((old ->> 'used')::bigint, f.used) AS used_before,
               coalesce((old ->> 'paid')::bigint, f.paid) AS paid_before,
               coalesce((old ->> 'whole')::boolean, false) AS is_twice,
               ARRAY(SELECT coalesce((old -> 'amounts' ->> (i - 1))::bigint, 0) + e.amounts[i]
                     FROM generate_series(1, 8) i ORDER BY i) AS rest) q
    CROSS JOIN LATERAL (
        SELECT e.original IS NOT NULL AND 0 > ANY (rest) AS is_over,
               e.original IS NOT NULL AND rest[1] = 0 AS is_whole,
               CASE WHEN e.verdict = 'settled' THEN rest[2] ELSE 0 END AS in_scope) r
    CROSS JOIN LATERAL (
        SELECT CASE WHEN in_scope > 0 THEN least(in_scope, greatest(0, q.standard - used_before)) ELSE 0 END AS deducted) d
    CROSS JOIN LATERAL (
        SELECT CASE WHEN in_scope > 0 THEN ((in_scope - deducted) * q.rate + 5000) / 10000 ELSE 0 END AS shared) h
    CROSS JOIN LATERAL (
        SELECT in_scope AS eligible, deducted AS deductible, shared AS payable,
               least(shared, greatest(0, q.ceiling - paid_before)) AS pool) now
    CROSS JOIN LATERAL (
        SELECT k * (now.eligible - coalesce((old ->> 'eligible')::bigint, 0)) AS eligible,
               k * (now.deductible - coalesce((old ->> 'deductible')::bigint, 0)) AS deductible,
               k * (now.payable - coalesce((old ->> 'payable')::bigint, 0)) AS payable,
               k * (now.pool - coalesce((old ->> 'pool')::bigint, 0)) AS pool
        FROM (SELECT CASE WHEN is_twice OR is_over THEN 0 ELSE 1 END AS k) kept) moved)

SELECT person_id, benefit_year, setl_id, verdict, eligible, deductible, payable, pool_payment
FROM (
    SELECT person_id, benefit_year, setl_time, setl_id, verdict, eligible, deductible, payable, pool_payment
    FROM ordinary
    UNION ALL
    SELECT person_id, benefit_year, setl_time, setl_id, verdict, eligible, deductible, payable, pool_payment
    FROM fold WHERE n > 0
    UNION ALL
    SELECT person_id, benefit_year, setl_time, setl_id, verdict, 0, 0, 0, 0
    FROM mirror WHERE verdict IS NOT NULL
    UNION ALL
    SELECT person_id, benefit_year, setl_time, setl_id, verdict, 0, 0, 0, 0
    FROM claim c
    WHERE verdict <> 'settled' AND (verdict <> 'outside' OR NOT EXISTS (
        SELECT FROM awkward a WHERE a.person_id = c.person_id AND a.benefit_year = c.benefit_year))
) everything
ORDER BY person_id, benefit_year, setl_time, setl_id;
