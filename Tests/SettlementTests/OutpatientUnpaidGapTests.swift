import Money
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    /// 断缴月份是否享受门诊统筹，通知未明示。
    @Suite struct `二（一） 断缴月份` {
        @Test(arguments: [
            (category: InsuredCategory.active, isPaid: true, verdict: Verdict.settled),
            (.active, false, .outside(.unpaidGap)), (.flexible, false, .outside(.unpaidGap)),
            // A retiree pays nothing and so has no gap.
            (.retired, false, .settled),
        ])
        func `只统筹已缴费月份：断缴的在职人员不进入统筹，退休人员不受影响`(
            category: InsuredCategory, isPaid: Bool, verdict: Verdict
        ) throws {
            #expect(try settle(category, isPaid: isPaid, word: "not_pooled") == verdict)
        }

        @Test(arguments: [true, false])
        func `默认：断缴月份照常统筹`(isPaid: Bool) throws {
            #expect(try settle(.active, isPaid: isPaid, word: "pooled") == .settled)
        }

        private func settle(_ category: InsuredCategory, isPaid: Bool, word: String) throws -> Verdict {
            var faults: [PackFault] = []
            let words = try #require(YamlTree("pooling.unpaid_gap: \(word)", file: "test", faults: &faults))
            let rules = try OutpatientRules(try RuleSet.load().overriding(words, file: "test", cite: "test"))
            let date = try #require(CivilDate("2023-05-10"))
            let bill = Claim(
                total: Fen(1000_00), fullSelfPay: .zero, overLimitSelfPay: .zero, advanceSelfPay: .zero,
                eligible: Fen(1000_00), accountPaid: .zero, familyAccountPaid: .zero, institutionBorne: .zero)
            var year = PersonYear()
            return try year.settle(
                YearItem(
                    id: "a", time: CivilTime(date), visit: "v", claim: bill, entry: .ordinary, original: nil,
                    isKnownPerson: true, standing: .enrolled(category), isPaidMonth: isPaid, place: .level(.tertiary)),
                by: rules.table(on: date)
            ).verdict
        }
    }
}
