import Crypto
package import Postgres
package import Schema

extension Statement {
    static let migrationTable = Statement(
        "migration table", "SELECT to_regclass('public.settle_migration') IS NOT NULL")

    static let appliedMigrations = Statement(
        "applied migrations", "SELECT number, digest FROM public.settle_migration ORDER BY number")

    static let lockMigrations = Statement("lock migrations", "SELECT pg_advisory_xact_lock(7320222)")

    static let insertMigration = Statement(
        "insert migration",
        "INSERT INTO public.settle_migration (number, name, digest, applied_at) VALUES ($1, $2, $3, clock_timestamp())")
}

/// Brings a database to the shape this program knows: forward only, each step once, all of them or none.
package struct Migrator {
    private let migrations: [Migration]

    package init(_ migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// Applies what is missing.
    ///
    /// The first step makes the schemas and roles and needs a user who may; the later ones run as `settle_owner`.
    ///
    /// - Returns: the steps applied now; empty if the database was up to date.
    /// - Throws: ``JobError/schemaNewer(database:program:)``, ``JobError/migrationChanged(number:name:)``.
    package func migrate(_ connection: inout Connection) throws -> [Migration] {
        try connection.work("migrate") { connection in
            _ = try connection.execute(.lockMigrations)
            try connection.script(
                """
                CREATE TABLE IF NOT EXISTS public.settle_migration (
                    number integer PRIMARY KEY, name text NOT NULL, digest text NOT NULL, applied_at timestamptz NOT NULL);
                COMMENT ON TABLE public.settle_migration IS 'Migrations of settle that were applied, by number';
                GRANT SELECT ON public.settle_migration TO PUBLIC;
                """, name: "migration table")
            let applied = try Migrator.applied(&connection)
            try check(applied)
            let missing = Array(migrations.dropFirst(applied.count))
            for migration in missing {
                if migration.number > 1 { try connection.script("SET LOCAL ROLE settle_owner", name: "become owner") }
                try connection.script(migration.text, name: migration.fileName)
                if migration.number > 1 { try connection.script("RESET ROLE", name: "become user again") }
                _ = try connection.execute(
                    .insertMigration, Int32(migration.number), migration.name, migration.digest)
            }
            return missing
        }
    }

    /// Refuses a database that is not at the shape this program knows.
    package func verify(_ connection: inout Connection) throws {
        let isThere = try connection.first(.migrationTable) { row throws(DatabaseError) in try row[0, as: Bool.self] }
        guard isThere == true else { throw JobError.schemaMissing }
        let applied = try Migrator.applied(&connection)
        try check(applied)
        guard applied.count == migrations.count else {
            throw JobError.schemaOlder(database: applied.count, program: migrations.count)
        }
    }

    private struct Applied {
        let number: Int
        let digest: String
    }

    private static func applied(_ connection: inout Connection) throws -> [Applied] {
        try connection.rows(.appliedMigrations) { row throws(DatabaseError) in
            Applied(number: Int(try row[0, as: Int32.self]), digest: try row[1, as: String.self])
        }
    }

    private func check(_ applied: [Applied]) throws {
        guard applied.count <= migrations.count else {
            throw JobError.schemaNewer(database: applied.count, program: migrations.count)
        }
        for (step, migration) in zip(applied, migrations)
        where step.number != migration.number || step.digest != migration.digest {
            throw JobError.migrationChanged(number: migration.number, name: migration.name)
        }
    }
}

extension Migration {
    /// SHA-256 of the text, in hexadecimal.
    fileprivate var digest: String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }
}
