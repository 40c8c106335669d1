package import Money
package import Policy

/// What was credited and yet should be looked at: the payment does not fit the rates or the limits of the month.
package enum ContributionFinding: String, Hashable, Sendable, CaseIterable {
    /// The own part is not the base × the own rate (or × the flexible rate, for flexible workers).
    case ownPart = "own_part_differs"
    /// The employer's part is not the base × the employer's rate; a flexible worker has none.
    case employerPart = "employer_part_differs"
    /// The base of the month, differences included, is below the floor.
    case baseBelowFloor = "base_below_floor"
    /// The base of the month, differences included, is above the ceiling.
    case baseAboveCeiling = "base_above_ceiling"
}

/// What the parts of a contribution should be (二（三）).
package struct ContributionSplit: Hashable, Sendable {
    package let ownPart: Fen
    package let employerPart: Fen
}

/// 费率核对。 What should have arrived for a base: employees pay the own rate and their employer the employer's rate,
/// flexible workers pay the whole of theirs themselves.
package func expectedSplit(
    of contribution: Contribution, category: InsuredCategory, terms: CreditTerms
) throws(MoneyOverflow) -> ContributionSplit {
    guard category == .flexible else {
        return ContributionSplit(
            ownPart: try contribution.base.times(terms.ownRate, rounding: terms.rounding),
            employerPart: try contribution.base.times(terms.employerRate, rounding: terms.rounding))
    }
    return ContributionSplit(
        ownPart: try contribution.base.times(terms.flexibleRate, rounding: terms.rounding), employerPart: .zero)
}

/// 基数上下限核对。 Looks at the base that stands for a month after all its contributions.
///
/// - Returns: the limit that is broken, or `nil`.
package func limitFinding(base: Fen, terms: CreditTerms) -> (finding: ContributionFinding, limit: Fen)? {
    if base < terms.baseFloor { return (.baseBelowFloor, terms.baseFloor) }
    if base > terms.baseCeiling { return (.baseAboveCeiling, terms.baseCeiling) }
    return nil
}
