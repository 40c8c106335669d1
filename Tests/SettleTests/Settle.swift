import FoundationEssentials
import Glibc
import Postgres
import Testing

/// The built command, run as an operator runs it: arguments and environment in, two texts and an exit code out.
struct Settle: Sendable {
    /// The working directory.
    let folder: String
    /// The conninfo of the test's database.
    let database: String?

    @TaskLocal static var current: Settle?

    /// What a run of the command came to.
    struct Ending: Sendable {
        let code: Int32
        /// Standard output and standard error.
        let output: String
        let complaint: String

        /// The width of the widest line, a Chinese character counted as two.
        var width: Int {
            output.split(separator: "\n").map { line in
                line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFE6).contains($1.value) ? 2 : 1) }
            }.max() ?? 0
        }
    }

    /// Runs `settle` with arguments parted by spaces.
    static func run(_ arguments: String, environment: [String: String] = [:]) throws -> Ending {
        try start(arguments, environment: environment).wait()
    }

    /// Migrates the test's database. Roles belong to the whole server, and two migrations at once would both make them.
    static func migrate() throws -> Ending {
        var lock = try Connection(ConnectionSettings(try #require(CommandTrait.server)))
        try lock.execute(Statement("lock roles", "SELECT pg_advisory_lock(7320299)"))
        return try run("migrate")
    }

    static func start(_ arguments: String, environment: [String: String] = [:]) throws -> Process {
        let settle = try #require(current)
        return try Process(
            [try settle.binary()] + arguments.split(separator: " ").map(String.init), in: settle.folder,
            environment: settle.environment(environment))
    }

    /// One text a row.
    static func rows(_ sql: SQLText) throws -> [String] {
        let settle = try #require(current)
        var connection = try Connection(ConnectionSettings(try #require(settle.database)))
        return try connection.rows(Statement("look", sql)) { row throws(DatabaseError) in try row[0, as: String.self] }
    }

    /// Keeps everyone else away from a table meanwhile.
    static func holding(_ table: SQLText, _ body: () throws -> Void) throws {
        let settle = try #require(current)
        var connection = try Connection(ConnectionSettings(try #require(settle.database)))
        try connection.transaction("hold table") { connection in
            try connection.execute(Statement("hold table", "LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE"))
            try body()
        }
    }

    static func write(_ text: String, to name: String) throws {
        let path = "\(try #require(current).folder)/\(name)"
        let directory = URL(filePath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    static func bytes(of name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: "\(try #require(current).folder)/\(name)"))
    }

    /// Beside the program that runs the tests.
    private func binary() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: tests).deletingLastPathComponent().path + "/settle"
        try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is not built")
        return path
    }

    /// Of the caller's environment only where libraries are; nothing that would lead to another database.
    private func environment(_ additions: [String: String]) -> [String] {
        var variables = additions
        for name in ["PATH", "LD_LIBRARY_PATH", "HOME"] {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        for setting in database?.split(separator: " ") ?? [] {
            let parts = setting.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let name = Settle.variables[String(parts[0])] else { continue }
            variables[name] = String(parts[1])
        }
        return variables.map { "\($0.key)=\($0.value)" }
    }

    /// libpq's variables for the keywords of a conninfo; the last `dbname` wins.
    private static let variables = [
        "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE", "password": "PGPASSWORD",
    ]
}
