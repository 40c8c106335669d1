package import Money
package import Policy

/// 门诊统筹支付。 连政办发〔2022〕73号 二（一）: the in-scope amount above the deductible × the rate of the category and the
/// institution's level, up to what is left of the year's ceiling. All amounts in fen.
///
/// The claim must add up and not be negative; a refund is decided by ``PersonYear``.
///
/// - Parameters:
///   - sums: the person's benefit year before this settlement.
///   - deductibleUsed: deductible used in its period: the year's, or the visit's or day's where the rules say so.
package func adjudicate(
    _ claim: Claim, _ terms: OutpatientTerms, level: InstitutionLevel, decisions: OutpatientDecisions,
    after sums: YearSums, deductibleUsed: Fen
) throws(MoneyOverflow) -> Decision {
    var decision = Decision()
    decision.eligible = claim.eligible
    decision.deductible = min(claim.eligible, max(.zero, try terms.deductible - deductibleUsed))
    decision.rate = terms.poolRates[level]
    let shared = try claim.eligible - decision.deductible
    let left = max(.zero, try terms.annualCap - sums.counted)
    decision.payable = try shared.times(decision.rate, rounding: decisions.rounding)
    switch decisions.ceilingCounts {
    case .poolPayment:
        decision.poolPayment = min(decision.payable, left)
        decision.counted = decision.poolPayment
    case .eligibleAboveDeductible:
        decision.counted = min(shared, left)
        decision.poolPayment = try decision.counted.times(decision.rate, rounding: decisions.rounding)
    }
    try dividePersonPart(of: claim, order: decisions.payerOrder, into: &decision)
    return decision
}

/// 支付顺序。 What the fund and the institution do not bear is the person's: the own account and the family account as far
/// as they paid at the counter, in the order of the rules, the rest in cash. An account never pays more than there is to
/// pay.
func dividePersonPart(
    of claim: Claim, order: PayerOrder, into decision: inout Decision
) throws(MoneyOverflow) {
    let person = try claim.total - decision.poolPayment - claim.institutionBorne
    switch order {
    case .ownAccountFirst:
        decision.accountPayment = max(.zero, min(claim.accountPaid, person))
        decision.familyAccountPayment = max(.zero, min(claim.familyAccountPaid, try person - decision.accountPayment))
    case .familyAccountFirst:
        decision.familyAccountPayment = max(.zero, min(claim.familyAccountPaid, person))
        decision.accountPayment = max(.zero, min(claim.accountPaid, try person - decision.familyAccountPayment))
    }
    decision.cashPayment = try person - decision.accountPayment - decision.familyAccountPayment
}
