import Money
import Testing

@testable import Policy

/// What the shipped pack says of the three-month rate.
private let expectedThreeMonthRate = """
          2023-01-01:
            expected:
              figure: 计息当年适用的三个月整存整取年利率
              supplier: 基金开户银行
            cite: 国发〔1998〕44号 四
    """

/// A site file with those dated values.
private func site(_ values: String) -> String {
    """
    site: an-office
    completes: lianyungang-employee
    source: 开户银行利率通知
    values:
    \(values.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
    """
}

private func terms(_ year: Int, site values: String) throws -> InterestTerms {
    try rules(site: site(values)).interestTerms(for: year)
}

/// Spans and gaps as a test reads them: `2023-01-01…2023-06-30 0.2%`.
private func text(_ spans: [InterestRateSpan]) -> [String] {
    spans.map { "\($0.from)…\($0.through) \($0.rate)" }
}

private func text(_ gaps: [InterestRateGap]) -> [String] {
    gaps.map { "\($0.key.rawValue) \($0.from)…\($0.through)" }
}

@Suite struct `国发〔1998〕44号 四 个人账户计息的规则` {
    @Test func `未明示的事项取默认口径，并写明依据`() throws {
        let terms = try rules().interestTerms(for: 2023)
        #expect(terms.year == 2023)
        #expect(terms.method == .twoTier)
        #expect(terms.accrual == .byDay)
        #expect(terms.dayCount == .daysOfYear)
        #expect(terms.spendingOrder == .oldestFirst)
        #expect(terms.rounding == .halfUp)
        let article = "国发〔1998〕44号 四"
        #expect(
            terms.citations
                == InterestCitations(
                    method: article, accrual: article, dayCount: article, spendingOrder: article, demand: article,
                    threeMonth: article, yearEnd: article))
    }

    @Test func `清单列出新的事项和理由`() throws {
        let date = try #require(CivilDate("2023-12-31"))
        let keys: [RuleKey] = [.interestAccrual, .interestDayCount, .spendingOrder]
        let rows = try rules().listing(on: date).filter { keys.contains($0.key) }
        #expect(rows.map(\.key) == keys)
        #expect(
            rows.map(\.state)
                == [.value(.choice("by_day")), .value(.choice("days_of_year")), .value(.choice("oldest_first"))])
        #expect(rows.map(\.title) == ["计息期的算法", "年利率折算日利率的天数", "支出先用哪一年的个人账户资金"])
        #expect(rows.allSatisfy { $0.reason != nil && $0.unit == .choice })
    }

    @Test func `地方补充文件可改口径`() throws {
        let terms = try terms(
            2024,
            site: """
                account.interest_method:
                  2023-01-01: {value: year_end_balance, cite: 甲}
                account.interest_accrual:
                  2023-01-01: {value: by_month, cite: 乙}
                account.interest_day_count:
                  2023-01-01: {value: days_360, cite: 丙}
                account.spending_order:
                  2023-01-01: {value: current_year_first, cite: 丁}
                pooling.rounding:
                  2023-01-01: {value: down}
                """)
        #expect(terms.method == .yearEndBalance)
        #expect(terms.accrual == .byMonth)
        #expect(terms.dayCount == .days360)
        #expect(terms.spendingOrder == .currentYearFirst)
        #expect(terms.rounding == .down)
        let citations = terms.citations
        #expect(
            [citations.method, citations.accrual, citations.dayCount, citations.spendingOrder] == ["甲", "乙", "丙", "丁"])
    }

    @Test func `口径以当年12月31日为准`() throws {
        let values = """
            account.interest_accrual:
              2024-12-31: {value: by_month}
            account.spending_order:
              2025-01-01: {value: current_year_first}
            """
        #expect(try terms(2023, site: values).accrual == .byDay)
        #expect(try terms(2024, site: values).accrual == .byMonth)
        #expect(try terms(2024, site: values).spendingOrder == .oldestFirst)
        #expect(try terms(2025, site: values).spendingOrder == .currentYearFirst)
    }

    @Test func `通知施行以前的年度没有规则`() {
        let error = #expect(throws: PolicyError.self) { try rules().interestTerms(for: 2022) }
        let line = shippedText.line(of: "value: two_tier")
        #expect(
            error?.description == "pack.yaml:\(line): account.interest_method has no value for 2022-12-31; "
                + "the first is 2023-01-01. Add the earlier rule or settle from 2023-01-01.")
    }

    @Test(arguments: [
        (year: 2023, accrual: "by_day", dayCount: "days_of_year", units: 365),
        (2024, "by_day", "days_of_year", 366), (2023, "by_day", "days_360", 360), (2024, "by_day", "days_360", 360),
        (2023, "by_month", "days_of_year", 12), (2024, "by_month", "days_360", 12),
    ])
    func `年利率除以的天数或月数`(year: Int, accrual: String, dayCount: String, units: Int) throws {
        let terms = try terms(
            year,
            site: """
                account.interest_accrual:
                  2023-01-01: {value: \(accrual)}
                account.interest_day_count:
                  2023-01-01: {value: \(dayCount)}
                """)
        #expect(terms.unitsPerYear == units)
        #expect(terms.firstDay.description == "\(year)-01-01")
        #expect(terms.lastDay.description == "\(year)-12-31")
    }
}

