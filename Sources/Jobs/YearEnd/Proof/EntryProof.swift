import Money
import Settlement

/// Compares what settlements and uses should have moved with the entries of the chunk's accounts, fact by fact.
///
/// What differs is posted as a special adjustment (110) under the same source: the next revision of the entry itself
/// belongs to the settlement's next revision.
struct EntryProof {
    /// By person, source.
    private let due: [DueEntry]
    private let posted: [PostedEntry]
    private(set) var adjustments: [Adjustment] = []

    struct Adjustment {
        let person: Int64
        let source: FactID
        let amount: Fen
        let month: Month
        let citation: Int32
        let revision: Int16
    }

    /// - Parameter posted: by person, source.
    init(due: [DueEntry], posted: [PostedEntry]) throws {
        self.due = due.sorted { ($0.person, $0.source) < ($1.person, $1.source) }
        self.posted = posted
        try compare()
    }

    private mutating func compare() throws {
        var (nextDue, nextPosted) = (0, 0)
        while nextDue < due.count || nextPosted < posted.count {
            let subject = subject(nextDue, nextPosted)
            var difference = Fen.zero
            var (month, citation) = (Month(monthNumber: 0), Int32(0))
            var revision: Int16 = 0
            while nextPosted < posted.count, isOf(subject, posted[nextPosted].person, posted[nextPosted].source) {
                let entry = posted[nextPosted]
                try difference -= entry.amount
                (month, citation) = (entry.month, entry.citation)
                if entry.kind == AccountMovement.specialAdjustment.rawValue { revision = entry.revision + 1 }
                nextPosted += 1
            }
            while nextDue < due.count, isOf(subject, due[nextDue].person, due[nextDue].source) {
                try difference += due[nextDue].amount
                (month, citation) = (due[nextDue].month, due[nextDue].citation)
                nextDue += 1
            }
            guard difference != .zero else { continue }
            adjustments.append(
                Adjustment(
                    person: subject.person, source: subject.source, amount: difference, month: month,
                    citation: citation, revision: revision))
        }
    }

    private struct Subject {
        let person: Int64
        let source: FactID
    }

    private func subject(_ nextDue: Int, _ nextPosted: Int) -> Subject {
        guard nextPosted < posted.count else {
            return Subject(person: due[nextDue].person, source: due[nextDue].source)
        }
        let entry = posted[nextPosted]
        guard nextDue < due.count, (due[nextDue].person, due[nextDue].source) < (entry.person, entry.source) else {
            return Subject(person: entry.person, source: entry.source)
        }
        return Subject(person: due[nextDue].person, source: due[nextDue].source)
    }

    private func isOf(_ subject: Subject, _ person: Int64, _ source: FactID) -> Bool {
        person == subject.person && source == subject.source
    }
}
