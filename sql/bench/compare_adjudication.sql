-- Compares what our run wrote (keep_results.sql) with what a peer wrote into schema :theirs, row by row and column by column;
-- the cause of a revision and the run aside. Answers `what|rows|differences`. Movements are those of settlements: the
-- peers book no other use of accounts.
SELECT 'adjudications', count(*), count(*) FILTER (WHERE o.value IS DISTINCT FROM t.value)
FROM (SELECT person_id, settlement_id, (setl_time, eligible_fen, deductible_applied_fen, payable_fen, pool_payment_fen,
             account_payment_fen, family_account_payment_fen, cash_payment_fen, family_person_id, benefit_month, citation_id,
             pool_rate_bp, verdict, psn_category, level, revision)::text AS value FROM bench_kept.adjudication) o
FULL JOIN (SELECT person_id, settlement_id, (setl_time, eligible_fen, deductible_applied_fen, payable_fen,
                  pool_payment_fen, account_payment_fen, family_account_payment_fen, cash_payment_fen, family_person_id,
                  benefit_month, citation_id, pool_rate_bp, verdict, psn_category, level, revision)::text AS value
           FROM :theirs.adjudication WHERE run_id = :run) t USING (person_id, settlement_id)
UNION ALL
SELECT 'running sums', count(*), count(*) FILTER (WHERE o.value IS DISTINCT FROM t.value)
FROM (SELECT person_id, benefit_year, (deductible_fen, deductible_counted_fen, pool_payment_fen, counted_fen, eligible_fen,
             last_setl_time, visits, last_category, last_setl_id)::text AS value FROM bench_kept.accumulator) o
FULL JOIN (SELECT person_id, benefit_year, (deductible_fen, deductible_counted_fen, pool_payment_fen, counted_fen,
                  eligible_fen, last_setl_time, visits, last_category, last_setl_id)::text AS value
           FROM :theirs.accumulator WHERE run_id = :run) t USING (person_id, benefit_year)
UNION ALL
SELECT 'account movements', count(*), count(*) FILTER (WHERE o.value IS DISTINCT FROM t.value)
FROM (SELECT e.person_id, e.covered_month, e.kind, e.source, e.revision,
             (e.amount_fen, e.effective_on, e.citation_id)::text AS value
      FROM bench_kept.account_entry e
      WHERE NOT EXISTS (SELECT FROM intake.account_use u WHERE u.person_id = e.person_id AND u.acct_use_id = e.source)) o
FULL JOIN (SELECT person_id, covered_month, kind, source, revision, (amount_fen, effective_on, citation_id)::text AS value
           FROM :theirs.account_entry WHERE run_id = :run) t USING (person_id, covered_month, kind, source, revision);
