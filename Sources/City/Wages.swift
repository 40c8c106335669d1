import Money

/// A worker's declared monthly wage, year by year.
struct Wages {
    private let firstYear: Int
    private var byYear: [Fen]
    /// A wage declared again: the month in which it becomes known, and what it is for that whole year.
    let declared: (month: Month, wage: Fen)?

    init(_ specification: CitySpecification, _ span: PayingSpan, _ dice: inout Dice) {
        let months = specification.months
        firstYear = months.lowerBound.year
        let growth = dice.below(800)
        var wage =
            span.isFlexible(in: span.first) ? Wages.ofFlexible(specification.rules, &dice) : WageTable.draw(&dice)
        byYear = []
        for _ in firstYear...months.upperBound.year {
            byYear.append(wage)
            wage = Fen(wage.rawValue + wage.rawValue * Int64(growth) / 10_000)
        }
        guard span.flexibleFrom == nil, dice.happens(specification.shares[.declaredDifference]) else {
            declared = nil
            return
        }
        let year = dice.within(firstYear...months.upperBound.year)
        let month = Month(monthNumber: Int32(year * 12 + 6 + dice.below(2)))
        let before = byYear[year - firstYear]
        declared = (month, Fen(before.rawValue * Int64(dice.within(70...140)) / 100))
    }

    /// Three in four flexible workers pay at the floor; the others choose.
    private static func ofFlexible(_ rules: CityRules, _ dice: inout Dice) -> Fen {
        let floor = rules.baseLimits[0].floor
        return dice.happens(7500) ? floor : Fen(floor.rawValue + Int64(dice.below(20)) * 500_00)
    }

    func wage(in year: Int, knownOn date: CivilDate) -> Fen {
        if let declared, year == declared.month.year, date >= declared.month.firstDay { return declared.wage }
        return byYear[min(max(year - firstYear, 0), byYear.count - 1)]
    }

    /// The day from which contributions are collected at the wage declared again.
    func changeDay(of year: Int) -> CivilDate {
        declared?.month.firstDay ?? Month(monthNumber: Int32(year * 12)).firstDay
    }
}
