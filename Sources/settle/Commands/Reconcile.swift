import ArgumentParser
import Jobs
import Money

struct Reconcile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare the statements of the institutions with the ledger (对账).",
        discussion: """
            Totals first (3201); where they differ, row by row (3202). Statements whose span lies within the period are \
            compared. Repeat it as often as you like: a difference is written once, and corrected when it is gone.

            Exits 0 if all are equal or the differences are within the tolerance, 4 if not.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions

    @Option(help: "Compare the statements of a day, as 2023-01-05.")
    var date: CivilDate?

    @Option(help: "Compare the statements within a month, as 2023-01.")
    var month: Month?

    @Option(help: "Compare the statements within a year, as 2023.")
    var year: Int?

    @Option(help: "Directory for our detail of each unequal statement: a zip file each.")
    var export: String?

    @Option(name: .customLong("import"), help: "Read an institution's detail file (zip) in first.")
    var importFile: String?

    @Option(help: "Institution (fixmedins_code) whose file --import names.")
    var institution: String?

    @Option(help: "Differences up to so many fen are let pass.")
    var toleranceFen: Int64 = 0

    @Flag(help: "Compare and report, write nothing.")
    var dryRun = false

    func validate() throws {
        guard [date != nil, month != nil, year != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("name one period: --date, --month or --year")
        }
        if let year, !(1...9999).contains(year) { throw ValidationError("--year takes 1 to 9999") }
        guard (importFile == nil) == (institution == nil) else {
            throw ValidationError("--import FILE and --institution CODE go together")
        }
        guard importFile == nil || !dryRun else {
            throw ValidationError("--dry-run reads no file in; leave --import out")
        }
        guard toleranceFen >= 0 else { throw ValidationError("--tolerance-fen takes 0 or more") }
    }

    func run() throws {
        let bar = ProgressBar()
        let work = try WorkOptions.parse([])
        let context = JobContext(database, rules: try rules.load(), work: work, isDryRun: dryRun, bar: bar)
        let job = try ReconcileJob(context, period: try period(), exportDirectory: export)
        if let importFile, let institution {
            let loaded = try DetailImport(
                settings: database.settings, clock: .machine, programVersion: Program.version
            ).load(importFile, institution: institution)
            Console.print(ReconcileText.imported(loaded, from: importFile, institution))
        }
        let result = try job.run()
        Console.print(ReconcileText(result, today: context.clock.today).text)
        let exitCode = result.exitCode(tolerance: Fen(toleranceFen))
        guard exitCode == .done else { throw exitCode }
    }

    private func period() throws -> ReconcilePeriod {
        if let date { return .day(date) }
        if let month { return .month(month) }
        guard let year else { throw ValidationError("name one period: --date, --month or --year") }
        return .year(year)
    }
}
