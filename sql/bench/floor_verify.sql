-- The floor of verifying a year: what its certificate seals, facts and ledger, out by binary COPY in the order of the
-- keys; nothing is hashed. Variable: year.
\ir settings.sql
COPY (SELECT * FROM intake.person ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM intake.enrolment ORDER BY person_id, insutype, begndate, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM intake.fixed_credit ORDER BY person_id, year, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM intake.account_opening ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM intake.contribution
      WHERE covered_month >= make_date(:year, 1, 1) AND covered_month < make_date(:year + 1, 1, 1)
      ORDER BY person_id, covered_month, clct_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM intake.settlement
      WHERE setl_time >= make_date(:year, 1, 1)::timestamp AND setl_time < make_date(:year + 1, 1, 1)::timestamp
      ORDER BY person_id, setl_time, setl_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM intake.account_use
      WHERE use_date >= make_date(:year, 1, 1) AND use_date < make_date(:year + 1, 1, 1)
      ORDER BY person_id, acct_use_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM intake.family_link
      ORDER BY person_id, rlts_person_id, begndate, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM ledger.adjudication
      WHERE benefit_month >= make_date(:year, 1, 1) AND benefit_month < make_date(:year + 1, 1, 1)
      ORDER BY person_id, benefit_month, settlement_id, revision) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM ledger.account_entry
      WHERE covered_month >= make_date(:year, 1, 1) AND covered_month < make_date(:year + 1, 1, 1)
      ORDER BY person_id, covered_month, kind, source, revision) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM ledger.accumulator WHERE benefit_year = :year
      ORDER BY person_id, benefit_year, run_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT * FROM ledger.account_year WHERE year = :year ORDER BY person_id, year) TO STDOUT (FORMAT binary) \g /dev/null
