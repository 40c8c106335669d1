import ArgumentParser
import FoundationEssentials
import Jobs
import Money
import Postgres

struct ExportMetrics: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Write the state of affairs as a text file for node-exporter.",
        discussion: "The file appears whole or not at all. Without --out it goes to standard output.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions

    @Option(help: "File to write, as /var/lib/node_exporter/settle.prom.")
    var out: String?

    @Option(help: "Ask as of this day, as 2024-04-01 (default: today in Asia/Shanghai).")
    var asOf: CivilDate?

    func run() throws {
        var connection = try Connection(database.settings)
        let metrics = try Metrics.ask(&connection, rules: try rules.load(), today: asOf ?? Clock.machine.today)
        guard let out else {
            Console.write(metrics.text, to: 1)
            return
        }
        do {
            // Written under another name and renamed, so that the collector never reads half a file.
            try Data(metrics.text.utf8).write(to: URL(filePath: out), options: .atomic)
        } catch {
            throw ValidationError(
                "--out \(out) cannot be written; name a file in a directory that is there and writable")
        }
    }
}
