import Jobs
import Synchronization

/// A bar on standard error where a person watches; nothing otherwise, cron's log stays plain.
final class ProgressBar: Sendable {
    private let shown = Mutex("")

    func show(_ label: String, done: Int64, of total: Int64) {
        guard Console.isWatched, total > 0 else { return }
        let room = max(10, min(Console.width, 100) - displayWidth(label) - 10)
        let filled = Int(done * Int64(room) / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: room - filled)
        let line = "\(label) \(bar) \(done * 100 / total)%"
        shown.withLock { shown in
            guard line != shown else { return }
            shown = line
            Console.write("\r\(line)", to: 2)
        }
    }

    /// Clears the line.
    func clear() {
        shown.withLock { shown in
            guard !shown.isEmpty else { return }
            Console.write("\r\u{1B}[2K", to: 2)
            shown = ""
        }
    }
}
