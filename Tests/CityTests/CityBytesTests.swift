import City
import Foundation
import Money
import Testing

@Suite struct `A city is the same wherever and whenever it is made` {
    @Test(arguments: [CityLayout.single, .byMonth], [1, 2, 3] as [UInt64])
    func `the same arguments write the same bytes`(layout: CityLayout, seed: UInt64) throws {
        let specification = try CitySpecification.city(seed: seed)
        let (first, second) = try (WrittenCity(specification, as: layout), WrittenCity(specification, as: layout))
        let folders = layout == .single ? [""] : try first.names()
        #expect(try first.names() == second.names())
        for folder in folders {
            #expect(try first.names(in: folder) == second.names(in: folder))
            for name in try first.names(in: folder) {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                #expect(try first.bytes(path) == second.bytes(path), "\(path)")
            }
        }
        #expect(first.census == second.census)
    }

    @Test func `another seed is another city`() throws {
        let (first, second) = try (WrittenCity(.city(seed: 1)), WrittenCity(.city(seed: 2)))
        #expect(try first.bytes("person.csv") != second.bytes("person.csv"))
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `a city of more people begins with the smaller one`(seed: UInt64) throws {
        let (small, large) = try (
            WrittenCity(.city(people: 61, seed: seed)), WrittenCity(.city(people: 90, seed: seed))
        )
        for file in CityFile.allCases where file.isAboutPersons {
            #expect(try large.bytes(file.name).starts(with: small.bytes(file.name)), "\(file.name), seed \(seed)")
        }
        #expect(try large.bytes("institution.csv") == small.bytes("institution.csv"))
    }

    @Test func `settlements change nothing about persons and contributions`() throws {
        let (without, with) = try (WrittenCity(.city(settlements: 0)), WrittenCity(.city(settlements: 30)))
        let files = CityFile.allCases.filter { !$0.isAboutSettlements }
        #expect(try without.names() == files.map(\.name).sorted())
        for file in files {
            #expect(try without.bytes(file.name) == with.bytes(file.name), "\(file.name)")
        }
    }

    @Test func `the same facts are had without files`() throws {
        let specification = try CitySpecification.city(people: 40)
        let city = try City(specification)
        let written = try WrittenCity(specification)
        var census = CityCensus()
        var (contributions, settlements): ([String], [String]) = ([], [])
        for number in 0..<40 {
            let facts = city.person(number)
            census.count(facts)
            contributions += facts.contributions.map {
                EventNumber(.contribution, person: number, sequence: $0.sequence).description
            }
            settlements += facts.settlements.map {
                EventNumber(.settlement, person: number, sequence: $0.sequence).description
            }
        }
        #expect(try written.rows(.contribution).map { String($0["clct_id"]) } == contributions)
        #expect(try written.rows(.settlement).map { String($0["setl_id"]) } == settlements)
        #expect(census.ownContributions == written.census.ownContributions)
        for awkwardCase in AwkwardCase.allCases {
            #expect(census[awkwardCase] == written.census[awkwardCase], "\(awkwardCase)")
        }
    }

    @Test func `nobody lives in an empty city, but its files are there`() throws {
        let written = try WrittenCity(.city(people: 0))
        #expect(try written.names() == CityFile.allCases.map(\.name).sorted())
        for file in CityFile.allCases where file != .institution {
            #expect(try written.rows(file).isEmpty, "\(file.name)")
        }
    }

    /// What any machine must write, to the byte: the generator draws with whole numbers only.
    @Test func `the first rows of seed 1 are these`() throws {
        let written = try WrittenCity(.city(people: 8, to: "2023-03"))
        let expected: [(file: CityFile, row: String)] = [
            (.person, "3207009900000000000040,马丽娜,2,1986-09-06,SYN000000000000000,320707,,1"),
            (.enrolment, "3207009900000000000040,310,1101,2012-02-01,,1,3207005000227"),
            (
                .contribution,
                "3207001000000000000000000,3207009900000000000040,310,10,2023-01,4575.30,91.51,320.27,2023-01-06,"
            ),
            (.fixedCredit, "3207009900000000000234,2022,2975.32,247.94"),
            (.accountOpening, "3207009900000000000040,2022-12-31,769.21"),
            (.institution, "H32070000000,海州区示例第1医院,1,04,320706,2000-01-01,,1"),
            (
                .settlement,
                "3207002000000000000000001,3207002100000000000000001,3207009900000000000040,310,11,H32070000099,"
                    + "2023-01-17 16:17:02,,200.68,0.00,0.00,18.12,182.56,182.56,0.00,182.56,0.00,,18.12,0.00,0,,,"
            ),
            (
                .accountUse,
                "3207003000000000000100000,3207009900000000000137,205,long_term_care_premium,,48.00,2023-01-23,"
            ),
            (.familyLink, "3207009900000000000428,3207009900000000000525,spouse,2021-05-11,,1"),
            (.institutionStatement, "H32070000001,310,11,2023-01-01,2023-01-31,124.15,0.00,99.39,1,1"),
        ]
        for (file, row) in expected {
            #expect(try written.rows(file).first?.cells.joined(separator: ",") == row, "\(file.name)")
        }
    }

    @Test(arguments: [("2023-01", "2023-01"), ("2024-02", "2024-02"), ("2001-01", "2003-12"), ("2070-06", "2099-12")])
    func `a city of any months is made`(from: String, to: String) throws {
        let specification = try CitySpecification.city(people: 30, from: from, to: to)
        #expect(try WrittenCity(specification).rows(.person).count == 30)
        #expect(try WrittenCity(specification, as: .byMonth).names() == specification.months.map { "\($0)" })
    }
}
