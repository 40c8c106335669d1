import Money
import Testing

@testable import Policy

@Suite struct `A site file supplies what the pack expects` {
    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test func `the supplied amount is credited from its date and says that it is illustrative`() throws {
        let rules = try rules(site: demoSite)
        let terms = try rules.creditTerms(for: #require(Month("2024-01")))
        #expect(terms.retireeCredit == .cityAmount(Fen(90_00)))
        #expect(terms.citations.retireeCredit == "连政办发〔2022〕73号 二（四）")
        #expect(terms.citations.retireeFigure == "演示数据，非公布数据")
        let row = try #require(rules.listing(on: date("2024-01-01")).first { $0.key == .retireeMonthlyAmount })
        #expect(row.isIllustrative)
        #expect(row.place.description == "site.yaml:7")
        #expect(rules.listing().filter(\.isIllustrative).count == 1)
    }

    @Test func `a figure supplied later leaves the months before it waiting`() throws {
        let rules = try rules(site: demoSite.spoiled("2024-01-01", "2024-07-01"))
        #expect(throws: PolicyError.self) { try rules.amount(.retireeMonthlyAmount, on: date("2024-06-30")) }
        #expect(try rules.amount(.retireeMonthlyAmount, on: date("2024-07-01")).value == Fen(90_00))
    }

    @Test func `the lines that the error asks for are a site file once filled in`() throws {
        let error = try #require(throws: PolicyError.self) {
            try rules().amount(.retireeMonthlyAmount, on: date("2024-01-01"))
        }
        guard case .figureNotSupplied(let missing) = error else {
            Issue.record(error)
            return
        }
        let site = missing.exampleSiteFile.spoiled("<name of your office>", "lianyungang")
            .spoiled("<document that states the figure>", "文件").spoiled("<whole fen a month>", "8765")
        #expect(try rules(site: site).amount(.retireeMonthlyAmount, on: date("2024-01-01")).value == Fen(87_65))
        #expect(
            faults(site: missing.exampleSiteFile) == [
                "site.yaml:1: site <name of your office> is not a name; "
                    + "write lower-case letters, digits and hyphens, as in lianyungang-employee",
                "site.yaml:6: <whole fen a month> is not a number; write a whole number instead",
            ])
    }

    @Test func `what is adjustable may change on a new date and on an old one`() throws {
        let site = """
            site: office
            completes: lianyungang-employee
            source: 文件
            values:
              pooling.active.annual_cap:
                2024-01-01: {value: 800000, cite: 新文件}
              pooling.deductible_period:
                2023-01-01: {value: visit}
            """
        let rules = try rules(site: site)
        let before = try rules.outpatientTerms(of: .active, on: date("2023-12-31"))
        let after = try rules.outpatientTerms(of: .active, on: date("2024-01-01"))
        #expect(before.annualCap == Fen(6000_00))
        #expect(after.annualCap == Fen(8000_00))
        #expect(after.citations.annualCap == "新文件")
        #expect(try rules.outpatientTable(on: date("2023-01-01")).decisions.deductiblePeriod == .visit)
    }

    @Test(arguments: [
        SpoiledPack(
            "the wrong unit", "unit: fen/month", "unit: bp",
            "unit bp does not fit this parameter; write fen/month instead"),
        SpoiledPack(
            "yuan", "unit: fen/month", "unit: yuan/month", "unknown unit yuan/month; write fen/month instead"),
        SpoiledPack("a fraction", "value: 9000", "value: 90.00", "90.00 is a fraction; write 9000 instead"),
        SpoiledPack(
            "an unknown key", "account.retiree_monthly_amount", "account.retiree_month_amount",
            "unknown parameter account.retiree_month_amount; write account.retiree_monthly_amount instead"),
        SpoiledPack(
            "what the notice settles",
            "account.retiree_monthly_amount:\n    2024-01-01: {value: 9000, unit: fen/month}",
            "account.worker_credit_rate:\n    2024-01-01: {value: 100}", at: "2024-01-01",
            "account.worker_credit_rate is settled by the notice and expects no figure on 2024-01-01; "
                + "change it in a pack of your own (`--rules DIR`), not in a site file"),
        SpoiledPack(
            "a figure before it is expected", "2024-01-01", "2023-12-31",
            "account.retiree_monthly_amount is settled by the notice and expects no figure on 2023-12-31; "
                + "change it in a pack of your own (`--rules DIR`), not in a site file"),
        SpoiledPack(
            "an end", "value: 9000", "value: null",
            "a site file cannot end a rule; write null in a pack of your own (`--rules DIR`)"),
        SpoiledPack(
            "another expectation", "value: 9000", "expected: {figure: a, supplier: b}",
            "a site file supplies figures and cannot expect one; write `value: ...` instead"),
        SpoiledPack(
            "no value", "value: 9000, ", "", at: "2024-01-01",
            "account.retiree_monthly_amount 2024-01-01 has no value; write `value: ...`"),
        SpoiledPack(
            "an empty citation", "unit: fen/month", "cite: \"\"", "cite is empty; write `cite: ...` with the text"),
        SpoiledPack(
            "an unknown field", "illustrative: true", "illustrativ: true",
            "unknown field illustrativ in the site file; write illustrative instead"),
        SpoiledPack(
            "an unknown pack", "completes: lianyungang-employee", "completes: lianyungang-employer",
            "there is no pack lianyungang-employer to complete; write lianyungang-employee instead"),
        SpoiledPack(
            "no source", "source: 演示数据，非公布数据\n", "", at: "site: demo",
            "the site file has no source; write `source: ...`"),
        SpoiledPack(
            "no values", "values:\n  account.retiree_monthly_amount:\n    2024-01-01: {value: 9000, unit: fen/month}",
            "",
            at: "site: demo", "the site file has no values; write `values: ...`"),
        SpoiledPack(
            "no dates", "account.retiree_monthly_amount:\n    2024-01-01: {value: 9000, unit: fen/month}",
            "account.retiree_monthly_amount: {}",
            "account.retiree_monthly_amount has no dated values; "
                + "write `2023-01-01: {value: ..., cite: ...}` below `values:`"),
    ])
    func `a bad site file is refused`(_ fault: SpoiledPack) {
        let text = demoSite.spoiled(fault.old, fault.new)
        #expect(faults(site: text) == ["site.yaml:\(text.line(of: fault.at)): \(fault.message)"])
    }

    @Test func `a parameter that the pack leaves out cannot be supplied`() {
        let site = demoSite.spoiled(
            "account.retiree_monthly_amount:\n    2024-01-01: {value: 9000, unit: fen/month}",
            "account.demand_interest_rate:\n    2024-01-01: {value: 35}")
        #expect(
            faults(shippedText.without("account.demand_interest_rate"), site: site) == [
                "site.yaml:7: pack lianyungang-employee does not have account.demand_interest_rate; "
                    + "add it to a pack of your own (`--rules DIR`), not to a site file"
            ])
    }

    @Test func `the completed pack is checked as a whole`() {
        let site = demoSite.spoiled(
            "account.retiree_monthly_amount:\n    2024-01-01: {value: 9000, unit: fen/month}",
            "contribution.base_floor:\n    2025-01-01: {value: 9999900}")
        #expect(
            faults(site: site) == [
                "site.yaml:7: on 2025-01-01 the contribution base floor 99999.00 is above the ceiling 24396.00; "
                    + "correct one of the two"
            ])
    }

    @Test func `two site files do not supply the same figure`() {
        let faults = library(shippedText, ("a.yaml", demoSite), ("b.yaml", demoSite)).allFaults.map(\.description)
        #expect(
            faults == [
                "b.yaml:7: account.retiree_monthly_amount for 2024-01-01 is supplied by a.yaml:7 too; keep one of them"
            ])
    }
}
