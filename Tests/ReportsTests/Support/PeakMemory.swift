import FoundationEssentials
import Glibc
import Synchronization

/// How much more memory the process takes than when this began.
final class PeakMemory: Sendable {
    private let begin: Int
    private let highest: Mutex<Int>

    init() {
        begin = PeakMemory.resident
        highest = Mutex(begin)
    }

    func look() {
        let now = PeakMemory.resident
        highest.withLock { $0 = max($0, now) }
    }

    /// Bytes.
    var growth: Int { highest.withLock { $0 } - begin }

    private static var resident: Int {
        let text = FileManager.default.contents(atPath: "/proc/self/statm").map { String(decoding: $0, as: UTF8.self) }
        let pages = text?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
