-- Takes away every delivery. Not timed.
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS bench CASCADE;
TRUNCATE intake.settlement, intake.batch, intake.batch_file CASCADE;
VACUUM (ANALYZE) intake.settlement;
CHECKPOINT;
