import Money
import Policy
import Testing

@testable import Settlement

/// One account, one year, and the interest in fen that the arithmetic in its comment comes to.
private struct InterestCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var year = 2023
    var plan = InterestPlan()
    /// Money of last year, fen.
    var opening: Int64 = 0
    /// `kind amount date`.
    var movements: [(kind: Int16, amount: Int64, on: String)] = []
    var thisYear: Int64 = 0
    var carried: Int64 = 0

    func settle() throws -> AccountYear {
        try settleAccountYear(
            year, opening: ages(0, opening, 0),
            movements: movements.map { try movement($0.kind, $0.amount, on: $0.on) }, terms: plan.terms(year))
    }
}

private let byMonth = InterestPlan(accrual: "by_month")
private let days360 = InterestPlan(dayCount: "days_360")

private func everyMonth(_ year: Int, _ amount: Int64) -> [(kind: Int16, amount: Int64, on: String)] {
    (1...12).map { (101, amount, Month.first(of: year).adding(months: $0 - 1).lastDay.description) }
}

private let wholeYears = [
    // 10 000.00 × 1.10 % = 110.00, whatever the length of the year.
    InterestCase(testDescription: "上年结转，全年未动", opening: 10_000_00, carried: 110_00),
    InterestCase(testDescription: "闰年全年，按366天", year: 2024, opening: 10_000_00, carried: 110_00),
    InterestCase(testDescription: "按月，全年未动", plan: byMonth, opening: 10_000_00, carried: 110_00),
    // 10 000.00 × 1.10 % × 365/360 = 111.5277…, in a leap year × 366/360 = 111.8333…
    InterestCase(testDescription: "按360天，平年", plan: days360, opening: 10_000_00, carried: 111_53),
    InterestCase(testDescription: "按360天，闰年", year: 2024, plan: days360, opening: 10_000_00, carried: 111_83),
    // Month-ends bear 335 + 307 + 276 + 246 + 215 + 185 + 154 + 123 + 93 + 62 + 32 + 1 = 2029 days:
    // 100.00 × 2029 × 0.20 % / 365 = 1.1117…
    InterestCase(testDescription: "每月末计入100元，按日", movements: everyMonth(2023, 100_00), thisYear: 1_11),
    // In 2024 January's bears 336 days and February's, of the 29th, 307 as before: 2030 days.
    // 100.00 × 2030 × 0.20 % / 366 = 1.1092…; / 360 = 1.1277…
    InterestCase(testDescription: "每月末计入，闰年", year: 2024, movements: everyMonth(2024, 100_00), thisYear: 1_11),
    InterestCase(
        testDescription: "每月末计入，闰年，按360天", year: 2024, plan: days360, movements: everyMonth(2024, 100_00),
        thisYear: 1_13),
    // January's bears 11 months, December's none: 11 + 10 + … + 0 = 66; 100.00 × 66 × 0.20 % / 12 = 1.10.
    InterestCase(
        testDescription: "每月末计入100元，按月", plan: byMonth, movements: everyMonth(2023, 100_00), thisYear: 1_10),
    // Both tiers at once, each rounded by itself: 1.11 and 10 000.00 × 1.10 % = 110.00.
    InterestCase(
        testDescription: "当年按活期，结转按三个月", opening: 10_000_00, movements: everyMonth(2023, 100_00), thisYear: 1_11,
        carried: 110_00),
]

