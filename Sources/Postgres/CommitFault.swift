import Synchronization

/// A failure of one COMMIT, for crash tests. Connections made with the same fault share its count, so "the n-th commit
/// of the run" means the n-th of all its workers together.
package final class CommitFault: Sendable {
    package enum Moment: Sendable, CaseIterable {
        /// The connection breaks before COMMIT is sent: the server rolls back.
        case beforeCommit
        /// The server commits, but the answer is lost.
        case afterCommit
    }

    private let number: Int
    private let moment: Moment
    private let count = Mutex(0)

    /// - Parameter number: which COMMIT fails, counted from 1.
    package init(number: Int, _ moment: Moment) {
        self.number = number
        self.moment = moment
    }

    /// How many COMMITs were asked for so far, the failed one included.
    package var commitCount: Int { count.withLock { $0 } }

    /// Whether the COMMIT that should fail has been reached.
    package var hasStruck: Bool { commitCount >= number }

    /// Counts one COMMIT; not `nil` if it is the one to fail.
    func strike() -> Moment? {
        let reached = count.withLock { count in
            count += 1
            return count
        }
        return reached == number ? moment : nil
    }
}
