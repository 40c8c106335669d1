-- A month-end as it is usually written: a stored procedure that loops over persons, looks up what each has paid, and inserts
-- row by row into tables with their keys. Covers what month_end.sql covers, except that exceptions of earlier months are
-- not listed again. Variables: from (the month), horizon, batch, previous_horizon, run, person_upto.
\ir settings.sql
CREATE PROCEDURE bench.credit_row_by_row(
    run bigint, month date, known_batch bigint, horizon date, previous_horizon date, person_upto bigint)
    LANGUAGE plpgsql
AS $$
DECLARE
    p record;
    c record;
    level bigint;
    has_paid boolean;
    article integer := bench.citation('连政办发〔2022〕73号 二（四）');
BEGIN
    FOR p IN SELECT * FROM bench.who w WHERE w.person_id <= person_upto ORDER BY w.person_id, w.from_month LOOP
        has_paid := false;
        -- Months that this row of enrolment decides: the month itself, and earlier ones that were paid since the last time.
        FOR c IN
            SELECT n.clct_id, n.covered_month, n.clct_base_fen, n.clct_type, n.psn_clct_amt_fen + n.emp_clct_amt_fen AS amount,
                   n.insutype
            FROM intake.contribution n
            WHERE n.person_id = p.person_id AND n.covered_month BETWEEN p.from_month AND p.upto_month
              AND n.covered_month <= credit_row_by_row.month AND n.covered_month >= '2023-01-01'
              AND (n.covered_month = credit_row_by_row.month OR n.clct_time > previous_horizon)
              AND n.batch_id <= known_batch AND n.clct_time <= credit_row_by_row.horizon
            ORDER BY n.covered_month, n.clct_id
        LOOP
            CONTINUE WHEN c.insutype <> 310 OR c.clct_type = 36;
            IF c.covered_month > p.death_date THEN
                INSERT INTO bench.exception VALUES (p.person_id, run, c.covered_month, 'dead', c.clct_id, c.amount);
            ELSIF p.category IN (3, 4) THEN
                INSERT INTO bench.exception VALUES (p.person_id, run, c.covered_month, 'retired', c.clct_id, c.amount);
            ELSIF p.category = 0 THEN
                INSERT INTO bench.exception VALUES (p.person_id, run, c.covered_month, 'unknown_status', c.clct_id, c.amount);
            ELSIF c.clct_type IN (10, 20, 30, 32, 34) THEN
                IF c.covered_month = credit_row_by_row.month THEN has_paid := true; END IF;
                level := sign(c.clct_base_fen)::integer * ((abs(c.clct_base_fen) * 200 + 5000) / 10000);
                IF level <> 0 THEN
                    INSERT INTO bench.account_entry VALUES (
                        p.person_id, level, run, c.covered_month, credit_row_by_row.horizon, article, 101, 0, c.clct_id);
                END IF;
            END IF;
        END LOOP;
        CONTINUE WHEN p.category IS NULL OR credit_row_by_row.month NOT BETWEEN p.from_month AND p.upto_month
            OR credit_row_by_row.month > p.death_date;
        IF p.category IN (3, 4) THEN
            SELECT (f.year_total_fen + 6) / 12 INTO level FROM intake.fixed_credit f
            WHERE f.person_id = p.person_id AND f.year = 2022 AND f.batch_id <= known_batch
            ORDER BY f.batch_id DESC LIMIT 1;
            IF NOT FOUND THEN
                INSERT INTO bench.exception VALUES (
                    p.person_id, run, credit_row_by_row.month, 'no_own_level', '', NULL);
            ELSIF level <> 0 THEN
                INSERT INTO bench.account_entry VALUES (
                    p.person_id, level, run, credit_row_by_row.month, credit_row_by_row.horizon, article, 101, 0,
                    'retiree-own-level');
            END IF;
        ELSIF p.category = 0 OR NOT has_paid THEN
            INSERT INTO bench.exception VALUES (
                p.person_id, run, credit_row_by_row.month,
                CASE WHEN p.category = 0 THEN 'unknown_status' ELSE 'unpaid' END, '', NULL);
        END IF;
    END LOOP;
END
$$;

BEGIN;
CREATE TABLE bench.account_entry (LIKE ledger.account_entry INCLUDING ALL);
CREATE TABLE bench.exception (LIKE run.exception INCLUDING ALL);
INSERT INTO bench.who
SELECT s.person_id, s.death_date, s.begndate, s.last_day, s.from_month, s.upto_month, NULL, NULL, s.category
FROM bench.standing(0, :person_upto, :batch) s;
CREATE INDEX ON bench.who (person_id);
ANALYZE bench.who;
CALL bench.credit_row_by_row(:run, :'from', :batch, :'horizon', :'previous_horizon', :person_upto);
COMMIT;
