-- Empty tables equal to the ledger's, with all their keys, indexes and checks, for the floor to write into. Not timed.
CREATE TABLE bench.adjudication (LIKE ledger.adjudication INCLUDING ALL);
CREATE TABLE bench.accumulator (LIKE ledger.accumulator INCLUDING ALL);
CREATE TABLE bench.account_entry (LIKE ledger.account_entry INCLUDING ALL);
CREATE TABLE bench.exception (LIKE run.exception INCLUDING ALL);
CREATE TABLE bench.finding (LIKE run.finding INCLUDING ALL);
CREATE TABLE bench.discrepancy (LIKE run.discrepancy INCLUDING ALL);
