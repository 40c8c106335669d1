import City
import Foundation
import Money
import Testing

/// Reads the files of a city as plainly as can be and counts the awkward cases anew.
@Suite struct `The census counts what the files show` {
    private static let specification = Result { try CitySpecification.city(people: 5000, seed: 3) }

    @Test func `every awkward case is there, and as often as it is counted`() throws {
        let specification = try Self.specification.get()
        let single = try WrittenCity(specification)
        let monthly = try WrittenCity(specification, as: .byMonth)
        var counted = try NaiveReading(single).counts
        for (awkwardCase, count) in try NaiveReading.countsOfVersions(monthly) {
            counted[awkwardCase] = count
        }
        for awkwardCase in AwkwardCase.allCases {
            let (inFiles, inCensus) = (counted[awkwardCase] ?? 0, single.census[awkwardCase])
            #expect(inCensus > 0, "\(awkwardCase)")
            #expect(inFiles == inCensus, "\(awkwardCase)")
            #expect(monthly.census[awkwardCase] == inCensus, "\(awkwardCase)")
        }
    }

    @Test func `sums of contributions tie`() throws {
        let single = try WrittenCity(Self.specification.get())
        var (own, employer) = (Int64(0), Int64(0))
        for row in try single.rows(.contribution) {
            own += try fen(row["psn_clct_amt"])
            employer += try fen(row["emp_clct_amt"])
        }
        #expect(Fen(own) == single.census.ownContributions)
        #expect(Fen(employer) == single.census.employerContributions)
    }

    @Test func `a tidy city has no awkward case`() throws {
        var specification = try CitySpecification.city(people: 1000, to: "2024-03")
        specification.shares = .none
        let written = try WrittenCity(specification)
        for awkwardCase in AwkwardCase.allCases {
            #expect(written.census[awkwardCase] == 0, "\(awkwardCase)")
        }
    }

    @Test(arguments: [AwkwardCase.latePayment, .backCollection, .died])
    func `a case occurs as often as its share says`(awkwardCase: AwkwardCase) throws {
        var (rare, frequent) = (try CitySpecification.city(people: 2000), try CitySpecification.city(people: 2000))
        rare.shares[awkwardCase] = 10
        frequent.shares[awkwardCase] = 300
        #expect(try WrittenCity(frequent).census[awkwardCase] > 5 * WrittenCity(rare).census[awkwardCase])
    }
}

@Suite struct `A city cut into months of arrival is the same city` {
    private static let keys: [CityFile: [String]] = [
        .person: ["psn_no"], .enrolment: ["psn_no", "insutype", "begndate"], .contribution: ["clct_id"],
        .fixedCredit: ["psn_no"], .accountOpening: ["psn_no"],
    ]

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `later versions replace earlier ones and end in the final form`(seed: UInt64) throws {
        let specification = try CitySpecification.city(people: 1500, seed: seed)
        let (single, monthly) = try (WrittenCity(specification), WrittenCity(specification, as: .byMonth))
        let folders = try monthly.names()
        #expect(folders == specification.months.map { "\($0)" })
        for (file, columns) in Self.keys {
            var folded: [[String]: [String: String]] = [:]
            for folder in folders {
                for row in try monthly.rows(file, in: folder) {
                    folded[columns.map { row[$0] ?? "" }] = row
                }
            }
            let final = try single.rows(file)
            let inForce = folded.values.filter { $0["vali_flag"] != "0" }
            #expect(Set(final) == Set(inForce), "\(file.name), seed \(seed)")
            #expect(final.count == inForce.count, "\(file.name), seed \(seed)")
        }
    }

    @Test func `facts arrive when they are known, not before`() throws {
        let monthly = try WrittenCity(.city(people: 1500), as: .byMonth)
        var seen: Set<String?> = []
        for folder in try monthly.names() {
            let month = try #require(Month(folder))
            for row in try monthly.rows(.contribution, in: folder) {
                #expect(try #require(row["clct_time"].flatMap { CivilDate($0) }).month == month)
            }
            for row in try monthly.rows(.person, in: folder) {
                seen.insert(row["psn_no"])
                if let death = row["death_date"].flatMap({ CivilDate($0) }) { #expect(death.month <= month) }
            }
            for row in try monthly.rows(.enrolment, in: folder) {
                #expect(seen.contains(row["psn_no"]), "a person is delivered before or with the enrolment")
                #expect(try #require(row["begndate"].flatMap { CivilDate($0) }).month <= month)
            }
        }
    }
}
