-- The first adjudication of a benefit year as it is usually written: a stored procedure that loops over settlements and
-- inserts row by row into tables with their keys, account movements included. The rules are those of row_by_row.sql.
-- Variables: year, batch, horizon, run, person_upto (the last person to settle: a tenth of the keys).
\ir settings.sql
BEGIN;
CREATE TABLE bench.adjudication (LIKE ledger.adjudication INCLUDING ALL);
CREATE TABLE bench.accumulator (LIKE ledger.accumulator INCLUDING ALL);
CREATE TABLE bench.account_entry (LIKE ledger.account_entry INCLUDING ALL);
INSERT INTO bench.who
SELECT s.person_id, s.death_date, s.begndate, s.last_day, s.from_month, s.upto_month, s.from_month::timestamp,
       s.upto_month::timestamp + interval '1 month', s.category
FROM bench.standing(0, :person_upto, :batch) s;
CREATE INDEX ON bench.who (person_id);
INSERT INTO bench.place SELECT * FROM bench.places(:batch);
CREATE UNLOGGED TABLE bench.row_by_row (person_id bigint);
CREATE UNLOGGED TABLE bench.refunded AS
SELECT DISTINCT person_id FROM intake.settlement WHERE init_setl_id IS NOT NULL AND person_id <= :person_upto;
ANALYZE bench.who, bench.place, bench.refunded;
CALL bench.adjudicate_row_by_row(:run, :year, :batch, :'horizon', :person_upto, false, true);
COMMIT;
