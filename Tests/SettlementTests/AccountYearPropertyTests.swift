import Money
import Policy
import Settlement
import Testing

/// Every reading at least once with every other kind of rates: whole years, changes, gaps, none.
private let plans: [InterestPlan] = [
    InterestPlan(),
    InterestPlan(
        demand: [("2023-01-01", 25), ("2023-06-08", 20), ("2024-07-25", 15)],
        threeMonth: [("2023-01-01", 125), ("2023-06-08", 110), ("2023-09-01", 95), ("2024-07-25", 90)]),
    InterestPlan(accrual: "by_month", order: "current_year_first"),
    InterestPlan(
        demand: [("2023-01-01", 25), ("2023-06-08", 20), ("2024-02-29", 15)],
        threeMonth: [("2023-01-01", 125), ("2023-08-01", 110), ("2024-02-29", 90)], accrual: "by_month"),
    InterestPlan(dayCount: "days_360", order: "current_year_first"),
    InterestPlan(
        demand: [("2023-07-02", 20)], threeMonth: [("2024-03-01", 110)], dayCount: "days_360"),
    InterestPlan(demand: [("2023-03-15", 20)], threeMonth: [("2023-07-02", 110)], accrual: "by_month"),
    InterestPlan(
        demand: [], threeMonth: [("2023-01-01", 110), ("2023-12-31", 95)], method: "year_end_balance",
        order: "current_year_first"),
    InterestPlan(demand: [], threeMonth: []),
]

/// The plans of both years, read once: every seed asks for all of them.
private let settledPlans = Result {
    try [2023, 2024].flatMap { year in
        try plans.map { plan in (year: year, plan: plan, terms: try plan.terms(year)) }
    }
}

/// An account as a seed makes it: in plain numbers for the oracle, and as the engine reads it.
private struct RandomAccount {
    let opening: AccountAges
    var items: [NaiveAccountYear.Item]

    private static let kinds: [Int16] =
        [101, 101, 101, 201, 201, 201, 102, 106, 107, 109, 110, 111, 113, 203, 205, 206]
        + [207, 208, 119, 299]

    init(_ year: Int, _ random: inout SplitMix64) {
        let days = NaiveAccountYear.days(of: year)
        var lastYear = Int64.random(in: 0...5_000_00, using: &random)
        if Int.random(in: 0..<8, using: &random) == 0 { lastYear = -lastYear / 20 }
        opening = ages(0, lastYear, Int64.random(in: 0...5_000_00, using: &random))
        items = []
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            var item = NaiveAccountYear.Item(
                kind: RandomAccount.kinds[Int.random(in: 0..<RandomAccount.kinds.count, using: &random)],
                amount: Int64.random(in: 1...2_000_00, using: &random),
                day: days[Int.random(in: 0..<days.count, using: &random)], covers: year, isBroughtIn: false)
            switch Int.random(in: 0..<20, using: &random) {
            case 0: item.day = "\(year - 1)-11-30"
            case 1: item.day = "\(year - 1)-12-31"
            case 2: item.day = "\(year + 1)-01-15"
            case 3: item.day = days[0]
            case 4: item.day = days[days.count - 1]
            case 5...8: item.day = items.last?.day ?? item.day
            default: break
            }
            if Int.random(in: 0..<5, using: &random) == 0 { item.covers = year - 1 }
            if item.kind == 113 { item.isBroughtIn = Bool.random(using: &random) }
            let takes = item.kind >= 200
            // A few go the other way: what is taken back, and what is corrected.
            if takes != (Int.random(in: 0..<6, using: &random) == 0) { item.amount = -item.amount }
            items.append(item)
        }
    }

    func movements() throws -> [AccountYearMovement] {
        try items.map { item in
            try movement(
                item.kind, item.amount, on: item.day, covering: item.covers, isBroughtIn: item.isBroughtIn)
        }
    }
}

