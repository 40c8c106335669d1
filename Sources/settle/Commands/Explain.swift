import ArgumentParser
import Jobs
import Money
import Policy
import Postgres

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a settlement, or a month's credit, step by step with its articles (解释结算与划账).",
        discussion: """
            Recomputes it from the facts that the last completed run knew and compares it with the ledger; writes \
            nothing. Exits 0 if the ledger says the same, 4 if it does not, 65 if the settlement or person is unknown, \
            75 if it is not settled yet.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions

    @Option(help: "Settlement to explain, its setl_id.")
    var settlement: String?

    @Option(help: "Person whose credit to explain, the psn_no; with --month.")
    var person: String?

    @Option(help: "Month whose credit to explain, as 2023-05; with --person.")
    var month: Month?

    @Option(help: "Language: zh or en.")
    var lang = ExplainLanguage.chinese

    func validate() throws {
        guard (settlement != nil) != (person != nil), (person != nil) == (month != nil) else {
            throw ValidationError("explain takes --settlement SETL_ID, or --person PSN_NO with --month 2023-05")
        }
    }

    func run() throws {
        let rules = try rules.load()
        var connection = try Connection(database.settings)
        do {
            let exitCode = try explain(&connection, by: rules)
            guard exitCode == .done else { throw exitCode }
        } catch let error as ExplainError {
            Console.complain(lang.text(error))
            throw error.exitCode
        }
    }
    private func explain(_ connection: inout Connection, by rules: RuleSet) throws -> Jobs.ExitCode {
        if let person, let month {
            let explanation = try CreditExplanation.ask(&connection, rules: rules, person: person, month: month)
            Console.print(ExplainCreditText(explanation, lang).text)
            return explanation.exitCode
        }
        let explanation = try SettlementExplanation.ask(&connection, rules: rules, settlement: settlement ?? "")
        Console.print(ExplainSettlementText(explanation, lang).text)
        return explanation.exitCode
    }
}
