import FoundationEssentials
import Glibc
import Postgres

/// Where the work is done: the programs, the peers, a working directory, and one database at a time.
///
/// Peers and floors are run by psql, as anybody can run them; so a side is always one program from its start to its end,
/// connecting included.
struct Workbench {
    let settle: String
    let peers: String
    let directory: String
    let database: String
    let server: ServerClock?

    /// - Parameters:
    ///   - directory: made if it is not there.
    ///   - database: made anew; one of that name is dropped.
    init(settle: String, peers: String, directory: String, database: String) throws {
        guard FileManager.default.isExecutableFile(atPath: settle) else { throw BenchError.notBuilt(settle) }
        self.settle = settle
        self.peers = peers
        self.directory = directory
        self.database = database
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        // The peers read and write files beside themselves.
        guard chdir(directory) == 0 else { throw BenchError.notBuilt(directory) }
        server = try ServerClock(ConnectionSettings())
        var connection = try Connection(ConnectionSettings())
        _ = try connection.execute(Statement("drop database", "DROP DATABASE IF EXISTS \(identifier: database)"))
        _ = try connection.execute(Statement("make database", "CREATE DATABASE \(identifier: database)"))
        try run([settle, "migrate", "--database", "dbname=\(database)"], "migrate")
    }

    func drop() throws {
        var connection = try Connection(ConnectionSettings())
        _ = try connection.execute(
            Statement("drop database", "DROP DATABASE IF EXISTS \(identifier: database) WITH (FORCE)"))
    }

    /// The command with its database.
    func settle(_ words: String...) -> [String] { [settle] + words + ["--database", "dbname=\(database)"] }

    /// psql with files of the peers, in one session.
    func psql(_ files: String..., variables: [String: String] = [:]) -> [String] {
        [
            "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1",
            "--dbname=\(database)",
        ]
            + variables.sorted { $0.key < $1.key }.map { "--set=\($0.key)=\($0.value)" }
            + files.map { "--file=\(peers)/\($0).sql" }
    }

    /// Runs what is not timed.
    func run(_ words: [String], _ name: String) throws {
        _ = try MeasuredProcess.run(words, log: log(name), server: nil)
    }

    func measure(_ words: [String], _ name: String) throws -> MeasuredProcess.Usage {
        try MeasuredProcess.run(words, log: log(name), server: server)
    }

    /// The lines that a program of that name printed last.
    func lines(of name: String) -> [Substring] {
        let data = FileManager.default.contents(atPath: log(name)) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }

    func number(_ sql: SQLText) throws -> Int64 {
        var connection = try Connection(ConnectionSettings("dbname=\(database)"))
        return try connection.first(Statement("number", sql)) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        } ?? 0
    }

    private func log(_ name: String) -> String {
        "\(directory)/\(name.replacing(" ", with: "-")).log"
    }
}
