import FoundationEssentials
import Postgres
import Testing

extension Settle.Ending {
    /// Standard error without the log.
    fileprivate var complaints: String {
        complaint.split(separator: "\n").filter { $0.hasPrefix("settle: ") }.map { "\($0)\n" }.joined()
    }
}

/// Reports that the jobs leave behind by themselves.
@Suite(.database) struct `Reports of what a job settles` {
    private func load() throws {
        #expect(try Settle.migrate().code == 0)
        let clearing =
            "fixmedins_code,insutype,clr_type,stmt_begndate,stmt_enddate,medfee_sumamt,fund_pay_sumamt,acct_pay"
        let files = [
            "person.csv": "psn_no,insu_admdvs\nW,320703\nR,320703\n",
            "enrolment.csv": "psn_no,insutype,psn_type,begndate\nW,310,1101,2010-01-01\nR,310,1201,2023-12-01\n",
            "contribution.csv":
                "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time\n"
                + "c1,W,310,10,2023-01,5000.00,100.00,350.00,2023-01-10\n",
            "institution.csv":
                "fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,fix_blng_admdvs,begndate\n"
                + "S,二级医院,1,05,320703,2010-01-01\n",
            "institution_statement.csv": clearing + ",fixmedins_setl_cnt,refd_setl_flag\n"
                + "S,310,11,2023-01-31,2023-01-31,0.00,0.00,0.00,0,1\n",
        ]
        for (name, text) in files { try Settle.write(text, to: "facts/\(name)") }
        #expect(try Settle.run("load facts").code == 0)
    }

    private func names(_ directory: String) throws -> [String] {
        let folder = try #require(Settle.current).folder
        guard FileManager.default.fileExists(atPath: "\(folder)/\(directory)") else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(directory)").sorted()
            .filter { $0.hasSuffix(".html") }
    }

    @Test func `are written where it was told to, by option or environment, and nowhere otherwise`() throws {
        try load()
        let quiet = try Settle.run("nightly --date 2023-01-30 --reports reports")
        // Nobody has stated anything up to the day.
        #expect((quiet.code, quiet.complaints, try names("reports")) == (0, "", []), "\(quiet.complaints)")
        let night = try Settle.run(
            "nightly --date 2023-01-31 --reports reports", environment: ["SETTLE_REPORTS": "other"])
        #expect((night.code, night.complaints) == (0, ""))
        #expect(night.output.hasSuffix("\n  reports in reports: reconciliation-2023-01-31\n"), "\(night.output)")
        #expect(try names("reports") == ["index.html", "reconciliation-2023-01-31.html"])

        let environment = ["SETTLE_REPORTS": "reports", "SETTLE_OFFICE": "某市医保中心"]
        let dry = try Settle.run("month-end --month 2023-01 --dry-run", environment: environment)
        #expect((dry.code, try names("reports").count) == (0, 2))
        let month = try Settle.run("month-end --month 2023-01", environment: environment)
        #expect((month.code, month.complaints) == (0, ""))
        #expect(
            month.output.hasSuffix(
                "\n  reports in reports: crediting-2023-01\n  reports in reports: clearing-2023-01, payment-notices-2023-01\n"
            ), "\(month.output)")
        let written = [
            "clearing-2023-01.html", "crediting-2023-01.html", "index.html", "payment-notices-2023-01.html",
            "reconciliation-2023-01-31.html",
        ]
        #expect(try names("reports") == written)
        let page = String(decoding: try Settle.bytes(of: "reports/crediting-2023-01.html"), as: UTF8.self)
        #expect(page.contains("某市医保中心"))
        let again = try Settle.run("month-end --month 2023-01 --reports later")
        #expect((again.code, again.output.contains(" is done: "), try names("later")) == (0, true, []))

        let due = try Settle.run("run-due --as-of 2023-03-01 --reports due")
        #expect((due.code, due.complaints) == (0, ""), "\(due.complaints)")
        #expect(
            try names("due") == [
                "clearing-2023-02.html", "crediting-2023-02.html", "index.html", "payment-notices-2023-02.html",
            ])
        #expect(try Settle.run("run-due --as-of 2023-04-01").code == 0)
        #expect(try names("due").count == 4)
        #expect(try names("other") == [])

        let watch = try Settle.run("report watch --year 2023 --out watch --format html")
        #expect((watch.code, watch.output, watch.complaint) == (0, "watch/watch-2023.html\nwatch/index.html\n", ""))
        #expect(try Settle.run("report watch --out watch").code == 64)
        #expect(try Settle.run("report watch --month 2023-04 --out watch").code == 75)
    }

    @Test func `leave the job as it is where they cannot be written`() throws {
        try load()
        try Settle.write("", to: "the file")
        let night = try Settle.run("nightly --date 2023-01-31", environment: ["SETTLE_REPORTS": "the file"])
        #expect((night.code, night.output.hasPrefix("nightly 2023-01-31: run 1\n")) == (65, true))
        #expect(
            night.complaints == """
                settle: the file: cannot be written: it is there and no directory; name a file in a directory that is there \
                and writable.
                settle: the report is missing, what was settled stands. Put that right, then: settle report reconciliation \
                --date 2023-01-31 --out 'the file'

                """)
        let done = try Settle.run("nightly --date 2023-01-31", environment: ["SETTLE_REPORTS": "the file"])
        #expect((done.code, done.complaints) == (0, ""))

        let due = try Settle.run("run-due --as-of 2023-02-01 --reports facts/person.csv")
        #expect((due.code, due.output.contains("month-end 2023-01: run ")) == (65, true), "\(due.output)")
        for kind in ["crediting", "clearing"] {
            #expect(due.complaints.contains("then: settle report \(kind) --month 2023-01 --out facts/person.csv\n"))
        }
        #expect(
            try Settle.rows("SELECT count(*)::text FROM run.run WHERE job = 'month-end' AND state = 'completed'") == [
                "1"
            ])
        #expect(try Settle.run("report crediting --month 2023-01 --out reports").code == 0)

        // What the job itself ends with comes first: the retirees of 2024 wait for their figure.
        let waiting = try Settle.run("month-end --month 2024-01 --reports facts/person.csv")
        #expect(waiting.code == 3)
        #expect(waiting.complaints.contains("settle report crediting --month 2024-01 --out facts/person.csv\n"))
    }
}