extension `国发〔1998〕44号` {
    @Suite struct `四 结转与计息的性质` {
        /// Calls `body` with one account for each plan and year.
        private func forEachPlan(
            seed: UInt64,
            _ body: (_ year: Int, _ plan: InterestPlan, _ terms: InterestTerms, inout SplitMix64) throws -> Void
        ) throws {
            var random = SplitMix64(seed: seed)
            for (year, plan, terms) in try settledPlans.get() { try body(year, plan, terms, &random) }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `与逐日推算一致`(seed: UInt64) throws {
            try forEachPlan(seed: seed) { year, plan, terms, random in
                let account = RandomAccount(year, &random)
                let settled = try settleAccountYear(
                    year, opening: account.opening, movements: account.movements(), terms: terms)
                let naive = NaiveAccountYear(
                    year, lastYear: account.opening.lastYear.rawValue, earlier: account.opening.earlier.rawValue,
                    items: account.items, plan: plan)
                #expect(
                    settled.ages == ages(naive.thisYear, naive.lastYear, naive.earlier),
                    "seed \(seed), \(year), \(plan.testDescription)")
                #expect(
                    [.thisYear, .carried, .yearEndBalance].map(settled.interest)
                        == [naive.thisYearInterest, naive.carriedInterest, naive.singleInterest],
                    "seed \(seed), \(year), \(plan.testDescription)")
            }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `年初加各栏等于年末，账龄之和等于年末，结转等于次年年初`(seed: UInt64) throws {
            try forEachPlan(seed: seed) { year, _, terms, random in
                let account = RandomAccount(year, &random)
                let settled = try settleAccountYear(
                    year, opening: account.opening, movements: account.movements(), terms: terms)
                let total = account.items.reduce(Int64(0)) { $0 + $1.amount }
                let earned = settled.interestParts.reduce(Int64(0)) { $0 + $1.amount.rawValue }
                let corrected = account.items.reduce(Int64(0)) { $0 + ($1.kind == 102 ? $1.amount : 0) }
                let opening = try account.opening.total
                #expect(settled.opening == opening, "seed \(seed), \(year)")
                #expect(settled.closing.rawValue == opening.rawValue + total + earned, "seed \(seed), \(year)")
                #expect(
                    try settled.opening + settled.broughtIn + settled.credit + settled.interest + settled.otherIn
                        - settled.payment - settled.otherOut == settled.closing, "seed \(seed), \(year)")
                #expect(settled.interest.rawValue == earned + corrected, "seed \(seed), \(year)")
                #expect(try settled.ages.total == settled.closing, "seed \(seed), \(year)")
                let next = try settled.ages.carriedForward()
                #expect(try next.total == settled.closing, "seed \(seed), \(year)")
                #expect(next.thisYear == .zero && next.lastYear == settled.ages.thisYear, "seed \(seed), \(year)")
                let prior = account.items.filter { !$0.isBroughtIn && $0.covers < year }
                #expect(
                    settled.priorYear.rawValue == prior.reduce(Int64(0)) { $0 + $1.amount }, "seed \(seed), \(year)")
            }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `利息不为负，透支只在当年资金`(seed: UInt64) throws {
            try forEachPlan(seed: seed) { year, _, terms, random in
                let account = RandomAccount(year, &random)
                let settled = try settleAccountYear(
                    year, opening: account.opening, movements: account.movements(), terms: terms)
                #expect(settled.interestParts.allSatisfy { $0.amount > .zero }, "seed \(seed), \(year)")
                #expect(
                    settled.interestParts.allSatisfy { $0.shares.allSatisfy { $0.product > 0 } },
                    "seed \(seed), \(year)")
                #expect(settled.ages.lastYear >= .zero && settled.ages.earlier >= .zero, "seed \(seed), \(year)")
                #expect(
                    settled.ages.thisYear >= .zero || settled.ages.thisYear == settled.closing, "seed \(seed), \(year)")
            }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `一部分的积数乘利率就是它的利息`(seed: UInt64) throws {
            try forEachPlan(seed: seed) { year, _, terms, random in
                let account = RandomAccount(year, &random)
                let settled = try settleAccountYear(
                    year, opening: account.opening, movements: account.movements(), terms: terms)
                for part in settled.interestParts {
                    let exact = part.shares.reduce(Int128(0)) { $0 + $1.product * Int128($1.rate.basisPoints) }
                    let unit = 10_000 * Int128(part.unitsPerYear)
                    let distance = Int128(part.amount.rawValue) * unit - exact
                    #expect(2 * distance > -unit && 2 * distance <= unit, "seed \(seed), \(year)")
                }
            }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `收支的先后次序不影响结果`(seed: UInt64) throws {
            try forEachPlan(seed: seed) { year, _, terms, random in
                let account = RandomAccount(year, &random)
                let movements = try account.movements()
                let settled = try settleAccountYear(
                    year, opening: account.opening, movements: movements, terms: terms)
                let shuffled = try settleAccountYear(
                    year, opening: account.opening, movements: movements.shuffled(using: &random), terms: terms)
                #expect(shuffled == settled, "seed \(seed), \(year)")
            }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `同一天的收支分成两笔，结果不变`(seed: UInt64) throws {
            try forEachPlan(seed: seed) { year, _, terms, random in
                var account = RandomAccount(year, &random)
                let settled = try settleAccountYear(
                    year, opening: account.opening, movements: account.movements(), terms: terms)
                for index in account.items.indices {
                    let part = account.items[index].amount / Int64.random(in: 2...9, using: &random)
                    var rest = account.items[index]
                    account.items[index].amount -= part
                    rest.amount = part
                    account.items.append(rest)
                }
                let split = try settleAccountYear(
                    year, opening: account.opening, movements: account.movements().shuffled(using: &random),
                    terms: terms)
                #expect(split == settled, "seed \(seed), \(year)")
            }
        }

        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `全年未动的结转正好得一年的利率，平年闰年一样`(seed: UInt64) throws {
            var random = SplitMix64(seed: seed)
            let balance = Fen(Int64.random(in: 0...100_000_00, using: &random))
            let expected = try balance.times(Rate(basisPoints: 110), rounding: .halfUp)
            for (year, plan, terms) in try settledPlans.get()
            where plan.testDescription == InterestPlan().testDescription {
                let settled = try settleAccountYear(
                    year, opening: AccountAges(earlier: balance), movements: [], terms: terms)
                #expect(settled.interest == expected, "seed \(seed), \(year), \(balance)")
            }
        }
    }
}
