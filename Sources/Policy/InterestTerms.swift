package import Money

/// The rules by which personal accounts bear interest for one year and carry money forward. Computed once per year; a
/// fold over people looks nothing up.
///
/// The decisions are those of 31 December. A rate that nobody has supplied is not zero: its days have no span, bear
/// nothing and stand in ``gaps``.
package struct InterestTerms: Hashable, Sendable {
    package let year: Int
    package let method: InterestMethod
    package let accrual: InterestAccrual
    package let dayCount: InterestDayCount
    package let spendingOrder: SpendingOrder
    package let rounding: Rounding
    /// 活期存款年利率, ascending, within the year.
    package let demandRates: [InterestRateSpan]
    /// 三个月整存整取年利率, ascending, within the year.
    package let threeMonthRates: [InterestRateSpan]
    package let citations: InterestCitations
}

/// An annual rate, and the days of the year on which it is in force.
package struct InterestRateSpan: Hashable, Sendable {
    /// 1 January at the earliest.
    package let from: CivilDate
    /// Inclusive, 31 December at the latest.
    package let through: CivilDate
    package let rate: Rate
    package let citation: String
}

/// Days of a year for which a rate that the method needs is not supplied.
package struct InterestRateGap: Hashable, Sendable {
    package let key: RuleKey
    package let from: CivilDate
    /// Inclusive.
    package let through: CivilDate
}

/// The article or document behind the interest of a year; each names its source once.
package struct InterestCitations: Hashable, Sendable {
    package let method: String
    package let accrual: String
    package let dayCount: String
    package let spendingOrder: String
    /// The method, and the sources of the demand rates of the year.
    package let demand: String
    /// The method, and the sources of the three-month rates of the year.
    package let threeMonth: String
    /// The method, and the source of the three-month rate of 31 December.
    package let yearEnd: String
}

extension InterestTerms {
    package var firstDay: CivilDate { Month.first(of: year).firstDay }

    package var lastDay: CivilDate { Month.last(of: year).lastDay }

    /// 365 or 366.
    package var dayCountOfYear: Int { Int(lastDay.dayNumber - firstDay.dayNumber) + 1 }

    /// Into how many days or months the annual rate of a two-tier year is divided.
    package var unitsPerYear: Int {
        switch (accrual, dayCount) {
        case (.byDay, .daysOfYear): dayCountOfYear
        case (.byDay, .days360): 360
        case (.byMonth, _): 12
        }
    }

    /// The three-month rate in force on 31 December, `nil` if it is not supplied.
    package var yearEndRate: InterestRateSpan? {
        threeMonthRates.last.flatMap { $0.through == lastDay ? $0 : nil }
    }

    /// Whether any of the rates that the method needs is supplied; without one there is no interest.
    package var isSupplied: Bool { missingRates.count < neededRates.count }

    /// The rates that the method needs and that are not supplied: for no day of the year, or not for 31 December where
    /// that is the day that counts.
    package var missingRates: [RuleKey] {
        neededRates.filter { key in
            switch method {
            case .twoTier: rates(key).isEmpty
            case .yearEndBalance: yearEndRate == nil
            }
        }
    }

    /// The days that bear no interest because a rate that the method needs is not supplied for them; ascending by rate
    /// as in the catalogue, then by day.
    package var gaps: [InterestRateGap] {
        neededRates.flatMap { key in
            switch method {
            case .twoTier: gaps(of: key)
            case .yearEndBalance:
                yearEndRate == nil ? [InterestRateGap(key: key, from: lastDay, through: lastDay)] : []
            }
        }
    }

    private var neededRates: [RuleKey] {
        switch method {
        case .twoTier: [.demandInterestRate, .threeMonthInterestRate]
        case .yearEndBalance: [.threeMonthInterestRate]
        }
    }

    private func rates(_ key: RuleKey) -> [InterestRateSpan] {
        key == .demandInterestRate ? demandRates : threeMonthRates
    }

    private func gaps(of key: RuleKey) -> [InterestRateGap] {
        var gaps: [InterestRateGap] = []
        var day = firstDay
        for span in rates(key) {
            if day < span.from {
                gaps.append(InterestRateGap(key: key, from: day, through: span.from.adding(days: -1)))
            }
            day = span.through.adding(days: 1)
        }
        if day <= lastDay { gaps.append(InterestRateGap(key: key, from: day, through: lastDay)) }
        return gaps
    }
}

extension RuleSet {
    /// Throws `noRule` for a year that ends before the first date of one of the decisions. A rate that is missing is no
    /// error: ``InterestTerms/missingRates`` names it.
    package func interestTerms(for year: Int) throws(PolicyError) -> InterestTerms {
        let date = Month.last(of: year).lastDay
        let method = try decision(.interestMethod, on: date, as: InterestMethod.self)
        let accrual = try decision(.interestAccrual, on: date, as: InterestAccrual.self)
        let dayCount = try decision(.interestDayCount, on: date, as: InterestDayCount.self)
        let order = try decision(.spendingOrder, on: date, as: SpendingOrder.self)
        let demand = interestRates(.demandInterestRate, in: year)
        let threeMonth = interestRates(.threeMonthInterestRate, in: year)
        return InterestTerms(
            year: year, method: method.value, accrual: accrual.value, dayCount: dayCount.value,
            spendingOrder: order.value, rounding: try decision(.rounding, on: date).value, demandRates: demand,
            threeMonthRates: threeMonth,
            citations: InterestCitations(
                method: method.cite, accrual: accrual.cite, dayCount: dayCount.cite, spendingOrder: order.cite,
                demand: citation(method.cite, demand), threeMonth: citation(method.cite, threeMonth),
                yearEnd: citation(method.cite, threeMonth.filter { $0.through == date })))
    }

    /// The supplied rates, each cut to the year. What is expected, ended or not begun leaves a gap.
    private func interestRates(_ key: RuleKey, in year: Int) -> [InterestRateSpan] {
        let (first, last) = (Month.first(of: year).firstDay, Month.last(of: year).lastDay)
        let rules = parameter(key)?.values ?? []
        var spans: [InterestRateSpan] = []
        for (index, rule) in rules.enumerated() {
            let from = max(rule.from, first)
            let through = index + 1 < rules.count ? min(rules[index + 1].from.adding(days: -1), last) : last
            guard from <= through, case .value(.rate(let rate)) = rule.state else { continue }
            spans.append(InterestRateSpan(from: from, through: through, rate: rate, citation: rule.cite))
        }
        return spans
    }

    private func citation(_ method: String, _ rates: [InterestRateSpan]) -> String {
        var sources = [method]
        for rate in rates where !sources.contains(rate.citation) { sources.append(rate.citation) }
        return sources.joined(separator: "；")
    }
}
