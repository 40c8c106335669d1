-- What a run of millions of rows needs: to find the few revised adjudications without reading all, and to fill tables of
-- its own that get their keys when they are full.

-- Nearly every adjudication is the first and only one; which are not is asked by reconciliation, reports and proofs.
CREATE INDEX adjudication_revised ON ledger.adjudication (person_id, settlement_id, revision) WHERE revision > 0;

-- A year or month that nothing stands in yet is filled beside the ledger, without keys, and joins it with its keys when
-- the run completes: to build a key at once takes a third of keeping it up row by row. These two are the parents such
-- tables have until then; of a run that is done, they have none.
CREATE TABLE ledger.adjudication_fresh (LIKE ledger.adjudication INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY RANGE (benefit_month);
COMMENT ON TABLE ledger.adjudication_fresh IS 'Benefit years that the run at work is the first to fill; no part of the ledger before it completes';
CREATE TABLE ledger.account_entry_fresh (LIKE ledger.account_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY RANGE (covered_month);
COMMENT ON TABLE ledger.account_entry_fresh IS 'Covered months that the run at work is the first to fill; no part of the ledger before it completes';

-- True if the table was made now or by an attempt of the same run before.
CREATE FUNCTION ledger.begin_partition(fresh_parent regclass, table_name text, first_month date, next_month date)
    RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    parent regclass := (SELECT inhparent FROM pg_inherits WHERE inhrelid = to_regclass('ledger.' || quote_ident(table_name)));
    partition_column text := (
        SELECT a.attname FROM pg_partitioned_table p
        JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0] WHERE p.partrelid = fresh_parent);
BEGIN
    IF parent IS NULL THEN
        EXECUTE format('CREATE TABLE ledger.%I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
                       table_name, fresh_parent, first_month, next_month);
        -- Says the same as the bounds, so that joining the ledger reads no row again.
        EXECUTE format('ALTER TABLE ledger.%I ADD CONSTRAINT keeps_its_bounds CHECK (%I >= %L AND %2$I < %4$L)',
                       table_name, partition_column, first_month, next_month);
    END IF;
    RETURN parent IS NULL OR parent = fresh_parent;
END
$$;
COMMENT ON FUNCTION ledger.begin_partition(regclass, text, date, date) IS 'Makes a table of the ledger that is filled before it has keys, unless it is part of the ledger; whether it is such';
REVOKE EXECUTE ON FUNCTION ledger.begin_partition(regclass, text, date, date) FROM PUBLIC;

CREATE FUNCTION ledger.begin_account_month(month date) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    RETURN ledger.begin_partition(
        'ledger.account_entry_fresh', 'account_entry_' || to_char(month::timestamp, 'YYYY_MM'), month,
        (month + interval '1 month')::date);
COMMENT ON FUNCTION ledger.begin_account_month(date) IS 'Makes the table of entries covering a month (its first day); true if it joins the ledger only with ledger.join_fresh()';
REVOKE EXECUTE ON FUNCTION ledger.begin_account_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.begin_account_month(date) TO settle_batch;

CREATE FUNCTION ledger.begin_adjudication_year(year integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    RETURN ledger.begin_partition(
        'ledger.adjudication_fresh', 'adjudication_' || year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
COMMENT ON FUNCTION ledger.begin_adjudication_year(integer) IS 'Makes the table of a benefit year; true if it joins the ledger only with ledger.join_fresh()';
REVOKE EXECUTE ON FUNCTION ledger.begin_adjudication_year(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.begin_adjudication_year(integer) TO settle_batch;

CREATE FUNCTION ledger.join_fresh() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    fresh record;
BEGIN
    FOR fresh IN
        SELECT i.inhparent::regclass AS from_parent,
               CASE i.inhparent WHEN 'ledger.adjudication_fresh'::regclass THEN 'ledger.adjudication'::regclass
                                ELSE 'ledger.account_entry'::regclass END AS to_parent,
               i.inhrelid::regclass AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent IN ('ledger.adjudication_fresh'::regclass, 'ledger.account_entry_fresh'::regclass)
        ORDER BY c.relname
    LOOP
        EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', fresh.from_parent, fresh.name);
        -- This builds the keys and indexes of the ledger, in parallel where the server may.
        EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s %s', fresh.to_parent, fresh.name, fresh.bounds);
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT keeps_its_bounds', fresh.name);
    END LOOP;
END
$$;
COMMENT ON FUNCTION ledger.join_fresh() IS 'Makes the tables that a run filled parts of the ledger, with their keys; called by the transaction that completes the run';
REVOKE EXECUTE ON FUNCTION ledger.join_fresh() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.join_fresh() TO settle_batch;
