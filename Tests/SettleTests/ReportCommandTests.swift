import FoundationEssentials
import Postgres
import Testing

/// What an accountant types when a month is done.
@Suite(.database) struct `A report on the command line` {
    private func load() throws {
        #expect(try Settle.migrate().code == 0)
        let header = "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time\n"
        let files = [
            "person.csv": "psn_no,psn_name,insu_admdvs\nW,某甲,320703\n",
            "enrolment.csv": "psn_no,insutype,psn_type,begndate\nW,310,1101,2010-01-01\n",
            "contribution.csv": header + "c1,W,310,10,2023-01,5000.00,100.00,350.00,2023-01-10\n",
        ]
        for (name, text) in files { try Settle.write(text, to: "facts/\(name)") }
        #expect(try Settle.run("load facts").code == 0)
    }

    private func text(_ name: String) throws -> String { String(decoding: try Settle.bytes(of: name), as: UTF8.self) }

    @Test func `comes in the forms that were asked for, with a page that lists them`() throws {
        try load()
        let early = try Settle.run("report crediting --month 2023-01 --out reports")
        #expect((early.code, early.output) == (75, ""))
        #expect(
            early.complaint
                == "settle: month-end 2023-01 is not done, and reports are made of completed runs only. `settle run-due` does "
                + "what is due.\n")
        #expect(try Settle.run("month-end --month 2023-01").code == 0)

