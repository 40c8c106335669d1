import ArgumentParser
import Jobs
import Money
import Policy
import Postgres

struct PersonalStatement: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "State a person's account and settlements of a year (个人账户对账单).",
        discussion: """
            Every movement of the account in that year of the books and every settlement of that benefit year, with what \
            stands after each. Writes nothing in the database. Number and names are masked; --unmasked gives them in full to \
            a member of the database role settle_personal.

            Exits 0 with a statement that ties with the ledger. Exits 4 without one if the lines do not come to what the \
            ledger keeps, 65 if the person is unknown or has nothing in the year, or if the database role may not see names, \
            75 if nothing is settled yet.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions

    @Option(help: "Person whose account to state, the psn_no.")
    var person: String

    @Option(help: "Year to state, as 2023.")
    var year: Int

    @Option(help: "Language of texts and headings: zh or en.")
    var lang = ExplainLanguage.chinese

    @Option(help: "Form: text, json (one object, for other programs) or csv (files, with --out).")
    var format = StatementFormat.text

    @Option(help: "Directory for account.csv, settlements.csv and family.csv; made if it is not there.")
    var out: String?

    @Flag(help: "Give number and names in full; for members of the database role settle_personal.")
    var unmasked = false

    func validate() throws {
        guard (1...9999).contains(year) else { throw ValidationError("--year takes 1 to 9999") }
        let today = Clock.machine.today
        guard year <= today.year else {
            throw ValidationError("--year \(year) has not begun (today is \(today)); there is nothing to state yet")
        }
        guard (format == .csv) == (out != nil) else {
            throw ValidationError("--format csv and --out DIR go together")
        }
    }

    func run() throws {
        let rules = try rules.load()
        var connection = try Connection(database.settings)
        do {
            let statement = try AccountStatement.ask(
                &connection, rules: rules, person: person, year: year, naming: unmasked ? .full : .masked)
            try give(statement)
        } catch let error as StatementError {
            Console.complain(lang.text(error))
            throw error.exitCode
        } catch let error as ExplainError {
            Console.complain(lang.text(error))
            throw error.exitCode
        }
    }

    private func give(_ statement: AccountStatement) throws {
        switch format {
        case .text: Console.print(StatementText(statement, lang).text)
        case .json: Console.print(try StatementJSON(statement, lang).text)
        case .csv:
            let files = StatementFiles(statement, lang)
            do {
                try files.write(to: out ?? ".")
            } catch {
                throw ValidationError(
                    "--out \(out ?? ".") cannot be written; name a directory that is writable, or can be made")
            }
            Console.print(files.names.map { "\(out ?? ".")/\($0)" }.joined(separator: "\n"))
        }
    }
}

/// In what form a statement is given.
enum StatementFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case csv
}
