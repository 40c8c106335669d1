-- The four schemas and the three roles. Who may do what is settled here once, by grants and default privileges, so
-- that every later table inherits it: the owner changes the shape, the batch role appends, the report role reads views.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['settle_owner', 'settle_batch', 'settle_report'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            -- Roles are the whole server's: another database may make them at the same moment.
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
    END LOOP;
    IF NOT pg_has_role(current_user, 'settle_owner', 'MEMBER') THEN
        EXECUTE format('GRANT settle_owner TO %I', current_user);
    END IF;
END
$$;

CREATE SCHEMA intake AUTHORIZATION settle_owner;
CREATE SCHEMA ledger AUTHORIZATION settle_owner;
CREATE SCHEMA run AUTHORIZATION settle_owner;
CREATE SCHEMA report AUTHORIZATION settle_owner;

COMMENT ON SCHEMA intake IS 'Facts as the core system delivers them, in numbered batches; append-only';
COMMENT ON SCHEMA ledger IS 'Subledgers of persons, and the books: vouchers, periods; append-only';
COMMENT ON SCHEMA run IS 'Runs, their chunks, lease, control totals, exceptions and findings';
COMMENT ON SCHEMA report IS 'Views for people and other programs: completed runs only, money in yuan';

GRANT USAGE ON SCHEMA intake, ledger, run, report TO settle_batch;
GRANT USAGE ON SCHEMA report TO settle_report;

ALTER DEFAULT PRIVILEGES FOR ROLE settle_owner IN SCHEMA intake GRANT SELECT, INSERT ON TABLES TO settle_batch;
ALTER DEFAULT PRIVILEGES FOR ROLE settle_owner IN SCHEMA ledger GRANT SELECT, INSERT ON TABLES TO settle_batch;
ALTER DEFAULT PRIVILEGES FOR ROLE settle_owner IN SCHEMA run GRANT SELECT, INSERT ON TABLES TO settle_batch;
ALTER DEFAULT PRIVILEGES FOR ROLE settle_owner IN SCHEMA report GRANT SELECT ON TABLES TO settle_batch, settle_report;
