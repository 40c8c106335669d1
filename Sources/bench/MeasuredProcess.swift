import FoundationEssentials
import Glibc

/// One run of a program, and what it took.
struct MeasuredProcess {
    /// Of the program itself and the children it waited for, as `wait4` tells: seconds and bytes.
    struct Usage {
        var elapsed = 0.0
        var clientCPU = 0.0
        /// Of all processes of the database server on this machine; `nil` if it is on another.
        var serverCPU: Double?
        var peakMemory = 0
    }

    /// Runs a program to its end, its output into `log`.
    ///
    /// - Throws: ``BenchError/programFailed(_:code:log:last:)`` unless it exits 0.
    static func run(_ words: [String], log: String, server: ServerClock?) throws -> Usage {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let arguments = words.map { strdup($0) }
        defer { for text in arguments { free(text) } }
        var started: pid_t = 0
        let serverBefore = server?.seconds
        let clock = ContinuousClock()
        let begun = clock.now
        let code = posix_spawnp(&started, words[0], &actions, nil, arguments + [nil], environ)
        guard code == 0 else {
            throw BenchError.programFailed(words[0], code: code, log: log, last: String(cString: strerror(code)))
        }
        var (status, usage) = (Int32(0), rusage())
        while wait4(started, &status, 0, &usage) < 0 && errno == EINTR {}
        let elapsed = clock.now - begun
        guard status == 0 else {
            let signal = status & 0x7F
            throw BenchError.programFailed(
                words.joined(separator: " "), code: signal == 0 ? (status >> 8) & 0xFF : -signal, log: log,
                last: tail(of: log))
        }
        return Usage(
            elapsed: elapsed.seconds,
            clientCPU: usage.ru_utime.seconds + usage.ru_stime.seconds,
            serverCPU: serverBefore.flatMap { before in server.map { $0.seconds - before } },
            peakMemory: usage.ru_maxrss * 1024)
    }

    private static func tail(of log: String) -> String {
        guard let data = FileManager.default.contents(atPath: log) else { return "" }
        return String(decoding: data.suffix(600), as: UTF8.self)
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
