import City
import Foundation
import Money
import Testing

@Suite struct `The files of a city are those of the intake contract` {
    private static let contract: [(file: String, header: String, key: [String], money: [String])] = [
        (
            "person.csv", "psn_no,psn_name,gend,brdy,certno,insu_admdvs,death_date,vali_flag", ["psn_no"], []
        ),
        (
            "enrolment.csv", "psn_no,insutype,psn_type,begndate,enddate,vali_flag,emp_no",
            ["psn_no", "insutype", "begndate"], []
        ),
        (
            "contribution.csv",
            "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time,init_clct_id",
            ["clct_id"], ["clct_base", "psn_clct_amt", "emp_clct_amt"]
        ),
        (
            "fixed_credit.csv", "psn_no,year,year_total,december_amount", ["psn_no", "year"],
            ["year_total", "december_amount"]
        ),
        ("account_opening.csv", "psn_no,balance_date,balance", ["psn_no"], ["balance"]),
        (
            "institution.csv",
            "fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,fix_blng_admdvs,begndate,enddate,vali_flag",
            ["fixmedins_code", "begndate"], []
        ),
        (
            "settlement.csv",
            "setl_id,mdtrt_id,psn_no,insutype,med_type,fixmedins_code,setl_time,dise_codg,medfee_sumamt,"
                + "fulamt_ownpay_amt,overlmt_selfpay,preselfpay_amt,inscp_scp_amt,act_pay_dedc,hifp_pay,acct_pay,"
                + "acct_mulaid_pay,acct_mulaid_psn_no,psn_cash_pay,hosp_part_amt,refd_setl_flag,init_setl_id,rx_no,"
                + "rx_fixmedins_code",
            ["setl_id"],
            [
                "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt",
                "act_pay_dedc", "hifp_pay", "acct_pay", "acct_mulaid_pay", "psn_cash_pay", "hosp_part_amt",
            ]
        ),
        (
            "institution_statement.csv",
            "fixmedins_code,insutype,clr_type,stmt_begndate,stmt_enddate,medfee_sumamt,fund_pay_sumamt,acct_pay,"
                + "fixmedins_setl_cnt,refd_setl_flag",
            ["fixmedins_code", "insutype", "clr_type", "stmt_begndate", "stmt_enddate"],
            ["medfee_sumamt", "fund_pay_sumamt", "acct_pay"]
        ),
        (
            "institution_statement_line.csv",
            "fixmedins_code,setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag",
            ["fixmedins_code", "setl_id", "refd_setl_flag"], ["medfee_sumamt", "fund_pay_sumamt", "acct_pay"]
        ),
        (
            "account_use.csv",
            "acct_use_id,psn_no,acct_incexpd_type,use_kind,bnft_psn_no,amount,use_date,init_acct_use_id",
            ["acct_use_id"], ["amount"]
        ),
        (
            "family_link.csv", "psn_no,rlts_psn_no,rlts_type,begndate,enddate,vali_flag",
            ["psn_no", "rlts_psn_no", "begndate"], []
        ),
    ]

    private static let shared = Result { try WrittenCity(.city(people: 500)) }

    private let written: WrittenCity

    init() throws {
        written = try Self.shared.get()
    }

    @Test func `every file has the contract's name, header, key and money of two decimals`() throws {
        #expect(try written.names() == Self.contract.map(\.file).sorted())
        for (name, header, key, money) in Self.contract {
            let text = String(decoding: try written.bytes(name), as: UTF8.self)
            #expect(text.prefix { $0 != "\n" } == header, "\(name)")
            let file = try #require(CityFile.allCases.first { $0.name == name })
            let rows = try written.rows(file)
            #expect(rows.count == written.census.rows[file], "\(name)")
            #expect(Set(rows.map { row in key.map { row[$0] } }).count == rows.count, "\(name)")
            let width = header.split(separator: ",").count
            for row in rows {
                #expect(row.cells.count == width)
                for column in money where !row[column].isEmpty { _ = try row.fen(column) }
            }
        }
    }

