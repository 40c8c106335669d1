import ArgumentParser
import Cases
import Jobs
import Policy

extension Rules {
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run cases written by a policy clerk against the rules; no database is needed.",
            discussion: """
                A case names a person, what happens, and what must come of it, to the fen. Its `pack` and `rules` take \
                the place of --pack and of single parameters, so that other readings and other cities can be tried.

                Exits 0 if every case passed, 1 if one failed, 65 if a file is refused.
                """)

        @OptionGroup var rules: RulesOptions

        @Argument(help: "Files of cases, as cases/outpatient.yaml.")
        var files: [String]

        func run() throws {
            var packs: [String: RuleSet] = [:]
            func ruleSet(_ pack: String?) throws(PolicyError) -> RuleSet {
                let name = pack ?? rules.pack
                if let known = packs[name] { return known }
                let loaded = try RuleSet.load(
                    pack: name, rulesDirectory: rules.directory, siteFile: rules.siteFile)
                packs[name] = loaded
                return loaded
            }
            let cases = try readAll(ruleSet)
            let results = cases.map { one in
                let result = one.run()
                Console.print(result.text)
                return result
            }
            Console.print("\n\(summary(of: results))")
            if results.contains(where: { !$0.hasPassed }) { Console.exit(1) }
        }

        /// All files or none: a file that is refused would leave cases out unseen.
        private func readAll(_ rules: (String?) throws(PolicyError) -> RuleSet) throws -> [PolicyCase] {
            // A fault of the rules themselves is not the clerk's.
            _ = try rules(nil)
            var cases: [PolicyCase] = []
            var faults: [CaseFault] = []
            for file in files {
                do {
                    cases += try readCases(try RuleFile(path: file), rules: rules)
                } catch let refused as CasesRefused {
                    faults += refused.faults
                } catch let fault as PackFault {
                    faults.append(CaseFault(fault))
                }
            }
            for fault in faults { Console.complain("\(fault)") }
            guard faults.isEmpty else { throw Jobs.ExitCode.refused }
            return cases
        }
    }
}
