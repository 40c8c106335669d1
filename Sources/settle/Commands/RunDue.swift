import ArgumentParser
import Jobs
import Money

struct RunDue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Do whatever is due and not done, in order; this is what cron calls.",
        discussion: """
            Interrupted runs go on first, then instances whose missing figure has been supplied, then the nights, months \
            and years that are over. Run as often as you like: what is done is not done again.

            With --reports, the reports of each night and month-end are written as it ends, as those commands do.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var work: WorkOptions
    @OptionGroup var reports: JobReportsOptions

    @Option(help: "Do what was due on this day, as 2024-04-01 (default: today in Asia/Shanghai).")
    var asOf: CivilDate?

    func run() async throws {
        let bar = ProgressBar()
        let rules = try self.rules.load()
        let context = JobContext(database, rules: rules, work: work, bar: bar)
        var reports = JobReports(reports, database, self.rules, rules: rules)
        let today = context.clock.today
        if let asOf, asOf > today { throw ValidationError("--as-of \(asOf) is after today, \(today)") }
        let result = try await RunDueJob(context, today: asOf ?? today).run { report in
            bar.clear()
            switch report {
            case .nightly(let date, let result):
                Console.print(NightlyText(result, date: date).text)
                reports.write(result, date: date)
            case .monthEnd(let month, let result):
                Console.print(MonthEndText(result, month: month).text)
                reports.write(result, month: month)
            case .yearEnd(let year, let result):
                Console.print(YearEndText(result, instance: .yearEnd(year)).text)
                reports.write(result, year: year)
            case .reproof(let year, let result): Console.print(YearEndText(result, instance: .reprove(year)).text)
            }
        }
        bar.clear()
        if result.settled == 0, result.waiting.isEmpty { Console.print("Nothing is due.") }
        for waiting in result.waiting {
            Console.complain(
                "\(waiting.instance) waits for \(waiting.waitsFor); `settle rules check` says what to supply.")
        }
        try reports.end(result.exitCode)
    }
}
