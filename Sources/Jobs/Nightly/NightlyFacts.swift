import Money
import Settlement

/// A settlement as delivered, with what the counter reported.
struct SettlementFact {
    let person: Int64
    let id: FactID
    let time: CivilTime
    let visit: FactID
    let institution: FactID
    let prescriber: FactID?
    let insurance: Int16
    let medicalType: Int32
    let disease: FactID
    let claim: Claim
    let familyOwner: Int64?
    let original: FactID?
    /// What the counter said, `nil` where it said nothing.
    let reportedDeductible: Fen?
    let reportedPool: Fen?
    let reportedCash: Fen?
}

/// An adjudication in force.
struct AdjudicationFact {
    let person: Int64
    let id: FactID
    let benefitMonth: Month
    let revision: Int16
    let verdict: Int16
    let category: Int16?
    let level: Int16?
    let rate: Int16
    let eligible: Fen
    let deductible: Fen
    let payable: Fen
    let pool: Fen
    let account: Fen
    let family: Fen
    let cash: Fen
}

/// The sums that a person's benefit year stands at.
struct AccumulatorFact: Equatable {
    let person: Int64
    let year: Int16
    let sums: YearSums
    let lastTime: CivilTime
    let lastID: FactID
    let lastCategory: Int16?
}

/// A use of an account outside settlements.
struct AccountUseFact {
    let person: Int64
    let id: FactID
    let kind: Int16
    let use: String
    let beneficiary: Int64?
    let amount: Fen
    let date: CivilDate
    let isCancellation: Bool
}

/// Whose account may pay for whom.
struct FamilyLinkFact {
    let person: Int64
    let relative: Int64
    let begin: CivilDate
    let end: CivilDate?
    let isValid: Bool
    let relation: String
}

/// The facts and sums of one chunk, each list ascending by person and then as its comment says: of the persons of whom
/// something is new, and no others.
struct NightlyFacts {
    /// By batch.
    var persons: [PersonVersion] = []
    /// By begin, batch.
    var enrolments: [EnrolmentVersion] = []
    /// New ones, by time, identifier.
    var settlements: [SettlementFact] = []
    /// By year.
    var accumulators: [AccumulatorFact] = []
    /// Persons all of whose settlements have to be looked at again whatever is new among them.
    var changedPersons: [Int64] = []
    /// Months with a paid contribution, where the rules pool paid months only.
    var paidMonths: [Int64: Set<Month>] = [:]
    /// New ones, by identifier.
    var accountUses: [AccountUseFact] = []

    /// Nothing new, of nobody.
    var isEmpty: Bool { settlements.isEmpty && accountUses.isEmpty && changedPersons.isEmpty }
}
