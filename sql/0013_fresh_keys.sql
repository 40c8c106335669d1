-- The keys of tables that a run fills first are built each by itself, several at the same time, once the tables are full
-- and before the transaction that completes the run: joining the ledger then takes no time.

CREATE FUNCTION ledger.fresh_keys() RETURNS TABLE (fresh_table oid, ledger_index oid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT fresh.inhrelid, i.indexrelid
    FROM pg_inherits fresh
    JOIN pg_index i ON i.indrelid = CASE fresh.inhparent WHEN 'ledger.adjudication_fresh'::regclass
        THEN 'ledger.adjudication'::regclass ELSE 'ledger.account_entry'::regclass END
    WHERE fresh.inhparent IN ('ledger.adjudication_fresh'::regclass, 'ledger.account_entry_fresh'::regclass)
    ORDER BY i.indisprimary DESC, pg_relation_size(fresh.inhrelid) DESC, fresh.inhrelid, i.indexrelid;
END;
COMMENT ON FUNCTION ledger.fresh_keys() IS 'Tables that the run at work is the first to fill, with the indexes of the ledger that they need; what takes longest first';
REVOKE EXECUTE ON FUNCTION ledger.fresh_keys() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.fresh_keys() TO settle_batch;

-- ledger.adjudication_2023 gets adjudication_2023_pkey as ledger.adjudication has adjudication_pkey.
CREATE FUNCTION ledger.fresh_key_name(fresh_table oid, ledger_index oid) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    RETURN (
        SELECT f.relname || substr(k.relname, length(t.relname) + 1)
        FROM pg_class f, pg_class k JOIN pg_index i ON i.indexrelid = k.oid JOIN pg_class t ON t.oid = i.indrelid
        WHERE f.oid = fresh_table AND k.oid = ledger_index);
COMMENT ON FUNCTION ledger.fresh_key_name(oid, oid) IS 'What an index of the ledger is called on a table that is to join it';
REVOKE EXECUTE ON FUNCTION ledger.fresh_key_name(oid, oid) FROM PUBLIC;

-- The memory is what sorting a province's year takes; a smaller table takes less.
CREATE FUNCTION ledger.build_fresh_key(fresh_table oid, ledger_index oid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET maintenance_work_mem = '1GB'
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger.fresh_keys() k
                   WHERE (k.fresh_table, k.ledger_index) = (build_fresh_key.fresh_table, build_fresh_key.ledger_index)) THEN
        RAISE 'index % is none that table % waits for', ledger_index::regclass, fresh_table::regclass;
    END IF;
    EXECUTE format(
        'CREATE %s INDEX IF NOT EXISTS %I ON %s %s',
        CASE WHEN (SELECT i.indisunique FROM pg_index i WHERE i.indexrelid = ledger_index) THEN 'UNIQUE' END,
        ledger.fresh_key_name(fresh_table, ledger_index), fresh_table::regclass,
        substring(pg_get_indexdef(ledger_index) FROM ' (USING .*)$'));
END
$$;
COMMENT ON FUNCTION ledger.build_fresh_key(oid, oid) IS 'Gives a table that the run at work is the first to fill one index of the ledger, unless it has it already';
REVOKE EXECUTE ON FUNCTION ledger.build_fresh_key(oid, oid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.build_fresh_key(oid, oid) TO settle_batch;

CREATE OR REPLACE FUNCTION ledger.join_fresh() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    fresh record;
    key text;
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
        key := (SELECT k.relname FROM pg_index i JOIN pg_class k ON k.oid = i.indexrelid
                WHERE i.indrelid = fresh.name AND i.indisunique AND NOT i.indisprimary);
        IF key IS NOT NULL THEN
            EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I PRIMARY KEY USING INDEX %2$I', fresh.name, key);
        END IF;
        EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', fresh.from_parent, fresh.name);
        -- Takes over the keys and indexes that the table has, and builds what is still missing.
        EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s %s', fresh.to_parent, fresh.name, fresh.bounds);
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT keeps_its_bounds', fresh.name);
    END LOOP;
END
$$;
