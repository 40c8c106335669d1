/// What a real city's data has and a tidy example lacks. Each case has a share (``CityShares``) and is counted in the
/// facts as delivered (``CityCensus``); the comment says what is counted, so that a reader of the files finds the same.
package enum AwkwardCase: Int, CaseIterable, Hashable, Sendable {
    // Persons.

    /// Persons whose first enrolment as employees (310) begins in the city's months. Share: of working persons a year.
    case movedIn
    /// The same of retirees: they have no level of the year before. Share: of retirees a year.
    case movedInRetired
    /// Persons whose last enrolment ends, and who are not known to have died. Share: of persons a year.
    case movedAway
    /// Persons with a later enrolment row after one that ended. Share: of working persons a year.
    case cameBack
    /// Employees who go on as flexible workers. Share: of employees a year.
    case becameFlexible
    /// Persons who change from working to retired in the city's months. Share: of working persons a year.
    case retired
    /// Of these, retirements that were decided in a later month than they are dated. Share: of retirements.
    case retirementDecidedLate
    /// Of these, retirements whose date was corrected: the first row is withdrawn. Share: of retirements.
    case retirementCorrected
    /// Persons with a date of death. Share: of working persons a year, twelve times as many of retirees.
    case died
    /// Of these, deaths that became known in a later month. Share: of deaths.
    case deathReportedLate
    /// Of these, deaths known while the enrolment goes on without an end. Share: of deaths.
    case deathWithoutEnd
    /// Retirees, veterans among them, without a level of the year before. Share: of those retired before, besides all
    /// who retired or moved in.
    case retireeWithoutLevel
    /// Retirees of the city's months whose level the office supplied later. Share: of retirements.
    case levelSuppliedLate
    /// Levels without the amount of December. Share: of levels.
    case decemberAmountMissing
    /// Persons with an earlier enrolment as residents (390). Share: of working persons.
    case formerResident

    // Contributions, counted in rows. Shares of paid months, where nothing else is said.

    /// Normal contributions (10) received in a later month than covered.
    case latePayment
    /// Months in which a person was enrolled and working, without a contribution. Share: months never paid; payments
    /// on their way at the end of the city's months add to the count.
    case unpaidMonth
    /// Normal contributions (10) for a month that has one already.
    case paidTwice
    /// Refunds (20) of all of a contribution. Share: besides those of months paid twice or after retirement.
    case refundWhole
    /// Refunds (20) of part of a contribution.
    case refundPartial
    /// Normal contributions (10) whose own part is not at the rate: 2 %, of flexible workers 8 %.
    case wrongOwnAmount
    /// Normal contributions (10) whose employer part is not 7 %.
    case wrongEmployerAmount
    /// Rate differences (35): the employer paid too little, which is made up later.
    case rateDifference
    /// Back collections (30), of two to six months at once. Share: of working persons a year.
    case backCollection
    /// Normal contributions (10) received in an earlier month than covered. Share: of working persons a year.
    case paidInAdvance
    /// Base differences (34) because a wage was declared again in July or August. Share: of employees a year.
    case declaredDifference
    /// Of these, the ones that take back.
    case declaredDifferenceDown
    /// Base differences (34) because limits were published after months had been collected. No share: all whom the new
    /// limits concern.
    case limitDifference
    /// Lump sums (32) of retirements. Share: of retirements.
    case lumpSum
    /// Contributions (10, 30) that cover months after the month of retirement. Share: none, all decided late.
    case contributionWhileRetired
    /// Contributions (10) that cover the month after a death. Share: of employees' deaths.
    case contributionAfterDeath
    /// Contributions (10) that cover the month after a departure. Share: of employees' departures.
    case contributionAfterDeparture

    // Settlements, counted in rows. Shares of settlements, where nothing else is said.

    /// A settlement in the same second as another one of the person.
    case sameSecond
    /// Settlements that arrive in a later month.
    case lateSettlement
    /// Mirror rows of refunds, the impossible ones included.
    case refund
    /// Of these, refunds in a later year than the original. Share: of refunds of the last quarter.
    case refundNextYear
    /// Rows without what the counter worked out.
    case notReported
    /// Rows with a part that the hospital bears.
    case hospitalBorne
    /// The own account pays more than the eligible part that is left to the person.
    case accountPaysSelfPay
    /// Pharmacy sales with a prescription. Share: of pharmacy sales.
    case prescriptionFilled
    /// A family member's account pays. Share: of settlements of persons with a sharing family member.
    case familyPayment
    /// Of these, payments on a day without a valid link. Share: families without or with an expired link.
    case familyPaymentWithoutLink
    /// Institutions that nobody knows.
    case unknownInstitution
    /// Persons and years in which the pool has paid up to the ceiling at the end. No share: who is ill.
    case ceilingReached

    // Settlements at careless institutions (``carelessMonth``), counted in rows; shares of settlements there.

    /// Months of institutions whose bookkeeping is not to be trusted, drawn for each institution and month; counted
    /// are the statement lines made in them.
    case carelessMonth
    /// The counter's deductible or pool payment is not what is due.
    case wrongCounterAmount
    /// The parts of the fee do not add up to the total.
    case partsDoNotAdd
    /// Settlements on a day on which the person is not enrolled. Share: of visits that would fall on such days.
    case settlementNotEnrolled
    /// Refunds of settlements that nobody knows.
    case refundWithoutOriginal
    /// Second refunds of a settlement.
    case refundTwice
    /// Refunds of twice the original.
    case refundOverOriginal
    /// Lines of settlements that the centre does not have.
    case onlyAtInstitution
    /// Settlements of careless months without a line.
    case onlyAtCentre
    /// Lines with another total, fund or account payment than the settlement.
    case lineAmountsDiffer
    /// Lines with another refund flag than the settlement.
    case lineRefundStateDiffers

    // Account uses, counted in rows. Shares of persons a year.

    /// Premiums (205) of the owner, those taken back included.
    case ownPremium
    /// Premiums (205) for a family member with a valid link. Share: of persons with a sharing family member a year.
    case familyPremium
    /// Premiums (205) for somebody without a valid link to the owner. Share: for strangers; besides families whose link
    /// is missing or has expired.
    case premiumWithoutLink
    /// Uses (201) for what the account must not pay.
    case useOutOfScope
    /// Rows that take back another use. Share: of premiums.
    case useCancelled
    /// Balances that arrive with a person (107). Share: of arrivals.
    case transferredIn
    /// Balances that leave with a person (207). Share: of departures.
    case transferredOut
    /// Balances paid to heirs (208). Share: of deaths.
    case toHeirs
}