    @Test func `person numbers carry their check digits and are nobody's`() throws {
        for row in try written.rows(.person) {
            let number = row["psn_no"]
            #expect(number.count == 22)
            #expect(number.reduce(0) { ($0 * 10 + ($1.wholeNumberValue ?? 0)) % 97 } == 1)
            #expect(row["certno"].hasPrefix("SYN"))
        }
    }

    @Test func `dates and months are read back, each enrolment begins before it ends`() throws {
        let last = try #require(CivilDate("2024-12-31"))
        for row in try written.rows(.enrolment) {
            let begins = try row.date("begndate")
            #expect(begins <= last)
            if !row["enddate"].isEmpty { #expect(try begins <= row.date("enddate")) }
        }
        for row in try written.rows(.contribution) {
            #expect(try row.date("clct_time") <= last)
            #expect(Month(String(row["accrym"])) != nil)
        }
        for row in try written.rows(.settlement) {
            #expect(try #require(CivilDate(String(row["setl_time"].prefix(10)))) <= last)
        }
    }
}

@Suite struct `Contributions of a city follow the rules of their months` {
    private static let shared = Result { try WrittenCity(.city(people: 2000, settlements: 0)) }

    private let written: WrittenCity

    init() throws {
        written = try Self.shared.get()
    }

    @Test func `normal ones are 2 % and 7 % of the base, or 8 % of flexible workers, half a fen upwards`() throws {
        var wrong = 0
        var flexible = 0
        for row in try written.rows(.contribution) where row["clct_type"] == "10" {
            let (base, own) = try (row.fen("clct_base"), row.fen("psn_clct_amt"))
            let employer = try row.fen("emp_clct_amt")
            let employee = own == (base * 2 + 50) / 100 && employer == (base * 7 + 50) / 100
            let alone = own == (base * 8 + 50) / 100 && employer == 0
            if alone { flexible += 1 }
            if !employee && !alone { wrong += 1 }
        }
        #expect(flexible > 1000)
        #expect(wrong == written.census[.wrongOwnAmount] + written.census[.wrongEmployerAmount])
    }

    @Test func `bases keep within the limits known on the day they were collected`() throws {
        var atFloor = 0
        var atCeiling = 0
        for row in try written.rows(.contribution) where ["10", "30"].contains(row["clct_type"]) {
            let base = try row.fen("clct_base")
            let isLater = row["accrym"] >= "2024-01" && row["clct_time"] >= "2024-09-30"
            let limits = isLater ? Int64(4879_00)...24_396_00 : 4494_00...24_042_00
            #expect(limits.contains(base))
            if base == limits.lowerBound { atFloor += 1 }
            if base == limits.upperBound { atCeiling += 1 }
        }
        #expect(atFloor > 1000 && atCeiling > 50)
    }

    @Test func `differences and refunds carry sign, rate and original`() throws {
        let byNumber = try Dictionary(uniqueKeysWithValues: written.rows(.contribution).map { ($0["clct_id"], $0) })
        var kinds: Set<Substring> = []
        for row in byNumber.values {
            let kind = row["clct_type"]
            kinds.insert(kind)
            guard ["20", "34", "35"].contains(kind) else {
                #expect(row["init_clct_id"] == "")
                continue
            }
            let original = try #require(byNumber[row["init_clct_id"]])
            #expect(original["psn_no"] == row["psn_no"] && original["accrym"] == row["accrym"])
            #expect(original["clct_time"] < row["clct_time"])
            let (base, own) = try (row.fen("clct_base"), row.fen("psn_clct_amt"))
            switch kind {
            case "20":
                #expect(try base < 0 && -base <= original.fen("clct_base"))
            case "34":
                let atRates = [2, 8].map { (abs(base) * $0 + 50) / 100 * base.signum() }
                #expect(base != 0 && atRates.contains(own))
            default:
                #expect(try base == 0 && own == 0 && row.fen("emp_clct_amt") > 0)
            }
        }
        #expect(kinds == ["10", "20", "30", "32", "34", "35"])
    }
}
