import City
import Foundation
import Money
import Testing

@Suite struct `A city is the same wherever and whenever it is made` {
    @Test(arguments: [CityLayout.single, .byMonth], [1, 2, 3] as [UInt64])
    func `the same arguments write the same bytes`(layout: CityLayout, seed: UInt64) throws {
        let specification = try CitySpecification.city(seed: seed)
        let (first, second) = try (WrittenCity(specification, as: layout), WrittenCity(specification, as: layout))
        let folders = layout == .single ? [""] : try first.names().map { $0 + "/" }
        #expect(try first.names() == second.names())
        for folder in folders {
            #expect(try first.names(in: folder) == second.names(in: folder))
            for name in try first.names(in: folder) {
                #expect(try first.bytes(folder + name) == second.bytes(folder + name), "\(folder)\(name)")
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
            WrittenCity(.city(people: 60, seed: seed)), WrittenCity(.city(people: 90, seed: seed))
        )
        for file in CityFile.allCases where file.isAboutPersons {
            #expect(try large.bytes(file.name).starts(with: small.bytes(file.name)), "\(file.name), seed \(seed)")
        }
    }

    @Test func `the same facts are had without files`() throws {
        let specification = try CitySpecification.city(people: 40)
        let city = try City(specification)
        let written = try WrittenCity(specification)
        var census = CityCensus()
        var ids: [String] = []
        for number in 0..<40 {
            let facts = city.person(number)
            census.count(facts)
            ids += facts.contributions.map { ContributionNumber(person: number, sequence: $0.sequence).description }
        }
        #expect(try written.rows(.contribution).map { $0["clct_id"] } == ids)
        #expect(census.ownContributions == written.census.ownContributions)
        for awkwardCase in AwkwardCase.allCases {
            #expect(census[awkwardCase] == written.census[awkwardCase], "\(awkwardCase)")
        }
    }

    @Test func `nobody lives in an empty city, but its files are there`() throws {
        let written = try WrittenCity(.city(people: 0))
        #expect(try written.names() == CityFile.allCases.map(\.name).sorted())
        for file in CityFile.allCases {
            #expect(try written.rows(file).isEmpty || !file.isAboutPersons)
        }
    }
}
