import City
import Foundation
import Money
import Testing

/// Reads the files of a city as plainly as can be and counts the awkward cases anew.
@Suite struct `The census counts what the files show` {
    @Test func `every awkward case is there, and as often as it is counted`() throws {
        let specification = try CitySpecification.city(people: 5000, seed: 3, settlements: 5)
        let single = try WrittenCity(specification)
        let monthly = try WrittenCity(specification, as: .byMonth)
        var counted = try NaiveReading(single).counts
        try counted.merge(NaiveSettlementReading(single).counts) { first, _ in first }
        try counted.merge(NaiveReading.countsOfVersions(monthly)) { first, _ in first }
        for awkwardCase in AwkwardCase.allCases {
            let (inFiles, inCensus) = (counted[awkwardCase] ?? 0, single.census[awkwardCase])
            #expect(inCensus > 0, "\(awkwardCase)")
            #expect(inFiles == inCensus, "\(awkwardCase)")
            #expect(monthly.census[awkwardCase] == inCensus, "\(awkwardCase)")
        }
        var (own, employer) = (Int64(0), Int64(0))
        for row in try single.rows(.contribution) {
            own += try row.fen("psn_clct_amt")
            employer += try row.fen("emp_clct_amt")
        }
        #expect(Fen(own) == single.census.ownContributions)
        #expect(Fen(employer) == single.census.employerContributions)
    }

    @Test func `a tidy city has no awkward case`() throws {
        var specification = try CitySpecification.city(people: 600, to: "2024-03")
        specification.shares = .none
        let written = try WrittenCity(specification)
        for awkwardCase in AwkwardCase.allCases where awkwardCase != .ceilingReached {
            #expect(written.census[awkwardCase] == 0, "\(awkwardCase)")
        }
    }

    @Test(arguments: [AwkwardCase.latePayment, .backCollection, .died, .lateSettlement, .refund])
    func `a case occurs as often as its share says`(awkwardCase: AwkwardCase) throws {
        var rare = try CitySpecification.city(people: 700)
        rare.shares[awkwardCase] = 10
        var frequent = rare
        frequent.shares[awkwardCase] = 300
        #expect(try WrittenCity(frequent).census[awkwardCase] > 4 * WrittenCity(rare).census[awkwardCase])
    }
}

@Suite struct `A city cut into months of arrival is the same city` {
    private static let keys: [CityFile: [String]] = [
        .person: ["psn_no"], .enrolment: ["psn_no", "insutype", "begndate"], .contribution: ["clct_id"],
        .fixedCredit: ["psn_no"], .accountOpening: ["psn_no"], .institution: ["fixmedins_code", "begndate"],
        .settlement: ["setl_id"], .institutionStatement: ["fixmedins_code", "clr_type", "stmt_begndate"],
        .institutionStatementLine: ["setl_id"], .accountUse: ["acct_use_id"], .familyLink: ["rlts_psn_no"],
    ]

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `later versions replace earlier ones and end in the final form`(seed: UInt64) throws {
        let specification = try CitySpecification.city(people: 600, seed: seed, settlements: 5)
        let (single, monthly) = try (WrittenCity(specification), WrittenCity(specification, as: .byMonth))
        let folders = try monthly.names()
        #expect(folders == specification.months.map { "\($0)" })
        #expect(Set(Self.keys.keys) == Set(CityFile.allCases))
        for (file, columns) in Self.keys {
            var folded: [[Substring]: CsvRow] = [:]
            for folder in folders {
                for row in try monthly.rows(file, in: folder) {
                    folded[columns.map { row[$0] }] = row
                }
            }
            let final = try single.rows(file)
            let inForce = folded.values.filter { $0["vali_flag"] != "0" }
            #expect(Set(final) == Set(inForce), "\(file.name), seed \(seed)")
            #expect(final.count == inForce.count, "\(file.name), seed \(seed)")
        }
    }

    @Test func `facts arrive when they are known, not before`() throws {
        let monthly = try WrittenCity(.city(people: 800, settlements: 5), as: .byMonth)
        var seen: Set<Substring> = []
        for folder in try monthly.names() {
            for row in try monthly.rows(.person, in: folder) {
                seen.insert(row["psn_no"])
                #expect(row["death_date"].prefix(7) <= folder)
            }
            for row in try monthly.rows(.enrolment, in: folder) {
                #expect(row["begndate"].prefix(7) <= folder)
            }
            for row in try monthly.rows(.contribution, in: folder) { #expect(row["clct_time"].prefix(7) == folder) }
            for row in try monthly.rows(.settlement, in: folder) { #expect(row["setl_time"].prefix(7) <= folder) }
            for row in try monthly.rows(.accountUse, in: folder) { #expect(row["use_date"].prefix(7) == folder) }
            for file in [CityFile.enrolment, .contribution, .settlement, .accountUse, .familyLink, .fixedCredit] {
                for row in try monthly.rows(file, in: folder) {
                    #expect(seen.contains(row["psn_no"]), "\(file.name): a person is delivered before, or with it")
                }
            }
        }
    }
}
