import ArgumentParser
import Jobs
import Money

struct Nightly: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adjudicate what has been delivered up to a day (夜间批量结算).",
        discussion: """
            Takes the intake batches not settled before, dated up to the day; posts differences only. Interrupted, it \
            goes on where it stopped; done, it says so and changes nothing.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var work: WorkOptions

    @Option(help: "Day to settle, as 2023-01-31.")
    var date: CivilDate

    @Flag(help: "Compute and report, write nothing.")
    var dryRun = false

    func run() async throws {
        let bar = ProgressBar()
        let context = JobContext(database, rules: try rules.load(), work: work, isDryRun: dryRun, bar: bar)
        let result = try await NightlyJob(context, date: date).run()
        bar.clear()
        Console.print(NightlyText(result, date: date).text)
    }
}
