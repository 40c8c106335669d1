-- The floor of a first adjudication: the input columns out by binary COPY in person order, the result bytes in by binary
-- COPY into equal tables, the keys of the two large ones after it; nothing is computed. What goes in was put into files beforehand by
-- floor_results.sql, and the tables were made empty by floor_fresh_tables.sql. Variables: year, batch, horizon.
\ir settings.sql
COPY (SELECT s.person_id, s.setl_id, s.setl_time, '', s.fixmedins_code, s.rx_fixmedins_code, s.insutype, s.med_type,
             s.dise_codg, s.medfee_sumamt_fen, s.fulamt_ownpay_amt_fen, s.overlmt_selfpay_fen, s.preselfpay_amt_fen,
             s.inscp_scp_amt_fen, s.acct_pay_fen, s.acct_mulaid_pay_fen, s.hosp_part_amt_fen, s.acct_mulaid_person_id,
             s.init_setl_id, s.act_pay_dedc_fen, s.hifp_pay_fen, s.psn_cash_pay_fen
      FROM intake.settlement s
      WHERE s.batch_id <= :batch AND s.setl_time < (:'horizon'::date + 1)::timestamp
      ORDER BY s.person_id, s.setl_time, s.setl_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT person_id, batch_id, death_date, valid FROM intake.person WHERE batch_id <= :batch
      ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT person_id, batch_id, begndate, enddate, valid, psn_type FROM intake.enrolment
      WHERE insutype = 310 AND batch_id <= :batch ORDER BY person_id, begndate, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
\ir floor_write.sql
\ir floor_keys.sql
