import Money
import Policy
import Settlement
import Testing

private let oldestFirst = InterestPlan(demand: [], threeMonth: [])
private let currentYearFirst = InterestPlan(demand: [], threeMonth: [], order: "current_year_first")

/// The ages of a closing without interest: opening 100.00 of last year and 50.00 of earlier ones, 30.00 of this year
/// unless a case says otherwise.
private struct AgeCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var opening: (lastYear: Int64, earlier: Int64) = (100_00, 50_00)
    var credited: Int64 = 30_00
    /// `kind amount covered year`, on 1 June 2023.
    var movements: [(kind: Int16, amount: Int64, covering: Int)]
    /// This year, last year, earlier.
    let oldest: (Int64, Int64, Int64)
    /// The same where this year's money goes first.
    let current: (Int64, Int64, Int64)

    func settle(_ plan: InterestPlan) throws -> AccountAges {
        let credit = try movement(101, credited, on: "2023-05-31")
        let others = try movements.map { try movement($0.kind, $0.amount, on: "2023-06-01", covering: $0.covering) }
        return try settleAccountYear(
            2023, opening: ages(0, opening.lastYear, opening.earlier), movements: [credit] + others,
            terms: plan.terms(2023)
        ).ages
    }
}

private let cases = [
    AgeCase(
        testDescription: "支付20元", movements: [(201, -20_00, 2023)], oldest: (30_00, 100_00, 30_00),
        current: (10_00, 100_00, 50_00)),
    AgeCase(
        testDescription: "支付到一档正好用完", movements: [(201, -50_00, 2023)], oldest: (30_00, 100_00, 0),
        current: (0, 80_00, 50_00)),
    AgeCase(
        testDescription: "支付跨两档", movements: [(201, -120_00, 2023)], oldest: (30_00, 30_00, 0),
        current: (0, 10_00, 50_00)),
    AgeCase(
        testDescription: "支付跨三档", movements: [(201, -170_00, 2023)], oldest: (10_00, 0, 0), current: (0, 0, 10_00)),
    AgeCase(
        testDescription: "支付超过全部余额", movements: [(201, -200_00, 2023)], oldest: (-20_00, 0, 0),
        current: (-20_00, 0, 0)),
    AgeCase(
        testDescription: "保费、转出、继承与支付同一次序",
        movements: [(205, -20_00, 2023), (207, -20_00, 2023), (208, -20_00, 2023)], oldest: (30_00, 90_00, 0),
        current: (0, 70_00, 50_00)),
    AgeCase(
        testDescription: "退费作当年资金", movements: [(201, -20_00, 2023), (109, 20_00, 2023)],
        oldest: (50_00, 100_00, 30_00), current: (30_00, 100_00, 50_00)),
    AgeCase(
        testDescription: "以前年度的退费也作当年资金", movements: [(109, 15_00, 2022)], oldest: (45_00, 100_00, 50_00),
        current: (45_00, 100_00, 50_00)),
    AgeCase(
        testDescription: "当年计入的收回先减当年", movements: [(101, -25_00, 2023)], oldest: (5_00, 100_00, 50_00),
        current: (5_00, 100_00, 50_00)),
    AgeCase(
        testDescription: "当年计入的收回不足时由近及远", movements: [(101, -140_00, 2023)], oldest: (0, 0, 40_00),
        current: (0, 0, 40_00)),
    AgeCase(
        testDescription: "以前年度计入的收回先减上年", movements: [(101, -25_00, 2022)], oldest: (30_00, 75_00, 50_00),
        current: (30_00, 75_00, 50_00)),
    AgeCase(
        testDescription: "以前年度计入的收回再减历年，最后当年", movements: [(101, -160_00, 2022)], oldest: (20_00, 0, 0),
        current: (20_00, 0, 0)),
    AgeCase(
        testDescription: "调减与计入的收回相同", movements: [(110, -25_00, 2023), (102, -5_00, 2022)],
        oldest: (5_00, 95_00, 50_00), current: (5_00, 95_00, 50_00)),
    AgeCase(
        testDescription: "同一天先收后支", movements: [(201, -190_00, 2023), (107, 20_00, 2023)],
        oldest: (10_00, 0, 0), current: (0, 0, 10_00)),
    AgeCase(
        testDescription: "同一天先收回计入再支付", movements: [(201, -30_00, 2023), (101, -30_00, 2023)],
        oldest: (0, 100_00, 20_00), current: (0, 70_00, 50_00)),
    AgeCase(
        testDescription: "接口没有的类型按百位", movements: [(115, 5_00, 2023), (299, -5_00, 2023)],
        oldest: (35_00, 100_00, 45_00), current: (30_00, 100_00, 50_00)),
    AgeCase(
        testDescription: "上年透支由当年计入补足", opening: (-10_00, 0), movements: [], oldest: (20_00, 0, 0),
        current: (20_00, 0, 0)),
    AgeCase(
        testDescription: "透支而历年有余的先由历年补足", opening: (-10_00, 50_00), movements: [],
        oldest: (30_00, 0, 40_00), current: (30_00, 0, 40_00)),
]

