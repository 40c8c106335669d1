import ArgumentParser
import Jobs
import Money
import Policy

struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print, check and test rule packs.", subcommands: [Show.self, Check.self, Test.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print every rule with its dates and its source.")

        @OptionGroup var rules: RulesOptions

        @Option(help: "Only what is in force on this day, as 2024-01-01.")
        var date: CivilDate?

        @Flag(help: "Also print notes and reasons.")
        var notes = false

        func run() throws {
            let set = try rules.load()
            Console.print("\(set.name): \(set.pack.title), \(set.pack.notice)")
            Console.print("digest \(set.digest)")
            Console.print(RulesText(set.listing(on: date), notes: notes).text)
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the packs and site files; name every fault with file and line.",
            discussion: """
                Exits 0 if all is well, 3 if figures are still to be supplied without which months wait, 65 if a file is \
                refused.
                """)

        @OptionGroup var rules: RulesOptions

        func run() throws {
            let faults = RuleSet.check(rulesDirectory: rules.directory, siteFile: rules.siteFile)
            for fault in faults {
                Console.complain("\(fault)")
            }
            guard faults.isEmpty else { throw Jobs.ExitCode.refused }
            let set = try rules.load()
            Console.print("\(set.name): \(set.listing().count) values, no fault; digest \(set.digest.prefix(12))")
            let optional = set.missingFigures.filter(\.key.isOptional)
            if !optional.isEmpty {
                Console.print("Not supplied; it is settled without, and the year-end says so:")
                for figure in optional { Console.print("  \(figure.key.rawValue)  \(figure.title)") }
            }
            let missing = set.missingFigures.filter { !$0.key.isOptional }
            for figure in missing {
                Console.complain("\(figure)")
            }
            guard missing.isEmpty else { throw Jobs.ExitCode.waits }
        }
    }
}
