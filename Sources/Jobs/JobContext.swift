package import Logging
package import Policy
package import Postgres
import Synchronization

/// What every job is given: where, by which rules, when, and who watches.
package struct JobContext: Sendable {
    package let settings: ConnectionSettings
    package let rules: RuleSet
    package let clock: Clock
    /// Connections at work at the same time.
    package let workers: Int
    /// Persons a chunk should hold.
    package let chunkSize: Int
    /// Compute and report, write nothing.
    package let isDryRun: Bool
    package let programVersion: String
    /// Host and process, for the lease.
    package let owner: String
    package let stop: StopRequest
    package let logger: Logger
    package let progress: @Sendable (Progress) -> Void

    package init(
        settings: ConnectionSettings, rules: RuleSet, clock: Clock, workers: Int = 2, chunkSize: Int = 16_384,
        isDryRun: Bool = false, programVersion: String, owner: String, stop: StopRequest = StopRequest(),
        logger: Logger, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.settings = settings
        self.rules = rules
        self.clock = clock
        self.workers = workers
        self.chunkSize = chunkSize
        self.isDryRun = isDryRun
        self.programVersion = programVersion
        self.owner = owner
        self.stop = stop
        self.logger = logger
        self.progress = progress
    }
}

/// How far a job is.
package struct Progress: Hashable, Sendable {
    package let instance: Instance
    /// `nil` in a job of one step.
    package let step: String?
    /// Of the step.
    package let chunksDone: Int
    package let chunkCount: Int
}

/// Says that the job should end after the chunks at work.
package final class StopRequest: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package func request() {
        flag.store(true, ordering: .relaxed)
    }

    package var isRequested: Bool { flag.load(ordering: .relaxed) }
}
