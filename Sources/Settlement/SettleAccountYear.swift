package import Money
package import Policy

/// 个人账户年度结转与计息: one account from its opening to its closing, with the interest of the year.
///
/// On one day money comes in first (what is brought in from earlier years before all other), then credits are taken
/// back, then money is spent; the order in which movements are given does not matter. What is effective before the year
/// is in the account at its first moment.
///
/// - What comes in is money of the year, a refund or a correction of an earlier year as well; only an opening balance
///   from the former system that was effective before the year is last year's.
/// - What takes back income (a credit, an adjustment) of the year takes this year's money first, newest first after
///   that; what takes back income of an earlier year takes last year's money first, then older, then this year's.
/// - Payments, premiums and what else goes out take money in the spending order of the rules.
/// - Interest comes in as money of the year, when everything else has passed.
///
/// - Parameters:
///   - year: the year of the books that the movements are posted in, and that of `terms`.
///   - opening: what the year before carried forward; none of it is money of this year.
///   - movements: all of the account's, in any order, without the interest of this year.
package func settleAccountYear(
    _ year: Int, opening: AccountAges, movements: [AccountYearMovement], terms: InterestTerms
) throws(MoneyOverflow) -> AccountYear {
    precondition(terms.year == year, "the movements of a year are settled by the terms of that year")
    precondition(opening.thisYear == .zero, "a year opens with money of the years before it")
    var columns = Columns()
    var steps: [Step] = []
    steps.reserveCapacity(movements.count)
    let (firstDay, lastDay) = (terms.firstDay, terms.lastDay)
    for movement in movements {
        let column = AccountColumn(kind: movement.kind)
        try columns.add(movement, to: column, of: year)
        // The books of the year have the movement, so it is in the closing, whatever later day it names.
        let date = min(movement.effectiveOn, lastDay)
        let effect = Effect(movement, column, of: year, isBefore: date < firstDay)
        steps.append(Step(date: date, effect: effect, amount: movement.amount))
    }
    steps.sort { $0.order < $1.order }

    let spending = TakingOrder(terms.spendingOrder)
    var ages = opening
    try ages.gatherDebt()
    var meter = InterestMeter(terms)
    for step in steps {
        try meter.bear(ages, until: step.date)
        try ages.apply(step, spending)
    }
    let parts = try meter.parts(closing: ages, by: terms)
    for part in parts {
        try ages.addThisYear(part.amount)
        try columns.interest += part.amount
    }
    return try columns.year(from: opening, to: ages, parts)
}

/// What a movement does to the ages of an account, in the order of one day.
private enum Effect: Int8 {
    case bringsLastYear
    case bringsThisYear
    case takesBackThisYear
    case takesBackEarlierYear
    case spends

    init(_ movement: AccountYearMovement, _ column: AccountColumn, of year: Int, isBefore: Bool) {
        let isTaken = movement.amount < .zero
        if movement.isBroughtIn {
            switch (isTaken, isBefore) {
            case (false, true): self = .bringsLastYear
            case (false, false): self = .bringsThisYear
            case (true, true): self = .takesBackEarlierYear
            case (true, false): self = .takesBackThisYear
            }
        } else if !isTaken {
            self = .bringsThisYear
        } else if column.isIncome {
            self = movement.coveredYear < year ? .takesBackEarlierYear : .takesBackThisYear
        } else {
            self = .spends
        }
    }
}

/// A movement, ready to be put in order. Steps of the same day and effect may change places.
private struct Step {
    let date: CivilDate
    let effect: Effect
    let amount: Fen

    /// By day, then by effect.
    var order: Int64 { Int64(date.dayNumber) << 8 + Int64(effect.rawValue) }
}

extension AccountAges {
    fileprivate mutating func apply(_ step: Step, _ spending: TakingOrder) throws(MoneyOverflow) {
        switch step.effect {
        case .bringsLastYear: try addLastYear(step.amount)
        case .bringsThisYear: try addThisYear(step.amount)
        case .takesBackThisYear: try take(step.amount.negated(), .newestFirst)
        case .takesBackEarlierYear: try take(step.amount.negated(), .carriedFirst)
        case .spends: try take(step.amount.negated(), spending)
        }
    }
}

/// The sums of a year by column, as the columns of ``AccountYear``.
private struct Columns {
    var broughtIn = Fen.zero
    var credit = Fen.zero
    var interest = Fen.zero
    var otherIn = Fen.zero
    var payment = Fen.zero
    var otherOut = Fen.zero
    var priorYear = Fen.zero

    mutating func add(
        _ movement: AccountYearMovement, to column: AccountColumn, of year: Int
    ) throws(MoneyOverflow) {
        guard !movement.isBroughtIn else {
            try broughtIn += movement.amount
            return
        }
        switch column {
        case .credit: try credit += movement.amount
        case .interest: try interest += movement.amount
        case .otherIn: try otherIn += movement.amount
        case .payment: try payment -= movement.amount
        case .otherOut: try otherOut -= movement.amount
        }
        if movement.coveredYear < year { try priorYear += movement.amount }
    }

    /// The ages went through every movement, the columns only added up: that both come to the same closing is checked.
    func year(
        from opening: AccountAges, to ages: AccountAges, _ parts: [InterestPart]
    ) throws(MoneyOverflow) -> AccountYear {
        let opening = try opening.total
        let closing = try ages.total
        let moved = try opening + broughtIn + credit + interest + otherIn - payment - otherOut
        precondition(moved == closing, "the opening and all movements make the closing")
        return AccountYear(
            opening: opening, broughtIn: broughtIn, credit: credit, interest: interest, otherIn: otherIn,
            payment: payment, otherOut: otherOut, closing: closing, priorYear: priorYear, ages: ages,
            interestParts: parts)
    }
}
