import Money

/// Who a person is and what happens to them in the city's months: drawn first, all facts follow from it.
struct Life {
    enum Standing {
        case working(PersonStatus)
        case retired(PersonStatus)
        case veteran(PersonStatus)
    }

    /// At most one of these befalls a person, so that each can be told from the files.
    enum Turn {
        case nothing
        case arrival(CivilDate)
        /// The enrolment ends with this month.
        case departure(Month)
        case absence(lastMonth: Month, returns: CivilDate)
        case becomesFlexible(CivilDate)
        case retirement(Retirement)
        case death(Death)
    }

    var standing: Standing
    var turn: Turn
    var isWoman: Bool
    var born: CivilDate
    var district: Int

    init(_ specification: CitySpecification, _ dice: inout Dice) {
        isWoman = dice.happens(4900)
        district = Life.districts[dice.below(Life.districts.count)]
        let kind = dice.below(10_000)
        switch kind {
        case ..<50:
            standing = .veteran(dice.pick([.veteran, .veteranWorker, .veteranCadre]))
            turn = Life.turnOfRetiree(specification, &dice)
        case ..<2950:
            standing = .retired(dice.happens(1000) ? .flexibleRetired : .retired)
            turn = Life.turnOfRetiree(specification, &dice)
        default:
            let status = dice.happens(1200) ? PersonStatus.flexible : .employee
            standing = .working(status)
            turn = Life.turnOfWorker(status, specification, &dice)
        }
        let age = Life.age(standing, turn, isWoman: isWoman, &dice)
        born = specification.months.lowerBound.firstDay.adding(days: -(age * 1461 / 4 + dice.below(365)))
    }

    /// 市本级, 连云, 海州, 赣榆, 东海, 灌云, 灌南; the populous ones more than once.
    private static let districts = [
        320_700, 320_703, 320_706, 320_706, 320_706, 320_707, 320_707, 320_722, 320_722, 320_723, 320_724,
    ]

    private static func age(_ standing: Standing, _ turn: Turn, isWoman: Bool, _ dice: inout Dice) -> Int {
        switch standing {
        case .veteran: return dice.within(88...99)
        case .retired:
            // Four in ten are below 65, the rest thin out by steps of ten years.
            let first = isWoman ? 51 : 60
            let decade = dice.below(10)
            if decade < 4 { return dice.within(first...65) }
            if decade < 8 { return dice.within(66...75) }
            return decade < 9 ? dice.within(76...83) : dice.within(84...95)
        case .working:
            if case .retirement = turn { return isWoman ? dice.pick([50, 55]) : 60 }
            if case .arrival = turn { return dice.within(20...45) }
            // The bulge of those born around 1970 and 1987.
            let band = dice.below(10)
            if band < 3 { return dice.within(22...31) }
            if band < 7 { return dice.within(32...43) }
            return dice.within(44...(isWoman ? 53 : 58))
        }
    }
}

/// A change from working to retired.
struct Retirement {
    var date: CivilDate
    /// When the decision reached the core system: the month of the change, or later.
    var decided: Month
    /// The date that replaced the first, from this month on.
    var correction: (date: CivilDate, delivered: Month)?
}

struct Death {
    var date: CivilDate
    var reported: Month
    var endsEnrolment: Bool
}

extension Life {
    private static func anyDay(_ months: ClosedRange<Month>, _ dice: inout Dice) -> CivilDate {
        months.lowerBound.firstDay.adding(days: dice.below(Int(months.dayCount)))
    }

    private static func anyMonth(_ months: ClosedRange<Month>, _ dice: inout Dice) -> Month {
        months.lowerBound.adding(months: dice.below(months.count))
    }

    private static func turnOfRetiree(_ specification: CitySpecification, _ dice: inout Dice) -> Turn {
        let (months, shares) = (specification.months, specification.shares)
        var draw = dice.below(10_000)
        func falls(to yearly: Int) -> Bool {
            draw -= specification.shareOverMonths(yearly)
            return draw < 0
        }
        if falls(to: shares[.movedInRetired]) { return .arrival(anyDay(months, &dice)) }
        if falls(to: shares[.died] * 12) { return .death(Death(specification, &dice)) }
        if falls(to: shares[.movedAway]) { return .departure(anyMonth(months, &dice)) }
        return .nothing
    }

    private static func turnOfWorker(
        _ status: PersonStatus, _ specification: CitySpecification, _ dice: inout Dice
    ) -> Turn {
        let (months, shares) = (specification.months, specification.shares)
        var draw = dice.below(10_000)
        func falls(to yearly: Int) -> Bool {
            draw -= specification.shareOverMonths(yearly)
            return draw < 0
        }
        if falls(to: shares[.movedIn]) { return .arrival(anyDay(months, &dice)) }
        if falls(to: shares[.retired]) { return .retirement(Retirement(specification, &dice)) }
        if falls(to: shares[.died]) { return .death(Death(specification, &dice)) }
        if falls(to: shares[.movedAway]) { return .departure(anyMonth(months, &dice)) }
        if falls(to: shares[.cameBack]) {
            let leaves = anyMonth(months, &dice)
            let returns = leaves.adding(months: dice.within(2...6))
            // Who does not come back in the city's months has simply left.
            guard returns <= months.upperBound else { return .departure(leaves) }
            // Half of them come back on the first of a month.
            let day = dice.happens(5000) ? 0 : dice.below(returns.dayCount)
            return .absence(lastMonth: leaves, returns: returns.firstDay.adding(days: day))
        }
        if status == .employee, falls(to: shares[.becameFlexible]) { return .becomesFlexible(anyDay(months, &dice)) }
        return .nothing
    }
}

extension ClosedRange where Bound == Month {
    fileprivate var dayCount: Int32 { upperBound.next.firstDay.dayNumber - lowerBound.firstDay.dayNumber }
}

extension Retirement {
    fileprivate init(_ specification: CitySpecification, _ dice: inout Dice) {
        let (months, shares) = (specification.months, specification.shares)
        let month = months.lowerBound.adding(months: dice.below(months.count))
        // One in four is dated on the first, the day on which a change counts from the next month all the same.
        date = month.firstDay.adding(days: dice.happens(2500) ? 0 : dice.below(month.dayCount))
        decided = month
        if dice.happens(shares[.retirementDecidedLate]) {
            decided = month.adding(months: dice.within(2...6))
        } else if dice.happens(shares[.retirementCorrected]), month > months.lowerBound {
            let earlier = month.previous
            correction = (
                earlier.firstDay.adding(days: dice.below(earlier.dayCount)), month.adding(months: dice.within(1...3))
            )
        }
    }
}

extension Death {
    fileprivate init(_ specification: CitySpecification, _ dice: inout Dice) {
        let (months, shares) = (specification.months, specification.shares)
        let month = months.lowerBound.adding(months: dice.below(months.count))
        date = month.firstDay.adding(days: dice.below(month.dayCount))
        let isLate = dice.happens(shares[.deathReportedLate])
        reported = isLate ? month.adding(months: dice.within(1...4)) : month
        endsEnrolment = !dice.happens(shares[.deathWithoutEnd])
    }
}
