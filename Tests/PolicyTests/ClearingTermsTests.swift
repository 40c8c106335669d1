import Money
import Testing

@testable import Policy

/// A site file that supplies every table of the annual clearing.
private let clearingSite = """
    site: office
    completes: lianyungang-employee
    source: 清算协议
    values:
      clearing.institution_budget:
        2023-01-01: {value: {H32070300001: 120000000, "320703002": 0}}
      clearing.level_budget:
        2023-01-01: {value: {primary: 400000000, tertiary: 900000000}, cite: 预算方案}
      clearing.surplus_bands:
        2023-01-01:
          value:
            8500: 0
            10000: 10000
      clearing.overspend_bands:
        2023-01-01: {value: {11000: 7000, 12000: 3000}, unit: table}
      clearing.assessment_score:
        2023-01-01: {value: {H32070300001: 9500, "320703002": 8999, P1: 10}}
      clearing.deposit_return:
        2023-01-01: {value: {8000: 8000, 9000: 10000, 500: 5000}}
    """

private func fault(_ name: String, _ old: String, _ new: String, at: String? = nil, _ message: String) -> SpoiledPack {
    SpoiledPack(name, old, new, at: at, message)
}

@Suite struct `Tables by which a year is cleared` {
    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test func `are not in the shipped pack, which says who supplies them, and then nothing is adjusted`() throws {
        let terms = try rules().clearingTerms(on: date("2023-12-31"))
        #expect(terms.poolDepositRate == Rate(basisPoints: 500))
        #expect(terms.accountDepositRate == Rate(basisPoints: 0))
        #expect(terms.budget == nil)
        #expect(terms.assessment == nil)
        #expect(terms.rounding == .halfUp)
        #expect(terms.levels.level(of: nil) == .primary)
        #expect(
            terms.citations
                == ClearingTerms.Citations(
                    poolDepositRate: "连政办发〔2022〕73号 三（三）", accountDepositRate: "连政办发〔2022〕73号 三（三）", budget: nil,
                    assessment: nil))
        let expected = try rules().missingFigures.filter { $0.key.rawValue.hasPrefix("clearing.") }
        #expect(expected.count == 6 && expected.allSatisfy { $0.unit == .table })
    }

    @Test func `are supplied by a site file, each with its source`() throws {
        let terms = try rules(site: clearingSite).clearingTerms(on: date("2023-12-31"))
        let budget = try #require(terms.budget)
        #expect(budget.institutions == ["H32070300001": Fen(1_200_000_00), "320703002": .zero])
        #expect(budget.levels == [.primary: Fen(4_000_000_00), .tertiary: Fen(9_000_000_00)])
        func band(_ upTo: Int64, _ share: Int64) -> ClearingBand {
            ClearingBand(upTo: Rate(basisPoints: upTo), share: Rate(basisPoints: share))
        }
        #expect(budget.surplus == [band(8500, 0), band(10_000, 10_000)])
        #expect(budget.overspend == [band(11_000, 7000), band(12_000, 3000)])
        #expect(terms.citations.budget == "清算协议；预算方案")
        #expect(terms.citations.assessment == "清算协议")
        #expect(terms.assessment?.steps.map(\.least.basisPoints) == [9000, 8000, 500])
    }

    @Test(arguments: [
        ("H32070300001", Rate(basisPoints: 10_000)), ("320703002", Rate(basisPoints: 8000)),
        ("P1", Rate(basisPoints: 0)), ("H2", nil),
    ])
    func `give back a share by the highest step reached, nothing below the lowest, and say nothing without a score`(
        institution: String, share: Rate?
    ) throws {
        let terms = try rules(site: clearingSite).clearingTerms(on: date("2023-12-31"))
        #expect(terms.assessment?.returnedShare(of: institution) == share)
    }

    @Test func `hold from their dates on`() throws {
        let later = clearingSite.spoiled("2023-01-01: {value: {primary", "2024-01-01: {value: {primary")
        let rules = try rules(site: later)
        #expect(try rules.clearingTerms(on: date("2023-12-31")).budget?.levels == [:])
        #expect(try rules.clearingTerms(on: date("2024-01-01")).budget?.levels.count == 2)
    }

    @Test func `end with a null`() throws {
        let rules = try weighed(
            """
            clearing.assessment_score: {2023-01-01: {H1: 9500}, 2024-01-01: null}
            clearing.deposit_return: {0: 10000}
            """)
        #expect(try rules.clearingTerms(on: date("2023-12-31")).assessment?.scores == ["H1": Rate(basisPoints: 9500)])
        #expect(try rules.clearingTerms(on: date("2024-01-01")).assessment == nil)
    }

    private func weighed(_ tables: String) throws -> RuleSet {
        var faults: [PackFault] = []
        let tree = try #require(YamlTree(tables, file: "case.yaml", faults: &faults))
        return try rules(site: clearingSite).overriding(tree, file: "case.yaml", cite: "case")
    }

    @Test func `are figures to weigh as well, with or without a date`() throws {
        for text in [
            "clearing.surplus_bands: {9000: 5000}", "clearing.surplus_bands: {2023-01-01: {9000: 5000}}",
        ] {
            #expect(
                try weighed(text).clearingTerms(on: date("2023-01-01")).budget?.surplus == [
                    ClearingBand(upTo: Rate(basisPoints: 9000), share: Rate(basisPoints: 5000))
                ])
        }
    }

    @Test(arguments: [
        fault(
            "a key twice", "{primary: 400000000,", "{primary: 1, primary: 400000000,", at: "{primary: 1",
            "primary stands twice (first on line \(clearingSite.line(of: "primary"))); write it once"),
        fault(
            "a budget in yuan", "tertiary: 900000000", "tertiary: 9000000.00",
            "9000000.00 is a fraction; write 900000000 instead"),
        fault(
            "a quoted budget", "tertiary: 900000000", "tertiary: \"900000000\"",
            "900000000 is in quotes; write 900000000 instead"),
        fault(
            "a budget below zero", "tertiary: 900000000", "tertiary: -1",
            "-1 fen/year is negative; write zero or more"),
        fault(
            "a list for a budget", "tertiary: 900000000", "tertiary: [1]",
            "the value of tertiary is not a text; write one line of text"),
        fault(
            "a level that is none", "tertiary: 900000000", "quaternary: 1",
            "quaternary is not a level of institutions; write primary, secondary or tertiary"),
        fault(
            "a code that is none", "H32070300001: 120000000", "H-1: 120000000",
            "H-1 is not the code of an institution; write its fixmedins_code: letters, digits, `_` and `.` only"),
        fault(
            "a code of nothing", "H32070300001: 120000000", "\"\": 120000000",
            "an empty text is not the code of an institution; "
                + "write its fixmedins_code: letters, digits, `_` and `.` only"),
        fault(
            "no table", "value: {11000: 7000, 12000: 3000}", "value: 7000",
            "7000 is not a table; write `{11000: 7000, 12000: 3000}`"),
        fault(
            "a list for a table", "value: {11000: 7000, 12000: 3000}", "value: [7000]",
            "value is not a mapping; write lines of `name: value` below it"),
        fault(
            "an empty table", "value: {8000: 8000, 9000: 10000, 500: 5000}", "value: {}",
            "the table is empty; write `{9000: 10000, 8000: 8000, 0: 5000}`, or null if the rule ends here"),
        fault(
            "a band in percent", "12000: 3000", "120%: 3000", "120% is in percent; write 12000 instead"),
        fault("a quoted band", "12000: 3000", "\"12000\": 3000", "12000 is in quotes; write 12000 instead"),
        fault(
            "a share above the whole", "12000: 3000", "12000: 10001",
            "10001 bp is more than 100 %; write basis points, 10000 at most (2 % is 200)"),
        fault(
            "a score above full marks", "P1: 10", "P1: 10001",
            "10001 bp is more than 100 %; write basis points, 10000 at most (2 % is 200)"),
        fault(
            "a step above full marks", "500: 5000", "10001: 5000",
            "10001 bp is more than 100 %; write basis points, 10000 at most (2 % is 200)"),
        fault(
            "bands that descend", "{11000: 7000, 12000: 3000}", "{12000: 3000, 11000: 7000}",
            "the band up to 110% stands after the one up to 120%; write the bands in ascending order"),
        fault(
            "a surplus beyond the budget", "        10000: 10000", "        10001: 10000",
            "a band of the surplus ends at 100.01% of the budget; write bands up to 10000 (the whole budget)"),
        fault(
            "an overspend within the budget", "{11000: 7000,", "{10000: 7000,",
            "a band of the overspend ends at 100% of the budget; write bands above 10000 (the whole budget)"),
        fault(
            "the unit of a number", "unit: table", "unit: bp",
            "unit bp does not fit this parameter; write table instead"),
    ])
    func `are read strictly`(_ fault: SpoiledPack) {
        let text = clearingSite.spoiled(fault.old, fault.new)
        #expect(faults(site: text) == ["site.yaml:\(text.line(of: fault.at)): \(fault.message)"])
    }

    @Test func `say all that is wrong with them at once`() {
        let text = clearingSite.spoiled("{11000: 7000, 12000: 3000}", "{9000: 1.5, x: 10001}")
        let line = text.line(of: "9000: 1.5")
        #expect(
            faults(site: text) == [
                "site.yaml:\(line): a band of the overspend ends at 90% of the budget; "
                    + "write bands above 10000 (the whole budget)",
                "site.yaml:\(line): 1.5 is a fraction; write 150 instead",
                "site.yaml:\(line): x is not a number; write a whole number instead",
                "site.yaml:\(line): 10001 bp is more than 100 %; write basis points, 10000 at most (2 % is 200)",
            ])
    }

    @Test func `are refused in part: a budget needs both kinds of bands, a score needs what it gives back`() {
        let head = "site: office\ncompletes: lianyungang-employee\nsource: 清算协议\nvalues:\n"
        #expect(
            faults(
                site: head + """
                      clearing.level_budget:
                        2023-07-01: {value: {primary: 1}}
                      clearing.surplus_bands:
                        2024-01-01: {value: {10000: 1}}
                      clearing.assessment_score:
                        2023-01-01: {value: {H1: 1}}
                    """) == [
                    "site.yaml:6: clearing.level_budget has a value on 2023-07-01 and clearing.surplus_bands has none; "
                        + "add `clearing.surplus_bands` from 2023-07-01 or earlier, as `{8500: 0, 10000: 10000}`",
                    "site.yaml:6: clearing.level_budget has a value on 2023-07-01 and clearing.overspend_bands has none; "
                        + "add `clearing.overspend_bands` from 2023-07-01 or earlier, as `{11000: 7000, 12000: 3000}`",
                    "site.yaml:6: clearing.level_budget has a value on 2024-01-01 and clearing.overspend_bands has none; "
                        + "add `clearing.overspend_bands` from 2024-01-01 or earlier, as `{11000: 7000, 12000: 3000}`",
                    "site.yaml:10: clearing.assessment_score has a value on 2023-01-01 and clearing.deposit_return has none; "
                        + "add `clearing.deposit_return` from 2023-01-01 or earlier, as "
                        + "`{9000: 10000, 8000: 8000, 0: 5000}`",
                ])
    }

    @Test func `may have bands and steps alone, for budgets to come`() {
        let head = "site: office\ncompletes: lianyungang-employee\nsource: 清算协议\nvalues:\n"
        #expect(
            faults(site: head + "  clearing.surplus_bands:\n    2023-01-01: {value: {10000: 1}}") == [])
    }
}
