import FoundationEssentials
import Glibc
import Testing

/// A process that runs beside the test.
struct Process: Sendable {
    let id: pid_t
    private let outputPath: String
    private let complaintPath: String

    /// - Parameter words: the program and its arguments.
    init(_ words: [String], in folder: String, environment: [String]) throws {
        let label = UUID().uuidString
        outputPath = "\(folder)/.\(label).out"
        complaintPath = "\(folder)/.\(label).err"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, complaintPath, O_WRONLY | O_CREAT, 0o600)
        // The C library's own way to change the directory is not visible to Swift. `env` becomes the program.
        let words = ["/usr/bin/env", "--chdir=\(folder)"] + words
        let (arguments, variables) = (words.map { strdup($0) }, environment.map { strdup($0) })
        defer {
            for text in arguments + variables { free(text) }
        }
        var started: pid_t = 0
        let code = posix_spawn(&started, words[0], &actions, nil, arguments + [nil], variables + [nil])
        try #require(code == 0, "\(words[0]) does not start: \(String(cString: strerror(code)))")
        id = started
    }

    func send(_ signal: Int32) {
        kill(id, signal)
    }

    /// Waits for the end. The code of a process that a signal ended is the signal's number, negative.
    func wait() throws -> Settle.Ending {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 {
            try #require(errno == EINTR, "\(String(cString: strerror(errno)))")
        }
        let signal = status & 0x7F
        return Settle.Ending(
            code: signal == 0 ? (status >> 8) & 0xFF : -signal, output: try text(outputPath),
            complaint: try text(complaintPath))
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}
