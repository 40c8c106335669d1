-- Makes the last :rows settlements of the year a delivery of their own that has not arrived yet: batch 2. Not timed.
-- Variable also: year.
UPDATE intake.settlement s SET batch_id = 2
WHERE s.setl_time >= (
    SELECT min(t.setl_time) FROM (
        SELECT n.setl_time FROM intake.settlement n WHERE n.setl_time < make_timestamp(:year + 1, 1, 1, 0, 0, 0)
        ORDER BY n.setl_time DESC LIMIT :rows) t);
VACUUM (ANALYZE) intake.settlement;