private let movements = [
    // 165 days (1 January to 14 June) of 10 000.00 and 200 days of 6 000.00:
    // 2 850 000.00 × 1.10 % / 365 = 85.8904…
    InterestCase(
        testDescription: "6月15日支付4000元，按日", opening: 10_000_00, movements: [(201, -4000_00, "2023-06-15")],
        carried: 85_89),
    // 6 months of 10 000.00 and 6 of 6 000.00: 96 000.00 × 1.10 % / 12 = 88.00.
    InterestCase(
        testDescription: "6月15日支付4000元，按月", plan: byMonth, opening: 10_000_00,
        movements: [(201, -4000_00, "2023-06-15")], carried: 88_00),
    // 29 February is day 60 of 366: 307 days with it remain. 1 000.00 × 307 × 0.20 % / 366 = 1.6775…
    InterestCase(
        testDescription: "2月29日计入", year: 2024, movements: [(101, 1000_00, "2024-02-29")], thisYear: 1_68),
    // 59 days are before it: 1 000.00 × 59 × 1.10 % / 366 = 1.7732…
    InterestCase(
        testDescription: "2月29日支付", year: 2024, opening: 1000_00, movements: [(201, -1000_00, "2024-02-29")],
        carried: 1_77),
    // By month 10 months follow February: 1 000.00 × 10 × 0.20 % / 12 = 1.6666…
    InterestCase(
        testDescription: "2月29日计入，按月", year: 2024, plan: byMonth, movements: [(101, 1000_00, "2024-02-29")],
        thisYear: 1_67),
    // The day of arrival bears: all 365 days, 1 000.00 × 0.20 % = 2.00; on 31 December one day, 0.0054…
    InterestCase(testDescription: "1月1日计入，按日", movements: [(101, 1000_00, "2023-01-01")], thisYear: 2_00),
    InterestCase(testDescription: "12月31日计入，按日", movements: [(101, 1000_00, "2023-12-31")], thisYear: 1),
    // The day on which it leaves does not: no day at all, and 364 days, 1 000.00 × 364 × 1.10 % / 365 = 10.9698…
    InterestCase(testDescription: "1月1日支付，按日", opening: 1000_00, movements: [(201, -1000_00, "2023-01-01")]),
    InterestCase(
        testDescription: "12月31日支付，按日", opening: 1000_00, movements: [(201, -1000_00, "2023-12-31")], carried: 10_97),
    // By month what moves on 1 January counts from February: 1 000.00 × 11 × 0.20 % / 12 = 1.8333…, and one month of
    // 1 000.00 × 1.10 % / 12 = 0.9166…; in December nothing, and 12 months.
    InterestCase(
        testDescription: "1月1日计入，按月", plan: byMonth, movements: [(101, 1000_00, "2023-01-01")], thisYear: 1_83),
    InterestCase(testDescription: "12月31日计入，按月", plan: byMonth, movements: [(101, 1000_00, "2023-12-31")]),
    InterestCase(
        testDescription: "1月1日支付，按月", plan: byMonth, opening: 1000_00, movements: [(201, -1000_00, "2023-01-01")],
        carried: 92),
    InterestCase(
        testDescription: "12月31日支付，按月", plan: byMonth, opening: 1000_00, movements: [(201, -1000_00, "2023-12-31")],
        carried: 11_00),
    // What was effective before the year is there at its first moment: 12 months, 365 days, 2.00.
    InterestCase(
        testDescription: "上年生效、本年记账，按月", plan: byMonth, movements: [(101, 1000_00, "2022-11-30")], thisYear: 2_00),
    InterestCase(testDescription: "上年生效、本年记账，按日", movements: [(101, 1000_00, "2022-11-30")], thisYear: 2_00),
    // What names a later day is in the closing of the year whose books have it: one day, 0.0054…
    InterestCase(testDescription: "记在本年、生效日在次年", movements: [(101, 1000_00, "2024-01-05")], thisYear: 1),
    // In on 1 March (306 days left), out on 11 March (296): 10 days, 100 000.00 × 10 × 0.20 % / 365 = 5.4794…
    InterestCase(
        testDescription: "3月1日存入，3月11日转出，算头不算尾",
        movements: [(107, 100_000_00, "2023-03-01"), (207, -100_000_00, "2023-03-11")], thisYear: 5_48),
    InterestCase(
        testDescription: "同日存入又转出，没有积数",
        movements: [(107, 100_000_00, "2023-03-01"), (207, -100_000_00, "2023-03-01")]),
    // Below zero from 2 to 31 December; the 335 days before bear:
    // 1 000.00 × 335 × 1.10 % / 365 = 10.0958…
    InterestCase(
        testDescription: "透支的日子不计息", opening: 1000_00, movements: [(201, -3000_00, "2023-12-02")], carried: 10_10),
]

