import Money
import Settlement

/// What a chunk of a proof reads of its persons, besides settlements, which are folded as they come: what stands in the
/// ledger for a year, and who they are. Lists ascend by person and then as their comments say.
struct ProofFacts {
    /// Persons, enrolments, accumulators, paid months and account uses.
    var who = NightlyFacts()
    /// In force, by benefit month, identifier: of the year.
    var adjudications: [AdjudicationFact] = []
    /// Persons who have a settlement of the year refunded in a later one.
    var refundedLater: Set<Int64> = []
}

/// A fact that moves an account.
struct EntrySubject: Hashable, Comparable {
    let person: Int64
    /// `setl_id` or `acct_use_id`.
    let source: FactID

    static func < (left: EntrySubject, right: EntrySubject) -> Bool {
        left.person != right.person ? left.person < right.person : left.source < right.source
    }
}

/// What the ledger should hold for a fact that moves an account, other than credits, interest and openings.
struct DueEntry {
    let subject: EntrySubject
    /// What the balance grows by.
    let amount: Fen
    let month: Month
    let citation: Int32
}

/// One entry that stands in the ledger for such a fact.
struct PostedEntry {
    let subject: EntrySubject
    let kind: Int16
    let revision: Int16
    let amount: Fen
    let month: Month
    let citation: Int32

    /// By subject, kind, revision.
    static func precedes(_ left: PostedEntry, _ right: PostedEntry) -> Bool {
        if left.subject != right.subject { return left.subject < right.subject }
        return (left.kind, left.revision) < (right.kind, right.revision)
    }
}
