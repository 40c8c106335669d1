import FoundationEssentials
import Glibc
import Postgres

/// Processor time of a database server on this machine: the postmaster, its processes, and those that have ended.
struct ServerClock {
    private let postmaster: Int

    /// `nil` if the server's processes cannot be seen here.
    init?(_ settings: ConnectionSettings) throws {
        let connection = try Connection(settings)
        guard let backend = ProcessTimes(process: Int(connection.backendPID)), backend.isServer else { return nil }
        postmaster = backend.parent
    }

    /// User and system seconds since the server started.
    var seconds: Double {
        var ticks = ProcessTimes(process: postmaster).map { $0.own + $0.ofEndedChildren } ?? 0
        do {
            for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
                guard let number = Int(name), let times = ProcessTimes(process: number), times.parent == postmaster
                else {
                    continue
                }
                ticks += times.own
            }
        } catch {
            return 0
        }
        return Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}

/// A line of `/proc/PID/stat`.
private struct ProcessTimes {
    let isServer: Bool
    let parent: Int
    let own: Int
    let ofEndedChildren: Int

    /// `nil` if there is no such process.
    init?(process: Int) {
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
        let line = String(decoding: data, as: UTF8.self)
        // The name stands in parentheses and may hold anything.
        guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: close)...].split(separator: " ")
        guard fields.count > 14 else { return nil }
        isServer = line[line.index(after: open)..<close].hasPrefix("postgres")
        parent = Int(fields[1]) ?? 0
        own = (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
        ofEndedChildren = (Int(fields[13]) ?? 0) + (Int(fields[14]) ?? 0)
    }
}
