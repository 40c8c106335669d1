-- A night on top of a year by the best set-based SQL we know: the settlements of the batches since :previous_batch, folded on
-- from the stored sums by window sums; persons with a refund, a change of category or a settlement that is not later than
-- their last one are folded anew over the year, and only what differs is written as the next revision. Writes into the
-- ledger's own tables, with all their keys, under a run number of its own.
--
-- It covers what adjudication.sql covers. It leaves out, in its own favour: comparison with the counters, findings, vouchers,
-- account uses, changed persons and institutions, checkpoints and a lease.
--
-- Variables: year, batch, previous_batch, horizon, run.
\ir settings.sql
BEGIN;
CREATE UNLOGGED TABLE bench.moved AS
SELECT t.*, a.deductible_fen, a.pool_payment_fen, a.eligible_fen, a.visits, a.last_setl_time, a.last_setl_id, a.last_category
FROM (
    SELECT s.person_id, min((s.setl_time::text || s.setl_id) COLLATE "C") AS first,
           bool_or(s.init_setl_id IS NOT NULL) AS has_refund
    FROM intake.settlement s
    WHERE s.batch_id > :previous_batch AND s.batch_id <= :batch AND s.setl_time < (:'horizon'::date + 1)::timestamp
      AND s.setl_time >= make_timestamp(:year, 1, 1, 0, 0, 0) AND s.setl_time < make_timestamp(:year + 1, 1, 1, 0, 0, 0)
    GROUP BY s.person_id) t
LEFT JOIN LATERAL (
    SELECT n.* FROM ledger.accumulator n
    WHERE n.person_id = t.person_id AND n.benefit_year = :year ORDER BY n.run_id DESC LIMIT 1) a ON true;
ALTER TABLE bench.moved ADD PRIMARY KEY (person_id);
ANALYZE bench.moved;

INSERT INTO bench.who
SELECT s.person_id, s.death_date, s.begndate, s.last_day, s.from_month, s.upto_month, s.from_month::timestamp,
       s.upto_month::timestamp + interval '1 month', s.category
FROM bench.moved t CROSS JOIN LATERAL bench.standing(t.person_id, t.person_id, :batch) s;
CREATE INDEX ON bench.who (person_id);
INSERT INTO bench.place SELECT * FROM bench.places(:batch);
ANALYZE bench.who, bench.place;

CREATE UNLOGGED TABLE bench.row_by_row AS
SELECT person_id FROM bench.moved WHERE has_refund OR (last_setl_time::text || last_setl_id) COLLATE "C" >= first
UNION
SELECT person_id FROM bench.who
WHERE from_month < make_date(:year + 1, 1, 1) AND upto_month >= make_date(:year, 1, 1) AND category > 0
GROUP BY person_id HAVING count(DISTINCT CASE WHEN category = 2 THEN 1 ELSE category END) > 1;
CREATE UNLOGGED TABLE bench.refunded AS
SELECT DISTINCT s.person_id
FROM bench.row_by_row r JOIN intake.settlement s ON s.person_id = r.person_id AND s.init_setl_id IS NOT NULL;
CREATE UNLOGGED TABLE bench.adjudication (LIKE ledger.adjudication);
CREATE UNLOGGED TABLE bench.accumulator (LIKE ledger.accumulator);
ANALYZE bench.row_by_row, bench.refunded;
CALL bench.adjudicate_row_by_row(:run, :year, :batch, :'horizon', NULL, true, false);
ANALYZE bench.adjudication;

-- What differs from the row in force, with what was in force.
CREATE UNLOGGED TABLE bench.revised AS
SELECT d.*, p.revision AS posted_revision, coalesce(p.account_payment_fen, 0) AS posted_account,
       coalesce(p.family_account_payment_fen, 0) AS posted_family
FROM bench.adjudication d
LEFT JOIN LATERAL (
    SELECT a.* FROM ledger.adjudication a
    WHERE a.person_id = d.person_id AND a.benefit_month = d.benefit_month AND a.settlement_id = d.settlement_id
    ORDER BY a.revision DESC LIMIT 1) p ON true
