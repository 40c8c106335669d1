import Testing

@Suite(.folder) struct `The command line` {
    @Test func `help names every command and every exit code`() throws {
        let help = try Settle.run("--help")
        #expect(help.code == 0)
        for word in [
            "month-end", "run-due", "status", "runs", "statement", "report", "books", "load", "generate", "rules",
            "migrate",
            "0 done or nothing to do",
            "3 waits", "4 does not tie", "5 another run", "64 wrong", "65 input", "70 fault", "75 try again later",
        ] {
            #expect(words(help.output).contains(word), "\(word)")
        }
        #expect(help.width <= 80)
        #expect(help.complaint == "")
    }

    /// The text as one line: help is wrapped where the line ends.
    private func words(_ text: String) -> String {
        text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }

    @Test(arguments: [
        "month-end", "run-due", "status", "runs", "statement", "load", "generate", "rules", "rules show", "rules check",
        "migrate", "report", "books", "books trial-balance", "books ledger", "books export",
    ])
    func `each command helps`(command: String) throws {
        let help = try Settle.run("\(command) --help")
        #expect(help.code == 0)
        #expect(help.output.contains("USAGE: settle \(command)"))
    }

    @Test(arguments: [
        ("--no-such-option", "Unknown option '--no-such-option'"),
        ("no-such-command", "Unexpected argument 'no-such-command'"),
        ("month-end", "Missing expected argument '--month <month>'"),
        ("month-end --month 2023-13", "The value '2023-13' is invalid for '--month <month>'"),
        ("month-end --month 2023-01-31", "The value '2023-01-31' is invalid for '--month <month>'"),
        ("month-end --month 2023-01 --workers 0", "--workers takes 1 to 64"),
        ("month-end --month 2023-01 --chunk-size 0", "--chunk-size takes 1 to 1000000"),
        ("run-due --as-of 2023-02-30", "The value '2023-02-30' is invalid for '--as-of <as-of>'"),
        ("run-due --as-of 9999-01-01", "--as-of 9999-01-01 is after today"),
        ("generate --out x --from 2023-02 --to 2023-01", "--from 2023-02 is after --to 2023-01"),
        ("load", "Missing expected argument '<directory>'"),
        ("report", "Missing expected argument '<kind>'"),
        ("report weekly --out x", "The value 'weekly' is invalid for '<kind>'"),
        ("report month --out x --year 2023", "month takes --month, as 2023-01"),
        ("report annual --out x", "annual takes --year, as 2023"),
        ("report annual --out x --year 2023 --month 2023-01", "annual takes --year, as 2023"),
        ("report annual --out x --year 0", "annual takes --year, as 2023"),
        ("report clearing --out x --month 2023-01 --year 2023", "clearing takes --month, as 2023-01"),
        ("report crediting --month 2023-01", "Missing expected argument '--out <out>'"),
        ("report crediting --out x", "crediting takes --month, as 2023-01"),
        ("report clearing --out x --date 2023-01-31", "clearing takes --month, as 2023-01"),
        ("report reconciliation --out x --month 2023-01", "reconciliation takes --date, as 2023-01-05"),
        (
            "report crediting --month 2023-01 --out x --format html,pdf",
            "The value 'html,pdf' is invalid for '--format <format>'"
        ),
        (
            "report crediting --month 2023-01 --out x --format html,",
            "The value 'html,' is invalid for '--format <format>'"
        ),
        ("books trial-balance", "trial-balance takes one of --month 2023-01, --year 2023, --through 2023-12"),
        ("books trial-balance --month 2023-01 --year 2023", "trial-balance takes one of --month 2023-01"),
        ("books trial-balance --year 23", "The value '23' is invalid for '--year <year>'"),
        ("books trial-balance --year 0000", "The value '0000' is invalid for '--year <year>'"),
        ("books trial-balance --year 2023 --format xml", "The value 'xml' is invalid for '--format <format>'"),
        ("books ledger", "Missing expected argument '--subject <subject>'"),
        ("books ledger --subject 2101 --month 2023-01 --year 2023", "ledger takes --month or --year, not both"),
        ("books export --year 2023 --through 2023-12", "export takes --year or --through, not both"),
    ])
    func `what cannot be meant exits 64 and says why`(arguments: String, complaint: String) throws {
        let ending = try Settle.run(arguments)
        #expect(ending.code == 64)
        #expect(ending.complaint.contains(complaint), "\(ending.complaint)")
        #expect(ending.output == "")
    }

    @Test func `a server that does not answer exits 75`() throws {
        let ending = try Settle.run("status", environment: ["PGHOST": "/nowhere", "PGPORT": "1"])
        #expect(ending.code == 75)
        #expect(ending.complaint.contains("no connection"), "\(ending.complaint)")
    }
}

