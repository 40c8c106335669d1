-- Keeps what our run :run wrote, to be compared with what a peer writes. Not timed.
SET client_min_messages = warning;
DROP TABLE IF EXISTS bench_kept.adjudication, bench_kept.accumulator, bench_kept.account_entry, bench_kept.exception;
CREATE TABLE bench_kept.adjudication AS SELECT * FROM ledger.adjudication WHERE run_id = :run;
CREATE TABLE bench_kept.accumulator AS SELECT * FROM ledger.accumulator WHERE run_id = :run;
CREATE TABLE bench_kept.account_entry AS SELECT * FROM ledger.account_entry WHERE run_id = :run;
CREATE TABLE bench_kept.exception AS SELECT * FROM run.exception WHERE run_id = :run;
