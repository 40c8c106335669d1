import Books
import Money
import Postgres
import Settlement

/// What stands on the accounts of a chunk's persons for a year, read once and parted by what it is proven with.
struct ProofEntries {
    /// Of the months that are settled for everyone, by person, month, key, revision.
    private(set) var credits: [EntryFact] = []
    /// Balances brought in, in the same order.
    private(set) var carriedIn: [EntryFact] = []
    /// Of settlements and account uses, those of other persons' settlements among them: by ``PostedEntry/precedes(_:_:)``.
    private(set) var ofFacts: [PostedEntry] = []

    /// Credits, interest and openings: entries that come from no single settlement or use.
    static let kindsOfOtherSubjects = [
        AccountMovement.credit.rawValue, AccountMovement.yearlyInterest.rawValue, AccountMovement.carriedIn.rawValue,
    ]

    init(plan: YearEndPlan, range: PersonRange, _ connection: inout Connection) throws {
        let days = plan.ledger.firstDay...plan.ledger.lastDay
        let openingMonths = plan.credit?.openingMonths ?? []
        let isOpening = openingMonths.filter { !days.contains($0.firstDay) }.reduce("false" as SQLText) {
            "\($0) OR e.covered_month = \(.day($1.firstDay))"
        }
        let statement = Statement(
            "entries to prove",
            """
            COPY (SELECT e.person_id, e.covered_month, e.kind, e.source, e.revision, e.amount_fen, e.citation_id
                  FROM ledger.account_entry e
                  WHERE e.person_id BETWEEN \(literal: range.first) AND \(literal: range.last)
                    AND (e.covered_month BETWEEN \(.day(days.lowerBound)) AND \(.day(days.upperBound)) OR \(isOpening))
                    AND e.kind <> \(literal: Int32(AccountMovement.yearlyInterest.rawValue))) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 7) { row in
            let (person, day, kind) = (try row.int64(), try row.date(), try row.int16())
            let (source, revision) = (try row.factID("ledger.account_entry"), try row.int16())
            let (amount, citation) = (try row.fen(), try row.int32())
            let entry = EntryFact(
                person: person, month: day.month, key: MovementKey(kind: kind, source: source), revision: revision,
                amount: amount, citation: citation)
            switch AccountMovement(rawValue: kind) {
            case .credit:
                if plan.credit?.months.contains(entry.month) == true { credits.append(entry) }
            case .carriedIn:
                if source == CreditSource.opening, openingMonths.contains(entry.month) { carriedIn.append(entry) }
            default:
                if days.contains(day) { ofFacts.append(PostedEntry(entry)) }
            }
        }
        credits = credits.mergedByPerson(\.person)
        credits.sortIfNeeded(by: EntryFact.precedes)
        carriedIn = carriedIn.mergedByPerson(\.person)
        carriedIn.sortIfNeeded(by: EntryFact.precedes)
        ofFacts = ofFacts.mergedByPerson(\.subject.person)
        ofFacts.sortIfNeeded(by: PostedEntry.precedes)
    }

    /// Gives the credits and the balances brought in away, which frees their memory when they have been compared.
    mutating func takeCredits() -> (credits: [EntryFact], carriedIn: [EntryFact]) {
        defer { (credits, carriedIn) = ([], []) }
        return (credits, carriedIn)
    }

    /// What stands there for the persons' own settlements and account uses.
    ///
    /// - Parameter others: settlements of other persons, ascending.
    func own(without others: [EntrySubject]) -> [PostedEntry] {
        guard !others.isEmpty else { return ofFacts }
        var next = 0
        return ofFacts.filter { entry in
            while next < others.count, others[next] < entry.subject { next += 1 }
            return next == others.count || others[next] != entry.subject
        }
    }
}

extension EntryFact {
    /// By person, month, key, revision.
    fileprivate static func precedes(_ left: EntryFact, _ right: EntryFact) -> Bool {
        if left.person != right.person { return left.person < right.person }
        if left.month != right.month { return left.month < right.month }
        if left.key != right.key { return left.key < right.key }
        return left.revision < right.revision
    }
}

extension PostedEntry {
    fileprivate init(_ entry: EntryFact) {
        self.init(
            subject: EntrySubject(person: entry.person, source: entry.key.source), kind: entry.key.kind,
            revision: entry.revision, amount: entry.amount, month: entry.month, citation: entry.citation)
    }
}