@Suite(.folder) struct `Rules on the command line` {
    private static let site = """
        site: office
        completes: lianyungang-employee
        source: 测试用数字
        values:
          account.retiree_monthly_amount:
            2024-01-01: {value: 9876, unit: fen/month}
          account.demand_interest_rate:
            2023-01-01: {value: 20, unit: bp}
          account.three_month_interest_rate:
            2023-01-01: {value: 110, unit: bp}
          clearing.institution_budget:
            2023-01-01: {value: {H1: 120000000}, unit: table}
          clearing.level_budget:
            2023-01-01: {value: {primary: 400000000}}
          clearing.surplus_bands:
            2023-01-01: {value: {8500: 0, 10000: 10000}}
          clearing.overspend_bands:
            2023-01-01: {value: {11000: 7000, 12000: 3000}}
          clearing.assessment_score:
            2023-01-01: {value: {H1: 9500, H2: 9400, H3: 9300, H4: 9200, H5: 9100}}
          clearing.deposit_return:
            2023-01-01: {value: {9000: 10000, 8000: 8000, 0: 5000}}

        """

    @Test func `check names the figure that is missing and exits 3`() throws {
        let check = try Settle.run("rules check")
        #expect(check.code == 3)
        #expect(check.output.hasPrefix("lianyungang-employee: "))
        #expect(check.complaint.contains("account.retiree_monthly_amount"))
        #expect(check.complaint.contains("2024-01-01: {value: <whole fen a month>, unit: fen/month}"))
    }

    @Test func `check lists what a year is closed without, and is content`() throws {
        try Settle.write(
            """
            site: office
            completes: lianyungang-employee
            source: 测试用数字
            values:
              account.retiree_monthly_amount:
                2024-01-01: {value: 9876, unit: fen/month}

            """, to: "site.yaml")
        let check = try Settle.run("rules check --site site.yaml")
        #expect((check.code, check.complaint) == (0, ""))
        let keys = check.output.split(separator: "\n").filter { $0.hasPrefix("  ") }.compactMap {
            $0.split(separator: " ").first
        }
        #expect(
            keys == [
                "account.demand_interest_rate", "account.three_month_interest_rate", "clearing.institution_budget",
                "clearing.level_budget", "clearing.surplus_bands", "clearing.overspend_bands",
                "clearing.assessment_score", "clearing.deposit_return",
            ], "\(check.output)")
    }

    @Test(arguments: [false, true])
    func `check is content once a site file supplies it, named by option or environment`(byEnvironment: Bool) throws {
        try Settle.write(Self.site, to: "site.yaml")
        let check = try Settle.run(
            byEnvironment ? "rules check" : "rules check --site site.yaml",
            environment: byEnvironment ? ["SETTLE_SITE": "site.yaml"] : [:])
        #expect(check.code == 0)
        #expect(check.complaint == "")
    }

    @Test func `check refuses a bad file with its line and exits 65`() throws {
        try Settle.write(Self.site.replacing("9876", with: "98.76"), to: "site.yaml")
        let check = try Settle.run("rules check --site site.yaml")
        #expect(check.code == 65)
        #expect(check.complaint.contains("site.yaml:6: "), "\(check.complaint)")
        #expect(check.output == "")
        let job = try Settle.run("month-end --month 2023-01 --site site.yaml")
        #expect(job.code == 65)
        #expect(job.complaint.contains("site.yaml:6: "), "\(job.complaint)")
    }

    @Test func `show prints a table in full, a long one by its length`() throws {
        try Settle.write(Self.site, to: "site.yaml")
        let shown = try Settle.run("rules show --date 2023-06-01 --site site.yaml").output
        for line in [
            "2023-01-01  primary → 4,000,000.00  测试用数字", "2023-01-01  85% → 0%, 100% → 100%  测试用数字",
            "2023-01-01  5 entries  测试用数字", "2023-01-01  90% → 100%, 80% → 80%, 0% → 50%  测试用数字",
        ] {
            #expect(shown.contains(line), "\(shown)")
        }
    }

    @Test func `show prints every rule with its date and article, of one day if asked`() throws {
        let all = try Settle.run("rules show")
        #expect(all.code == 0)
        #expect(all.output.contains("account.worker_credit_rate"))
        #expect(all.output.contains("2023-01-01  2%  连政办发〔2022〕73号 二（四）"))
        #expect(all.output.contains("expected, not yet supplied (市医疗保障局)"))
        let day = try Settle.run("rules show --date 2023-06-01")
        #expect(!day.output.contains("account.retiree_monthly_amount"))
        #expect(try Settle.run("rules show --pack no-such-pack").code == 65)
    }
}

@Suite(.folder) struct `A synthetic city on the command line` {
    @Test func `is the same bytes for the same arguments, and never written over`() throws {
        let arguments = "--people 200 --from 2023-01 --to 2023-03 --seed 5"
        for name in ["one", "two"] {
            let ending = try Settle.run("generate --out \(name) \(arguments)")
            #expect(ending.code == 0)
            #expect(ending.output.hasSuffix("200 people written to \(name)\n"))
            #expect(ending.width <= 80)
        }
        for file in ["person", "enrolment", "contribution", "fixed_credit", "account_opening", "settlement"] {
            let bytes = try Settle.bytes(of: "one/\(file).csv")
            #expect(bytes.count > 100)
            #expect(try Settle.bytes(of: "two/\(file).csv") == bytes)
        }
        let again = try Settle.run("generate --out one \(arguments)")
        #expect(again.code == 65)
        #expect(again.complaint.hasPrefix("settle: one"), "\(again.complaint)")
    }
}
