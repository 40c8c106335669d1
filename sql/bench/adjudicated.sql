-- Adjudicates a benefit year in sets, into bench.adjudication and bench.accumulator without keys; read by adjudication.sql
-- and proof.sql. Variables: year, batch, horizon, run; kind is empty or UNLOGGED.
--
-- A running minimum against a limit is a window sum cut off: of the deductible, least(in scope so far, standard) has been
-- used, of the ceiling least(payable so far, ceiling), and a settlement gets the difference to the one before. Payables are
-- rounded one by one before they are summed. That holds for a person whose category does not change within the year and
-- who has no refund; the few others are decided row by row afterwards.

INSERT INTO bench.who
SELECT s.person_id, s.death_date, s.begndate, s.last_day, s.from_month, s.upto_month, s.from_month::timestamp,
       s.upto_month::timestamp + interval '1 month', s.category
FROM bench.standing(0, 9223372036854775807, :batch) s;
CREATE INDEX ON bench.who (person_id);
INSERT INTO bench.place SELECT * FROM bench.places(:batch);
ANALYZE bench.who, bench.place;

CREATE UNLOGGED TABLE bench.refunded AS
SELECT DISTINCT s.person_id FROM intake.settlement s
WHERE s.init_setl_id IS NOT NULL AND s.batch_id <= :batch AND s.setl_time < (:'horizon'::date + 1)::timestamp
  AND s.setl_time >= make_timestamp(:year, 1, 1, 0, 0, 0) AND s.setl_time < make_timestamp(:year + 1, 1, 1, 0, 0, 0);
CREATE UNLOGGED TABLE bench.row_by_row AS
SELECT person_id FROM bench.refunded
UNION
SELECT person_id FROM bench.who
WHERE from_month < make_date(:year + 1, 1, 1) AND upto_month >= make_date(:year, 1, 1) AND category > 0
GROUP BY person_id HAVING count(DISTINCT CASE WHEN category = 2 THEN 1 ELSE category END) > 1;
ANALYZE bench.refunded, bench.row_by_row;

-- Amounts of one settlement fit an integer, and sum(integer) is a bigint while sum(bigint) would be numeric.
CREATE :kind TABLE bench.adjudication AS
SELECT person_id, :run::bigint AS run_id, setl_time::timestamp(0) AS setl_time, eligible AS eligible_fen,
       deductible AS deductible_applied_fen, payable AS payable_fen, pool AS pool_payment_fen,
       account AS account_payment_fen, family AS family_account_payment_fen,
       person_part - account - family AS cash_payment_fen,
       CASE WHEN family <> 0 THEN coalesce(acct_mulaid_person_id, person_id) END AS family_person_id,
       date_trunc('month', setl_time)::date AS benefit_month,
       CASE WHEN verdict = 0 THEN article ELSE notice END AS citation_id,
       (CASE WHEN verdict = 0 THEN rate_bp ELSE 0 END)::smallint AS pool_rate_bp, verdict,
       CASE WHEN verdict = 0 THEN category END AS psn_category, CASE WHEN verdict = 0 THEN level END AS level,
       0::smallint AS revision, 0::smallint AS cause, id AS settlement_id
FROM (
    SELECT *, greatest(0, least(acct_mulaid_pay, person_part - account)) AS family
    FROM (
        SELECT *, CASE WHEN verdict < 2 THEN greatest(0, least(acct_pay, person_part)) ELSE 0 END AS account
        FROM (
            SELECT *, CASE WHEN verdict < 2 THEN medfee - pool - hosp_part ELSE 0 END AS person_part
            FROM (
                SELECT *, CASE WHEN verdict = 0
                               THEN least(payable_so_far, ceiling) - least(payable_so_far - payable, ceiling)
                               ELSE 0 END AS pool
                FROM (
                    SELECT *, sum(payable::integer) OVER so_far AS payable_so_far
                    FROM (
                        SELECT *, CASE WHEN verdict = 0 THEN ((eligible - deductible) * rate_bp + 5000) / 10000
                                       ELSE 0 END AS payable
                        FROM (
                            SELECT *, CASE WHEN verdict = 0
                                           THEN least(eligible_so_far, standard)
                                                - least(eligible_so_far - eligible, standard)
                                           ELSE 0 END AS deductible
                            FROM (
                                SELECT *, sum(eligible::integer) OVER so_far AS eligible_so_far
                                FROM (
                                    SELECT c.*, c.setl_id COLLATE "C" AS id,
                                           CASE WHEN c.verdict = 0 THEN c.inscp_scp ELSE 0 END AS eligible
                                    FROM bench.claims(:year, 0, :batch, :'horizon') c
                                    WHERE NOT EXISTS (
                                        SELECT FROM bench.row_by_row r WHERE r.person_id = c.person_id)) claim
                                WINDOW so_far AS (PARTITION BY person_id ORDER BY setl_time, id
                                                  ROWS UNBOUNDED PRECEDING)) cumulated) deducted) shared
                    WINDOW so_far AS (PARTITION BY person_id ORDER BY setl_time, id
                                      ROWS UNBOUNDED PRECEDING)) paid) pooled) parted) accounted) owned
CROSS JOIN (SELECT bench.citation('连政办发〔2022〕73号 二（一）') AS article,
                   bench.citation('连政办发〔2022〕73号') AS notice) cited;

-- The last settlement is the greatest text of its time and identifier: the time has a fixed width.
CREATE :kind TABLE bench.accumulator AS
SELECT person_id, :run::bigint AS run_id, deductible AS deductible_fen, deductible AS deductible_counted_fen,
       pool AS pool_payment_fen, pool AS counted_fen, eligible AS eligible_fen,
       left(last, 19)::timestamp(0) AS last_setl_time, visits::integer AS visits, :year::smallint AS benefit_year,
       last_category, substr(last, 20) COLLATE "C" AS last_setl_id
FROM (
    SELECT person_id, sum(deductible_applied_fen::integer) AS deductible, sum(pool_payment_fen::integer) AS pool,
           sum(eligible_fen::integer) AS eligible, count(*) FILTER (WHERE verdict = 0) AS visits,
           max(CASE WHEN psn_category = 2 THEN 1 ELSE psn_category END)::smallint AS last_category,
           max((setl_time::text || settlement_id) COLLATE "C") AS last
    FROM bench.adjudication GROUP BY person_id) sums;

CALL bench.adjudicate_row_by_row(:run, :year, :batch, :'horizon', NULL, true, false);
