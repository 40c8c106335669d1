-- What every peer begins with, before the clock runs: an empty schema `bench`, the notice's table as a table, and the
-- functions that read facts. Run by psql; nothing of the schemas intake, ledger and run is changed.
--
-- Working tables of the peers are UNLOGGED and not temporary, because parallel workers cannot read temporary ones. The
-- functions are plain SQL and STABLE, so the planner takes them apart as if they stood in the query.

SET client_min_messages = warning;
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;

-- 二（一）. Categories and levels are numbered as ledger.psn_category and ledger.institution_level are.
CREATE TABLE bench.notice (
    category smallint NOT NULL,
    level smallint NOT NULL,
    standard bigint NOT NULL,
    ceiling bigint NOT NULL,
    rate_bp integer NOT NULL,
    PRIMARY KEY (category, level));
INSERT INTO bench.notice
SELECT c.category, r.level, c.standard, c.ceiling,
       CASE WHEN c.is_working THEN r.working_bp ELSE r.retired_bp END
FROM (VALUES (1, true, 75000, 600000), (2, true, 75000, 600000), (3, false, 60000, 600000), (4, false, 60000, 700000))
         AS c (category, is_working, standard, ceiling)
CROSS JOIN (VALUES (1, 7000, 7500), (2, 6500, 7000), (3, 6000, 6000)) AS r (level, working_bp, retired_bp);

-- Persons in force as of a batch with the spans of their enrolment: the days a row is in force, and the months whose
-- category it decides. That of a month is the status in force on the last day of the month before, or else the first
-- that begins in the month; a month in which nothing is in force has none. A person without enrolment has one row of
-- nulls. Category 0 is a psn_type that no rule knows.
CREATE FUNCTION bench.standing(person_from bigint, person_upto bigint, known_batch bigint)
    RETURNS TABLE (
        person_id bigint, death_date date, begndate date, last_day date, from_month date, upto_month date,
        category smallint)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.person_id, p.death_date, s.begndate, s.last_day, s.from_month, s.upto_month, s.category
    FROM (
        SELECT v.person_id, v.death_date FROM intake.person v
        WHERE v.person_id BETWEEN person_from AND person_upto AND v.batch_id <= known_batch AND v.valid
          AND NOT EXISTS (SELECT FROM intake.person n
                          WHERE n.person_id = v.person_id AND n.batch_id > v.batch_id AND n.batch_id <= known_batch)) p
    LEFT JOIN (
        SELECT d.person_id, d.begndate, d.last_day,
               CASE WHEN d.previous_last_day >= d.first_of_month - 1
                    THEN (d.first_of_month + interval '1 month')::date ELSE d.first_of_month END AS from_month,
               -- A row that ends with a month decides the next one too, if another row begins in it.
               CASE WHEN d.last_day + 1 = date_trunc('month', (d.last_day + 1)::timestamp)::date
                         AND date_trunc('month', d.next_begndate::timestamp)::date = d.last_day + 1
                    THEN d.last_day + 1
                    ELSE date_trunc('month', d.last_day::timestamp)::date END AS upto_month,
               d.category
        FROM (
            SELECT e.person_id, e.begndate,
                   date_trunc('month', e.begndate::timestamp)::date AS first_of_month,
                   lead(e.begndate) OVER w AS next_begndate,
                   CASE WHEN lag(e.begndate) OVER w IS NOT NULL
                        THEN least(coalesce(lag(e.enddate) OVER w, 'infinity'), e.begndate - 1) END AS previous_last_day,
                   least(coalesce(e.enddate, 'infinity'),
                         coalesce(lead(e.begndate) OVER w - 1, 'infinity')) AS last_day,
                   CASE WHEN e.psn_type LIKE '1103%' THEN 2 WHEN e.psn_type LIKE '11%' THEN 1
                        WHEN e.psn_type LIKE '12%' THEN 3
                        WHEN e.psn_type ~ '^(34|136003|136013)' THEN 4 ELSE 0 END::smallint AS category
            FROM intake.enrolment e
            WHERE e.insutype = 310 AND e.person_id BETWEEN person_from AND person_upto AND e.batch_id <= known_batch
              AND e.valid
              AND NOT EXISTS (SELECT FROM intake.enrolment n
                              WHERE n.person_id = e.person_id AND n.insutype = 310 AND n.begndate = e.begndate
                                AND n.batch_id > e.batch_id AND n.batch_id <= known_batch)
            WINDOW w AS (PARTITION BY e.person_id ORDER BY e.begndate)) d) s
        ON s.person_id = p.person_id;
END;

-- Institutions in force as of a batch, with the times in which a row holds; level 0 is a code that no rule knows.
CREATE FUNCTION bench.places(known_batch bigint)
    RETURNS TABLE (fixmedins_code text, from_time timestamp, upto_time timestamp, level smallint)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT i.fixmedins_code, i.begndate::timestamp,
           least(coalesce(i.enddate, 'infinity'),
                 coalesce(lead(i.begndate) OVER (PARTITION BY i.fixmedins_code ORDER BY i.begndate) - 1, 'infinity'))
               ::timestamp + interval '1 day',
           CASE WHEN coalesce(i.hosp_lv, '') IN ('', '08', '09', '10', '11') THEN 1
                WHEN i.hosp_lv IN ('05', '06', '07') THEN 2
                WHEN i.hosp_lv IN ('01', '02', '03', '04') THEN 3 ELSE 0 END::smallint
    FROM intake.institution i
    WHERE i.batch_id <= known_batch AND i.valid
      AND NOT EXISTS (SELECT FROM intake.institution n
                      WHERE n.fixmedins_code = i.fixmedins_code AND n.begndate = i.begndate
                        AND n.batch_id > i.batch_id AND n.batch_id <= known_batch);
