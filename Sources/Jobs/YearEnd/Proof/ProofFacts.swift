import Money
import Settlement

/// What a chunk of a proof reads: a year's facts of its persons, and what stands in the ledger for them.
struct ProofFacts {
    /// Persons, enrolments, accumulators, paid months and account uses; the settlements stand apart, since of most
    /// persons one year is folded and of some all.
    var who = NightlyFacts()
    /// By person, time, identifier: those of the year, and all of ``crossing`` persons.
    var settlements: [SettlementFact] = []
    /// Persons with a refund in one year of a settlement in another: all their years are folded.
    var crossing: Set<Int64> = []
    /// In force, by person, benefit month, identifier: of the year, and all of ``crossing`` persons.
    var adjudications: [AdjudicationFact] = []
}

/// A fact that moves an account.
struct EntrySubject: Hashable {
    let person: Int64
    /// `setl_id` or `acct_use_id`.
    let source: FactID
}

/// What the ledger should hold for a fact that moves an account, other than credits, interest and openings.
struct DueEntry {
    let person: Int64
    /// `setl_id` or `acct_use_id`.
    let source: FactID
    /// What the balance grows by.
    let amount: Fen
    let month: Month
    let citation: Int32
}

/// One entry that stands in the ledger for such a fact.
struct PostedEntry {
    let person: Int64
    let source: FactID
    let kind: Int16
    let revision: Int16
    let amount: Fen
    let month: Month
    let citation: Int32
}
