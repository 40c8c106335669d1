package import Money
package import Policy

/// What a settlement of a benefit year was decided by, for those who explain it.
package struct SettlementBasis: Sendable {
    package let item: YearItem
    /// The rules of the day; `nil` if none covers it.
    package let table: OutpatientTable?
    package let verdict: Verdict
    /// `nil` outside pooling and for what was refused, as are category and level.
    package let terms: OutpatientTerms?
    package let category: InsuredCategory?
    package let level: InstitutionLevel?
    /// The year's sums before the settlement.
    package let sumsBefore: YearSums
    /// Deductible used before it in the deductible's period.
    package let deductibleBefore: Fen
    /// What is left of the claim after refunds, and what that comes to.
    package let claim: Claim
    package let decision: Decision
}
