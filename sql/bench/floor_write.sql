-- What the floors write: the files of floor_results.sql into the tables of floor_tables.sql, in one transaction.
BEGIN;
\copy bench.adjudication FROM 'adjudication.bin' (FORMAT binary)
\copy bench.accumulator FROM 'accumulator.bin' (FORMAT binary)
\copy bench.account_entry FROM 'account_entry.bin' (FORMAT binary)
\copy bench.exception FROM 'exception.bin' (FORMAT binary)
\copy bench.finding FROM 'finding.bin' (FORMAT binary)
\copy bench.discrepancy FROM 'discrepancy.bin' (FORMAT binary)
COMMIT;
