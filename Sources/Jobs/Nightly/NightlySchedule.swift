package import Money
import Postgres

extension Statement {
    static let hasNightFacts = Statement(
        "has night facts",
        """
        SELECT EXISTS (SELECT FROM intake.settlement WHERE setl_time < ($1::date + 1)::timestamp)
            OR EXISTS (SELECT FROM intake.account_use WHERE use_date <= $1)
        """)

    static let firstNightFact = Statement(
        "first night fact",
        """
        SELECT least((SELECT min(setl_time)::date FROM intake.settlement WHERE setl_time >= $1::date::timestamp),
                     (SELECT min(use_date) FROM intake.account_use WHERE use_date >= $1))
        """)
}

/// What the runs so far say about the nights.
package struct NightlySchedule: Hashable, Sendable {
    private let runs: [Run]

    /// - Parameter runs: all runs, in the order they were begun.
    package init(_ runs: [Run]) {
        self.runs = runs.filter { $0.instance.job == .nightly && $0.state == .completed }
    }

    /// The last night done.
    package var latest: Run? { runs.last }

    /// The run by which a night is done; a night passed over was settled with the next one.
    package func settlingRun(of date: CivilDate) -> Run? {
        runs.first { $0.instance.businessDate >= date }
    }

    /// Refuses to close a month whose nights are not done, if there is anything for them to do.
    static func checkNights(of month: Month, _ connection: inout Connection) throws {
        guard NightlySchedule(try RunStore.all(&connection)).settlingRun(of: month.lastDay) == nil else { return }
        let hasFacts = try connection.first(.hasNightFacts, month.lastDay) { row throws(DatabaseError) in
            try row[0, as: Bool.self]
        }
        guard hasFacts != true else { throw JobError.nightsMissing(month) }
    }
}
