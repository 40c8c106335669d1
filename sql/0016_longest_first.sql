-- Every index of a table reads all of it, and the largest table has most of them: workers that begin with it end together.
CREATE OR REPLACE FUNCTION ledger.fresh_keys() RETURNS TABLE (fresh_table oid, ledger_index oid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT fresh.inhrelid, i.indexrelid
    FROM pg_inherits fresh
    JOIN pg_index i ON i.indrelid = CASE fresh.inhparent WHEN 'ledger.adjudication_fresh'::regclass
        THEN 'ledger.adjudication'::regclass ELSE 'ledger.account_entry'::regclass END
    WHERE fresh.inhparent IN ('ledger.adjudication_fresh'::regclass, 'ledger.account_entry_fresh'::regclass)
    ORDER BY pg_relation_size(fresh.inhrelid) DESC, fresh.inhrelid, i.indisprimary DESC, i.indexrelid;
END;