private let rates = [
    // 181 days at 1.10 %, 184 at 0.95 %: 10 000.00 × (181 × 110 + 184 × 95) / (365 × 10 000) = 102.4383…
    InterestCase(
        testDescription: "7月1日利率调整，按日",
        plan: InterestPlan(threeMonth: [("2023-01-01", 110), ("2023-07-01", 95)]), opening: 10_000_00, carried: 102_44),
    // 6 months of each: 10 000.00 × (6 × 110 + 6 × 95) / (12 × 10 000) = 102.50.
    InterestCase(
        testDescription: "7月1日利率调整，按月",
        plan: InterestPlan(threeMonth: [("2023-01-01", 110), ("2023-07-01", 95)], accrual: "by_month"),
        opening: 10_000_00, carried: 102_50),
    // A month bears at the rate of its first day, July so at the old one: (7 × 110 + 5 × 95) → 103.75.
    InterestCase(
        testDescription: "7月15日利率调整，按月",
        plan: InterestPlan(threeMonth: [("2023-01-01", 110), ("2023-07-15", 95)], accrual: "by_month"),
        opening: 10_000_00, carried: 103_75),
    // A rate of a few days within a month is the rate of no month's first day: 12 × 110, 110.00.
    InterestCase(
        testDescription: "一个月之内的利率，按月不起作用",
        plan: InterestPlan(
            threeMonth: [("2023-01-01", 110), ("2023-07-05", 950), ("2023-07-25", 110)], accrual: "by_month"),
        opening: 10_000_00, carried: 110_00),
    // The day of the change is at the new rate: 364 days at 1.10 %, one at 11 %:
    // 10 000.00 × (364 × 110 + 1 × 1100) / (365 × 10 000) = 112.7123…
    InterestCase(
        testDescription: "12月31日利率调整", plan: InterestPlan(threeMonth: [("2023-01-01", 110), ("2023-12-31", 1100)]),
        opening: 10_000_00, carried: 112_71),
    InterestCase(
        testDescription: "没有利率", plan: InterestPlan(demand: [], threeMonth: []), opening: 10_000_00,
        movements: everyMonth(2023, 100_00)),
    InterestCase(
        testDescription: "只有活期利率", plan: InterestPlan(threeMonth: []), opening: 10_000_00,
        movements: everyMonth(2023, 100_00), thisYear: 1_11),
    InterestCase(
        testDescription: "只有三个月利率", plan: InterestPlan(demand: []), opening: 10_000_00,
        movements: everyMonth(2023, 100_00), carried: 110_00),
    // Supplied from 1 July, 184 days: 10 000.00 × 184 × 1.10 % / 365 = 55.4520…
    InterestCase(
        testDescription: "7月1日起才有利率", plan: InterestPlan(threeMonth: [("2023-07-01", 110)]), opening: 10_000_00,
        carried: 55_45),
    InterestCase(
        testDescription: "次年才有利率", plan: InterestPlan(threeMonth: [("2024-01-01", 110)]), opening: 10_000_00),
    // 2.50 × 0.20 % is half a fen and goes up; 2.49 × 0.20 % = 0.498 fen.
    InterestCase(testDescription: "半分进一分", movements: [(101, 2_50, "2023-01-01")], thisYear: 1),
    InterestCase(testDescription: "不足半分舍去", movements: [(101, 2_49, "2023-01-01")]),
    // Half a fen of each tier (0.50 × 1 %) goes up twice: parts are rounded, not their sum.
    InterestCase(
        testDescription: "两档各自取舍", plan: InterestPlan(threeMonth: [("2023-01-01", 100)]), opening: 50,
        movements: [(101, 2_50, "2023-01-01")], thisYear: 1, carried: 1),
]

extension `国发〔1998〕44号` {
    @Suite struct `四 当年筹集的按活期，上年结转的按三个月` {
        @Test(arguments: wholeYears)
        fileprivate func `整年`(_ example: InterestCase) throws { try check(example) }

        @Test(arguments: movements)
        fileprivate func `年内收支`(_ example: InterestCase) throws { try check(example) }

        @Test(arguments: rates)
        fileprivate func `利率和取舍`(_ example: InterestCase) throws { try check(example) }

        private func check(_ example: InterestCase) throws {
            let year = try example.settle()
            #expect(year.interest(.thisYear) == example.thisYear)
            #expect(year.interest(.carried) == example.carried)
            #expect(year.interest == Fen(example.thisYear + example.carried))
            #expect(year.interestParts.allSatisfy { $0.amount > .zero })
        }

        @Test func `每一部分写明积数、利率、天数和依据`() throws {
            let plan = InterestPlan(threeMonth: [("2023-01-01", 110), ("2023-07-01", 95)])
            let year = try settleAccountYear(
                2023, opening: ages(0, 6000_00, 4000_00), movements: [movement(101, 1000_00, on: "2023-12-22")],
                terms: plan.terms(2023))
            // 10 days of 1 000.00 × 0.20 % / 365 = 0.0547…
            #expect(
                year.interestParts == [
                    InterestPart(
                        tier: .thisYear, amount: Fen(5), citation: "国发〔1998〕44号 四；连医保发〔2024〕1号",
                        shares: [
                            InterestShare(
                                from: try date("2023-01-01"), through: try date("2023-12-31"),
                                rate: Rate(basisPoints: 20), product: 1000_00 * 10)
                        ], unitsPerYear: 365),
                    InterestPart(
                        tier: .carried, amount: Fen(102_44), citation: "国发〔1998〕44号 四；连医保发〔2024〕1号",
                        shares: [
                            InterestShare(
                                from: try date("2023-01-01"), through: try date("2023-06-30"),
                                rate: Rate(basisPoints: 110), product: 10_000_00 * 181),
                            InterestShare(
                                from: try date("2023-07-01"), through: try date("2023-12-31"),
                                rate: Rate(basisPoints: 95), product: 10_000_00 * 184),
                        ], unitsPerYear: 365),
                ])
        }