@Suite struct `国发〔1998〕44号 四 利率是有日期的数` {
    @Test func `未提供的利率不是零，而是没有`() throws {
        let terms = try rules().interestTerms(for: 2023)
        #expect(terms.demandRates == [])
        #expect(terms.threeMonthRates == [])
        #expect(!terms.isSupplied)
        #expect(terms.missingRates == [.demandInterestRate, .threeMonthInterestRate])
        #expect(
            text(terms.gaps) == [
                "account.demand_interest_rate 2023-01-01…2023-12-31",
                "account.three_month_interest_rate 2023-01-01…2023-12-31",
            ])
    }

    @Test func `提供了的零利率是利率`() throws {
        let terms = try terms(2023, site: "account.demand_interest_rate:\n  2023-01-01: {value: 0}")
        #expect(text(terms.demandRates) == ["2023-01-01…2023-12-31 0%"])
        #expect(terms.isSupplied)
        #expect(terms.missingRates == [.threeMonthInterestRate])
    }

    @Test func `年内调整的利率分段，跨年的截到本年`() throws {
        let values = """
            account.demand_interest_rate:
              2023-01-01: {value: 25, cite: 甲}
              2023-06-08: {value: 20, cite: 乙}
              2024-07-25: {value: 15, cite: 甲}
            account.three_month_interest_rate:
              2023-01-01: {value: 110}
            """
        let first = try terms(2023, site: values)
        #expect(text(first.demandRates) == ["2023-01-01…2023-06-07 0.25%", "2023-06-08…2023-12-31 0.2%"])
        #expect(first.demandRates.map(\.citation) == ["甲", "乙"])
        #expect(text(first.threeMonthRates) == ["2023-01-01…2023-12-31 1.1%"])
        #expect(first.citations.demand == "国发〔1998〕44号 四；甲；乙")
        #expect(first.citations.threeMonth == "国发〔1998〕44号 四；开户银行利率通知")
        #expect(first.missingRates == [])
        #expect(first.gaps == [])
        let second = try terms(2024, site: values)
        #expect(text(second.demandRates) == ["2024-01-01…2024-07-24 0.2%", "2024-07-25…2024-12-31 0.15%"])
        #expect(second.citations.demand == "国发〔1998〕44号 四；乙；甲")
        let third = try terms(2025, site: values)
        #expect(text(third.demandRates) == ["2025-01-01…2025-12-31 0.15%"])
    }

    @Test func `同一来源只列一次`() throws {
        let terms = try terms(
            2023,
            site: """
                account.demand_interest_rate:
                  2023-01-01: {value: 25, cite: 国发〔1998〕44号 四}
                  2023-03-01: {value: 20, cite: 甲}
                  2023-05-01: {value: 15, cite: 甲}
                """)
        #expect(terms.citations.demand == "国发〔1998〕44号 四；甲")
    }

    @Test func `年中才提供的利率，此前的日子没有利息，并指明是哪些日子`() throws {
        let terms = try terms(
            2023,
            site: """
                account.demand_interest_rate:
                  2023-07-01: {value: 20}
                account.three_month_interest_rate:
                  2024-01-01: {value: 110}
                """)
        #expect(text(terms.demandRates) == ["2023-07-01…2023-12-31 0.2%"])
        #expect(terms.isSupplied)
        #expect(terms.missingRates == [.threeMonthInterestRate])
        #expect(
            text(terms.gaps) == [
                "account.demand_interest_rate 2023-01-01…2023-06-30",
                "account.three_month_interest_rate 2023-01-01…2023-12-31",
            ])
    }

    @Test func `停止执行的利率留下空档，之后可再开始`() throws {
        let rules = try rules(
            shippedText.spoiled(
                expectedThreeMonthRate,
                """
                      2022-01-01: {value: 130, cite: 甲}
                      2023-02-01: {value: null, cite: 乙}
                      2023-12-01: {value: 110, cite: 丙}
                """))
        let terms = try rules.interestTerms(for: 2023)
        #expect(text(terms.threeMonthRates) == ["2023-01-01…2023-01-31 1.3%", "2023-12-01…2023-12-31 1.1%"])
        #expect(terms.missingRates == [.demandInterestRate])
        #expect(
            text(terms.gaps) == [
                "account.demand_interest_rate 2023-01-01…2023-12-31",
                "account.three_month_interest_rate 2023-02-01…2023-11-30",
            ])
    }

    @Test func `规则包里没有利率参数，与未提供一样`() throws {
        let terms = try rules(shippedText.without("account.demand_interest_rate")).interestTerms(for: 2023)
        #expect(terms.demandRates == [])
        #expect(terms.missingRates == [.demandInterestRate, .threeMonthInterestRate])
    }

    @Test(arguments: [
        (from: "2023-01-01", supplied: true), ("2023-12-31", true), ("2024-01-01", false),
    ])
    func `单一利率只看12月31日的三个月利率`(from: String, supplied: Bool) throws {
        let terms = try terms(
            2023,
            site: """
                account.interest_method:
                  2023-01-01: {value: year_end_balance, cite: 口径来源}
                account.three_month_interest_rate:
                  \(from): {value: 110, cite: 甲}
                """)
        #expect(terms.isSupplied == supplied)
        #expect(terms.yearEndRate?.rate == (supplied ? Rate(basisPoints: 110) : nil))
        #expect(terms.citations.yearEnd == (supplied ? "口径来源；甲" : "口径来源"))
        #expect(terms.missingRates == (supplied ? [] : [.threeMonthInterestRate]))
        #expect(
            text(terms.gaps) == (supplied ? [] : ["account.three_month_interest_rate 2023-12-31…2023-12-31"]))
    }

    @Test func `单一利率在年内停止执行，12月31日就没有利率`() throws {
        let rules = try rules(
            shippedText.spoiled("value: two_tier", "value: year_end_balance").spoiled(
                expectedThreeMonthRate,
                """
                      2023-01-01: {value: 110, cite: 甲}
                      2023-12-31: {value: null, cite: 乙}
                """))
        let terms = try rules.interestTerms(for: 2023)
        #expect(text(terms.threeMonthRates) == ["2023-01-01…2023-12-30 1.1%"])
        #expect(terms.yearEndRate == nil)
        #expect(!terms.isSupplied)
        #expect(terms.missingRates == [.threeMonthInterestRate])
    }
}

