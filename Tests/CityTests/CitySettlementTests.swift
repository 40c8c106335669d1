import City
import Foundation
import Money
import Testing

@Suite struct `Settlements of a city` {
    private static let shared = Result {
        let written = try WrittenCity(.city(people: 1000, seed: 5))
        return (written: written, rows: try written.rows(.settlement), pooling: try NaivePooling(written))
    }

    private let written: WrittenCity
    private let rows: [CsvRow]
    private let pooling: NaivePooling

    init() throws {
        (written, rows, pooling) = try Self.shared.get()
    }

    @Test func `there are some 15 a person and year, most people have few, some have very many`() throws {
        let perPerson = Dictionary(grouping: rows) { $0["psn_no"] }.mapValues(\.count)
        #expect((12...17).contains(rows.count / 1000 / 2))
        #expect(perPerson.values.count { $0 < 30 } > 1000 * 6 / 10 - (1000 - perPerson.count))
        #expect(perPerson.values.count { $0 > 150 } > 20)
    }

    @Test func `what the counters report is what the notice gives, but for the wrong ones counted`() throws {
        var wrong = 0
        for row in rows where row["hifp_pay"] != "" {
            guard case .pooled(let deductible, let pool) = pooling.verdicts[row["setl_id"]] else { continue }
            if try row.fen("act_pay_dedc") != deductible || row.fen("hifp_pay") != pool { wrong += 1 }
        }
        #expect(wrong == written.census[.wrongCounterAmount])
        #expect(wrong > 0)
    }

    @Test func `the generator expects what a second reading finds`() throws {
        let city = try City(.city(people: 1000, seed: 5))
        for number in 0..<1000 {
            for record in city.person(number).settlements {
                let id = EventNumber(.settlement, person: number, sequence: record.sequence).description
                let verdict = try #require(pooling.verdicts[Substring(id)])
                switch record.expected {
                case .pooled(let deductible, let pool):
                    #expect(verdict == .pooled(deductible: deductible.rawValue, pool: pool.rawValue), "\(id)")
                case .outside: #expect(verdict == .outside, "\(id)")
                case .refused: #expect(verdict.isRefused, "\(id)")
                }
            }
        }
    }

    @Test func `the long tail reaches the ceiling exactly and never more`() {
        #expect(pooling.years.allSatisfy { $0.pool <= $0.ceiling || $0.ceiling == 0 })
        #expect(pooling.years.contains { $0.pool == 6000_00 })
    }

    @Test func `parts add up to the total, and payments too`() throws {
        var broken = 0
        for row in rows {
            let parts = try ["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"]
                .reduce(Int64(0)) { try $0 + row.fen($1) }
            if try parts != row.fen("medfee_sumamt") { broken += 1 }
            guard row["hifp_pay"] != "" else { continue }
            let payments = ["hifp_pay", "acct_pay", "acct_mulaid_pay", "psn_cash_pay", "hosp_part_amt"]
            let amounts = try payments.map { try row.fen($0) }
            #expect(try amounts.reduce(0, +) == row.fen("medfee_sumamt"))
            let sign: Int64 = row["refd_setl_flag"] == "1" ? -1 : 1
            #expect(amounts.allSatisfy { $0 * sign >= 0 })
        }
        #expect(broken == written.census[.partsDoNotAdd])
    }

    @Test func `all kinds of visits occur`() throws {
        #expect(
            Set(rows.map { $0["med_type"] }) == ["11", "110104", "13", "14", "140104", "140201", "21", "41"])
        let chronic = rows.filter { ["14", "140104", "140201"].contains($0["med_type"]) }
        #expect(chronic.allSatisfy { $0["dise_codg"] != "" })
        #expect(rows.contains { $0["med_type"] == "41" && $0["rx_no"] == "" })
        #expect(rows.allSatisfy { ($0["rx_no"] == "") == ($0["rx_fixmedins_code"] == "") })
        #expect(rows.allSatisfy { ($0["acct_mulaid_pay"] == "0.00") == ($0["acct_mulaid_psn_no"] == "") })
    }

    @Test func `institutions change their level in mid-year, and some close`() throws {
        let byCode = Dictionary(grouping: try written.rows(.institution)) { $0["fixmedins_code"] }
        #expect(byCode.values.contains { $0.count == 2 && $0[0]["hosp_lv"] != $0[1]["hosp_lv"] })
        #expect(byCode.values.contains { $0.count == 1 && $0[0]["enddate"] != "" })
        #expect(Set(byCode.values.map { $0[0]["fixmedins_type"] }) == ["1", "2"])
    }

    @Test func `accounts are not overdrawn by what the generator lets them pay`() throws {
        var balances: [Substring: Int64] = [:]
        for row in try written.rows(.accountOpening) { balances[row["psn_no"]] = try row.fen("balance") }
        for row in try written.rows(.contribution) where ["10", "20", "30", "34"].contains(row["clct_type"]) {
            let base = try row.fen("clct_base")
            balances[row["psn_no"], default: 0] += (abs(base) * 2 + 50) / 100 * base.signum()
        }
        for row in try written.rows(.fixedCredit) { balances[row["psn_no"], default: 0] += try row.fen("year_total") }
        for row in rows {
            balances[row["psn_no"], default: 0] -= try row.fen("acct_pay")
            balances[row["acct_mulaid_psn_no"], default: 0] -= try row.fen("acct_mulaid_pay")
        }
        for row in try written.rows(.accountUse) {
            let amount = try row.fen("amount")
            balances[row["psn_no"], default: 0] += row["acct_incexpd_type"] == "107" ? amount : -amount
        }
        balances[""] = nil
        // Refunds that no engine accepts would give the account money that it has not; they are too few to matter.
        #expect(balances.values.count { $0 < 0 } <= balances.count / 200)
    }
}

