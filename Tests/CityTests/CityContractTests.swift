import City
import Foundation
import Money
import Testing

@Suite struct `The files of a city are those of the intake contract` {
    private static let columns: [(file: String, header: String)] = [
        ("person.csv", "psn_no,psn_name,gend,brdy,certno,insu_admdvs,death_date,vali_flag"),
        ("enrolment.csv", "psn_no,insutype,psn_type,begndate,enddate,vali_flag"),
        (
            "contribution.csv",
            "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time,init_clct_id"
        ),
        ("fixed_credit.csv", "psn_no,year,year_total,december_amount"),
        ("account_opening.csv", "psn_no,balance_date,balance"),
    ]

    private let written: WrittenCity

    init() throws {
        written = try WrittenCity(.city(people: 2000))
    }

    @Test func `every file has the contract's name and header`() throws {
        for (file, header) in Self.columns {
            let text = String(decoding: try written.bytes(file), as: UTF8.self)
            #expect(text.prefix { $0 != "\n" } == header, "\(file)")
        }
        #expect(try written.names() == Self.columns.map(\.file).sorted())
    }

    @Test func `every row has a cell for each column, and money two decimals`() throws {
        let money = ["clct_base", "psn_clct_amt", "emp_clct_amt", "year_total", "december_amount", "balance"]
        for file in CityFile.allCases {
            let width = file.header.split(separator: ",").count
            let rows = try written.rows(file)
            #expect(rows.count == written.census.rows[file])
            for row in rows {
                #expect(row.count == width)
                for column in money {
                    if let cell = row[column], !cell.isEmpty { _ = try fen(cell) }
                }
            }
        }
    }

    @Test func `keys are unique`() throws {
        let keys: [(CityFile, [String])] = [
            (.person, ["psn_no"]), (.enrolment, ["psn_no", "insutype", "begndate"]), (.contribution, ["clct_id"]),
            (.fixedCredit, ["psn_no", "year"]), (.accountOpening, ["psn_no"]),
        ]
        for (file, columns) in keys {
            let all = try written.rows(file).map { row in columns.map { row[$0] ?? "" } }
            #expect(Set(all).count == all.count, "\(file.name)")
        }
    }

    @Test func `person numbers carry their check digits and are nobody's`() throws {
        for row in try written.rows(.person) {
            let number = try #require(row["psn_no"])
            #expect(number.count == 22)
            #expect(number.reduce(0) { ($0 * 10 + ($1.wholeNumberValue ?? 0)) % 97 } == 1)
            #expect(try #require(row["certno"]).hasPrefix("SYN"))
        }
    }

    @Test func `dates and months are read back, each enrolment begins before it ends`() throws {
        let last = try #require(CivilDate("2024-12-31"))
        for row in try written.rows(.enrolment) {
            let begins = try #require(row["begndate"].flatMap { CivilDate($0) })
            #expect(begins <= last)
            if let text = row["enddate"], !text.isEmpty {
                #expect(try begins <= #require(CivilDate(text)))
            }
        }
        for row in try written.rows(.contribution) {
            #expect(try #require(row["clct_time"].flatMap { CivilDate($0) }) <= last)
            #expect(row["accrym"].flatMap { Month($0) } != nil)
        }
    }

    @Test func `normal contributions are 2 % and 7 % of the base, or 8 % of flexible workers, half a fen upwards`()
        throws
    {
        var wrong = 0
        var flexible = 0
        for row in try written.rows(.contribution) where row["clct_type"] == "10" {
            let (base, own) = try (fen(row["clct_base"]), fen(row["psn_clct_amt"]))
            let employer = try fen(row["emp_clct_amt"])
            // base × 2 % in fen is base ÷ 50; half a fen is rounded upwards.
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
            let base = try fen(row["clct_base"])
            let isLater = try #require(row["accrym"]) >= "2024-01" && #require(row["clct_time"]) >= "2024-09-30"
            let limits = isLater ? Int64(4879_00)...24_396_00 : 4494_00...24_042_00
            #expect(limits.contains(base), "\(row)")
            if base == limits.lowerBound { atFloor += 1 }
            if base == limits.upperBound { atCeiling += 1 }
        }
        #expect(atFloor > 1000 && atCeiling > 50)
    }

    @Test func `differences and refunds carry sign, rate and original`() throws {
        let byNumber = try Dictionary(uniqueKeysWithValues: written.rows(.contribution).map { ($0["clct_id"], $0) })
        var kinds: [String: Int] = [:]
        for row in byNumber.values {
            let kind = try #require(row["clct_type"])
            kinds[kind, default: 0] += 1
            guard ["20", "34", "35"].contains(kind) else {
                #expect(row["init_clct_id"] == "")
                continue
            }
            let original = try #require(byNumber[row["init_clct_id"]])
            #expect(original["psn_no"] == row["psn_no"] && original["accrym"] == row["accrym"])
            #expect(try #require(original["clct_time"]) < #require(row["clct_time"]))
            let (base, own) = try (fen(row["clct_base"]), fen(row["psn_clct_amt"]))
            switch kind {
            case "20":
                #expect(try base < 0 && -base <= fen(original["clct_base"]))
            case "34":
                let atRates = [2, 8].map { (abs(base) * $0 + 50) / 100 * base.signum() }
                #expect(base != 0 && atRates.contains(own))
            default:
                #expect(try base == 0 && own == 0 && fen(row["emp_clct_amt"]) > 0)
            }
        }
        #expect(Set(kinds.keys) == ["10", "20", "30", "32", "34", "35"])
    }
}
