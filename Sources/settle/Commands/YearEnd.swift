import ArgumentParser
import Jobs
import Money

struct YearEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "year-end",
        abstract: "Prove and close a year: interest, carry-forward, clearing, certificate (年度结算).",
        discussion: """
            Computes every credit and every adjudication of the year anew, posts what differs with its cause, pays interest, \
            carries every account forward, clears with the institutions, closes the year's books, and certifies what it \
            closed. Interrupted, it goes on where it stopped; done, it says so and changes nothing.

            --reprove proves a closed year once more, after late facts about it were settled by later nights and month-ends.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var work: WorkOptions
    @OptionGroup var reports: JobReportsOptions

    @Option(help: ArgumentHelp("Year to close, as 2023.", valueName: "year"))
    var year: Int?

    @Option(help: ArgumentHelp("Closed year to prove once more.", valueName: "year"))
    var reprove: Int?

    @Flag(help: "Compute and report, write nothing.")
    var dryRun = false

    func validate() throws {
        guard (year == nil) != (reprove == nil) else { throw ValidationError("give --year, or --reprove") }
        guard let given = year ?? reprove, (1949...9998).contains(given) else {
            throw ValidationError("a year has four digits, as 2023")
        }
    }

    func run() async throws {
        let bar = ProgressBar()
        let rules = try rules.load()
        let context = JobContext(database, rules: rules, work: work, isDryRun: dryRun, bar: bar)
        if let year {
            let result = try await YearEndJob(context, year: year).run()
            bar.clear()
            Console.print(YearEndText(result, instance: .yearEnd(year)).text)
            var reports = JobReports(reports, database, self.rules, rules: rules)
            reports.write(result, year: year)
            try reports.end()
        } else if let reprove {
            let result = try await ReproveJob(context, year: reprove).run()
            bar.clear()
            Console.print(YearEndText(result, instance: .reprove(reprove)).text)
        }
    }
}
