import FoundationEssentials
import Glibc

/// Another program, run to its end: an independent reader of what is written here.
package struct Program: Sendable {
    package let code: Int32
    package let output: String
    package let complaint: String

    /// - Parameters:
    ///   - words: the program and its arguments.
    ///   - package: what to install where the program is missing.
    package static func run(_ words: [String], package: String, in folder: String) throws -> Program {
        let (outputPath, complaintPath) = ("\(folder)/program.out", "\(folder)/program.err")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, complaintPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let arguments = words.map { strdup($0) }
        let settings: [String] = ["LC_ALL=C.UTF-8", "HOME=\(folder)", "PATH=/usr/bin:/bin"]
        let variables = settings.map { strdup($0) }
        defer {
            for text in arguments + variables { free(text) }
        }
        var started: pid_t = 0
        let failure = posix_spawnp(&started, words[0], &actions, nil, arguments + [nil], variables + [nil])
        guard failure != ENOENT else { throw ReaderFault.missing(words[0], package: package) }
        guard failure == 0 else { throw ReaderFault.failed(words[0], String(cString: strerror(failure))) }
        var status: Int32 = 0
        while waitpid(started, &status, 0) < 0 {
            guard errno == EINTR else { throw ReaderFault.failed(words[0], String(cString: strerror(errno))) }
        }
        func text(_ path: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        }
        return Program(
            code: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F), output: try text(outputPath),
            complaint: try text(complaintPath))
    }
}

/// Why another program could not read what was written.
package enum ReaderFault: Error, CustomStringConvertible {
    case missing(String, package: String)
    case failed(String, String)

    package var description: String {
        switch self {
        case .missing(let program, let package):
            "\(program) is missing; apt-get install \(package), or run jobs/test, which does"
        case .failed(let program, let complaint): "\(program): \(complaint)"
        }
    }
}
