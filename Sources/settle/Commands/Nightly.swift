import ArgumentParser
import Jobs
import Money

struct Nightly: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adjudicate what has been delivered up to a day (夜间批量结算).",
        discussion: """
            Takes the intake batches not settled before, dated up to the day; posts differences only. Interrupted, it \
            goes on where it stopped; done, it says so and changes nothing.

            With --reports, the reconciliation (日对账) is written if institutions have stated their totals. A report that \
            cannot be written is complained of and leaves the night as it is.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var work: WorkOptions
    @OptionGroup var reports: JobReportsOptions

    @Option(help: "Day to settle, as 2023-01-31.")
    var date: CivilDate

    @Flag(help: "Compute and report, write nothing.")
    var dryRun = false

    func run() async throws {
        let bar = ProgressBar()
        let rules = try rules.load()
        let context = JobContext(database, rules: rules, work: work, isDryRun: dryRun, bar: bar)
        let result = try await NightlyJob(context, date: date).run()
        bar.clear()
        Console.print(NightlyText(result, date: date).text)
        var reports = JobReports(reports, database, self.rules, rules: rules)
        reports.write(result, date: date)
        try reports.end()
    }
}
