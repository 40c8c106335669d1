import FoundationEssentials
import Glibc
import Postgres
import Synchronization
import Testing

/// Gives each test an empty folder, and with `database: true` an empty database on the server that
/// `SETTLE_TEST_DATABASE` (a conninfo) names. Without the variable tests that need one are skipped and say so.
struct CommandTrait: SuiteTrait, TestTrait, TestScoping {
    let needsDatabase: Bool

    var isRecursive: Bool { true }

    func prepare(for test: Test) async throws {
        guard needsDatabase, CommandTrait.server == nil else { return }
        try Test.cancel("SETTLE_TEST_DATABASE is not set; jobs/cluster start makes a server for it")
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await CommandTrait.dropping(after: function) }
        let number = CommandTrait.count.add(1, ordering: .relaxed).newValue
        let name = "settle_command_\(getpid())_\(number)"
        let folder = FileManager.default.temporaryDirectory.path + "/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
        }
        guard needsDatabase, let server = CommandTrait.server else {
            return try await Settle.$current.withValue(Settle(folder: folder, database: nil)) { try await function() }
        }
        try CommandTrait.execute("CREATE DATABASE \(identifier: name)", on: server)
        let settle = Settle(folder: folder, database: "\(server) dbname=\(name)")
        CommandTrait.useless.withLock { $0.append(name) }
        try await Settle.$current.withValue(settle) { try await function() }
    }

    /// Also around the suites, which a recursive trait otherwise is not.
    func scopeProvider(for test: Test, testCase: Test.Case?) -> CommandTrait? {
        test.isSuite || testCase != nil ? self : nil
    }

    /// To drop a database the server writes a checkpoint, which takes long while others write: all go with the last suite.
    private static func dropping(after suite: @concurrent @Sendable () async throws -> Void) async throws {
        suites.add(1, ordering: .relaxed)
        defer {
            if suites.subtract(1, ordering: .relaxed).newValue == 0 { dropDatabases() }
        }
        try await suite()
    }

    private static func dropDatabases() {
        let names = useless.withLock { names in
            defer { names = [] }
            return names
        }
        do {
            for name in names {
                try execute("DROP DATABASE \(identifier: name) WITH (FORCE)", on: #require(server))
            }
        } catch {
            Issue.record(error)
        }
    }

    private static let suites = Atomic(0)
    private static let useless = Mutex<[String]>([])

    private static func execute(_ sql: SQLText, on server: String) throws {
        var connection = try Connection(ConnectionSettings(server))
        try connection.execute(Statement("database", sql))
    }

    static var server: String? { getenv("SETTLE_TEST_DATABASE").map { String(cString: $0) } }

    private static let count = Atomic(0)
}

extension Trait where Self == CommandTrait {
    static var folder: Self { Self(needsDatabase: false) }
    static var database: Self { Self(needsDatabase: true) }
}