        let crediting = try Settle.run(
            "report crediting --month 2023-01 --out reports/2023", environment: ["SETTLE_OFFICE": "某市医保中心"])
        #expect((crediting.code, crediting.complaint) == (0, ""))
        #expect(
            crediting.output == """
                reports/2023/crediting-2023-01.html
                reports/2023/crediting-2023-01.xlsx
                reports/2023/crediting-2023-01-groups.csv
                reports/2023/crediting-2023-01-categories.csv
                reports/2023/crediting-2023-01-covered_months.csv
                reports/2023/crediting-2023-01-exceptions.csv
                reports/2023/index.html

                """)
        #expect(
            try text("reports/2023/crediting-2023-01-groups.csv") == """
                \u{FEFF}人员类别,参保地,计入人数,缴费基数,计入本月,计入其他月份,扣回,净额\r
                在职职工,320703,1,5000.00,100.00,0.00,0.00,100.00\r
                合计,,1,5000.00,100.00,0.00,0.00,100.00\r
                应等于：月末运行的控制总数,,,,100.00,0.00,0.00,100.00\r

                """)
        #expect(try text("reports/2023/crediting-2023-01.html").contains("某市医保中心"))

        let clearing = try Settle.run(
            "report clearing --month 2023-01 --out reports/2023 --format data --lang en --office Centre")
        #expect((clearing.code, clearing.complaint) == (0, ""))
        #expect(
            try text("reports/2023/clearing-2023-01-settlements.data.csv")
                == "fixmedins_code,fixmedins_name,hosp_lv,visits,medfee_sumamt,hifp_pay,acct_pay,acct_mulaid_pay,owed\r\n"
        )
        // All of a month, or nothing of it: nobody settled its last night.
        let month = try Settle.run("report month --month 2023-01 --out reports/all")
        #expect((month.code, month.output) == (75, ""))
        #expect(month.complaint.hasPrefix("settle: nightly 2023-01-31 is not done"))
        let index = try text("reports/2023/index.html")
        #expect(index.contains("Monthly crediting of personal accounts") && index.contains("crediting-2023-01.xlsx"))
        #expect(index.contains("clearing-2023-01-settlements.data.csv"))
    }

    @Test func `states a person, or the people of a unit, and names them in full only to who may see them`() throws {
        try load()
        try Settle.write(
            "psn_no,insutype,psn_type,begndate,emp_no\nW,310,1101,2010-01-01,U1\n", to: "more/enrolment.csv")
        #expect(try Settle.run("load more").code == 0)
        let early = try Settle.run("report statement --year 2023 --unit U1 --out reports --lang en")
        #expect((early.code, early.output) == (75, ""))
        #expect(early.complaint.hasPrefix("settle: nothing of 2023 is settled yet (no night or month-end is done)."))
        #expect(try Settle.run("month-end --month 2023-01").code == 0)

        let unit = try Settle.run("report statement --year 2023 --unit U1 --out reports --format html,csv")
        #expect((unit.code, unit.complaint) == (0, ""))
        #expect(
            unit.output == """
                reports/statement-2023-unit-U1.html
                reports/statement-2023-unit-U1-persons.csv
                reports/statement-2023-unit-U1-account.csv
                reports/statement-2023-unit-U1-settlements.csv
                reports/statement-2023-unit-U1-family.csv
                reports/index.html

                """)
        #expect(try text("reports/statement-2023-unit-U1-account.csv").contains("\r\n1,*,某*,2023-01-31,2023-01,"))
        #expect(try !text("reports/statement-2023-unit-U1.html").contains("某甲"))

        // The login of the test owns the server.
        let own = try Settle.run("report statement --year 2023 --person W --unmasked --out own --format data")
        #expect((own.code, own.complaint) == (0, ""))
        let account = try #require(own.output.split(separator: "\n").first { $0.hasSuffix("account.data.csv") })
        #expect(try text(String(account)).contains("\r\n1,W,某甲,2023-01-31,2023-01,"))
        #expect(try Settle.run("statement --person W --year 2023 --unmasked").output.contains("某甲"))

        let batch = ["PGOPTIONS": "-c role=settle_batch"]
        for command in [
            "report statement --year 2023 --unit U1 --out none", "report statement --year 2023 --person W --out none",
            "statement --person W --year 2023 --format csv --out none",
        ] {
            let refused = try Settle.run("\(command) --unmasked", environment: batch)
            #expect((refused.code, refused.output) == (65, ""), "\(command)")
            #expect(
                refused.complaint
                    == "settle: 姓名和编号的全文只给 settle_personal 的成员，当前数据库角色 settle_batch 不是。请去掉 --unmasked，或请数据库管理员执行 "
                    + "GRANT settle_personal TO settle_batch；本命令没有写任何文件。\n", "\(command)")
            #expect(throws: (any Error).self, "nothing is written") { try Settle.bytes(of: "none/index.html") }
            #expect(try Settle.run(command, environment: batch).code == 0, "\(command)")
            #expect(
                try Settle.run("\(command) --lang en --unmasked", environment: batch).complaint.contains("is none."))
            try FileManager.default.removeItem(atPath: #require(Settle.current).folder + "/none")
        }
    }

    @Test(arguments: [
        ("--year 2023", "statement takes --year, as 2023, and either --person or --unit"),
        ("--year 2023 --person W --unit U", "statement takes --year, as 2023, and either --person or --unit"),
        ("--person W", "statement takes --year, as 2023, and either --person or --unit"),
        ("--month 2023-01 --person W", "statement takes --year, as 2023, and either --person or --unit"),
    ])
    func `of statements takes a year and either a person or a unit`(arguments: String, complaint: String) throws {
        let ending = try Settle.run("report statement --out reports \(arguments)")
        #expect((ending.code, ending.output) == (64, ""))
        #expect(ending.complaint.contains(complaint), "\(ending.complaint)")
    }

    @Test(arguments: ["--unmasked", "--person W", "--unit U"])
    func `of another kind names nobody`(option: String) throws {
        let ending = try Settle.run("report crediting --month 2023-01 --out reports \(option)")
        #expect((ending.code, ending.output) == (64, ""))
        #expect(
            ending.complaint.contains("--person, --unit and --unmasked go with statement; crediting names nobody"),
            "\(ending.complaint)")
    }

    @Test func `is not written where it does not tie or cannot be`() throws {
        try load()
        #expect(try Settle.run("month-end --month 2023-01").code == 0)
        try Settle.write("", to: "file")
        let nowhere = try Settle.run("report crediting --month 2023-01 --out file")
        #expect((nowhere.code, nowhere.output) == (65, ""))
        #expect(
            nowhere.complaint
                == "settle: file: cannot be written: it is there and no directory; name a file in a directory that is there and writable.\n"
        )
        _ = try Settle.rows("UPDATE ledger.account_entry SET amount_fen = 10001 RETURNING 'altered'")
        let altered = try Settle.run("report crediting --month 2023-01 --out reports --lang en")
        #expect((altered.code, altered.output) == (4, ""))
        #expect(
            altered.complaint == """
                settle: report crediting-2023-01, table groups, column credited: the rows come to 100.01, the month-end's \
                control totals says 100.00. The report is not written; find the cause first.

                """)
        #expect(throws: (any Error).self) { try Settle.bytes(of: "reports/crediting-2023-01.html") }
    }
}
