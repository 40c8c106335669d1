import Postgres

extension ScratchDatabase {
    /// As a clerk: a member of `settle_batch` and `settle_personal` and of nothing else.
    func clerk() throws -> ConnectionSettings {
        // Roles are the whole server's, and several tests may want the clerk at the same time.
        try tamper(
            """
            DO $$
            BEGIN
                PERFORM pg_advisory_xact_lock(7320299);
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'settle_test_clerk') THEN
                    CREATE ROLE settle_test_clerk NOLOGIN;
                END IF;
                GRANT settle_batch, settle_personal TO settle_test_clerk;
            END
            $$;
            """)
        return settings(as: "settle_test_clerk")
    }
}
