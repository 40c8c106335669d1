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
        let index = try text("reports/2023/index.html")
        #expect(index.contains("Monthly crediting of personal accounts") && index.contains("crediting-2023-01.xlsx"))
        #expect(index.contains("clearing-2023-01-settlements.data.csv"))
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
