import FoundationEssentials
import Postgres
import Testing

/// The books of one worker and one hospital in January 2023: 350.00 and 100.00 come in, 100.00 of it go to the account;
/// a visit of 1,000.00 is 250.00 above the deductible, of which the fund pays 60 %, and 50.00 come from the account.
@Suite(.database) struct `The books on the command line` {
    private static let institution = """
        fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,fix_blng_admdvs,begndate
        H001,"第一医院, 新院",1,01,320703,2010-01-01

        """

    private static let vouchers = """
        INSERT INTO run.rule_pack VALUES ('d', 'p', 't', NULL, '2023-02-01');
        INSERT INTO run.citation VALUES (1, '二（一）'), (2, '二（三）');
        INSERT INTO run.run (run_id, job, business_date, posting_month, horizon, batch_upto, chunk_count, state, attempts,
            rule_pack_digest, program_version, started_at, finished_at)
        VALUES
            (20, 'nightly', '2023-01-20', '2023-01-01', '2023-01-20', 1, 1, 'completed', 1, 'd', 'v', now(), now()),
            (34, 'month-end', '2023-01-31', '2023-01-01', '2023-01-31', 1, 1, 'completed', 1, 'd', 'v', now(), now());
        INSERT INTO ledger.period VALUES ('2023-01-01', 'open', NULL, NULL);
        INSERT INTO ledger.voucher VALUES
            (1, 20, 1, 'outpatient_benefits', '2023-01-01', '2023-01-20', '应付定点机构门诊费用', 1),
            (2, 20, 2, 'benefits_to_funds', '2023-01-01', '2023-01-20', '待遇支出转入统筹基金与个人账户基金', 1),
            (3, 34, 1, 'contribution_receipt', '2023-01-01', '2023-01-31', '收到职工基本医疗保险费', 2),
            (4, 34, 2, 'contribution_split', '2023-01-01', '2023-01-31', '保险费划分：个人账户与统筹基金', 2);
        BEGIN;
        INSERT INTO ledger.voucher_line VALUES
            (1, 1, '50010001', NULL, 15000, 0), (1, 2, '50010002', NULL, 5000, 0), (1, 3, '2101', 'H001', 0, 20000),
            (2, 1, '3001', NULL, 15000, 0), (2, 2, '50010001', NULL, 0, 15000),
            (2, 3, '3002', NULL, 5000, 0), (2, 4, '50010002', NULL, 0, 5000),
            (3, 1, '1002', NULL, 45000, 0), (3, 2, '40010001', NULL, 0, 35000), (3, 3, '40010002', NULL, 0, 10000),
            (4, 1, '40010001', NULL, 35000, 0), (4, 2, '40010002', NULL, 10000, 0), (4, 3, '3002', NULL, 0, 10000),
            (4, 4, '3001', NULL, 0, 35000);
        COMMIT;
        """

    private func settle() throws {
        #expect(try Settle.migrate().code == 0)
        try Settle.write(Self.institution, to: "city/institution.csv")
        #expect(try Settle.run("load city").code == 0)
        let database = try #require(Settle.current?.database)
        var connection = try Connection(ConnectionSettings(database))
        try connection.script(Self.vouchers, name: "vouchers")
    }

