-- An office's first settlements stand beside the others, unkeyed, while they are copied, and get their keys when all are
-- there: the key that carries what is read is nearly as large as the table, and takes half the time built at once.

CREATE TABLE intake.settlement_fresh (LIKE intake.settlement INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY RANGE (setl_time);
COMMENT ON TABLE intake.settlement_fresh IS 'Years of settlements that the load at work is the first to fill; empty outside its transaction';

CREATE FUNCTION intake.begin_settlement_year(year integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    first_time timestamp := make_timestamp(year, 1, 1, 0, 0, 0);
    next_time timestamp := make_timestamp(year + 1, 1, 1, 0, 0, 0);
BEGIN
    EXECUTE format('CREATE TABLE intake.%I PARTITION OF intake.settlement_fresh FOR VALUES FROM (%L) TO (%L)',
                   'settlement_' || year, first_time, next_time);
    -- Says the same as the bounds, so that joining the others reads no row again.
    EXECUTE format('ALTER TABLE intake.%I ADD CONSTRAINT keeps_its_bounds CHECK (setl_time >= %L AND setl_time < %L)',
                   'settlement_' || year, first_time, next_time);
END
$$;
COMMENT ON FUNCTION intake.begin_settlement_year(integer) IS 'Makes the table of a calendar year of settlements that joins the others only with intake.join_fresh()';
REVOKE EXECUTE ON FUNCTION intake.begin_settlement_year(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake.begin_settlement_year(integer) TO settle_batch;

CREATE FUNCTION intake.join_fresh() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET maintenance_work_mem = '1GB'
AS $$
DECLARE
    fresh record;
BEGIN
    FOR fresh IN
        SELECT i.inhrelid::regclass AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'intake.settlement_fresh'::regclass
        ORDER BY c.relname
    LOOP
        EXECUTE format('ALTER TABLE intake.settlement_fresh DETACH PARTITION %s', fresh.name);
        -- This builds the keys, in parallel where the server may.
        EXECUTE format('ALTER TABLE intake.settlement ATTACH PARTITION %s %s', fresh.name, fresh.bounds);
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT keeps_its_bounds', fresh.name);
    END LOOP;
END
$$;
COMMENT ON FUNCTION intake.join_fresh() IS 'Makes the years that a load filled first parts of intake.settlement, with their keys; called by the transaction that fills them';
REVOKE EXECUTE ON FUNCTION intake.join_fresh() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake.join_fresh() TO settle_batch;
