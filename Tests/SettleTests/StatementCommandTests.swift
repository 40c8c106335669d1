import FoundationEssentials
import Postgres
import Testing

/// What a clerk types for a person at the counter.
@Suite(.database) struct `A personal statement on the command line` {
    private func load() throws {
        #expect(try Settle.migrate().code == 0)
        let header = "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time\n"
        let files = [
            "person.csv": "psn_no,psn_name,insu_admdvs\nW,某甲,320703\nR,某乙,320703\n",
            "enrolment.csv": "psn_no,insutype,psn_type,begndate\nW,310,1101,2010-01-01\n",
            "contribution.csv": header + "c1,W,310,10,2023-01,5000.00,100.00,350.00,2023-01-10\n",
        ]
        for (name, text) in files { try Settle.write(text, to: "facts/\(name)") }
        #expect(try Settle.run("load facts").code == 0)
    }

    @Test func `comes as text, as JSON and as files`() throws {
        try load()
        let early = try Settle.run("statement --person W --year 2023")
        #expect((early.code, early.output) == (75, ""))
        #expect(early.complaint.hasPrefix("settle: 2023 年度还没有结算（还没有做过夜间批和月末）。"))
        #expect(try Settle.run("month-end --month 2023-01").code == 0)

        let text = try Settle.run("statement --person W --year 2023 --lang en")
        #expect((text.code, text.complaint) == (0, ""))
        #expect(text.output == Self.text + "\n")
        let chinese = try Settle.run("statement --person W --year 2023")
        #expect(chinese.output.hasPrefix("个人账户对账单 2023 年度\n"))
        #expect(chinese.width <= 80)

        let json = try Settle.run("statement --person W --year 2023 --format json")
        #expect((json.code, json.complaint) == (0, ""))
        let document = try JSONDecoder().decode(Document.self, from: Data(json.output.utf8))
        #expect(document.account.sums["closing"] == "100.00")

        let files = try Settle.run("statement --person W --year 2023 --format csv --out w/2023")
        #expect((files.code, files.complaint) == (0, ""))
        #expect(files.output == "w/2023/account.csv\nw/2023/settlements.csv\nw/2023/family.csv\n")
        let account = try Settle.bytes(of: "w/2023/account.csv")
        #expect(account.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(String(decoding: account, as: UTF8.self).contains("2023-01 缴费,c1,100.00,100.00,"))
    }

    @Test func `is refused where there is nothing to state`() throws {
        try load()
        #expect(try Settle.run("month-end --month 2023-01").code == 0)
        for (arguments, complaint) in [
            ("--person nobody --year 2023", "nothing has been delivered about this person."),
            ("--person R --year 2023", "the account has no balance and no movement in 2023"),
            ("--person W --year 2022", "the account has no balance and no movement in 2022"),
        ] {
            let ending = try Settle.run("statement --lang en \(arguments)")
            #expect((ending.code, ending.output) == (65, ""), "\(arguments)")
            #expect(ending.complaint.hasPrefix("settle: \(complaint)"), "\(ending.complaint)")
        }
        try Settle.write("", to: "file")
        let ending = try Settle.run("statement --person W --year 2023 --format csv --out file/below")
        #expect((ending.code, ending.output) == (64, ""))
        #expect(ending.complaint.contains("--out file/below cannot be written"), "\(ending.complaint)")
    }

    @Test func `that does not tie is not given out in any form`() throws {
        try load()
        #expect(try Settle.run("month-end --month 2023-01").code == 0)
        _ = try Settle.rows(
            """
            INSERT INTO ledger.account_year (person_id, run_id, opening_fen, brought_in_fen, credit_fen, interest_fen,
                other_in_fen, payment_fen, other_out_fen, closing_fen, prior_year_fen, closing_this_year_fen,
                closing_last_year_fen, closing_earlier_fen, year)
            SELECT intake.person_id('W'), 1, 0, 0, 10001, 0, 0, 0, 0, 10001, 0, 10001, 0, 0, 2023 RETURNING 'done'
            """)
        for format in ["text", "json", "csv --out w"] {
            let ending = try Settle.run("statement --person W --year 2023 --lang en --format \(format)")
            #expect((ending.code, ending.output) == (4, ""), "\(format)")
            #expect(
                ending.complaint == """
                    settle: the statement of 2023 does not tie and is not given out:
                      credit in ledger.account_year: the lines come to 100.00, kept is 100.01
                      closing in ledger.account_year: the lines come to 100.00, kept is 100.01
                    Find the cause first: `settle explain` recomputes settlements and credits from the facts.

                    """, "\(format)")
        }
        #expect(throws: (any Error).self, "nothing is written") { try Settle.bytes(of: "w/account.csv") }
    }

    private struct Document: Decodable {
        struct Account: Decodable {
            let sums: [String: String]
        }

        let account: Account
    }

    private static let text = """
        Personal account statement, 2023

          Number        *
          Name          某*
          District      320703
          Category      employee (2023-01)
          Year          not closed, as of now credited through 2023-01

        Account (yuan)
          Posted      Kind    For              Amount  Balance
                              carried forward             0.00
          2023-01-31  credit  for 2023-01      100.00   100.00
                              balance                   100.00

        Sums of the year (yuan)
                                             of the lines
          Carried forward                            0.00
          Brought in from the former system          0.00
          Credits                                  100.00
          Interest                                   0.00
          Other in                                   0.00
          Less payments, net of refunds              0.00
          Less other out                             0.00
          Balance                                  100.00
          Of it prior-year adjustments               0.00

        Outpatient pooling, benefit year 2023 (yuan)
          no settlements
        """
}

@Suite(.folder) struct `The year of a personal statement` {
    @Test(arguments: [
        ("--person W", "Missing expected argument '--year <year>'"),
        ("--year 2023", "Missing expected argument '--person <person>'"),
        ("--person W --year two", "The value 'two' is invalid for '--year <year>'"),
        ("--person W --year 0", "--year takes 1 to 9999"),
        ("--person W --year 10000", "--year takes 1 to 9999"),
        ("--person W --year 9999", "--year 9999 has not begun (today is "),
        ("--person W --year 2023 --format csv", "--format csv and --out DIR go together"),
        ("--person W --year 2023 --out w", "--format csv and --out DIR go together"),
        ("--person W --year 2023 --lang fr", "The value 'fr' is invalid for '--lang <lang>'"),
        ("--person W --year 2023 --format xml", "The value 'xml' is invalid for '--format <format>'"),
    ])
    func `and its form are looked at first, and what cannot be meant exits 64`(arguments: String, complaint: String)
        throws
    {
        let ending = try Settle.run("statement \(arguments)")
        #expect((ending.code, ending.output) == (64, ""))
        #expect(ending.complaint.contains(complaint), "\(ending.complaint)")
    }
}
