internal import Money
internal import Policy

/// Sums up what bears interest while the movements of a year pass by in order of time.
///
/// Time is counted in units from 1 January: days, or months where the rules reckon by month. A day bears on its closing
/// balance (算头不算尾), a month on the balance at its first moment, each at the rate in force on its first day.
struct InterestMeter {
    /// 积数 of one rate, over the units on which it is in force.
    private struct Course {
        let units: Range<Int>
        let isCarried: Bool
        var product: Int128 = 0
    }

    private let accrual: InterestAccrual
    private let firstDay: CivilDate
    private let unitCount: Int
    /// Of the demand rates, then of the three-month rates.
    private var courses: [Course] = []
    /// Units that have borne.
    private var passed = 0

    init(_ terms: borrowing InterestTerms) {
        accrual = terms.accrual
        firstDay = terms.firstDay
        unitCount = accrual == .byDay ? terms.dayCountOfYear : 12
        guard terms.method == .twoTier else { return }
        courses.reserveCapacity(terms.demandRates.count + terms.threeMonthRates.count)
        append(terms.demandRates, isCarried: false)
        append(terms.threeMonthRates, isCarried: true)
    }

    /// Lets the balance bear that has stood since the movement before and stands until the movements of `date`.
    mutating func bear(_ ages: AccountAges, until date: CivilDate) throws(MoneyOverflow) {
        try bear(ages, until: unitsBorne(before: date))
    }

    /// Lets the balance of 31 December bear, and says what the year comes to by the terms that the meter was made for.
    mutating func parts(closing ages: AccountAges, by terms: InterestTerms) throws(MoneyOverflow) -> [InterestPart] {
        switch terms.method {
        case .twoTier:
            try bear(ages, until: unitCount)
            return try twoTierParts(terms)
        case .yearEndBalance:
            return try yearEndPart(ages, terms)
        }
    }

    private mutating func bear(_ ages: AccountAges, until upto: Int) throws(MoneyOverflow) {
        guard upto > passed else { return }
        // What stands below zero bears nothing.
        let thisYear = Int128(max(0, ages.thisYear.rawValue))
        let carried = Int128(max(0, try ages.carried.rawValue))
        for index in courses.indices {
            let units = courses[index].units.clamped(to: passed..<upto).count
            guard units > 0 else { continue }
            courses[index].product += (courses[index].isCarried ? carried : thisYear) * Int128(units)
        }
        passed = upto
    }

    /// The units on which a balance bears that stands until the movements of `date`: the days before it, or the months
    /// that have begun by then.
    private func unitsBorne(before date: CivilDate) -> Int {
        guard !(date < firstDay) else { return 0 }
        return switch accrual {
        case .byDay: Int(date.dayNumber - firstDay.dayNumber)
        case .byMonth: date.month.month
        }
    }

    private mutating func append(_ spans: [InterestRateSpan], isCarried: Bool) {
        for index in spans.indices {
            let units = units(from: spans[index].from, through: spans[index].through)
            courses.append(Course(units: units, isCarried: isCarried))
        }
    }

    /// The units whose first day lies in the span.
    private func units(from: CivilDate, through: CivilDate) -> Range<Int> {
        switch accrual {
        case .byDay:
            Int(from.dayNumber - firstDay.dayNumber)..<Int(through.dayNumber - firstDay.dayNumber) + 1
        case .byMonth:
            (from.day == 1 ? from.month.month - 1 : from.month.month)..<through.month.month
        }
    }

    private func twoTierParts(_ terms: borrowing InterestTerms) throws(MoneyOverflow) -> [InterestPart] {
        let split = terms.demandRates.count
        let thisYear = try interest(courses[..<split], terms.demandRates, terms)
        let carried = try interest(courses[split...], terms.threeMonthRates, terms)
        var parts: [InterestPart] = []
        parts.reserveCapacity(2)
        if thisYear != .zero {
            parts.append(
                InterestPart(
                    tier: .thisYear, amount: thisYear, citation: terms.citations.demand,
                    shares: shares(courses[..<split], terms.demandRates), unitsPerYear: terms.unitsPerYear))
        }
        if carried != .zero {
            parts.append(
                InterestPart(
                    tier: .carried, amount: carried, citation: terms.citations.threeMonth,
                    shares: shares(courses[split...], terms.threeMonthRates), unitsPerYear: terms.unitsPerYear))
        }
        return parts
    }

    private func interest(
        _ courses: ArraySlice<Course>, _ spans: [InterestRateSpan], _ terms: borrowing InterestTerms
    ) throws(MoneyOverflow) -> Fen {
        var interest: Int128 = 0
        for (index, course) in courses.enumerated() {
            interest += course.product * Int128(spans[index].rate.basisPoints)
        }
        let divisor = Int128(Rate.whole.basisPoints) * Int128(terms.unitsPerYear)
        return try Fen(interest, dividedBy: divisor, rounding: terms.rounding)
    }

    private func shares(_ courses: ArraySlice<Course>, _ spans: [InterestRateSpan]) -> [InterestShare] {
        var shares: [InterestShare] = []
        shares.reserveCapacity(spans.count)
        for (index, course) in courses.enumerated() where course.product != 0 {
            shares.append(
                InterestShare(
                    from: spans[index].from, through: spans[index].through, rate: spans[index].rate,
                    product: course.product))
        }
        return shares
    }

    private func yearEndPart(_ ages: AccountAges, _ terms: InterestTerms) throws(MoneyOverflow) -> [InterestPart] {
        guard let span = terms.yearEndRate else { return [] }
        let balance = max(.zero, try ages.total)
        let amount = try balance.times(span.rate, rounding: terms.rounding)
        guard amount != .zero else { return [] }
        let share = InterestShare(
            from: terms.lastDay, through: terms.lastDay, rate: span.rate, product: Int128(balance.rawValue))
        return [
            InterestPart(
                tier: .yearEndBalance, amount: amount, citation: terms.citations.yearEnd, shares: [share],
                unitsPerYear: 1)
        ]
    }
}
