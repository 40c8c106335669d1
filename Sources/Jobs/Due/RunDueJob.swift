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

    /// How one of the instances ended.
    package enum Report: Sendable {
        case nightly(CivilDate, NightlyResult)
        case monthEnd(Month, MonthEndResult)
    }

    /// - Parameter report: told the result of each instance as it ends.
    package func run(report: (Report) -> Void) async throws -> RunDueResult {
        var connection = try Connection(context.settings)
        try Migrator().verify(&connection)
        // The night done last may have been interrupted before its statements were compared.
        if let night = NightlySchedule(try RunStore.all(&connection)).latest {
            try NightlyReconciliation(context: context, date: night.instance.businessDate).catchUp()
        }
        let due = try DueInstances.ask(&connection, rules: context.rules, today: today)
        let first = due.interrupted.map { [$0.instance] } ?? []
        let retried = due.waiting.filter(\.mayGoOn).map(\.instance)
        let instances = first + (retried + due.instances).filter { !first.contains($0) }
        for instance in instances {
            switch instance.job {
            case .nightly:
                let date = instance.businessDate
                report(.nightly(date, try await NightlyJob(context, date: date).run()))
            case .monthEnd:
                let month = instance.businessDate.month
                report(.monthEnd(month, try await MonthEndJob(context, month: month).run()))
            case .yearEnd, .reprove, .reconcileDay, .reconcileMonth, .reconcileYear:
                // Never due, and never interrupted: it leaves its run whole or not at all.
                continue
            }
        }
        let left = try DueInstances.ask(&connection, rules: context.rules, today: today)
        return RunDueResult(settled: instances.count, waiting: left.waiting)
    }
}

package struct RunDueResult: Hashable, Sendable {
    /// Instances that were due and have been done or tried.
    package let settled: Int
    package let waiting: [DueInstances.Waiting]

    package var exitCode: ExitCode { waiting.isEmpty ? .done : .waits }
}
