-- The tables of floor_tables.sql, of which the two large ones have no keys yet: floor_keys.sql builds them when they are full.
\ir floor_tables.sql
DROP TABLE bench.adjudication, bench.account_entry;
CREATE TABLE bench.adjudication (LIKE ledger.adjudication INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
CREATE TABLE bench.account_entry (LIKE ledger.account_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
