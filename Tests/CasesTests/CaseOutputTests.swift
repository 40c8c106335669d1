import Policy
import Testing

@testable import Cases

private func results(_ text: String) throws -> [CaseResult] {
    let rules = try RuleSet.load()
    return try readCases(RuleFile(name: "cases.yaml", bytes: Array(text.utf8))) { _ in rules }.map { $0.run() }
}

@Suite struct `What a run of cases prints` {
    @Test func `a case that passes is one line`() throws {
        let results = try results(
            """
            cases:
              - name: 刚好
                person: {category: active}
                settlements:
                  - {time: 2023-03-01, level: tertiary, eligible: 750.00, expect: {pool: 0}}
            """)
        #expect(results.map(\.text) == ["✓ 刚好"])
        #expect(summary(of: results) == "1 passed, 0 failed")
    }

    @Test func `a case that fails names each figure, and the steps with their articles`() throws {
        let results = try results(
            """
            cases:
              - name: 差一分
                person: {category: active}
                settlements:
                  - id: S1
                    time: 2023-03-01 09:00:00
                    level: tertiary
                    eligible: 1000.00
                    expect: {deductible: 750.00, pool: 150.01, person: 849.99}
                years:
                  2023: {visits: 2}
              - name: 刚好
                person: {category: active}
                settlements:
                  - {time: 2023-03-01, level: tertiary, eligible: 750.00, expect: {pool: 0.00}}
            """)
        #expect(
            results.map(\.text) == [
                """
                ✗ 差一分 (cases.yaml:2)
                    settlement S1, 2023-03-01 09:00:00 (cases.yaml:5)
                      pool: expected 150.01, got 150.00
                      person: expected 849.99, got 850.00
                        in-scope 1000.00 (inscp_scp_amt)
                        deductible 750.00, standard 750.00 (连政办发〔2022〕73号 二（一）)
                        payable 150.00, active at tertiary 60% (连政办发〔2022〕73号 二（一）)
                        pool 150.00, ceiling 6000.00 (连政办发〔2022〕73号 二（一）)
                    year 2023 (cases.yaml:11)
                      visits: expected 2, got 1
                """,
                "✓ 刚好",
            ])
        #expect(summary(of: results) == "1 passed, 1 failed")
    }

    @Test func `a parameter of the case's own is cited as such`() throws {
        let results = try results(
            """
            cases:
              - name: a
                rules: {pooling.active.tertiary_rate: 5000}
                person: {category: active}
                settlements:
                  - {time: 2023-03-01, level: tertiary, eligible: 850.00, expect: {pool: 60.00}}
            """)
        #expect(results[0].failures[0].differences == [CaseDifference(figure: "pool", expected: "60.00", got: "50.00")])
        #expect(results[0].failures[0].steps[2] == "payable 50.00, active at tertiary 50% (case)")
    }

    @Test func `who expects figures and no verdict expects that it is settled`() throws {
        let results = try results(
            """
            cases:
              - name: a
                person: {enrolment: []}
                settlements:
                  - {time: 2023-03-01, level: tertiary, eligible: 850.00, expect: {pool: 0.00}}
            """)
        #expect(
            results[0].failures.flatMap(\.differences)
                == [CaseDifference(figure: "verdict", expected: "settled", got: "not_enrolled")])
    }

    @Test func `who expects a credit expects no exception, and the other way round`() throws {
        let results = try results(
            """
            cases:
              - name: a
                person: {category: retired}
                contributions:
                  - {month: 2023-01, base: 5000.00, expect: {credit: 0.00}}
              - name: b
                person: {category: active}
                contributions:
                  - {month: 2023-01, base: 5000.00, expect: {exception: retired}}
              - name: c
                person: {category: active}
                contributions:
                  - {month: 2023-01, insutype: 390, base: 5000.00, expect: {credit: 0.00}}
            """)
        #expect(
            results.map { $0.failures.flatMap(\.differences) } == [
                [CaseDifference(figure: "exception", expected: "none", got: "retired")],
                [
                    CaseDifference(figure: "exception", expected: "retired", got: "none"),
                    CaseDifference(figure: "credit", expected: "0.00", got: "100.00"),
                ],
                [CaseDifference(figure: "not_due", expected: "none", got: "other_insurance")],
            ])
        #expect(
            results[1].failures[0].steps
                == ["credit 100.00, active by account.worker_credit_rate (连政办发〔2022〕73号 二（四）)"])
    }

    @Test func `a rule that waits for its figure fails the case and says so`() throws {
        let results = try results(
            """
            cases:
              - name: a
                person: {category: retired}
                months:
                  2024-01: {credit: 90.00}
            """)
        #expect(
            results[0].failures.flatMap(\.differences) == [
                CaseDifference(figure: "credit", expected: "90.00", got: "0.00"),
                CaseDifference(figure: "exception", expected: "none", got: "figure_not_supplied"),
            ])
    }
}