END;

-- Who and where, filled by each peer for the persons it looks at.
CREATE UNLOGGED TABLE bench.who (
    person_id bigint NOT NULL,
    death_date date,
    begndate date,
    last_day date,
    from_month date,
    upto_month date,
    from_time timestamp,
    upto_time timestamp,
    category smallint);
CREATE UNLOGGED TABLE bench.place (
    fixmedins_code text COLLATE "C" NOT NULL,
    from_time timestamp NOT NULL,
    upto_time timestamp NOT NULL,
    level smallint NOT NULL);

-- Settlements of a year with what their day and place say about them. The verdict of a claim is final, numbered as in
-- ledger.verdict; that of a mirror row says only whether the row itself is in order, what it refunds is looked at later.
CREATE FUNCTION bench.claims(year integer, after_batch bigint, known_batch bigint, horizon date)
    RETURNS TABLE (
        person_id bigint, setl_time timestamp, setl_id text, init_setl_id text, verdict smallint, category smallint,
        level smallint, standard bigint, ceiling bigint, rate_bp integer, medfee bigint, fulamt_ownpay bigint,
        overlmt_selfpay bigint, preselfpay bigint, inscp_scp bigint, acct_pay bigint, acct_mulaid_pay bigint,
        hosp_part bigint, acct_mulaid_person_id bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.person_id, s.setl_time::timestamp, s.setl_id, s.init_setl_id,
           (CASE WHEN s.insutype <> 310 THEN 1
                 WHEN w.person_id IS NULL AND NOT EXISTS (SELECT FROM bench.who k WHERE k.person_id = s.person_id) THEN 10
                 WHEN s.init_setl_id IS NOT NULL THEN
                     CASE WHEN greatest(s.medfee_sumamt_fen, s.fulamt_ownpay_amt_fen, s.overlmt_selfpay_fen,
                                        s.preselfpay_amt_fen, s.inscp_scp_amt_fen, s.acct_pay_fen, s.acct_mulaid_pay_fen,
                                        s.hosp_part_amt_fen) > 0 THEN 17
                          WHEN s.fulamt_ownpay_amt_fen + s.overlmt_selfpay_fen + s.preselfpay_amt_fen
                               + s.inscp_scp_amt_fen <> s.medfee_sumamt_fen THEN 18
                          ELSE 0 END
                 WHEN s.setl_time < '2023-01-01' THEN 11
                 WHEN s.setl_time::date > CASE WHEN w.person_id IS NULL
                          THEN (SELECT k.death_date FROM bench.who k WHERE k.person_id = s.person_id LIMIT 1)
                          ELSE w.death_date END THEN 12
                 WHEN w.person_id IS NULL THEN 13
                 WHEN s.setl_time::date NOT BETWEEN w.begndate AND w.last_day
                      AND NOT EXISTS (SELECT FROM bench.who k
                                      WHERE k.person_id = s.person_id
                                        AND s.setl_time::date BETWEEN k.begndate AND k.last_day) THEN 13
                 WHEN w.category = 0 THEN 14
                 WHEN i.fixmedins_code IS NULL THEN 15
                 WHEN i.level = 0 AND (s.med_type IN (11, 110104, 13)
                                       OR (s.med_type = 41 AND s.rx_fixmedins_code IS NOT NULL)) THEN 16
                 WHEN least(s.medfee_sumamt_fen, s.fulamt_ownpay_amt_fen, s.overlmt_selfpay_fen, s.preselfpay_amt_fen,
                            s.inscp_scp_amt_fen, s.acct_pay_fen, s.acct_mulaid_pay_fen, s.hosp_part_amt_fen) < 0 THEN 17
                 WHEN s.fulamt_ownpay_amt_fen + s.overlmt_selfpay_fen + s.preselfpay_amt_fen + s.inscp_scp_amt_fen
                      <> s.medfee_sumamt_fen THEN 18
                 WHEN s.med_type IN (11, 110104, 13) OR (s.med_type = 41 AND s.rx_fixmedins_code IS NOT NULL) THEN 0
                 ELSE 1 END)::smallint,
           w.category, i.level, n.standard, n.ceiling, n.rate_bp, s.medfee_sumamt_fen, s.fulamt_ownpay_amt_fen,
           s.overlmt_selfpay_fen, s.preselfpay_amt_fen, s.inscp_scp_amt_fen, s.acct_pay_fen, s.acct_mulaid_pay_fen,
           coalesce(s.hosp_part_amt_fen, 0), s.acct_mulaid_person_id
    FROM intake.settlement s
    LEFT JOIN bench.who w
        ON w.person_id = s.person_id AND s.setl_time >= w.from_time AND s.setl_time < w.upto_time
    LEFT JOIN bench.place i
        ON i.fixmedins_code = CASE WHEN s.med_type = 41 THEN coalesce(s.rx_fixmedins_code, s.fixmedins_code)
                                   ELSE s.fixmedins_code END
        AND s.setl_time >= i.from_time AND s.setl_time < i.upto_time
    LEFT JOIN bench.notice n ON n.category = w.category AND n.level = i.level
    WHERE s.setl_time >= make_timestamp(year, 1, 1, 0, 0, 0) AND s.setl_time < make_timestamp(year + 1, 1, 1, 0, 0, 0)
      AND s.batch_id > after_batch AND s.batch_id <= known_batch AND s.setl_time < (horizon + 1)::timestamp;
END;

-- The fund's citation of the notice, as the ledger numbers it; the peers cite nothing else.
CREATE FUNCTION bench.citation(text) RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce((SELECT c.citation_id FROM run.citation c WHERE c.citation = $1), 0);
