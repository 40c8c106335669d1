import Money
import Testing

@testable import Policy

@Suite struct `Where there is no rule, asking is an error` {
    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test func `before the first date`() throws {
        let error = try #require(throws: PolicyError.self) {
            try rules().rate(.workerCreditRate, on: date("2022-11-03"))
        }
        let line = shippedText.line(of: "account.worker_credit_rate:") + 4
        #expect(
            error.description == "pack.yaml:\(line): account.worker_credit_rate has no value for 2022-11-03; "
                + "the first is 2023-01-01. Add the earlier rule or settle from 2023-01-01.")
    }

    @Test func `the terms of a month before the notice`() throws {
        let month = try #require(Month("2022-12"))
        let error = try #require(throws: PolicyError.self) { try rules().creditTerms(for: month) }
        guard case .noRule(let missing) = error else {
            Issue.record(error)
            return
        }
        #expect(missing.date == month.firstDay)
        #expect(try missing.cause == .beforeFirst(date("2023-01-01")))
    }

    private let ended = shippedText.spoiled(
        "2023-01-01: {value: 800, cite: 连政办发〔2022〕73号 二（三）}",
        """
        2023-01-01: {value: 800, cite: 连政办发〔2022〕73号 二（三）}
              2025-01-01: {value: null, cite: 后续文件}
        """)

    @Test func `after a null`() throws {
        let rules = try rules(ended)
        #expect(try rules.rate(.flexibleRate, on: date("2024-12-31")).value == Rate(basisPoints: 800))
        let error = #expect(throws: PolicyError.self) { try rules.rate(.flexibleRate, on: date("2025-01-01")) }
        #expect(
            error?.description == "pack.yaml:\(ended.line(of: "2025-01-01: {value: null")): "
                + "contribution.flexible_rate has no value for 2025-01-01; the rule ended on 2025-01-01. "
                + "Add the rule that followed.")
    }

    @Test func `a rule may begin again after a null`() throws {
        let again = ended.spoiled(
            "cite: 后续文件}", "cite: 后续文件}\n      2026-01-01: {value: 850, cite: 再后续文件}")
        #expect(try rules(again).rate(.flexibleRate, on: date("2026-01-01")).value == Rate(basisPoints: 850))
    }

    @Test func `a parameter that the pack leaves out`() throws {
        let text = shippedText.without("account.demand_interest_rate")
        let error = #expect(throws: PolicyError.self) {
            try rules(text).rate(.demandInterestRate, on: date("2023-12-31"))
        }
        #expect(
            error?.description == "pack.yaml: account.demand_interest_rate has no value for 2023-12-31; "
                + "the pack does not have it. Add it with its source.")
    }

    @Test func `the order of dates in the file does not matter`() throws {
        let swapped = shippedText.spoiled(
            "2023-01-01: {value: own_level, cite: 连政办发〔2022〕73号 二（四）}\n      2024-01-01: {value: city_amount, cite",
            "2024-01-01: {value: city_amount, cite: 连政办发〔2022〕73号 二（四）}\n      2023-01-01: {value: own_level, cite")
        #expect(
            try rules(swapped).parameter(.retireeCreditBasis)?.values.map(\.from.description)
                == ["2023-01-01", "2024-01-01"])
    }

    @Test func `an unknown pack is answered with the known ones`() {
        let close = #expect(throws: PolicyError.self) { try RuleSet.load(pack: "lianyungang-employees") }
        #expect(
            close?.description == "there is no rule pack lianyungang-employees; write lianyungang-employee instead, "
                + "or name its directory with --rules")
        let far = #expect(throws: PolicyError.self) { try RuleSet.load(pack: "x") }
        #expect(
            far?.description == "there is no rule pack x; write lianyungang-employee instead, "
                + "or name its directory with --rules")
    }
}