WHERE p.person_id IS NULL OR d.pool_payment_fen <> p.pool_payment_fen
   OR d.deductible_applied_fen <> p.deductible_applied_fen OR d.eligible_fen <> p.eligible_fen
   OR d.payable_fen <> p.payable_fen OR d.account_payment_fen <> p.account_payment_fen
   OR d.family_account_payment_fen <> p.family_account_payment_fen OR d.cash_payment_fen <> p.cash_payment_fen
   OR d.verdict <> p.verdict OR d.pool_rate_bp <> p.pool_rate_bp
   OR d.psn_category IS DISTINCT FROM p.psn_category OR d.level IS DISTINCT FROM p.level;

-- The others go on from where their sums stand: what is used never falls, and grows up to the standard.
CREATE UNLOGGED TABLE bench.added AS
SELECT person_id, setl_time, eligible, deductible, payable, pool, account, family, person_part - account - family AS cash,
       CASE WHEN family <> 0 THEN coalesce(acct_mulaid_person_id, person_id) END AS family_person_id, verdict,
       CASE WHEN verdict = 0 THEN rate_bp ELSE 0 END AS rate_bp, CASE WHEN verdict = 0 THEN category END AS category,
       CASE WHEN verdict = 0 THEN level END AS level, id
FROM (
    SELECT *, greatest(0, least(acct_mulaid_pay, person_part - account)) AS family
    FROM (
        SELECT *, CASE WHEN verdict < 2 THEN greatest(0, least(acct_pay, person_part)) ELSE 0 END AS account
        FROM (
            SELECT *, CASE WHEN verdict < 2 THEN medfee - pool - hosp_part ELSE 0 END AS person_part
            FROM (
                SELECT *, CASE WHEN verdict = 0
                               THEN greatest(paid_before, least(paid_before + payable_so_far, ceiling))
                                    - greatest(paid_before, least(paid_before + payable_so_far - payable, ceiling))
                               ELSE 0 END AS pool
                FROM (
                    SELECT *, sum(payable::integer) OVER so_far AS payable_so_far
                    FROM (
                        SELECT *, CASE WHEN verdict = 0 THEN ((eligible - deductible) * rate_bp + 5000) / 10000
                                       ELSE 0 END AS payable
                        FROM (
                            SELECT *, CASE WHEN verdict = 0
                                           THEN greatest(used_before, least(used_before + eligible_so_far, standard))
                                                - greatest(used_before,
                                                           least(used_before + eligible_so_far - eligible, standard))
                                           ELSE 0 END AS deductible
                            FROM (
                                SELECT *, sum(eligible::integer) OVER so_far AS eligible_so_far
                                FROM (
                                    SELECT c.*, c.setl_id COLLATE "C" AS id, coalesce(m.deductible_fen, 0) AS used_before,
                                           coalesce(m.pool_payment_fen, 0) AS paid_before,
                                           CASE WHEN c.verdict = 0 THEN c.inscp_scp ELSE 0 END AS eligible
                                    FROM bench.claims(:year, :previous_batch, :batch, :'horizon') c
                                    JOIN bench.moved m ON m.person_id = c.person_id
                                    WHERE NOT EXISTS (
                                        SELECT FROM bench.row_by_row r WHERE r.person_id = c.person_id)) claim
                                WINDOW so_far AS (PARTITION BY person_id ORDER BY setl_time, id
                                                  ROWS UNBOUNDED PRECEDING)) cumulated) deducted) shared
                    WINDOW so_far AS (PARTITION BY person_id ORDER BY setl_time, id
                                      ROWS UNBOUNDED PRECEDING)) paid) pooled) parted) accounted) owned;

INSERT INTO ledger.adjudication (
    person_id, run_id, setl_time, eligible_fen, deductible_applied_fen, payable_fen, pool_payment_fen, account_payment_fen,
    family_account_payment_fen, cash_payment_fen, family_person_id, benefit_month, citation_id, pool_rate_bp, verdict,
    psn_category, level, revision, cause, settlement_id)
