import FoundationEssentials
import Glibc
import Testing

/// The accounting program hledger, run on a journal as an accountant runs it.
struct Hledger {
    let code: Int32
    let output: String
    let complaint: String

    /// - Parameter words: its command and options.
    static func run(_ words: [String], on journal: String) throws -> Hledger {
        let outputPath = try Scratch.path("hledger.out")
        let complaintPath = try Scratch.path("hledger.err")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, complaintPath, O_WRONLY | O_CREAT, 0o600)
        let texts: [String] = ["hledger", "--file", journal] + words
        let arguments = texts.map { strdup($0) }
        // It reads files in the encoding of the locale.
        let variables = [strdup("LC_ALL=C.UTF-8"), strdup("HOME=/nowhere")]
        defer {
            for text in arguments + variables { free(text) }
        }
        var started: pid_t = 0
        let failure = posix_spawnp(&started, "hledger", &actions, nil, arguments + [nil], variables + [nil])
        guard failure != ENOENT else { throw Missing() }
        try #require(failure == 0, "hledger does not start: \(String(cString: strerror(failure)))")
        var status: Int32 = 0
        while waitpid(started, &status, 0) < 0 {
            let error = errno
            try #require(error == EINTR, "\(String(cString: strerror(error)))")
        }
        return Hledger(
            code: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F), output: try text(outputPath),
            complaint: try text(complaintPath))
    }

    /// The balance of every account that has one, in fen, debits positive. An account goes by its codes: `1002`,
    /// `2101/H001`.
    static func balances(_ words: [String] = [], on journal: String) throws -> [String: Int64] {
        let form = ["balance", "--flat", "--layout=bare", "--output-format=csv", "--no-total"]
        let answer = try run(form + words, on: journal)
        try #require(answer.code == 0, "\(answer.complaint)")
        var balances: [String: Int64] = [:]
        for line in answer.output.split(separator: "\n").dropFirst() {
            // "负债:2101 应付定点机构:H001 第一医院","CNY","-250.05"
            let cells = line.dropFirst().dropLast().split(separator: "\",\"")
            try #require(cells.count == 3 && cells[1] == "CNY", "\(line)")
            let codes = cells[0].split(separator: ":").dropFirst().map { $0.prefix { $0 != " " } }
            let yuan = cells[2].split(separator: ".")
            try #require(yuan.count == 2 && yuan[1].count == 2, "\(line)")
            let digits = String(yuan[0] + yuan[1])
            let fen: Int64 = try #require(Int64(digits), "\(line)")
            balances[codes.joined(separator: "/")] = fen
        }
        return balances.filter { $0.value != 0 }
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    struct Missing: Error, CustomStringConvertible {
        let description =
            "hledger is not there, and the export cannot be checked without it; `jobs/setup hledger` installs it"
    }
}
