import Glibc
import Jobs
import Postgres
import Synchronization
import Testing

/// The databases of all suites.
final class ScratchPool: Sendable {
    private struct State {
        var suites = 0
        var count = 0
        var made: [ScratchDatabase] = []
        var idle: [ScratchDatabase] = []
    }

    private let state = Mutex(State())

    static let shared = ScratchPool()

    /// A suite begins.
    func enter() {
        state.withLock { $0.suites += 1 }
    }

    /// A suite ends; with the last one the databases go.
    func leave(_ server: String) throws {
        let useless = state.withLock { state in
            state.suites -= 1
            guard state.suites == 0 else { return [] as [ScratchDatabase] }
            defer { (state.made, state.idle) = ([], []) }
            return state.made
        }
        guard !useless.isEmpty else { return }
        var connection = try Connection(ConnectionSettings(server))
        for database in useless {
            try connection.execute(
                Statement("drop database", "DROP DATABASE \(identifier: database.name) WITH (FORCE)"))
        }
    }

    /// An empty database.
    func make(_ server: String) throws -> ScratchDatabase {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        let database = ScratchDatabase(server: server, name: "settle_test_\(getpid())_\(number)")
        var connection = try Connection(ConnectionSettings(server))
        try connection.execute(Statement("make database", "CREATE DATABASE \(identifier: database.name)"))
        state.withLock { $0.made.append(database) }
        return database
    }

    /// A migrated database without facts and runs, a used one if one is idle.
    func take(_ server: String) throws -> ScratchDatabase {
        if let used = state.withLock({ $0.idle.popLast() }) {
            try used.forgetRuns()
            try used.forgetFacts()
            return used
        }
        let database = try make(server)
        // Roles belong to the whole server, and two migrations at once would both make them.
        var lock = try Connection(ConnectionSettings(server))
        try lock.execute(.lockRoles)
        var connection = try database.connect()
        _ = try Migrator().migrate(&connection)
        try database.rememberCodeTables()
        return database
    }

    func give(back database: ScratchDatabase) {
        state.withLock { $0.idle.append(database) }
    }
}

extension Statement {
    /// Released when the connection ends.
    fileprivate static let lockRoles = Statement("lock roles", "SELECT pg_advisory_lock(7320299)")
}

extension ScratchDatabase {
    /// Notes which tables a migration filled.
    fileprivate func rememberCodeTables() throws {
        try tamper("CREATE TABLE public.scratch_code_table (table_name text)")
        let filled = try rowCounts().filter { !$0.hasSuffix(" 0") }
        for line in filled {
            let name = line.split(separator: " ").prefix(2).joined(separator: ".")
            try tamper("INSERT INTO public.scratch_code_table VALUES ('\(name)')")
        }
    }

    /// Takes the database back to before its first run, which is the first to fill every year and month again. Its facts
    /// stay.
    func forgetRuns() throws {
        try tamper(
            """
            DROP SCHEMA IF EXISTS oracle CASCADE;
            UPDATE run.lease SET fence = 0, owner = NULL, since = NULL;
            UPDATE run.heartbeat SET beat_at = 'epoch';
            DO $$
            DECLARE
                name regclass;
            BEGIN
                FOR name IN SELECT inhrelid FROM pg_inherits WHERE inhparent IN (
                    'ledger.account_entry'::regclass, 'ledger.account_entry_fresh'::regclass,
                    'ledger.adjudication'::regclass, 'ledger.adjudication_fresh'::regclass)
                LOOP
                    EXECUTE format('DROP TABLE %s', name);
                END LOOP;
            END
            $$;
            """)
        try empty("relnamespace IN ('ledger'::regnamespace, 'run'::regnamespace)")
    }

    /// Takes the database back to before its first batch, which is the first to fill every year of settlements again.
    func forgetFacts() throws {
        try tamper(
            """
            DO $$
            DECLARE
                name regclass;
            BEGIN
                FOR name IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'intake.settlement'::regclass LOOP
                    EXECUTE format('DROP TABLE %s', name);
                END LOOP;
            END
            $$;
            """)
        try empty("relnamespace = 'intake'::regnamespace")
    }

    /// Deletes rather than truncates: for the few rows of a test that is much faster. Constraints are left aside, since
    /// the tables refer to each other. Tables that a migration filled keep their rows.
    private func empty(_ condition: String) throws {
        try tamper(
            """
            SET session_replication_role = replica;
            DO $$
            DECLARE
                name regclass;
            BEGIN
                FOR name IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND \(condition)
                    AND oid::regclass::text NOT IN (SELECT table_name FROM public.scratch_code_table)
                LOOP
                    EXECUTE format('DELETE FROM %s', name);
                END LOOP;
            END
            $$;
            """)
    }
}
