-- The floor of a month-end: the input columns out by binary COPY in person order, the result bytes in by binary COPY into
-- equal tables, the keys of the two large ones after it; nothing is computed. Variables: from, upto, batch, horizon.
\ir settings.sql
COPY (SELECT c.person_id, c.covered_month, c.clct_id, c.batch_id, c.clct_time, c.insutype, c.clct_type, c.clct_base_fen,
             c.psn_clct_amt_fen, c.emp_clct_amt_fen
      FROM intake.contribution c
      WHERE c.covered_month BETWEEN :'from' AND :'upto' AND c.batch_id <= :batch AND c.clct_time <= :'horizon'
      ORDER BY c.person_id, c.covered_month, c.clct_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT person_id, batch_id, death_date, valid FROM intake.person WHERE batch_id <= :batch
      ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT person_id, batch_id, begndate, enddate, valid, psn_type FROM intake.enrolment
      WHERE insutype = 310 AND batch_id <= :batch ORDER BY person_id, begndate, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT person_id, batch_id, year, year_total_fen, december_amount_fen FROM intake.fixed_credit
      WHERE batch_id <= :batch ORDER BY person_id, year, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
\ir floor_write.sql
\ir floor_keys.sql