    @Test func `as a person reads them, in both languages`() throws {
        try settle()
        let chinese = try Settle.run("books trial-balance --month 2023-01")
        #expect(
            chinese.output == """
                试算平衡表  2023-01  单位：元
                  科目      科目名称                        方向  期初余额  借方发生额  贷方发生额  期末余额
                  1002      收入户存款                      借        0.00      450.00        0.00    450.00
                  2101      应付定点机构                    贷        0.00        0.00      200.00    200.00
                  3001      统筹基金                        贷        0.00      150.00      350.00    200.00
                  3002      个人账户基金                    贷        0.00       50.00      100.00     50.00
                  40010001  社会保险费收入—单位             贷        0.00      350.00      350.00      0.00
                  40010002  社会保险费收入—个人             贷        0.00      100.00      100.00      0.00
                  50010001  社会保险待遇支出—统筹—门诊统筹  借        0.00      150.00      150.00      0.00
                  50010002  社会保险待遇支出—个人账户       借        0.00       50.00       50.00      0.00
                  合计                                      借        0.00    1,300.00                450.00
                  合计                                      贷        0.00                1,300.00    450.00

                """)
        let later = try Settle.run("books trial-balance --year 2024 --lang en")
        #expect(
            later.output.hasPrefix(
                """
                Trial balance  2024  yuan
                  subject   name                                side    opening  debit  credit  closing
                  1002      Deposits in the income account      debit    450.00   0.00    0.00   450.00

                """), "\(later.output)")
        let page = try Settle.run("books ledger --subject 3002 --year 2023")
        #expect(
            page.output == """
                3002 个人账户基金（贷）  2023年  单位：元
                  日期        凭证号  摘要                                借方发生额  贷方发生额    余额
                                      期初余额                                                      0.00
                  2023-01-20  20/2    待遇支出转入统筹基金与个人账户基金       50.00              -50.00
                  2023-01-31  34/2    保险费划分：个人账户与统筹基金                      100.00   50.00
                                      期末余额                                 50.00      100.00   50.00

                """)
        let institutions = try Settle.run("books ledger --subject 2101 --lang en")
        #expect(
            institutions.output == """
                2101 Payable to designated institutions (credit)  all months  yuan
                  institution  name            opening  debit  credit  closing
                  H001         第一医院, 新院     0.00   0.00  200.00   200.00
                  total                           0.00   0.00  200.00   200.00

                """)
        let one = try Settle.run("books ledger --subject 2101 --institution H001 --month 2023-01")
        #expect(one.output.hasPrefix("2101 应付定点机构（贷）  H001 第一医院, 新院  2023-01  单位：元\n"))
        #expect(
            try Settle.run("books trial-balance --month 2022-12").output == "试算平衡表  2022-12  单位：元\n  无记账凭证\n")
    }

    @Test func `as office programs and other programs read them`() throws {
        try settle()
        let balance = try Settle.run("books trial-balance --through 2023-01 --format csv")
        let lines = balance.output.components(separatedBy: "\r\n")
        #expect(lines.first == "\u{FEFF}科目,科目名称,方向,期初余额,借方发生额,贷方发生额,期末余额")
        #expect(lines[1] == "1002,收入户存款,借,0.00,450.00,0.00,450.00")
        #expect(lines.suffix(3) == ["合计,,借,0.00,1300.00,,450.00", "合计,,贷,0.00,,1300.00,450.00", ""])
        let institutions = try Settle.run("books ledger --subject 2101 --format csv")
        #expect(
            institutions.output.components(separatedBy: "\r\n")[1] == "H001,\"第一医院, 新院\",0.00,0.00,200.00,200.00")

        let json = try Settle.run("books trial-balance --month 2023-01 --format json")
        let document = try JSONDecoder().decode(Balance.self, from: Data(json.output.utf8))
        #expect(document.span == ["first": "2023-01", "last": "2023-01"])
        #expect(document.totals == ["opening": "0.00", "debit": "1300.00", "credit": "1300.00", "closing": "450.00"])
        #expect(
            document.subjects.first == [
                "code": "1002", "name": "收入户存款", "englishName": "Deposits in the income account", "class": "asset",
                "side": "debit", "opening": "0.00", "debit": "450.00", "credit": "0.00", "closing": "450.00",
            ])
        let page = try Settle.run("books ledger --subject 2101 --institution H001 --format json")
        #expect(
            try JSONDecoder().decode(Page.self, from: Data(page.output.utf8)).lines == [
                Page.Line(
                    date: "2023-01-20", run: 20, voucher: 1, summary: "应付定点机构门诊费用", debit: "0.00",
                    credit: "200.00", balance: "200.00")
            ])
    }

    private struct Balance: Decodable {
        let span: [String: String]
        let subjects: [[String: String]]
        let totals: [String: String]
    }

    private struct Page: Decodable {
        struct Line: Decodable, Equatable {
            let date: String
            let run: Int64
            let voucher: Int
            let summary: String
            let debit: String
            let credit: String
            let balance: String
        }

        let lines: [Line]
    }

    @Test func `are exported to standard output or to a file that appears whole`() throws {
        try settle()
        let printed = try Settle.run("books export")
        #expect(printed.code == 0)
        #expect(printed.output.hasPrefix("; 共济 Gongji: books, all months. "))
        let written = try Settle.run("books export --out books.journal")
        #expect((written.code, written.output) == (0, "books.journal: 4 vouchers\n"))
        #expect(try Settle.bytes(of: "books.journal") == Data(printed.output.utf8))
        let year = try Settle.run("books export --year 2024 --out books.journal")
        #expect((year.code, year.output) == (0, "books.journal: 0 vouchers\n"))
        #expect(String(decoding: try Settle.bytes(of: "books.journal"), as: UTF8.self).contains("(opening) 年初余额"))
        let refused = try Settle.run("books export --out nowhere/books.journal")
        #expect(refused.code == 65)
        #expect(
            refused.complaint
                == "settle: nowhere/books.journal: cannot be written: No such file or directory; "
                + "name a file in a directory that is there and writable.\n")
    }

    @Test func `are read by a login of settle_report, and do not balance once altered`() throws {
        try settle()
        let reader = ["PGOPTIONS": "-c role=settle_report"]
        for command in ["trial-balance --year 2023", "ledger --subject 2101", "ledger --subject 1002", "export"] {
            #expect(try Settle.run("books \(command)", environment: reader).code == 0, "\(command)")
        }
        let refused = try Settle.run("books ledger --subject 9")
        #expect(refused.code == 65)
        #expect(refused.complaint.hasPrefix("settle: there is no subject 9; "))
        let nobody = try Settle.run("books export", environment: ["PGOPTIONS": "-c role=pg_signal_backend"])
        #expect(nobody.code == 65)
        #expect(nobody.complaint.contains("Connect as a member of settle_report"), "\(nobody.complaint)")

        _ = try Settle.rows(
            "UPDATE ledger.voucher_line SET debit_fen = 1 WHERE subject_code = '1002' RETURNING subject_code")
        let altered = try Settle.run("books trial-balance --year 2023")
        #expect(altered.code == 4)
        #expect(altered.complaint.hasPrefix("settle: books of 2023: debits are 850.01, credits 1300.00. "))
    }
}
