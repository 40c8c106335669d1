import Money
import Oracle
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    /// Where the notice is silent: both readings of each point.
    @Suite struct `二（一） 通知未明示的事项` {
        @Test func `起付按次：每次就诊各扣一次，同一次就诊合并`() throws {
            var bills = try [
                bill("a", 500_00, on: "2023-01-01"), bill("b", 500_00, on: "2023-01-02"),
                bill("c", 1000_00, on: "2023-01-02"),
            ]
            bills[1].visit = bills[0].visit
            let folded = try Reading.perVisit.pooling().fold(insured(), bills)
            #expect(folded.answers.map(\.deductible) == [500_00, 250_00, 750_00])
            #expect(folded.answers.map(\.pool) == [0, 150_00, 150_00])
            #expect(try folded.sums.deductible == Fen(1500_00))
        }

        @Test func `起付按日：同日合并，次日重新`() throws {
            let bills = try [
                bill("a", 500_00, on: "2023-01-01"), bill("b", 500_00, on: "2023-01-01"),
                bill("c", 1000_00, on: "2023-01-02"),
            ]
            let folded = try Reading.perDay.pooling().fold(insured(), bills)
            #expect(folded.answers.map(\.deductible) == [500_00, 250_00, 750_00])
        }

        @Test func `起付按次、按日时，限额仍按年度`() throws {
            let bills = try [bill("a", 20_000_00, on: "2023-01-01"), bill("b", 20_000_00, on: "2023-01-02")]
            for reading in [Reading.perVisit, .perDay] {
                let folded = try reading.pooling().fold(insured(), bills)
                #expect(folded.answers.map(\.pool) == [6000_00, 0])
                #expect(folded.answers.map(\.deductible) == [750_00, 750_00])
            }
        }

        @Test func `限额计政策范围内起付以上的金额`() throws {
            // 6000.00 above the deductible count, whatever the fund pays of them: 5000.00 × 60 % + 1000.00 × 70 %.
            let bills = try [
                bill("a", 5750_00, at: "tertiary", on: "2023-01-01"),
                bill("b", 999_99, at: "primary", on: "2023-01-02"),
                bill("c", 500_00, at: "primary", on: "2023-01-03"), bill("d", 1, at: "primary", on: "2023-01-04"),
            ]
            let folded = try Reading.ceilingCountsEligible.pooling().fold(insured(), bills)
            #expect(folded.answers.map(\.pool) == [3000_00, 699_99, 1, 0])
            #expect(folded.answers.map(\.counted) == [5000_00, 999_99, 1, 0])
            #expect(folded.answers.map(\.payable) == [3000_00, 699_99, 350_00, 1])
            #expect(try folded.sums.counted == Fen(6000_00))
            #expect(try folded.sums.poolPayment == Fen(3700_00))
        }

        @Test(arguments: [
            (Reading.shipped, "2023-04-30", "active"), (.shipped, "2023-05-01", "active"),
            (.shipped, "2023-05-31", "active"), (.shipped, "2023-06-01", "retired"),
            (.dateOfChange, "2023-04-30", "active"), (.dateOfChange, "2023-05-01", "retired"),
            (.dateOfChange, "2023-06-01", "retired"),
        ])
        func `五月一日退休：自次月起，或自变更之日起`(reading: Reading, day: String, category: String) throws {
            let person = try insured([("1101", "2000-01-01"), ("1201", "2023-05-01")])
            let folded = try reading.pooling().fold(person, [bill("a", 1000_00, on: day)])
            #expect(folded.answers.map(\.category) == [category])
            #expect(folded.answers.map(\.deductible) == [category == "active" ? 750_00 : 600_00])
        }

        @Test func `年度内退休，累计连续：补足差额，不退还`() throws {
            let person = try insured([("1101", "2000-01-01"), ("1201", "2023-05-10")])
            let pooling = try Reading.shipped.pooling()
            let some = try pooling.fold(person, [bill("a", 500_00), bill("b", 500_00, on: "2023-06-01")])
            #expect(some.answers.map(\.deductible) == [500_00, 100_00])
            let all = try pooling.fold(person, [bill("a", 700_00), bill("b", 500_00, on: "2023-06-01")])
            #expect(all.answers.map(\.deductible) == [700_00, 0])
        }

        @Test func `年度内类别变化，限额连续：按当时的类别看剩余`() throws {
            let pooling = try Reading.shipped.pooling()
            let bills = try [bill("a", 20_000_00), bill("b", 20_000_00, on: "2023-06-01")]
            let raised = try insured([("1201", "2000-01-01"), ("3401", "2023-05-10")])
            #expect(try pooling.fold(raised, bills).answers.map(\.pool) == [6000_00, 1000_00])
            let lowered = try insured([("3401", "2000-01-01"), ("1201", "2023-05-10")])
            #expect(try pooling.fold(lowered, bills).answers.map(\.pool) == [7000_00, 0])
        }

        @Test func `年度内类别变化，重新计算的读法`() throws {
            let person = try insured([("1101", "2000-01-01"), ("1201", "2023-05-10")])
            let bills = try [
                bill("a", 20_000_00), bill("b", 1000_00, on: "2023-06-01"), bill("c", 20_000_00, on: "2023-06-02"),
            ]
            let folded = try Reading.restart.pooling().fold(person, bills)
            #expect(folded.answers.map(\.deductible) == [750_00, 600_00, 0])
            #expect(folded.answers.map(\.pool) == [6000_00, 240_00, 5760_00])
            #expect(try folded.sums.poolPayment == Fen(12_000_00))
            #expect(try folded.sums.deductible == Fen(1350_00))
            #expect(try folded.sums.deductibleCounted == Fen(600_00))
        }

        @Test func `在职转灵活就业不是类别变化`() throws {
            let person = try insured([("1101", "2000-01-01"), ("1103", "2023-05-10")])
            let bills = try [bill("a", 750_00), bill("b", 100_00, on: "2023-06-01")]
            let folded = try Reading.restart.pooling().fold(person, bills)
            #expect(folded.answers.map(\.pool) == [0, 60_00])
            #expect(folded.answers.map(\.category) == ["active", "flexible"])
        }

        @Test func `重新计算后退掉以前的一笔，不动现在的累计`() throws {
            let person = try insured([("1101", "2000-01-01"), ("1201", "2023-05-10")])
            let before = try bill("a", 5000_00)
            let bills = try [
                before, bill("b", 700_00, on: "2023-06-01"), before.mirror("c", on: "2023-06-02"),
                bill("d", 20_000_00, on: "2023-06-03"),
            ]
            let folded = try Reading.restart.pooling().fold(person, bills)
            #expect(folded.answers.map(\.deductible) == [750_00, 600_00, -750_00, 0])
            #expect(folded.answers.map(\.pool) == [2550_00, 60_00, -2550_00, 5940_00])
            #expect(try folded.sums.counted == Fen(6000_00))
            #expect(try folded.sums.poolPayment == Fen(6000_00))
        }

        @Test(
            arguments: [(Reading.shipped, 800_00, 28_00), (.familyAccountFirst, 328_00, 500_00)]
                as [(Reading, Int64, Int64)])
        func `个人负担部分的支付顺序`(reading: Reading, account: Int64, family: Int64) throws {
            // The person bears 828.00; the accounts paid 1300.00 at the counter.
            var bill = try bill("a", 945_00)
            (bill.account, bill.family) = (800_00, 500_00)
            let decision = try reading.pooling().fold(insured(), [bill]).outcome("a").decision
            #expect(decision.accountPayment == Fen(account))
            #expect(decision.familyAccountPayment == Fen(family))
            #expect(decision.cashPayment == .zero)
        }
    }
}
