import Jobs
import Postgres
import Testing

/// Every other test loads and settles as a role that is a member of `settle_batch` and nothing else, which shows that the
/// rights suffice. These show that they are no more.
@Suite(.serialized, .scratch) struct `The roles` {
    /// A town after its first month, so that partitions are there.
    private func settled() async throws -> ScratchDatabase {
        let database = try SmallTown(months: "2023-01"..."2023-01").database()
        try await database.monthEnd("2023-01")
        return database
    }

    private func state(_ sql: SQLText, as role: String, on database: ScratchDatabase) throws -> SQLState? {
        var connection = try Connection(database.settings(as: role))
        do {
            try connection.execute(Statement("try", sql))
            return nil
        } catch {
            return error.sqlState
        }
    }

    @Test(
        arguments: [
            "UPDATE ledger.account_entry SET amount_fen = 1", "DELETE FROM ledger.account_entry",
            "TRUNCATE ledger.account_entry", "UPDATE ledger.account_entry_2023_01 SET amount_fen = 1",
            "DELETE FROM ledger.account_entry_2023_01", "UPDATE ledger.voucher SET summary = ''",
            "DELETE FROM ledger.voucher",
            "UPDATE ledger.voucher_line SET debit_fen = 1", "DELETE FROM ledger.voucher_line",
            "DELETE FROM ledger.period", "UPDATE intake.contribution SET clct_base_fen = 0",
            "DELETE FROM intake.person",
            "DELETE FROM run.run", "UPDATE run.chunk SET fence = 0", "UPDATE run.control_total SET row_count = 0",
            "UPDATE run.rule_pack SET pack_text = ''", "DROP TABLE ledger.voucher_line",
            "ALTER TABLE ledger.voucher DISABLE TRIGGER ALL", "CREATE TABLE ledger.of_mine (x integer)",
        ] as [SQLText])
    func `settle_batch appends and does not alter`(sql: SQLText) async throws {
        #expect(try state(sql, as: "settle_batch", on: try await settled()) == .insufficientPrivilege)
    }

    @Test func `settle_batch may update only what says how far work is, and delete nothing`() async throws {
        let database = try await settled()
        let tables: SQLText = "FROM pg_tables WHERE schemaname IN ('intake', 'ledger', 'run', 'report', 'public')"
        #expect(
            try database.rows(
                """
                SELECT schemaname || '.' || tablename AS name \(tables) AND tablename <> 'scratch_code_table'
                    AND has_table_privilege('settle_batch', format('%I.%I', schemaname, tablename), 'UPDATE') ORDER BY name
                """
            ).filter { !$0.hasPrefix("ledger.accumulator") }
                == ["ledger.period", "run.heartbeat", "run.lease", "run.run"])
        try database.expect(
            """
            SELECT schemaname || '.' || tablename \(tables)
                AND has_table_privilege('settle_batch', format('%I.%I', schemaname, tablename), 'DELETE, TRUNCATE')
            """, is: [])
    }

    @Test func `settle_report reads every view of report but that of names, and no table`() async throws {
        let database = try await settled()
        for view in try database.reportViews() where view != "person_named" {
            #expect(try state("SELECT * FROM report.\(identifier: view)", as: "settle_report", on: database) == nil)
        }
        try database.expect(
            """
            SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('intake', 'ledger', 'run')
                AND has_table_privilege('settle_report', format('%I.%I', schemaname, tablename),
                                        'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
            """, is: [])
        for table in ["ledger.account_entry", "intake.person", "run.exception", "run.rule_pack"] as [SQLText] {
            #expect(
                try state("SELECT * FROM \(table)", as: "settle_report", on: database) == .insufficientPrivilege)
        }
    }

    @Test(arguments: ["settle_batch", "settle_report"])
    func `nobody but the owner makes partitions or functions of theirs`(role: String) async throws {
        let database = try await settled()
        #expect(
            try state("CREATE FUNCTION report.mine() RETURNS integer LANGUAGE sql RETURN 1", as: role, on: database)
                == .insufficientPrivilege)
        #expect(
            try state("SELECT ledger.ensure_account_month(date '2031-01-01')", as: role, on: database)
                == (role == "settle_batch" ? nil : .insufficientPrivilege))
    }
}