extension `国发〔1998〕44号` {
    @Suite struct `四 结转账龄` {
        @Test(arguments: cases)
        fileprivate func `支出先用历年结转`(_ example: AgeCase) throws {
            let (thisYear, lastYear, earlier) = example.oldest
            #expect(try example.settle(oldestFirst) == ages(thisYear, lastYear, earlier))
        }

        @Test(arguments: cases)
        fileprivate func `支出先用当年计入`(_ example: AgeCase) throws {
            let (thisYear, lastYear, earlier) = example.current
            #expect(try example.settle(currentYearFirst) == ages(thisYear, lastYear, earlier))
        }

        @Test func `结转：当年成为上年，上年并入历年`() throws {
            #expect(try ages(30_00, 100_00, 50_00).carriedForward() == ages(0, 30_00, 150_00))
            #expect(try ages(-30_00, 0, 0).carriedForward() == ages(0, -30_00, 0))
            #expect(try ages(30_00, 100_00, 50_00).total == Fen(180_00))
        }

        @Test(arguments: [
            (day: "2022-12-31", amount: Int64(500_00), expected: ages(0, 500_00, 0)),
            (day: "2023-01-01", amount: Int64(500_00), expected: ages(500_00, 0, 0)),
            (day: "2023-06-30", amount: Int64(500_00), expected: ages(500_00, 0, 0)),
            (day: "2022-12-31", amount: Int64(-20_00), expected: ages(-20_00, 0, 0)),
        ])
        func `旧系统转入的余额，上年的算上年，当年的算当年`(day: String, amount: Int64, expected: AccountAges) throws {
            let year = try settleAccountYear(
                2023, opening: .zero, movements: [movement(113, amount, on: day, isBroughtIn: true)],
                terms: oldestFirst.terms(2023))
            #expect(year.ages == expected)
            #expect(year.broughtIn == Fen(amount))
            #expect(year.otherIn == .zero)
            #expect(year.priorYear == .zero)
        }