SELECT person_id, :run, setl_time, eligible, deductible, payable, pool, account, family, cash, family_person_id,
       date_trunc('month', setl_time)::date,
       CASE WHEN verdict = 0 THEN bench.citation('连政办发〔2022〕73号 二（一）') ELSE bench.citation('连政办发〔2022〕73号') END,
       rate_bp, verdict, category, level, 0, 0, id
FROM bench.added
UNION ALL
SELECT person_id, :run, setl_time, eligible_fen, deductible_applied_fen, payable_fen, pool_payment_fen,
       account_payment_fen, family_account_payment_fen, cash_payment_fen, family_person_id, benefit_month, citation_id,
       pool_rate_bp, verdict, psn_category, level, coalesce(posted_revision + 1, 0),
       CASE WHEN posted_revision IS NULL THEN 0 ELSE 1 END, settlement_id
FROM bench.revised;

INSERT INTO ledger.accumulator (
    person_id, run_id, deductible_fen, deductible_counted_fen, pool_payment_fen, counted_fen, eligible_fen, last_setl_time,
    visits, benefit_year, last_category, last_setl_id)
SELECT m.person_id, :run, coalesce(m.deductible_fen, 0) + a.deductible, coalesce(m.deductible_fen, 0) + a.deductible,
       coalesce(m.pool_payment_fen, 0) + a.pool, coalesce(m.pool_payment_fen, 0) + a.pool,
       coalesce(m.eligible_fen, 0) + a.eligible, left(a.last, 19)::timestamp(0), coalesce(m.visits, 0) + a.visits, :year,
       coalesce(a.last_category, m.last_category), substr(a.last, 20)
FROM (
    SELECT person_id, sum(deductible::integer) AS deductible, sum(pool::integer) AS pool,
           sum(eligible::integer) AS eligible, count(*) FILTER (WHERE verdict = 0) AS visits,
           max(CASE WHEN category = 2 THEN 1 ELSE category END)::smallint AS last_category,
           max((setl_time::timestamp(0)::text || id) COLLATE "C") AS last
    FROM bench.added GROUP BY person_id) a
JOIN bench.moved m USING (person_id)
UNION ALL
SELECT d.person_id, :run, d.deductible_fen, d.deductible_counted_fen, d.pool_payment_fen, d.counted_fen, d.eligible_fen,
       d.last_setl_time, d.visits, d.benefit_year, d.last_category, d.last_setl_id
FROM bench.accumulator d JOIN bench.moved m USING (person_id);

INSERT INTO ledger.account_entry (
    person_id, amount_fen, run_id, covered_month, effective_on, citation_id, kind, revision, source)
SELECT e.person_id, -e.paid, :run, date_trunc('month', a.setl_time)::date, a.setl_time::date,
       CASE WHEN a.verdict = 0 THEN bench.citation('连政办发〔2022〕73号 二（一）')
            ELSE bench.citation('连政办发〔2022〕73号') END,
       CASE WHEN a.is_refund THEN 109 ELSE 201 END, a.revision, a.settlement_id
FROM (
    SELECT person_id, setl_time, verdict, account, family, coalesce(family_person_id, person_id) AS owner, false AS is_refund,
           0 AS revision, id AS settlement_id
    FROM bench.added
    UNION ALL
    SELECT r.person_id, r.setl_time, r.verdict, r.account_payment_fen - r.posted_account,
           r.family_account_payment_fen - r.posted_family, coalesce(s.acct_mulaid_person_id, r.person_id),
           s.init_setl_id IS NOT NULL, coalesce(r.posted_revision + 1, 0), r.settlement_id
    FROM bench.revised r
    JOIN intake.settlement s
        ON s.person_id = r.person_id AND s.setl_time = r.setl_time AND s.setl_id = r.settlement_id) a
CROSS JOIN LATERAL (
    SELECT a.person_id, a.account + CASE WHEN a.owner = a.person_id THEN a.family ELSE 0 END AS paid
    UNION ALL
    SELECT a.owner, a.family WHERE a.owner <> a.person_id) e
WHERE e.paid <> 0;
COMMIT;