@Suite struct `A word that is no reading of the interest is refused` {
    static let packs = [
        SpoiledPack(
            "accrual", "value: by_day", "value: by_week",
            "by_week is not one of the choices; write by_day or by_month instead"),
        SpoiledPack(
            "day count", "value: days_of_year", "value: days_365",
            "days_365 is not one of the choices; write days_of_year or days_360 instead"),
        SpoiledPack(
            "spending order", "value: oldest_first", "value: newest_first",
            "newest_first is not one of the choices; write oldest_first or current_year_first instead"),
        SpoiledPack(
            "method", "value: two_tier", "value: three_tier",
            "three_tier is not one of the choices; write two_tier or year_end_balance instead"),
        SpoiledPack(
            "a number", "value: days_of_year", "value: 365",
            "365 is not one of the choices; write days_of_year or days_360 instead"),
    ]

    @Test(arguments: packs)
    func `in a pack`(_ fault: SpoiledPack) {
        let text = shippedText.spoiled(fault.old, fault.new)
        #expect(faults(text) == ["pack.yaml:\(text.line(of: fault.at)): \(fault.message)"])
    }

    @Test func `in a site file`() {
        #expect(
            faults(site: site("account.interest_accrual:\n  2023-01-01: {value: daily}")) == [
                "site.yaml:6: daily is not one of the choices; write by_day or by_month instead"
            ])
    }

    @Test(arguments: ["account.interest_accrual", "account.interest_day_count", "account.spending_order"])
    func `and a pack that leaves the decision out says where it lacks it`(key: String) {
        #expect(
            faults(shippedText.without(key)) == [
                "pack.yaml:8: \(key) has no rule on 2023-01-01; add a value from 2023-01-01 or earlier"
            ])
    }
}
