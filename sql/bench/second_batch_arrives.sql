-- Batch 2 of second_batch.sql arrives. Not timed.
INSERT INTO intake.batch (batch_id, source, digest, latest_fact_on, program_version, loaded_at)
SELECT 2, 'the last settlements', '', (SELECT max(setl_time)::date FROM intake.settlement), program_version, loaded_at
FROM intake.batch WHERE batch_id = 1;
INSERT INTO intake.batch_file (batch_id, file_name, rows_read, rows_new, rows_replacing, rows_unchanged)
SELECT 2, 'settlement.csv', count(*), count(*), 0, 0 FROM intake.settlement WHERE batch_id = 2;
VACUUM (FREEZE, ANALYZE);
