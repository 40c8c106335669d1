-- Compares the entries and exceptions of our run (keep_results.sql) with those of a peer in schema bench. Answers
-- `what|rows|differences`.
SELECT 'account entries', count(*), count(*) FILTER (WHERE o.value IS DISTINCT FROM t.value)
FROM (SELECT person_id, covered_month, kind, source, revision, (amount_fen, effective_on, citation_id)::text AS value
      FROM bench_kept.account_entry) o
FULL JOIN (SELECT person_id, covered_month, kind, source, revision, (amount_fen, effective_on, citation_id)::text AS value
           FROM bench.account_entry) t USING (person_id, covered_month, kind, source, revision)
UNION ALL
SELECT 'exceptions', count(*), count(*) FILTER (WHERE o.value IS DISTINCT FROM t.value)
FROM (SELECT person_id, covered_month, reason, source, coalesce(amount_fen, 0)::text AS value FROM bench_kept.exception) o
FULL JOIN (SELECT person_id, covered_month, reason, source, coalesce(amount_fen, 0)::text AS value FROM bench.exception) t
    USING (person_id, covered_month, reason, source);
