-- The floor of the annual proof: facts and postings of the year out by binary COPY, both in person order; nothing is
-- computed and nothing written. Variables: year, batch, horizon, from, upto.
\ir settings.sql
COPY (SELECT s.person_id, s.setl_id, s.setl_time, '', s.fixmedins_code, s.rx_fixmedins_code, s.insutype, s.med_type,
             s.dise_codg, s.medfee_sumamt_fen, s.fulamt_ownpay_amt_fen, s.overlmt_selfpay_fen, s.preselfpay_amt_fen,
             s.inscp_scp_amt_fen, s.acct_pay_fen, s.acct_mulaid_pay_fen, s.hosp_part_amt_fen, s.acct_mulaid_person_id,
             s.init_setl_id
      FROM intake.settlement s
      WHERE s.batch_id <= :batch AND s.setl_time < (:'horizon'::date + 1)::timestamp
      ORDER BY s.person_id, s.setl_time, s.setl_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT a.person_id, a.settlement_id, a.benefit_month, a.eligible_fen, a.deductible_applied_fen, a.payable_fen,
             a.pool_payment_fen, a.account_payment_fen, a.family_account_payment_fen, a.cash_payment_fen, a.pool_rate_bp,
             a.verdict, a.psn_category, a.level, a.revision
      FROM ledger.adjudication a
      WHERE a.benefit_month >= make_date(:year, 1, 1) AND a.benefit_month < make_date(:year + 1, 1, 1)
      ORDER BY a.person_id, a.benefit_month, a.settlement_id, a.revision) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT c.person_id, c.covered_month, c.clct_id, c.insutype, c.clct_type, c.clct_base_fen, c.psn_clct_amt_fen,
             c.emp_clct_amt_fen
      FROM intake.contribution c
      WHERE c.covered_month BETWEEN :'from' AND :'upto' AND c.batch_id <= :batch AND c.clct_time <= :'horizon'
      ORDER BY c.person_id, c.covered_month, c.clct_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT e.person_id, e.covered_month, e.kind, e.source, e.revision, e.amount_fen, e.citation_id
      FROM ledger.account_entry e WHERE e.covered_month BETWEEN :'from' AND :'upto'
      ORDER BY e.person_id, e.covered_month, e.kind, e.source, e.revision) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT person_id, batch_id, death_date, valid FROM intake.person WHERE batch_id <= :batch
      ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT person_id, batch_id, begndate, enddate, valid, psn_type FROM intake.enrolment
      WHERE insutype = 310 AND batch_id <= :batch ORDER BY person_id, begndate, batch_id) TO STDOUT (FORMAT binary) \g /dev/null
COPY (SELECT person_id, benefit_year, run_id, deductible_fen, pool_payment_fen, eligible_fen, visits, last_setl_time,
             last_setl_id
      FROM ledger.accumulator WHERE benefit_year = :year
      ORDER BY person_id, benefit_year, run_id) TO STDOUT (FORMAT binary) \g /dev/null
