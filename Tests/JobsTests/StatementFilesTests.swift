import FoundationEssentials
import Testing

@testable import settle

@Suite(.serialized, .scratch) struct `The personal statement for other programs` {
    /// As people's tables read them: a byte order mark, lines that end in CR LF.
    private func files(_ town: StatementTown, _ language: ExplainLanguage) throws -> [String: String] {
        let path = try Scratch.path("statement")
        let files = StatementFiles(try town.ask(), language)
        try files.write(to: path)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: path).sorted()
                == ["account.csv", "family.csv", "settlements.csv"])
        return try Dictionary(
            uniqueKeysWithValues: files.names.map { name in
                let data = try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
                #expect(data.starts(with: [0xEF, 0xBB, 0xBF]))
                return (name, String(decoding: data.dropFirst(3), as: UTF8.self))
            })
    }

    private func lines(_ text: String) -> String { text.replacing("\n", with: "\r\n") + "\r\n" }

    @Test func `is three tables, which hold what the text says`() async throws {
        let files = try files(try await StatementTown.continued(), .chinese)
        #expect(
            files["account.csv"]
                == lines(
                    """
                    记账日期,记账月,生效日期,所属期,收支类型,项目,摘要,来源,金额,余额,以前年度调整,依据,运行
                    ,,,,,上年结转,,,,0.00,,,
                    2023-01-31,2023-01,2022-12-31,2022-12,113,原系统转入,2022-12-31 余额,account-opening,2000.00,2000.00,,期初余额（account_opening）,2
                    2023-01-31,2023-01,2023-01-10,2023-01,201,支出,2023-01-10 三级医院,a,-850.00,1150.00,,连政办发〔2022〕73号 二（一）,1
                    2023-01-31,2023-01,2023-01-31,2023-01,101,划入,2023-01 缴费,c1,100.00,1250.00,,连政办发〔2022〕73号 二（四）,2
                    2023-02-28,2023-02,2023-01-10,2023-01,201,支出,2023-01-10 三级医院，更正,a,60.00,1310.00,,连政办发〔2022〕73号 二（一）,3
                    2023-02-28,2023-02,2023-02-10,2023-02,201,支出,2023-02-10 二级医院,b,-50.00,1260.00,,连政办发〔2022〕73号 二（一）,3
                    2023-02-28,2023-02,2023-02-15,2023-02,201,支出,2023-02-15 家人 三级医院,g,-20.00,1240.00,,连政办发〔2022〕73号 二（一）,3
                    2023-02-28,2023-02,2023-02-28,2023-02,101,划入,2023-02 缴费,c2,100.00,1340.00,,连政办发〔2022〕73号 二（四）,4
                    2023-03-31,2023-03,2023-03-05,2023-03,109,结算退费,2023-03-05 二级医院,b-refund,50.00,1390.00,,连政办发〔2022〕73号 二（一）,5
                    2023-03-31,2023-03,2023-03-12,2023-03,201,支出,2023-03-12 药店,p,-30.00,1360.00,,连政办发〔2022〕73号,5
                    2023-03-31,2023-03,2023-03-15,2023-03,205,缴纳保费,2023-03-15 职工大病保险费,u1,-96.00,1264.00,,连政办发〔2022〕73号 二（五）,5
                    2023-03-31,2023-03,2023-03-20,2023-03,109,结算退费,2023-03-20 家人 三级医院,g-refund,20.00,1284.00,,连政办发〔2022〕73号 二（一）,5
                    2023-03-31,2023-03,2023-03-31,2023-02,101,划入冲回,2023-02 缴费,c2-back,-20.00,1264.00,,连政办发〔2022〕73号 二（四）,6
                    2023-03-31,2023-03,2023-03-31,2023-03,101,划入,2023-03 缴费,c3,100.00,1364.00,,连政办发〔2022〕73号 二（四）,6
                    2023-12-31,2023-12,2023-12-31,2023-12,102,利息,2023 年度,interest,12.34,1376.34,,测试利息,9
                    ,,,,,年末余额,,,,1376.34,,,
                    """))
        #expect(
            files["settlements.csv"]
                == lines(
                    """
                    结算编号,结算时间,机构,级别,原结算,总费用,符合政策范围金额,本次起付,支付比例,统筹支付,个人账户,家庭共济,现金,起付累计,起付尚余,统筹累计,限额尚余,未统筹原因,处理,依据,运行
                    e,2023-01-05 08:30:00,卫生院,一级及以下,,100.00,100.00,100.00,0.7000,0.00,0.00,0.00,100.00,100.00,650.00,0.00,6000.00,,,连政办发〔2022〕73号 二（一）,3
                    a,2023-01-10 09:00:00,三级医院,三级,,1000.00,1000.00,650.00,0.6000,210.00,790.00,0.00,0.00,750.00,0.00,210.00,5790.00,,,连政办发〔2022〕73号 二（一）,3
                    b,2023-02-10 09:00:00,二级医院,二级,,300.00,300.00,0.00,0.6500,195.00,50.00,0.00,55.00,750.00,0.00,405.00,5595.00,,,连政办发〔2022〕73号 二（一）,3
                    b-refund,2023-03-05 11:00:00,二级医院,二级,b,-300.00,-300.00,0.00,0.6500,-195.00,-50.00,0.00,-55.00,750.00,0.00,210.00,5790.00,,,连政办发〔2022〕73号 二（一）,5
                    d,2023-03-10 09:00:00,X,,,80.00,0.00,0.00,,0.00,0.00,0.00,0.00,750.00,0.00,210.00,5790.00,机构不在定点名录,补传 institution.csv 后自动重算,连政办发〔2022〕73号,5
                    p,2023-03-12 18:05:00,药店,,,30.00,0.00,0.00,,0.00,30.00,0.00,0.00,750.00,0.00,210.00,5790.00,不属于普通门诊统筹,,连政办发〔2022〕73号,5
                    k,2023-11-11 14:00:00,三级医院,三级,,20000.00,20000.00,0.00,0.6000,5790.00,0.00,0.00,14210.00,750.00,0.00,6000.00,0.00,,,连政办发〔2022〕73号 二（一）,7
                    m,2023-12-20 10:00:00,三级医院,三级,,50.00,50.00,0.00,0.6000,0.00,0.00,0.00,50.00,750.00,0.00,6000.00,0.00,,,连政办发〔2022〕73号 二（一）,7
                    f,2023-12-28 16:00:00,三级医院,三级,,10.00,10.00,0.00,0.6000,0.00,5.00,0.00,5.00,750.00,0.00,6000.00,0.00,,,连政办发〔2022〕73号 二（一）,10
                    a-refund,2024-01-15 09:00:00,三级医院,三级,a,-1000.00,-1000.00,-650.00,0.6000,-210.00,-790.00,0.00,0.00,100.00,650.00,5790.00,210.00,,,连政办发〔2022〕73号 二（一）,10
                    """))
        #expect(
            files["family.csv"]
                == lines(
                    """
                    结算编号,结算时间,就医人,关系,机构,原结算,金额
                    g,2023-02-15 10:20:00,某乙,子女,三级医院,,20.00
                    g-refund,2023-03-20 10:00:00,某乙,子女,三级医院,g,-20.00
                    """))
    }

    @Test func `has headings in English as well`() async throws {
        let files = try files(try await StatementTown.closed(), .english)
        #expect(
            files.values.compactMap { $0.split(separator: "\r\n").first.map(String.init) }.sorted() == [
                "posted_on,posting_month,effective_on,covered_month,acct_incexpd_type,kind,for,source,amount,balance,"
                    + "prior_year,article,run_id",
                "setl_id,setl_time,institution,level,init_setl_id,medfee_sumamt,inscp_scp_amt,act_pay_dedc,pool_rate,"
                    + "hifp_pay,acct_pay,acct_mulaid_pay,psn_cash_pay,deductible_used,deductible_left,fund_paid,"
                    + "ceiling_left,reason,remedy,article,run_id",
                "setl_id,setl_time,patient,relation,institution,init_setl_id,amount",
            ])
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("\"a\"", "\"\"\"a\"\"\""), ("a\nb", "\"a\nb\""),
        ("a\r\nb", "\"a\r\nb\""), ("=1+1", "'=1+1"), ("-a", "'-a"), ("-12.05", "-12.05"), ("-", "'-"),
        ("", ""),
    ])
    func `quotes what a comma, a quote or a line break would cut, and is no formula`(cell: String, quoted: String) {
        var table = CSVText(mark: false)
        table.add([cell, "1"])
        #expect(table.text == "\(quoted),1\r\n")
    }

    /// What a program reads, amounts as texts in yuan.
    private struct Document: Decodable {
        struct Movement: Decodable, Equatable {
            let kind: Int
            let source: String
            let amount: String
            let balance: String
        }

        struct Account: Decodable {
            let movements: [Movement]
            let sums: [String: String]
            let ledger: [String: String]?
            let closingByAge: [String: String]?
        }

        struct Settlement: Decodable {
            let id: String
            let verdict: String
            let remedy: String?
            let originalID: String?
        }

        struct Sums: Decodable {
            let deductible: String
            let poolPayment: String
            let visits: Int
            let standard: [String: String]
            let ceiling: [String: String]
        }

        struct Pooling: Decodable {
            let settlements: [Settlement]
            let sums: Sums
        }

        let year: Int
        let person: [String: String]
        let account: Account
        let pooling: Pooling
        let familyPayments: [[String: String]]
    }

    @Test func `is one JSON object with everything in it`() async throws {
        let town = try await StatementTown.continued()
        let text = try StatementJSON(try town.ask(), .english).text
        let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        #expect(document.year == 2023)
        #expect(
            document.person
                == [
                    "number": "W", "name": "某甲", "district": "320703", "category": "active", "categoryMonth": "2023-12",
                ])
        #expect(document.account.movements.count == 14)
        #expect(
            document.account.movements.last
                == Document.Movement(kind: 102, source: "interest", amount: "12.34", balance: "1376.34"))
        #expect(
            document.account.sums == [
                "opening": "0.00", "brought_in": "2000.00", "credit": "280.00", "interest": "12.34",
                "other_in": "0.00", "payment": "820.00", "other_out": "96.00", "closing": "1376.34",
                "prior_year": "0.00",
            ])
        #expect(document.account.ledger == document.account.sums)
        #expect(
            document.account.closingByAge
                == ["thisYear": "12.34", "lastYear": "0.00", "earlierYears": "1364.00"])
        #expect(
            document.pooling.settlements.map { "\($0.id) \($0.verdict)" } == [
                "e settled", "a settled", "b settled", "b-refund settled", "d unknown_institution", "p outside",
                "k settled", "m settled", "f settled", "a-refund settled",
            ])
        #expect(document.pooling.settlements.compactMap(\.originalID) == ["b", "a"])
        #expect(
            document.pooling.settlements.compactMap(\.remedy)
                == ["deliver institution.csv; the next night settles anew"])
        let sums = document.pooling.sums
        #expect((sums.deductible, sums.poolPayment, sums.visits) == ("100.00", "5790.00", 4))
        #expect(sums.standard == ["figure": "750.00", "left": "650.00"])
        #expect(sums.ceiling == ["figure": "6000.00", "left": "210.00"])
        #expect(document.familyPayments.map { $0["amount"] } == ["20.00", "-20.00"])
        // Of the patient no more than name and relation.
        #expect(
            Set(document.familyPayments.flatMap(\.keys))
                == ["settlementID", "time", "patient", "relation", "institution", "originalID", "amount"])
    }
}
