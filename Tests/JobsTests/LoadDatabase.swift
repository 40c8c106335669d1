import FoundationEssentials
import Glibc
import Jobs
import Postgres
import Synchronization
import Testing

/// Gives a suite a migrated database of its own on the server that `SETTLE_TEST_DATABASE` (a conninfo) names, and drops
/// it after; each test finds its tables empty. Without the variable the tests are skipped and say so.
///
/// The suite must be serialized.
struct LoadDatabaseTrait: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func prepare(for test: Test) async throws {
        guard LoadDatabaseTrait.conninfo == nil else { return }
        try Test.cancel("SETTLE_TEST_DATABASE is not set; jobs/cluster start makes a server for it")
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard let conninfo = LoadDatabaseTrait.conninfo else { return }
        if testCase != nil {
            try LoadDatabase.required().empty()
            return try await function()
        }
        let database = LoadDatabase(server: conninfo)
        try database.create()
        defer { database.removeFiles() }
        try await LoadDatabase.$current.withValue(database) { try await function() }
        try database.drop()
    }

    func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
        test.isSuite || testCase != nil ? self : nil
    }

    private static var conninfo: String? { getenv("SETTLE_TEST_DATABASE").map { String(cString: $0) } }
}

extension Trait where Self == LoadDatabaseTrait {
    static var loadDatabase: Self { Self() }
}

/// The database of one suite, and the directories its tests deliver.
struct LoadDatabase: Sendable {
    private let server: String
    private let name: String
    private let folder: String

    @TaskLocal static var current: LoadDatabase?

    private static let count = Atomic(0)
    private static let role = "settle_load_test"

    fileprivate init(server: String) {
        let number = LoadDatabase.count.add(1, ordering: .relaxed).newValue
        self.server = server
        name = "settle_load_test_\(getpid())_\(number)"
        folder = FileManager.default.temporaryDirectory.path + "/\(name)"
    }

    static func required() throws -> LoadDatabase { try #require(current) }

    /// As the owner of the database.
    func connect() throws -> Connection {
        try Connection(ConnectionSettings("\(server) dbname=\(name)"))
    }

    /// As a role that is a member of `settle_batch` and nothing else.
    func loaderSettings(_ commitFault: CommitFault? = nil) -> ConnectionSettings {
        ConnectionSettings(
            "\(server) dbname=\(name) options='-c role=\(LoadDatabase.role)'", commitFault: commitFault)
    }

    /// Writes the files, by name, into a new directory and loads it.
    @discardableResult
    func load(
        _ files: [String: String], limit: Int = 100, window: LoadWindow = LoadWindow(), commitFault: CommitFault? = nil,
        progress: @escaping (LoadProgress) -> Void = { _ in }
    ) throws -> LoadResult {
        let loader = Loader(
            settings: loaderSettings(commitFault), clock: Clock { 1_700_000_000 }, programVersion: "test",
            problemLimit: limit, window: window, progress: progress)
        return try loader.load(directory: try directory(files))
    }

    /// The text of the refusal. That nothing of the delivery is in the database is expected besides.
    func refusal(
        of files: [String: String], limit: Int = 100, window: LoadWindow = LoadWindow()
    ) throws -> String {
        let before = try contents()
        let error = #expect(throws: LoadError.self) { try load(files, limit: limit, window: window) }
        #expect(error?.exitCode == .refused)
        #expect(try contents() == before)
        return error.map { "\($0)" } ?? ""
    }

    func directory(_ files: [String: String]) throws -> String {
        let path = "\(folder)/\(LoadDatabase.count.add(1, ordering: .relaxed).newValue)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        }
        return path
    }

    /// One text a row.
    func rows(_ sql: SQLText) throws -> [String] {
        var connection = try connect()
        return try connection.rows(Statement("look", sql)) { row throws(DatabaseError) in try row[0, as: String.self] }
    }

    /// All facts and batches, a table a line.
    func contents() throws -> [String] {
        try LoadDatabase.tables.flatMap { table in
            try rows("SELECT row_text::text FROM intake.\(identifier: table) AS row_text ORDER BY 1").map {
                "\(table) \($0)"
            }
        }
    }

    /// All facts without their batch.
    func facts() throws -> [String] {
        try LoadDatabase.tables.filter { $0 != "batch" && $0 != "batch_file" }.flatMap { table in
            try rows(
                """
                SELECT (to_jsonb(fact) - 'batch_id')::text FROM intake.\(identifier: table) AS fact ORDER BY 1
                """
            ).map { "\(table) \($0)" }
        }
    }

    func empty() throws {
        var connection = try connect()
        var tables: SQLText = "intake.batch"
        for table in LoadDatabase.tables.dropFirst() {
            tables = "\(tables), intake.\(identifier: table)"
        }
        try connection.execute(Statement("empty", "TRUNCATE \(tables)"))
    }

    private static let tables = [
        "batch", "batch_file", "person", "enrolment", "contribution", "fixed_credit", "account_opening", "institution",
        "settlement", "institution_statement", "institution_statement_line", "account_use", "family_link",
    ]

    fileprivate func create() throws {
        var server = try Connection(ConnectionSettings(server))
        // Roles belong to the whole server, and two suites may both find that they are not there yet. The lock is held as
        // long as the session.
        try server.execute(Statement("one suite at a time", "SELECT pg_advisory_lock(7320299)"))
        try server.execute(Statement("make database", "CREATE DATABASE \(identifier: name)"))
        var connection = try connect()
        _ = try Migrator().migrate(&connection)
        try connection.script(
            """
            DO $$
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(LoadDatabase.role)') THEN
                    CREATE ROLE \(LoadDatabase.role) NOLOGIN;
                    GRANT settle_batch TO \(LoadDatabase.role);
                END IF;
            END
            $$
            """, name: "role of the tests")
    }

    fileprivate func drop() throws {
        var server = try Connection(ConnectionSettings(server))
        try server.execute(Statement("drop database", "DROP DATABASE \(identifier: name) WITH (FORCE)"))
    }

    fileprivate func removeFiles() {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            // A test that delivered nothing has no folder.
        }
    }
}
