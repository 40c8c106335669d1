-- What every peer is given: memory to sort and hash in, parallel workers, and no compilation of expressions, which took
-- longer than it saved. Durability stays as it is.
SET work_mem = '1GB';
SET maintenance_work_mem = '1GB';
SET max_parallel_workers_per_gather = 4;
SET max_parallel_maintenance_workers = 4;
SET jit = off;
SET client_min_messages = warning;
