-- The floor of a night: the new settlements out by binary COPY in person order, the result bytes in by binary COPY into equal
-- tables with their keys; nothing is computed. The tables are empty, which is kinder than the ledger's own.
-- Variables: batch, previous_batch, horizon.
\ir settings.sql
COPY (SELECT s.person_id, s.setl_id, s.setl_time, '', s.fixmedins_code, s.rx_fixmedins_code, s.insutype, s.med_type,
             s.dise_codg, s.medfee_sumamt_fen, s.fulamt_ownpay_amt_fen, s.overlmt_selfpay_fen, s.preselfpay_amt_fen,
             s.inscp_scp_amt_fen, s.acct_pay_fen, s.acct_mulaid_pay_fen, s.hosp_part_amt_fen, s.acct_mulaid_person_id,
             s.init_setl_id, s.act_pay_dedc_fen, s.hifp_pay_fen, s.psn_cash_pay_fen
      FROM intake.settlement s
      WHERE s.batch_id > :previous_batch AND s.batch_id <= :batch AND s.setl_time < (:'horizon'::date + 1)::timestamp
      ORDER BY s.person_id, s.setl_time, s.setl_id) TO STDOUT (FORMAT binary) \g /dev/null
\ir floor_write.sql
