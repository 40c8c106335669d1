import ArgumentParser
import Jobs

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute the certificates of closed years again and name what does not match.",
        discussion: "Reads only. Exits 4 if anything is not what a certificate says.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var work: WorkOptions

    @Option(help: "Year to verify, as 2023 (default: every closed year).")
    var year: Int?

    func run() async throws {
        let bar = ProgressBar()
        let context = JobContext(database, rules: try rules.load(), work: work, bar: bar)
        let verifications = try await VerifyJob(context, year: year).run()
        bar.clear()
        for verification in verifications { Console.print(VerificationText(verification).text) }
        guard verifications.allSatisfy(\.holds) else { throw ExitCode.doesNotTie }
    }
}
