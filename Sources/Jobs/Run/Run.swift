package import Money
package import Postgres

/// How far the facts are known to a run: batches up to a number, and in them what is dated up to a day.
package struct Horizon: Hashable, Sendable {
    package let date: CivilDate
    package let batch: Int64

    package init(date: CivilDate, batch: Int64) {
        self.date = date
        self.batch = batch
    }
}

/// One begun try at an instance, as it stands in `run.run`.
package struct Run: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// At work, or interrupted.
        case running
        case completed
    }

    package let id: Int64
    package let instance: Instance
    package let postingMonth: Month
    package let horizon: Horizon
    /// What the job's run before knew; `nil` for its first.
    package let previous: Horizon?
    /// First month settled for everyone.
    package let monthsFrom: Month
    package let chunkCount: Int32
    package let state: State
    /// What the instance still needs after this run; `nil` if it is done.
    package let waitsFor: String?
    package let attempts: Int32
    package let rulesDigest: String
    package let startedAt: PostgresTimestamp
    package let finishedAt: PostgresTimestamp?

    /// The same run as one that settles `months` as of what another job's run knew, with nothing new since then.
    func proving(from month: Month, asOf horizon: Horizon) -> Run {
        Run(
            id: id, instance: instance, postingMonth: postingMonth, horizon: horizon, previous: horizon,
            monthsFrom: month, chunkCount: chunkCount, state: state, waitsFor: waitsFor, attempts: attempts,
            rulesDigest: rulesDigest, startedAt: startedAt, finishedAt: finishedAt)
    }

    /// Whether the instance needs no further run.
    package var isDone: Bool { state == .completed && waitsFor == nil }
}

extension Run.State: ParameterValue, ColumnValue {}
