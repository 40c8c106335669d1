import ArgumentParser
import Jobs
import Money

struct MonthEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Credit every personal account for a month (月末划账).",
        discussion: """
            Posts what is due less what is posted, in chunks that commit as they are done. Interrupted, it goes on where \
            it stopped; done, it says so and changes nothing.

            With --reports, crediting (个人账户计入月报) and clearing (月结算) are written. A report that cannot be written is \
            complained of and leaves the month-end as it is.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var work: WorkOptions
    @OptionGroup var reports: JobReportsOptions

    @Option(help: "Month to settle, as 2023-01.")
    var month: Month

    @Flag(help: "Compute and report, write nothing.")
    var dryRun = false

    func run() async throws {
        let bar = ProgressBar()
        let rules = try rules.load()
        let context = JobContext(database, rules: rules, work: work, isDryRun: dryRun, bar: bar)
        let result = try await MonthEndJob(context, month: month).run()
        bar.clear()
        Console.print(MonthEndText(result, month: month).text)
        if let note = result.waitingNote { Console.complain(note) }
        var reports = JobReports(reports, database, self.rules, rules: rules)
        reports.write(result, month: month)
        try reports.end(result.exitCode)
    }
}
