-- Takes away what was written since keep.sql: partitions that were not there, and of the others by TRUNCATE where nothing
-- was kept, by DELETE and VACUUM where something was. No cache is dropped. Not timed.
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS bench CASCADE;
SELECT run_id AS kept, run_id = 0 AS is_empty FROM bench_kept.run \gset
SELECT format('DROP TABLE %s', i.inhrelid::regclass) FROM pg_inherits i
WHERE i.inhparent IN ('ledger.account_entry'::regclass, 'ledger.adjudication'::regclass)
  AND i.inhrelid::regclass::text NOT IN (SELECT name FROM bench_kept.partition) \gexec
\if :is_empty
TRUNCATE ledger.adjudication, ledger.accumulator, ledger.account_entry, ledger.account_year, ledger.institution_clearing,
    ledger.institution_year, ledger.voucher_line, ledger.voucher, run.discrepancy_state, run.discrepancy, run.finding,
    run.exception, run.certificate_leaf, run.certificate_line, run.certificate, run.control_total, run.chunk, run.run CASCADE;
\else
DELETE FROM ledger.adjudication WHERE run_id > :kept;
DELETE FROM ledger.accumulator WHERE run_id > :kept;
DELETE FROM ledger.account_entry WHERE run_id > :kept;
DELETE FROM run.exception WHERE run_id > :kept;
DELETE FROM run.finding WHERE run_id > :kept;
DELETE FROM run.discrepancy WHERE run_id > :kept;
DELETE FROM run.statement_check WHERE run_id > :kept;
DELETE FROM ledger.institution_clearing WHERE run_id > :kept;
DELETE FROM ledger.voucher_line WHERE voucher_id IN (SELECT voucher_id FROM ledger.voucher WHERE run_id > :kept);
DELETE FROM ledger.voucher WHERE run_id > :kept;
DELETE FROM run.control_total WHERE run_id > :kept;
DELETE FROM run.chunk WHERE run_id > :kept;
DELETE FROM run.run WHERE run_id > :kept;
\endif
TRUNCATE ledger.period;
INSERT INTO ledger.period SELECT * FROM bench_kept.period;
VACUUM (ANALYZE) ledger.adjudication, ledger.accumulator, ledger.account_entry, run.exception, run.finding, run.discrepancy,
    run.run, run.chunk, run.control_total, ledger.voucher, ledger.voucher_line;
CHECKPOINT;
