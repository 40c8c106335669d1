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
        case yearEnd(Int, YearEndResult)
        case reproof(Int, YearEndResult)
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
            case .yearEnd:
                let year = instance.businessDate.year
                // A month that waits for a figure keeps its year open; what comes after it goes on.
                guard try isReady(year, &connection) else { continue }
                report(.yearEnd(year, try await YearEndJob(context, year: year).run()))
            case .reprove:
                // Never due, but it may have been interrupted.
                let year = instance.businessDate.year
                report(.reproof(year, try await ReproveJob(context, year: year).run()))
            case .reconcileDay, .reconcileMonth, .reconcileYear:
                // Never due, and never interrupted: it leaves its run whole or not at all.
                continue
            }
        }
        let left = try DueInstances.ask(&connection, rules: context.rules, today: today)
        return RunDueResult(settled: instances.count, waiting: left.waiting)
    }
}

extension RunDueJob {
    /// Whether every month of a year is settled and waits for nothing.
    private func isReady(_ year: Int, _ connection: inout Connection) throws -> Bool {
        let runs = try RunStore.all(&connection)
        let schedule = MonthEndSchedule(runs)
        guard YearEndSchedule(runs).firstOpen == year, let first = schedule.firstSettled(of: year) else { return false }
        return (first...Month.last(of: year)).allSatisfy { schedule.settlingRun(of: $0) != nil }
    }
}

package struct RunDueResult: Hashable, Sendable {
    /// Instances that were due and have been done or tried.
    package let settled: Int
    package let waiting: [DueInstances.Waiting]

    package var exitCode: ExitCode { waiting.isEmpty ? .done : .waits }
}
