-- Puts what our run :run wrote into files of the working directory, as binary COPY, in the order of the keys. Not timed.
COPY (SELECT * FROM ledger.adjudication WHERE run_id = :run
      ORDER BY person_id, benefit_month, settlement_id, revision) TO STDOUT (FORMAT binary) \g adjudication.bin
COPY (SELECT * FROM ledger.accumulator WHERE run_id = :run
      ORDER BY person_id, benefit_year) TO STDOUT (FORMAT binary) \g accumulator.bin
COPY (SELECT * FROM ledger.account_entry WHERE run_id = :run
      ORDER BY person_id, covered_month, kind, source, revision) TO STDOUT (FORMAT binary) \g account_entry.bin
COPY (SELECT * FROM run.exception WHERE run_id = :run ORDER BY person_id) TO STDOUT (FORMAT binary) \g exception.bin
COPY (SELECT * FROM run.finding WHERE run_id = :run ORDER BY person_id) TO STDOUT (FORMAT binary) \g finding.bin
COPY (SELECT * FROM run.discrepancy WHERE run_id = :run ORDER BY discrepancy_id) TO STDOUT (FORMAT binary) \g discrepancy.bin