        @Test func `旧系统余额的更正，上年的先减上年，当年的先减当年`() throws {
            let terms = try oldestFirst.terms(2023)
            let opened = [
                try movement(113, 100_00, on: "2022-12-31", isBroughtIn: true),
                try movement(101, 30_00, on: "2023-01-31"),
            ]
            let before = try movement(113, -10_00, on: "2022-12-31", isBroughtIn: true)
            let within = try movement(113, -10_00, on: "2023-02-01", isBroughtIn: true)
            #expect(
                try settleAccountYear(2023, opening: .zero, movements: opened + [before], terms: terms).ages
                    == ages(30_00, 90_00, 0))
            #expect(
                try settleAccountYear(2023, opening: .zero, movements: opened + [within], terms: terms).ages
                    == ages(20_00, 100_00, 0))
        }

        @Test func `透支的账户转入旧系统余额，先补足透支`() throws {
            let year = try settleAccountYear(
                2023, opening: ages(0, -30_00, 0),
                movements: [movement(113, 100_00, on: "2022-12-31", isBroughtIn: true)],
                terms: InterestPlan().terms(2023))
            // 70.00 × 1.10 % = 0.77, and nothing on the money that made up the debt.
            #expect(year.ages == ages(77, 70_00, 0))
            #expect(year.interest(.carried) == 77)
        }

        @Test(arguments: [
            (plan: InterestPlan(), interest: Int64(57)), (InterestPlan(order: "current_year_first"), Int64(1_57)),
        ])
        func `先用哪一年的钱决定利息`(plan: InterestPlan, interest: Int64) throws {
            // 100.00 carried and 100.00 of the year, 100.00 paid, all on 1 January. Oldest first the year's money
            // stays: 100.00 × 0.57 % = 0.57; else the carried: 100.00 × 1.57 % = 1.57.
            var plan = plan
            plan.demand = [("2023-01-01", 57)]
            plan.threeMonth = [("2023-01-01", 157)]
            let year = try settleAccountYear(
                2023, opening: ages(0, 100_00, 0),
                movements: [movement(201, -100_00, on: "2023-01-01"), movement(101, 100_00, on: "2023-01-01")],
                terms: plan.terms(2023))
            #expect(year.interest == Fen(interest))
        }
    }

    @Suite struct `四 年度各栏` {
        @Test func `每种收支归入一栏，恒等式成立`() throws {
            // Each kind has an amount of its own, so that a wrong column shows.
            let kinds: [(Int16, Int64)] = [
                (101, 1000_00), (106, 1_00), (107, 2_00), (109, 4_00), (110, 8_00), (111, 16_00), (113, 32_00),
                (201, -100_00), (203, -1_10), (205, -2_20), (206, -4_40), (207, -8_80), (208, -17_60), (199, 64_00),
                (209, -35_20), (102, 50),
            ]
            var movements = try kinds.map { try movement($0.0, $0.1, on: "2023-06-01") }
            movements.append(try movement(113, 7_00, on: "2022-12-31", isBroughtIn: true))
            let year = try settleAccountYear(
                2023, opening: ages(0, 20_00, 30_00), movements: movements, terms: oldestFirst.terms(2023))
            #expect(year.opening == Fen(50_00))
            #expect(year.broughtIn == Fen(7_00))
            #expect(year.credit == Fen(1000_00))
            #expect(year.interest == Fen(50))
            // 1 + 2 + 8 + 16 + 32 and the unknown 199 with 64.
            #expect(year.otherIn == Fen(123_00))
            // 100 less the refund of 4.
            #expect(year.payment == Fen(96_00))
            // 1.10 + 2.20 + 4.40 + 8.80 + 17.60 and the unknown 209 with 35.20.
            #expect(year.otherOut == Fen(69_30))
            // 50 + 7 + 1000 + 0.50 + 123 − 96 − 69.30
            #expect(year.closing == Fen(1015_20))
            #expect(try year.ages.total == year.closing)
            #expect(year.priorYear == .zero)
        }

        @Test func `以前年度调整：所属年度较早的收支之和，不含旧系统余额`() throws {
            let year = try settleAccountYear(
                2024, opening: ages(0, 500_00, 0),
                movements: [
                    movement(101, 90_00, on: "2024-01-31", covering: 2023), movement(201, -15_00, on: "2023-12-30"),
                    movement(109, 5_00, on: "2024-03-01"), movement(101, -40_00, on: "2024-02-29", covering: 2022),
                    movement(113, 100_00, on: "2023-12-31", isBroughtIn: true),
                ], terms: oldestFirst.terms(2024))
            // 90 − 15 − 40
            #expect(year.priorYear == Fen(35_00))
            #expect(year.credit == Fen(50_00))
            #expect(year.broughtIn == Fen(100_00))
        }

        @Test func `没有收支的账户原样结转`() throws {
            let year = try settleAccountYear(
                2023, opening: ages(0, 1, 2), movements: [], terms: InterestPlan().terms(2023))
            #expect(year.closing == Fen(3))
            #expect(year.ages == ages(0, 1, 2))
            #expect(year.interestParts == [])
        }

        @Test func `放不下64位分的余额是错误，不是截断`() throws {
            let terms = try oldestFirst.terms(2023)
            let most = try movement(101, .max, on: "2023-01-31")
            let one = try movement(101, 1, on: "2023-01-31")
            #expect(throws: MoneyOverflow.self) {
                try settleAccountYear(2023, opening: .zero, movements: [most, one], terms: terms)
            }
            #expect(throws: MoneyOverflow.self) {
                try settleAccountYear(2023, opening: ages(0, .max, 1), movements: [], terms: terms)
            }
            #expect(throws: MoneyOverflow.self) { try ages(0, .max, 1).carriedForward() }
        }

        @Test func `最大的余额满一年的利息不溢出中间结果`() throws {
            var plan = InterestPlan()
            plan.threeMonth = [("2023-01-01", 1)]
            let year = try settleAccountYear(
                2023, opening: ages(0, .max / 2, 0), movements: [], terms: plan.terms(2023))
            #expect(try year.interest == Fen(.max / 2).times(Rate(basisPoints: 1), rounding: .halfUp))
        }

        @Test func `别年的规则不能用`() async throws {
            let exit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = try settleAccountYear(2024, opening: .zero, movements: [], terms: InterestPlan().terms(2023))
            }
            let complaint = try #require(exit).standardErrorContent
            #expect(String(decoding: complaint, as: UTF8.self).contains("settled by the terms of that year"))
        }

        @Test func `年初余额里没有当年资金`() async throws {
            let exit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = try settleAccountYear(
                    2023, opening: ages(1, 0, 0), movements: [], terms: InterestPlan().terms(2023))
            }
            let complaint = try #require(exit).standardErrorContent
            #expect(String(decoding: complaint, as: UTF8.self).contains("money of the years before it"))
        }
    }
}