@Suite struct `Statements of institutions` {
    private let written: WrittenCity

    init() throws {
        written = try WrittenCity(.city(people: 1000, seed: 5))
    }

    private struct Totals: Hashable {
        var total: Int64 = 0
        var fund: Int64 = 0
        var account: Int64 = 0
        var count = 0
    }

    /// `clr_type` of a `med_type`.
    private func clearingType(_ medicalType: Substring) -> Substring {
        switch medicalType {
        case "21": "21"
        case "41": "41"
        default: "11"
        }
    }

    private func statements() throws -> [[Substring]: Totals] {
        var statements: [[Substring]: Totals] = [:]
        for row in try written.rows(.institutionStatement) {
            statements[[row["fixmedins_code"], row["stmt_begndate"].prefix(7), row["clr_type"]]] = try Totals(
                total: row.fen("medfee_sumamt"), fund: row.fen("fund_pay_sumamt"), account: row.fen("acct_pay"),
                count: #require(Int(row["fixmedins_setl_cnt"])))
        }
        return statements
    }

    @Test func `statements equal the settlements, or else the lines that come with them`() throws {
        let pooling = try NaivePooling(written)
        let settlements = try written.rows(.settlement)
        let byNumber = Dictionary(uniqueKeysWithValues: settlements.map { ($0["setl_id"], $0) })
        let known = Set(try written.rows(.institution).map { $0["fixmedins_code"] })
        var settled: [[Substring]: Totals] = [:]
        for row in settlements where known.contains(row["fixmedins_code"]) {
            let key = [row["fixmedins_code"], row["setl_time"].prefix(7), clearingType(row["med_type"])]
            settled[key, default: Totals()].total += try row.fen("medfee_sumamt")
            settled[key, default: Totals()].fund += try pooling.fund(row)
            settled[key, default: Totals()].account += try row.fen("acct_pay")
            settled[key, default: Totals()].count += row["refd_setl_flag"] == "1" ? -1 : 1
        }
        var listed: [[Substring]: Totals] = [:]
        var careless: Set<[Substring]> = []
        for line in try written.rows(.institutionStatementLine) {
            // A line of a settlement that the centre does not have belongs to the same visit as one that it has.
            let row = try #require(
                byNumber[line["setl_id"]] ?? settlements.first { $0["mdtrt_id"] == line["mdtrt_id"] })
            let key = [line["fixmedins_code"], row["setl_time"].prefix(7), clearingType(row["med_type"])]
            careless.insert(Array(key.prefix(2)))
            listed[key, default: Totals()].total += try line.fen("medfee_sumamt")
            listed[key, default: Totals()].fund += try line.fen("fund_pay_sumamt")
            listed[key, default: Totals()].account += try line.fen("acct_pay")
            listed[key, default: Totals()].count += line["refd_setl_flag"] == "1" ? -1 : 1
        }
        let statements = try statements()
        var (equal, unequal) = (0, 0)
        for (key, totals) in settled {
            // A careless month may have lost the only settlement that it had.
            if careless.contains(Array(key.prefix(2))) || statements[key] == Totals() {
                if statements[key] != totals { unequal += 1 }
            } else {
                #expect(statements[key] == totals, "\(key)")
                equal += 1
            }
        }
        for (key, totals) in listed {
            #expect(statements[key] == totals, "\(key)")
        }
        #expect(equal > 1000 && unequal > 20)
    }
}
