import ArgumentParser
import Jobs
import Money
import Postgres

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is open, late or blocked, and why.",
        discussion: "Exits 0 if all is done, 3 if something waits for a figure, 75 if something is due or interrupted.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions

    @Option(help: "Ask as of this day, as 2024-04-01 (default: today in Asia/Shanghai).")
    var asOf: CivilDate?

    @Flag(help: "One JSON object, for other programs.")
    var json = false

    func run() throws {
        var connection = try Connection(database.settings)
        let report = try StatusReport.ask(&connection, rules: try rules.load(), today: asOf ?? Clock.machine.today)
        Console.print(json ? StatusText(report).json : StatusText(report).lines)
        guard report.exitCode == .done else { throw report.exitCode }
    }
}

struct Runs: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the runs, newest last.")

    @OptionGroup var database: DatabaseOptions

    @Option(help: "How many of the newest to list.")
    var last = 20

    func run() throws {
        var connection = try Connection(database.settings)
        try Migrator().verify(&connection)
        let runs = try RunStore.all(&connection).suffix(max(0, last))
        var table = TextTable([.right, .left, .left, .left, .right, .left])
        table.add("run", "instance", "state", "started", "seconds", "rules")
        for run in runs {
            let state = run.state == .running ? "at work" : run.waitsFor == nil ? "done" : "waits"
            let seconds = run.finishedAt.map { "\(($0.microseconds - run.startedAt.microseconds) / 1_000_000)" } ?? ""
            table.add(
                "\(run.id)", "\(run.instance)", state, "\(run.startedAt.civil)", seconds,
                String(run.rulesDigest.prefix(12)))
        }
        Console.print(runs.isEmpty ? "No runs yet." : table.text())
        for run in runs {
            if let figure = run.waitsFor { Console.print("run \(run.id) waited for \(figure)") }
        }
    }
}
