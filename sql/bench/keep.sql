-- Remembers the state of the books that forget.sql puts back. Not timed.
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS bench_kept CASCADE;
CREATE SCHEMA bench_kept;
CREATE TABLE bench_kept.period AS TABLE ledger.period;
CREATE TABLE bench_kept.run AS SELECT coalesce(max(run_id), 0) AS run_id FROM run.run;
CREATE TABLE bench_kept.partition AS
SELECT inhrelid::regclass::text AS name FROM pg_inherits
WHERE inhparent IN ('ledger.account_entry'::regclass, 'ledger.adjudication'::regclass);
