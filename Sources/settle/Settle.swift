import ArgumentParser

/// The command: reads arguments, wires the parts, turns the outcome into an exit code. No rules live here.
@main
struct Settle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: "共济 Gongji: batch settlement of employee medical insurance.",
        discussion: """
            The database is the one libpq's environment names (PGHOST, PGDATABASE, PGSERVICE, ...) or --database.

            Exit codes: 0 done or nothing to do, 3 waits for a figure or decision, 4 does not tie, 5 another run is at \
            work, 64 wrong arguments, 65 input refused, 70 fault of the program, 75 try again later.
            """,
        version: Program.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Jobs", subcommands: [Nightly.self, MonthEnd.self, YearEnd.self, RunDue.self, Reconcile.self]),
            CommandGroup(
                name: "Watching",
                subcommands: [
                    Status.self, Runs.self, Explain.self, Discrepancies.self, PersonalStatement.self, WriteReport.self,
                    Verify.self,
                    ExportMetrics.self,
                ]),
            CommandGroup(name: "Books", subcommands: [BooksCommand.self]),
            CommandGroup(name: "Facts and rules", subcommands: [Load.self, Generate.self, Rules.self]),
            CommandGroup(name: "Database", subcommands: [Migrate.self]),
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Outcome.of(error).end()
        }
    }
}

/// The program's own name for itself in runs.
enum Program {
    static let version = "0.1.0"
}
