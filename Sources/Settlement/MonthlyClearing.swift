package import Money

/// 月清算: what the clearings of an institution and fund moved, one or many of them added up. All in fen.
package struct ClearingMovement: Hashable, Sendable {
    /// What adjudications came to.
    package var incurred = Fen.zero
    /// Of it, settlements about which a difference is open; released ones are taken off.
    package var withheld = Fen.zero
    /// What annual clearings added or took, and gave back of the deposit.
    package var annual = Fen.zero
    /// 质量保证金 held.
    package var deposit = Fen.zero
    /// 拨付. A single clearing never pays less than nothing.
    package var payment = Fen.zero
    /// Left to later clearings; never above zero in sum: it is what the institution owes back.
    package var carried = Fen.zero

    package init() {}

    /// 认可费用: what deposit is reckoned on.
    package func recognised() throws(MoneyOverflow) -> Fen { try incurred - withheld }

    package var isNothing: Bool { self == ClearingMovement() }

    package mutating func add(_ other: ClearingMovement) throws(MoneyOverflow) {
        try incurred += other.incurred
        try withheld += other.withheld
        try annual += other.annual
        try deposit += other.deposit
        try payment += other.payment
        try carried += other.carried
    }
}

/// What a clearing looks at.
package struct ClearingFacts: Hashable, Sendable {
    /// What adjudications came to that no clearing has looked at.
    package var newlyIncurred = Fen.zero
    /// Of all that was incurred, what a difference is open about now.
    package var withheldNow = Fen.zero
    /// All that annual clearings so far added or took, with the deposits given back.
    package var annualTotal = Fen.zero

    package init() {}
}

/// 月清算, by difference: what is recognised goes to the institution but for the deposit; what it owes back, as after a
/// refund of what was paid, is set off against what comes later.
///
/// The deposit is reckoned on the sum of the year of the books, rounded once, so that the months of a year add up to what
/// the year comes to; it never falls below nothing.
///
/// incurred − withheld + annual = deposit + payment + carried, in each movement and in sum.
///
/// - Parameters:
///   - posted: all clearings so far.
///   - year: those of the year of the books.
///   - depositRate: for the whole year.
package func clearMonth(
    _ facts: ClearingFacts, posted: ClearingMovement, year: ClearingMovement, depositRate: Rate, rounding: Rounding
) throws(MoneyOverflow) -> ClearingMovement {
    var movement = ClearingMovement()
    movement.incurred = facts.newlyIncurred
    movement.withheld = try facts.withheldNow - posted.withheld
    movement.annual = try facts.annualTotal - posted.annual
    let recognised = try movement.recognised()
    let due = try (year.recognised() + recognised).times(depositRate, rounding: rounding)
    movement.deposit = try max(.zero, due) - year.deposit
    let balance = try posted.carried + recognised + movement.annual - movement.deposit
    movement.payment = max(.zero, balance)
    movement.carried = try balance - movement.payment - posted.carried
    return movement
}
