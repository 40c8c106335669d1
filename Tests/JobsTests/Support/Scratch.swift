import FoundationEssentials
import Glibc
import Jobs
import Postgres
import Synchronization
import Testing

/// Gives each test databases and directories of its own on the server that `SETTLE_TEST_DATABASE` (a conninfo of a role
/// that may make databases) names. Without the variable the tests are skipped and say so.
///
/// To drop a database the server writes a checkpoint, which takes long while others write; so databases are kept for the
/// next tests and dropped when the last suite ends.
struct ScratchTrait: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func prepare(for test: Test) async throws {
        guard ScratchTrait.conninfo == nil else { return }
        try Test.cancel("SETTLE_TEST_DATABASE is not set; jobs/cluster start makes a server for it")
    }

    /// Also around the suite itself, which a recursive trait otherwise is not.
    func scopeProvider(for test: Test, testCase: Test.Case?) -> ScratchTrait? { self }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard let conninfo = ScratchTrait.conninfo else { return try await function() }
        if test.isSuite {
            ScratchPool.shared.enter()
            do {
                try await function()
            } catch {
                try ScratchPool.shared.leave(conninfo)
                throw error
            }
            try ScratchPool.shared.leave(conninfo)
        } else if testCase != nil {
            let scratch = Scratch(server: conninfo)
            defer { scratch.end() }
            try await Scratch.$current.withValue(scratch) { try await function() }
        } else {
            try await function()
        }
    }

    private static var conninfo: String? { getenv("SETTLE_TEST_DATABASE").map { String(cString: $0) } }
}

extension Trait where Self == ScratchTrait {
    static var scratch: Self { Self() }
}

/// The databases and directories of one test.
final class Scratch: Sendable {
    private let server: String
    private let folder: String
    private let databases = Mutex<[ScratchDatabase]>([])

    @TaskLocal static var current: Scratch?

    private static let count = Atomic(0)

    fileprivate init(server: String) {
        self.server = server
        let number = Scratch.count.add(1, ordering: .relaxed).newValue
        folder = FileManager.default.temporaryDirectory.path + "/settle-test-\(getpid())-\(number)"
    }

    /// An empty database, not migrated.
    static func emptyDatabase() throws -> ScratchDatabase {
        try ScratchPool.shared.make(#require(current).server)
    }

    /// A migrated database without facts.
    static func database() throws -> ScratchDatabase {
        let scratch = try #require(current)
        let database = try ScratchPool.shared.take(scratch.server)
        scratch.databases.withLock { $0.append(database) }
        return database
    }

    /// A path in the test's own folder at which nothing is yet.
    static func path(_ label: String) throws -> String {
        let scratch = try #require(current)
        try FileManager.default.createDirectory(atPath: scratch.folder, withIntermediateDirectories: true)
        return "\(scratch.folder)/\(label)-\(count.add(1, ordering: .relaxed).newValue)"
    }

    /// Writes files, by name, into a new directory.
    static func directory(_ files: [String: String]) throws -> String {
        let path = try path("files")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        }
        return path
    }

    fileprivate func end() {
        for database in databases.withLock({ $0 }) { ScratchPool.shared.give(back: database) }
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            // A test without files has no folder.
        }
    }
}
