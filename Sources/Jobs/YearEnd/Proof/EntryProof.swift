import Money
import Postgres
import Settlement

/// Compares what settlements and uses should have moved with the entries of the chunk's accounts, fact by fact.
///
/// What differs is posted as a special adjustment (110) under the same source: the next revision of the entry itself
/// belongs to the settlement's next revision.
struct EntryProof {
    /// By subject.
    private let due: [DueEntry]
    private let posted: [PostedEntry]
    private(set) var adjustments: [Adjustment] = []

    struct Adjustment {
        let subject: EntrySubject
        let amount: Fen
        let month: Month
        let citation: Int32
        let revision: Int16
    }

    /// - Parameter posted: by ``PostedEntry/precedes(_:_:)``.
    init(due: [DueEntry], posted: [PostedEntry]) throws {
        self.due = due.sorted { $0.subject < $1.subject }
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
            while nextPosted < posted.count, posted[nextPosted].subject == subject {
                let entry = posted[nextPosted]
                try difference -= entry.amount
                (month, citation) = (entry.month, entry.citation)
                if entry.kind == AccountMovement.specialAdjustment.rawValue { revision = entry.revision + 1 }
                nextPosted += 1
            }
            while nextDue < due.count, due[nextDue].subject == subject {
                try difference += due[nextDue].amount
                (month, citation) = (due[nextDue].month, due[nextDue].citation)
                nextDue += 1
            }
            guard difference != .zero else { continue }
            adjustments.append(
                Adjustment(
                    subject: subject, amount: difference, month: month, citation: citation, revision: revision))
        }
    }

    /// The smallest of what is left.
    private func subject(_ nextDue: Int, _ nextPosted: Int) -> EntrySubject {
        guard nextPosted < posted.count else { return due[nextDue].subject }
        guard nextDue < due.count else { return posted[nextPosted].subject }
        return min(due[nextDue].subject, posted[nextPosted].subject)
    }
}

extension EntryProof {
    var persons: Set<Int64> { Set(adjustments.map(\.subject.person)) }

    /// What the adjustments come to, money by its magnitude.
    var differences: Count {
        get throws(MoneyOverflow) {
            var count = Count()
            for adjustment in adjustments { try count.add(adjustment.amount.magnitude) }
            return count
        }
    }

    /// What the adjustments post; nothing if there are none.
    var controlTotals: [ControlTotal] {
        get throws(MoneyOverflow) {
            var restored = Count()
            for adjustment in adjustments { try restored.add(adjustment.amount) }
            return adjustments.isEmpty ? [] : [ControlTotal(measure: "entry.restored", item: "", count: restored)]
        }
    }

    func write(of run: Run, _ connection: inout Connection) throws {
        var rows = EntryRows(runID: run.id)
        for adjustment in adjustments {
            rows.append(
                person: adjustment.subject.person, amount: adjustment.amount, month: adjustment.month,
                effectiveOn: run.instance.businessDate, citation: adjustment.citation,
                kind: AccountMovement.specialAdjustment.rawValue, revision: adjustment.revision,
                source: adjustment.subject.source)
        }
        try rows.write(&connection)
    }
}
