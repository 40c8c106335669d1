import Money

/// What the pooling fund (统筹基金) has paid of a year so far, and where a straight line leads from there. All in whole fen.
struct FundBurn: Hashable {
    /// The first month of the year that was settled here.
    let first: Month
    /// What each month moved, from ``first`` on, month by month; never empty.
    let months: [Fen]
    /// 年度预算: of levels and institutions together; `nil` if nobody supplied one.
    let budget: Fen?

    /// The last month that is settled.
    var last: Month { first.adding(months: months.count - 1) }

    /// What the months from the first to each of them come to.
    func cumulative() throws(MoneyOverflow) -> [Fen] {
        var (sums, sum) = ([Fen](), Fen.zero)
        for month in months {
            try sum += month
            sums.append(sum)
        }
        return sums
    }

    func spent() throws(MoneyOverflow) -> Fen { try cumulative().last ?? .zero }

    /// What the year comes to by the end of a month if each goes on as those settled did: paid ÷ months settled × months to
    /// be counted, multiplied first and rounded once.
    func forecast(through month: Month) throws(MoneyOverflow) -> Fen {
        let wanted = first.distance(to: month) + 1
        return try Fen(
            Int128(try spent().rawValue) * Int128(wanted), dividedBy: Int128(months.count), rounding: .halfUp)
    }

    /// By the end of December.
    func forecastOfYear() throws(MoneyOverflow) -> Fen { try forecast(through: .last(of: first.year)) }

    /// An amount as a share of the budget, to a hundredth of a percent; `nil` without a budget.
    func share(_ amount: Fen) throws(MoneyOverflow) -> Rate? {
        guard let budget, budget > .zero else { return nil }
        let points = try Fen(Int128(amount.rawValue) * 10_000, dividedBy: Int128(budget.rawValue), rounding: .halfUp)
        return Rate(basisPoints: points.rawValue)
    }
}
