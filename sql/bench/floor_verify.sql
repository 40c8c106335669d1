-- The floor of verifying a year: what its certificate seals, out by binary COPY in the order of the keys. Variable: year.
\ir settings.sql
COPY (SELECT * FROM ledger.adjudication
      WHERE benefit_month >= make_date(:year, 1, 1) AND benefit_month < make_date(:year + 1, 1, 1)
      ORDER BY person_id, benefit_month, settlement_id, revision) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM ledger.account_entry
      WHERE covered_month >= make_date(:year, 1, 1) AND covered_month < make_date(:year + 1, 1, 1)
      ORDER BY person_id, covered_month, kind, source, revision) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM ledger.accumulator WHERE benefit_year = :year
      ORDER BY person_id, benefit_year, run_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM ledger.account_year WHERE year = :year ORDER BY person_id, year) TO STDOUT (FORMAT binary) \g /dev/null
