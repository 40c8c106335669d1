import Glibc
import Postgres
import Testing

/// Gives a suite a schema of its own on the server that `SETTLE_TEST_DATABASE` (a conninfo) names, and drops it after.
/// Without the variable the suite is skipped and says so.
struct DatabaseTrait: SuiteTrait, TestScoping {
    var isRecursive: Bool { false }

    func prepare(for test: Test) async throws {
        guard DatabaseTrait.conninfo == nil else { return }
        try Test.cancel("SETTLE_TEST_DATABASE is not set; jobs/cluster start makes a server for it")
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard let conninfo = DatabaseTrait.conninfo else { return }
        let database = TestDatabase(conninfo: conninfo, schema: "test of \(test.name)")
        try database.recreate()
        try await TestDatabase.$current.withValue(database) { try await function() }
        try database.drop()
    }

    private static var conninfo: String? { getenv("SETTLE_TEST_DATABASE").map { String(cString: $0) } }
}

extension Trait where Self == DatabaseTrait {
    static var database: Self { Self() }
}

/// Where the tests of one suite find their tables.
struct TestDatabase: Sendable {
    let conninfo: String
    let schema: String

    @TaskLocal static var current: TestDatabase?

    /// A connection whose unqualified names mean the suite's schema.
    static func connect(commitFault: CommitFault? = nil) throws -> Connection {
        let database = try #require(current)
        var connection = try Connection(
            ConnectionSettings(database.conninfo, applicationName: "settle-tests", commitFault: commitFault))
        try connection.execute(Statement("choose schema", "SET search_path TO \(identifier: database.schema)"))
        return connection
    }

    fileprivate func recreate() throws {
        try drop()
        var connection = try Connection(ConnectionSettings(conninfo))
        try connection.execute(Statement("make schema", "CREATE SCHEMA \(identifier: schema)"))
    }

    fileprivate func drop() throws {
        var connection = try Connection(ConnectionSettings(conninfo))
        try connection.execute(Statement("drop schema", "DROP SCHEMA IF EXISTS \(identifier: schema) CASCADE"))
    }
}
