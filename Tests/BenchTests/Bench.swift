import FoundationEssentials
import Glibc
import Testing

/// The built measuring program, run as `jobs/bench` runs it.
struct Bench {
    let folder: String

    struct Ending {
        let code: Int32
        /// Standard output and standard error.
        let output: String
        let complaint: String
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/settle-bench-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    func end() throws {
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Runs `settle-bench` with arguments parted by spaces, on the tests' server.
    func run(_ command: String) throws -> Ending {
        let programs = URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            .deletingLastPathComponent().path
        let words = ["\(programs)/settle-bench"] + command.split(separator: " ").map(String.init)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "\(folder)/out", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "\(folder)/err", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let (arguments, variables) = (words.map { strdup($0) }, environment.map { strdup($0) })
        defer { for text in arguments + variables { free(text) } }
        var started: pid_t = 0
        try #require(posix_spawn(&started, words[0], &actions, nil, arguments + [nil], variables + [nil]) == 0)
        var status: Int32 = 0
        while waitpid(started, &status, 0) < 0 { try #require(errno == EINTR) }
        return Ending(
            code: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F), output: try text("out"),
            complaint: try text("err"))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
    }

    /// The checkout's peers.
    static var peers: String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .path + "/sql/bench"
    }

    private var environment: [String] {
        var variables: [String] = []
        for name in ["PATH", "LD_LIBRARY_PATH", "HOME"] {
            if let value = getenv(name) { variables.append("\(name)=\(String(cString: value))") }
        }
        let keywords = ["host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"]
        for setting in BenchTrait.server?.split(separator: " ") ?? [] {
            let parts = setting.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let name = keywords[String(parts[0])] else { continue }
            variables.append("\(name)=\(parts[1])")
        }
        return variables
    }
}
