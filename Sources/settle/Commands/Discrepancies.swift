import ArgumentParser
import Glibc
import Jobs
import Money
import Postgres

struct Discrepancies: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the differences with counters and statements, and decide about them.",
        subcommands: [List.self, Resolve.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List differences, oldest first.")

        @OptionGroup var database: DatabaseOptions

        @Flag(help: "Only those that are open.")
        var open = false

        @Option(name: .customLong("class"), help: "Only this class: \(names(DiscrepancyClass.self)).")
        var kind: DiscrepancyClass?

        @Option(help: "Only this institution (fixmedins_code).")
        var institution: String?

        @Option(help: "Count ages to this day, as 2024-04-01 (default: today in Asia/Shanghai).")
        var asOf: CivilDate?

        func run() throws {
            var connection = try Connection(database.settings)
            try Migrator().verify(&connection)
            let today = asOf ?? Clock.machine.today
            var count: Int64 = 0
            let filter = Discrepancy.Filter(isOpen: open, kind: kind, institution: institution)
            try Discrepancy.forEach(filter, &connection) { discrepancy in
                count += 1
                Console.print(try DiscrepancyText(discrepancy, today: today).text)
            }
            Console.print(count == 0 ? "No discrepancies." : "\(grouped(count)) discrepancies")
        }
    }

    struct Resolve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide about a difference, with a reason; an open one blocks the clearing of its settlement.")

        @OptionGroup var database: DatabaseOptions

        @Argument(help: "Id of the discrepancy, as listed.")
        var id: Int64

        @Option(help: "What is decided: \(names(DiscrepancyState.self)).")
        var state: DiscrepancyState

        @Option(help: "Why: what was found, and on which document it rests.")
        var reason: String

        func run() throws {
            let resolution = try DiscrepancyResolution(
                id: DiscrepancyID(rawValue: id), state: state, reason: reason, user: userName())
            var connection = try Connection(database.settings)
            try Migrator().verify(&connection)
            let resolved = try resolution.write(&connection, at: Clock.machine.now)
            Console.print(try DiscrepancyText(resolved, today: Clock.machine.today).text)
        }
    }
}

extension DiscrepancyClass: ExpressibleByArgument {}
extension DiscrepancyState: ExpressibleByArgument {}

private func names<Code: CaseIterable & RawRepresentable<String>>(_ type: Code.Type) -> String {
    type.allCases.map(\.rawValue).joined(separator: ", ")
}

/// The system's name of whoever runs the command, or their number where it has none.
private func userName() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "user \(getuid())" }
    return String(cString: name)
}