        @Test func `没有积数的利率不列`() throws {
            let plan = InterestPlan(demand: [("2023-01-01", 20), ("2023-07-01", 15)], accrual: "by_month")
            let year = try settleAccountYear(
                2023, opening: .zero, movements: [movement(101, 1200_00, on: "2023-07-31")], terms: plan.terms(2023))
            // August to December: 1 200.00 × 5 × 0.15 % / 12 = 0.75.
            let part = try #require(year.interestParts.first)
            #expect(part.amount == Fen(75))
            #expect(part.shares.map(\.from) == [try date("2023-07-01")])
            #expect(part.shares.map(\.product) == [1200_00 * 5])
            #expect(part.unitsPerYear == 12)
        }

        @Test func `按舍去取舍时不足一分的不计`() throws {
            let terms = try rules(
                site: """
                    account.demand_interest_rate:
                      2023-01-01: {value: 20}
                    pooling.rounding:
                      2023-01-01: {value: down}
                    """
            ).interestTerms(for: 2023)
            // 9.99 × 0.20 % = 1.998 fen.
            let year = try settleAccountYear(
                2023, opening: .zero, movements: [movement(101, 9_99, on: "2023-01-01")], terms: terms)
            #expect(year.interest == Fen(1))
        }

        @Test func `利息记作当年资金，次年按结转计息`() throws {
            let plan = InterestPlan()
            let first = try settleAccountYear(
                2023, opening: ages(0, 10_000_00, 0), movements: [], terms: plan.terms(2023))
            #expect(first.ages == ages(110_00, 10_000_00, 0))
            #expect(first.closing == Fen(10_110_00))
            // 10 110.00 × 1.10 % = 111.21.
            let second = try settleAccountYear(
                2024, opening: first.ages.carriedForward(), movements: [], terms: plan.terms(2024))
            #expect(second.opening == first.closing)
            #expect(second.interest == Fen(111_21))
            #expect(second.ages == ages(111_21, 110_00, 10_000_00))
        }
    }

    @Suite struct `四 单一利率按年末余额` {
        private let plan = InterestPlan(
            threeMonth: [("2023-01-01", 200), ("2023-12-31", 110)], method: "year_end_balance")

        @Test func `全年的利率，12月31日的余额和利率`() throws {
            let year = try settleAccountYear(
                2023, opening: ages(0, 4000_00, 6000_00),
                movements: [movement(201, -500_00, on: "2023-06-01"), movement(101, 1000_00, on: "2023-12-31")],
                terms: plan.terms(2023))
            // 10 000.00 − 500.00 + 1 000.00 = 10 500.00; × 1.10 % = 115.50.
            #expect(year.interest == Fen(115_50))
            #expect(year.ages == ages(1115_50, 4000_00, 5500_00))
            let lastDay = try date("2023-12-31")
            #expect(
                year.interestParts == [
                    InterestPart(
                        tier: .yearEndBalance, amount: Fen(115_50), citation: "国发〔1998〕44号 四；连医保发〔2024〕1号",
                        shares: [
                            InterestShare(
                                from: lastDay, through: lastDay, rate: Rate(basisPoints: 110), product: 10_500_00)
                        ], unitsPerYear: 1)
                ])
        }

        @Test(arguments: [(Int64(0), Int64(0)), (-1, 0), (-100_00, 0), (45, 0), (46, 1)])
        func `余额为零、为负或不足半分的没有利息`(balance: Int64, interest: Int64) throws {
            let year = try settleAccountYear(
                2023, opening: .zero, movements: [movement(110, balance, on: "2023-03-01")], terms: plan.terms(2023))
            #expect(year.interest == Fen(interest))
            #expect(year.interestParts.count == (interest > 0 ? 1 : 0))
            #expect(year.closing == Fen(balance + interest))
        }

        @Test func `12月31日没有利率就没有利息`() throws {
            var plan = plan
            plan.threeMonth = []
            let year = try settleAccountYear(
                2023, opening: ages(0, 4000_00, 0), movements: [], terms: plan.terms(2023))
            #expect(year.interest == .zero)
            #expect(year.interestParts == [])
        }
    }
}
