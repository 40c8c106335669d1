import Money
import Policy
import Settlement
import Testing

@testable import Jobs

/// What is left of standard and ceiling, against the fold by which nights adjudicate, in every reading of the notice.
@Suite(.scratch) struct `What is left of deductible and ceiling` {
    struct Reading: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Parameter and word.
        let choices: [(String, String)]
        var runsOverTheYear = true
    }

    static let readings = [
        Reading(testDescription: "as shipped", choices: []),
        Reading(
            testDescription: "the ceiling counts what is eligible",
            choices: [("pooling.ceiling_counts", "eligible_above_deductible")]),
        Reading(testDescription: "a change of category restarts", choices: [("pooling.change_within_year", "restart")]),
        Reading(
            testDescription: "both",
            choices: [
                ("pooling.ceiling_counts", "eligible_above_deductible"), ("pooling.change_within_year", "restart"),
            ]),
        Reading(
            testDescription: "a deductible each visit", choices: [("pooling.deductible_period", "visit")],
            runsOverTheYear: false),
    ]

    @Test(arguments: readings, 1...20 as ClosedRange<UInt64>)
    func `is what the nights' own fold has left`(reading: Reading, seed: UInt64) throws {
        let rules = try OutpatientRules(rules(reading.choices))
        var random = SplitMix64(seed: seed)
        var fold = PersonYear()
        var tally = PoolingTally(rules: rules)
        var open: [YearItem] = []
        var category = InsuredCategory.active
        for number in 0..<40 {
            let date = try #require(CivilDate("2023-01-01")).adding(days: number * 9)
            if Int.random(in: 0..<12, using: &random) == 0 { category = category == .active ? .retired : .active }
            let table = try #require(rules.table(on: date))
            let refunded = Int.random(in: 0..<4, using: &random) == 0 ? open.randomElement(using: &random) : nil
            let total = Int64.random(in: 0...3_000_00, using: &random)
            // A part of the original or the whole of it; what is too much is refused.
            let back = refunded.map { Bool.random(using: &random) ? $0.claim.eligible.rawValue : total / 8 }
            let item = YearItem(
                id: FactID("s\(number)".utf8) ?? FactID(), time: CivilTime(date), visit: FactID(),
                claim: claim(back.map { -$0 } ?? total), entry: .ordinary, original: refunded?.id, isKnownPerson: true,
                standing: .enrolled(category), place: .level(InstitutionLevel.allCases[number % 3]))
            if refunded == nil { open.append(item) }
            let outcome = try fold.settle(item, by: table)
            try tally.add(StatementSettlement(item, outcome))

            let terms = fold.lastCategory.map { table[$0] }
            let left = try tally.left()
            #expect(tally.sums[.deductible] == fold.sums.deductible.rawValue, "seed \(seed), \(number)")
            #expect(tally.sums[.poolPayment] == fold.sums.poolPayment.rawValue, "seed \(seed), \(number)")
            #expect(tally.sums[.eligible] == fold.sums.eligible.rawValue, "seed \(seed), \(number)")
            #expect(tally.sums[.visits] == fold.sums.visits, "seed \(seed), \(number)")
            #expect(
                left.ceiling?.left == (try terms.map { max(.zero, try $0.annualCap - fold.sums.counted) }),
                "seed \(seed), \(number)")
            let standard = reading.runsOverTheYear ? terms?.deductible : nil
            #expect(
                left.deductible?.left
                    == (try standard.map { max(.zero, try $0 - fold.sums.deductibleCounted) }),
                "seed \(seed), \(number)")
            #expect(left.deductible?.figure == standard && left.ceiling?.figure == terms?.annualCap)
        }
        #expect(fold.sums.poolPayment > .zero, "seed \(seed)")
    }

    @Test func `is nothing before the first settlement that takes part`() throws {
        let tally = PoolingTally(rules: try OutpatientRules(try rules([])))
        #expect(try tally.left() == PoolingLeft())
        #expect(tally.sums == PoolingSums())
    }

    private func claim(_ fen: Int64) -> Claim {
        Claim(
            total: Fen(fen), fullSelfPay: .zero, overLimitSelfPay: .zero, advanceSelfPay: .zero, eligible: Fen(fen),
            accountPaid: .zero, familyAccountPaid: .zero, institutionBorne: .zero)
    }

    private func rules(_ choices: [(String, String)]) throws -> RuleSet {
        guard !choices.isEmpty else { return try TestRules.published() }
        let values = choices.map { "  \($0.0):\n    2023-01-01: {value: \($0.1)}" }.joined(separator: "\n")
        let directory = try Scratch.directory([
            "site.yaml": "site: test\ncompletes: lianyungang-employee\nsource: 测试\nvalues:\n\(values)\n"
        ])
        return try RuleSet.load(siteFile: "\(directory)/site.yaml")
    }
}

extension StatementSettlement {
    /// As the ledger keeps it.
    fileprivate init(_ item: YearItem, _ outcome: YearOutcome) {
        let verdict: LedgerVerdict =
            switch outcome.verdict {
            case .settled: .settled
            case .outside: .outside
            case .refused(let refusal): .refused(refusal)
            }
        let decision = outcome.decision
        self.init(
            id: item.id, time: item.time, institution: "T", verdict: verdict,
            words: ReasonWords(title: "", remedy: ""), level: outcome.level, category: outcome.category,
            original: item.original, total: item.claim.total, eligible: decision.eligible,
            deductible: decision.deductible, rate: decision.rate, poolPayment: decision.poolPayment,
            accountPayment: decision.accountPayment, familyAccountPayment: decision.familyAccountPayment,
            cashPayment: decision.cashPayment, article: "", run: 1)
    }
}
