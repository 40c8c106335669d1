import Money
import Oracle
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    @Suite struct `二（一） 退费` {
        private let person = Result { try insured() }

        private func fold(_ rows: OracleSettlement..., by reading: Reading = .shipped) throws -> Folded {
            try reading.pooling().fold(person.get(), rows)
        }

        @Test(arguments: Reading.allCases)
        func `结算后随即退费，如同从未结算`(reading: Reading) throws {
            let (first, second) = (try bill("a", 500_00), try bill("c", 1000_00, on: "2023-03-03"))
            let refunded = try bill("b", 20_000_00, on: "2023-03-02")
            let never = try fold(first, second, by: reading)
            let folded = try fold(first, refunded, refunded.mirror("b-", on: "2023-03-02"), second, by: reading)
            #expect(try folded.sums == never.sums)
            #expect(try folded.outcome("c") == never.outcome("c"))
            #expect(try folded.kept(after: "b-").isEmpty)
        }

        @Test func `全额退费逐项取回原结算所得，比例与原结算相同`() throws {
            var row = try bill("a", 1000_00)
            (row.total, row.fullSelfPay, row.advance, row.institutionBorne) = (1120_00, 70_00, 50_00, 10_00)
            (row.account, row.family) = (300_00, 100_00)
            let folded = try fold(row, row.mirror("a-", on: "2023-04-01"))
            let (given, taken) = (try folded.outcome("a"), try folded.outcome("a-"))
            #expect(given.decision.accountPayment == Fen(300_00))
            #expect(given.decision.cashPayment == Fen(560_00))
            #expect(taken.verdict == .settled)
            #expect(taken.category == .active)
            #expect(taken.level == .tertiary)
            #expect(taken.decision.rate == given.decision.rate)
            #expect(taken.decision.eligible == Fen(-1000_00))
            #expect(taken.decision.deductible == Fen(-750_00))
            #expect(taken.decision.payable == Fen(-150_00))
            #expect(taken.decision.poolPayment == Fen(-150_00))
            #expect(taken.decision.counted == Fen(-150_00))
            #expect(taken.decision.accountPayment == Fen(-300_00))
            #expect(taken.decision.familyAccountPayment == Fen(-100_00))
            #expect(taken.decision.cashPayment == Fen(-560_00))
            #expect(try folded.sums == YearSums())
        }

        @Test func `次年退费，恢复上年的累计，不动当年的`() throws {
            let row = try bill("a", 20_000_00, on: "2023-12-31")
            let folded = try fold(
                row, bill("b", 945_00, on: "2024-01-02"), row.mirror("a-", on: "2024-01-03"),
                bill("c", 100_00, on: "2024-01-04"))
            #expect(folded.answers.map(\.year) == [2023, 2024, 2023, 2024])
            #expect(folded.answers.map(\.pool) == [6000_00, 117_00, -6000_00, 60_00])
            #expect(try folded.sums == YearSums())
            #expect(try #require(folded.years[2024]).sums.poolPayment == Fen(177_00))
        }

        @Test func `其间的结算保持所得并列出，起付由以后的结算补足`() throws {
            // b came after the deductible was used up: 250.00 × 60 % = 150.00; alone it would have got nothing.
            let row = try bill("a", 750_00, on: "2023-03-01")
            let folded = try fold(
                row, bill("b", 250_00, on: "2023-03-02"), row.mirror("a-", on: "2023-03-03"),
                bill("c", 1000_00, on: "2023-03-04"))
            #expect(folded.answers.map(\.deductible) == [750_00, 0, -750_00, 750_00])
            #expect(folded.answers.map(\.pool) == [0, 150_00, 0, 150_00])
            #expect(try folded.kept(after: "a-") == ["b 150.00, else 0.00"])
        }

        @Test func `因限额少得的结算同样列出，限额由以后的结算使用`() throws {
            let row = try bill("a", 20_000_00, on: "2023-03-01")
            let folded = try fold(
                row, bill("b", 1750_00, on: "2023-03-02"), row.mirror("a-", on: "2023-03-03"),
                bill("c", 1750_00, on: "2023-03-04"))
            #expect(folded.answers.map(\.pool) == [6000_00, 0, -6000_00, 600_00])
            #expect(try folded.kept(after: "a-") == ["b 0.00, else 600.00"])
        }

        @Test func `另一笔退费造成的差别不列入本笔`() throws {
            // x is refunded before b, so b paid the deductible itself, with a or without.
            let (x, a) = (try bill("x", 750_00, on: "2023-01-01"), try bill("a", 100_00, on: "2023-01-02"))
            let folded = try fold(
                x, a, x.mirror("x-", on: "2023-01-03"), bill("b", 1000_00, on: "2023-01-04"),
                a.mirror("a-", on: "2023-01-05"))
            #expect(folded.answers.map(\.pool) == [0, 60_00, 0, 150_00, -60_00])
            #expect(try folded.kept(after: "x-") == ["a 60.00, else 0.00"])
            #expect(try folded.kept(after: "a-").isEmpty)
        }

        @Test func `按日起付时，其间的同日结算按原来的起付比较`() throws {
            let (first, a) = (try bill("a", 750_00), try bill("b", 100_00))
            let folded = try fold(first, a, bill("c", 100_00), a.mirror("d", on: "2023-03-02"), by: .perDay)
            #expect(folded.answers.map(\.pool) == [0, 60_00, 60_00, -60_00])
            #expect(try folded.kept(after: "d").isEmpty)
        }

        @Test func `部分退费，余下的按原结算时重新计算`() throws {
            // 1000.00 got (1000 − 750) × 60 % = 150.00; what is left, 800.00, would have got 30.00.
            let row = try bill("a", 1000_00)
            let folded = try fold(
                row, row.mirror("a1", of: 200_00, on: "2023-04-01"), row.mirror("a2", of: 100_00, on: "2023-04-02"),
                row.mirror("a3", of: 700_00, on: "2023-04-03"), row.mirror("a4", of: 1, on: "2023-04-04"))
            #expect(folded.answers.map(\.pool) == [150_00, -120_00, -30_00, 0, 0])
            #expect(folded.answers.map(\.deductible) == [750_00, 0, -50_00, -700_00, 0])
            #expect(
                folded.answers.map(\.verdict) == ["settled", "settled", "settled", "settled", "refunded_twice"])
            #expect(try folded.sums.poolPayment == .zero)
            #expect(try folded.sums.deductible == .zero)
        }

        @Test func `部分退费列出的差别只算退掉的部分`() throws {
            // Of a, 700.00 is left: without the 50.00, b would have met the last 50.00 of the deductible.
            let row = try bill("a", 750_00, on: "2023-03-01")
            let folded = try fold(
                row, bill("b", 250_00, on: "2023-03-02"), row.mirror("a-", of: 50_00, on: "2023-03-03"))
            #expect(try folded.kept(after: "a-") == ["b 150.00, else 120.00"])
        }

        @Test func `部分退费后再退，不得超过所余`() throws {
            let row = try bill("a", 1000_00)
            let folded = try fold(
                row, row.mirror("a1", of: 200_00, on: "2023-04-01"), row.mirror("a2", of: 800_01, on: "2023-04-02"),
                row.mirror("a3", of: 800_00, on: "2023-04-03"))
            #expect(
                folded.answers.map(\.verdict) == ["settled", "settled", "refund_over_original", "settled"])
            #expect(try folded.sums.poolPayment == .zero)
        }

        @Test func `早于原结算的退费找不到原结算，同一秒的按编号先后`() throws {
            let row = try bill("b", 1000_00, on: "2023-03-02")
            let early = try row.mirror("z", on: "2023-03-01")
            #expect(try fold(row, early).outcome("z").verdict == .refused(.refundWithoutOriginal))
            let tiedBefore = try row.mirror("a", on: "2023-03-02")
            #expect(try fold(row, tiedBefore).outcome("a").verdict == .refused(.refundWithoutOriginal))
            let tiedAfter = try row.mirror("c", on: "2023-03-02")
            #expect(try fold(row, tiedAfter).outcome("c").verdict == .settled)
        }

        @Test func `退费不能以另一笔退费为原结算`() throws {
            let row = try bill("a", 1000_00)
            var second = try row.mirror("a2", on: "2023-04-02")
            second.original = "a1"
            let folded = try fold(row, row.mirror("a1", on: "2023-04-01"), second)
            #expect(try folded.outcome("a2").verdict == .refused(.refundWithoutOriginal))
        }

        @Test(arguments: [("21", Int16(310), OutsideReason.otherBenefit), ("11", Int16(390), .otherInsurance)])
        func `统筹之外的退费只退回账户和现金`(type: String, insurance: Int16, reason: OutsideReason) throws {
            var row = try bill("a", 1000_00)
            (row.medicalType, row.insurance, row.account, row.family) = (type, insurance, 300_00, 100_00)
            let folded = try fold(row, row.mirror("a-", on: "2023-04-01"), row.mirror("a2", on: "2023-04-02"))
            let decision = try folded.outcome("a-").decision
            #expect(try folded.outcome("a-").verdict == .outside(reason))
            #expect(decision.accountPayment == Fen(-300_00))
            #expect(decision.familyAccountPayment == Fen(-100_00))
            #expect(decision.cashPayment == Fen(-600_00))
            #expect(try folded.outcome("a2").decision == Decision())
            #expect(try folded.sums == YearSums())
        }

        @Test func `退费时已不在参保或机构已撤销，仍按原结算退`() throws {
            var person = try insured()
            person.enrolment[0].end = try date("2023-03-31")
            person.death = try date("2023-03-31")
            let row = try bill("a", 1000_00, at: "closed", on: "2023-03-31")
            let folded = try Reading.shipped.pooling().fold(person, [row, row.mirror("a-", on: "2023-08-01")])
            #expect(folded.answers.map(\.pool) == [162_50, -162_50])
        }

        @Test func `账户付到个人负担为止，退费退回的也是这么多`() throws {
            var row = try bill("a", 1000_00)
            (row.account, row.family) = (900_00, 100_00)
            let folded = try fold(row, row.mirror("a-", on: "2023-04-01"))
            #expect(folded.answers.map(\.account) == [850_00, -850_00])
            #expect(folded.answers.map(\.family) == [0, 0])
        }
    }
}
