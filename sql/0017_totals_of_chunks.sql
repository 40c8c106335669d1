-- The totals of a chunk stand with the chunk, which has a run: hundreds of rows in each need not look for it one by one.
ALTER TABLE run.control_total DROP CONSTRAINT control_total_run_id_fkey;
