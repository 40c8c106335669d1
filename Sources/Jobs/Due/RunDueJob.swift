package import Money
import Postgres

/// What cron calls: everything that is due on a day, in order, each once.
package struct RunDueJob {
    private let context: JobContext
    private let today: CivilDate

    /// - Parameter today: the day as of which to ask what is due; not later than the clock's.
    package init(_ context: JobContext, today: CivilDate) {
        self.context = context
        self.today = today
    }

    /// - Parameter report: told the result of each instance as it ends.
    /// - Returns: 0 if nothing is left, 3 if instances wait for figures.
    package func run(report: (Month, MonthEndResult) -> Void) async throws -> RunDueResult {
        var connection = try Connection(context.settings)
        try Migrator().verify(&connection)
        let due = try DueInstances.ask(&connection, rules: context.rules, today: today)
        let retried = due.waiting.filter(\.mayGoOn).map(\.instance.businessDate.month)
        let interrupted = due.interrupted.map { [$0.instance.businessDate.month] } ?? []
        let months = interrupted + (retried + due.months).filter { !interrupted.contains($0) }
        for month in months {
            report(month, try await MonthEndJob(context, month: month).run())
        }
        let left = try DueInstances.ask(&connection, rules: context.rules, today: today)
        return RunDueResult(settled: months.count, waiting: left.waiting)
    }
}

package struct RunDueResult: Hashable, Sendable {
    /// Instances that were due and have been done or tried.
    package let settled: Int
    package let waiting: [DueInstances.Waiting]

    package var exitCode: ExitCode { waiting.isEmpty ? .done : .waits }
}
