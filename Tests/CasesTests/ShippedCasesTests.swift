import Foundation
import Policy
import Testing

@testable import Cases

/// The cases that stand beside these tests.
struct ShippedCase: CustomTestStringConvertible, Sendable {
    let policyCase: PolicyCase

    var testDescription: String { "\(policyCase.place): \(policyCase.name)" }

    static func all() throws -> [ShippedCase] {
        let directory = try #require(Bundle.module.resourceURL).appending(path: "Cases")
        let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        let rules = try RuleSet.load()
        return try files.flatMap { name in
            let file = RuleFile(name: name, bytes: [UInt8](try Data(contentsOf: directory.appending(path: name))))
            return try readCases(file) { _ in rules }.map(ShippedCase.init)
        }
    }
}

@Suite struct `连政办发〔2022〕73号，逐条案例` {
    @Test(arguments: try ShippedCase.all())
    func `holds to the fen`(shipped: ShippedCase) {
        let result = shipped.policyCase.run()
        #expect(result.hasPassed, "\(result.text)")
    }

    @Test func `there are sixty at least, each with a name of its own and something to check`() throws {
        let cases = try ShippedCase.all().map(\.policyCase)
        #expect(cases.count >= 60)
        #expect(Set(cases.map(\.name)).count == cases.count)
        let checks = cases.map { $0.settlements.count + $0.contributions.count + $0.months.count }
        #expect(checks.allSatisfy { $0 > 0 })
    }

    @Test(arguments: [
        SettlementFigure.verdict, .eligible, .deductible, .pool, .person, .account, .familyAccount, .cash,
    ])
    func `every figure of a settlement is expected somewhere`(figure: SettlementFigure) throws {
        let figures = try ShippedCase.all().flatMap { $0.policyCase.settlements.flatMap(\.expected) }.map(\.figure)
        #expect(figures.contains(figure))
    }
}
