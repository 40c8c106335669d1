import Money
import Postgres
import Settlement

/// 年终核对. Proves a year of a chunk: computes anew what is due, compares it with what is posted, posts what differs by the
/// same folds that month-ends and nights post by, and looks again. What settlements of others take from an account is proven
/// by ``FamilyProof``, when every adjudication is right.
struct ChunkProof {
    private let plan: YearEndPlan
    private let range: PersonRange
    /// In a dry run nothing is written, and so nothing can be looked at again.
    private let writes: Bool

    init(plan: YearEndPlan, range: PersonRange, writes: Bool) {
        self.plan = plan
        self.range = range
        self.writes = writes
    }

    /// What a look at the chunk found.
    private struct Look {
        var differences = ProofTally.Differences()
        var people: Set<Int64> = []
        var unfounded = Count()
        var totals = ControlSums()
    }

    func run(_ connection: inout Connection) throws -> [ControlTotal] {
        let first = try look(posts: true, &connection)
        var sums = first.totals
        try sums.add(
            first.differences.controlTotals(
                "difference", people: first.people.count, unfounded: first.unfounded))
        var rest = Look()
        rest.unfounded = first.unfounded
        if writes, !first.differences.isEmpty { rest = try look(posts: false, &connection) }
        let remainder = rest.differences.controlTotals(
            "remainder", people: rest.people.count, unfounded: rest.unfounded)
        if writes { try plan.expectNothing(of: remainder) }
        try sums.add(remainder)
        return sums.totals
    }

    /// The persons of the chunk of whom the ledger does not hold what their facts come to, ascending. Writes nothing.
    func differingPersons(_ connection: inout Connection) throws -> [Int64] {
        try look(posts: false, &connection).people.sorted()
    }

    private func look(posts: Bool, _ connection: inout Connection) throws -> Look {
        var look = Look()
        var entries = try ProofEntries(plan: plan, range: range, &connection)
        let people = try ProofPeople.read(plan, range, &connection)
        if let credit = plan.credit, let people = people.credits {
            let facts = try ProofCredits(plan: credit, range: range).read(people, &entries, &connection)
            try lookAtCredits(credit, facts, &look, posts: posts, &connection)
        }
        if let pooling = plan.pooling, let people = people.pooling {
            try lookAtPooling(pooling, people, entries, &look, posts: posts, &connection)
        }
        return look
    }

    private func lookAtCredits(
        _ credit: CreditPlan, _ facts: CreditFacts, _ look: inout Look, posts: Bool, _ connection: inout Connection
    ) throws {
        var fold = CreditFold(plan: credit, facts: facts)
        try fold.run()
        for (_, count) in fold.tally.posted.items {
            look.differences.credits.rows += count.rows
            try look.differences.credits.amount += count.amount.magnitude
        }
        look.people.formUnion(fold.movedPersons)
        guard posts else { return }
        try look.totals.add(fold.controlTotals)
        if writes { try fold.write(&connection) }
    }

    private func lookAtPooling(
        _ pooling: NightlyPlan, _ people: ProofPeople, _ entries: ProofEntries, _ look: inout Look, posts: Bool,
        _ connection: inout Connection
    ) throws {
        let extract = ProofExtract(plan: pooling, year: plan.year, range: range)
        let facts = try extract.read(people, &connection)
        let fold = try extract.fold(facts, &connection)
        let differing = fold.differing.sorted()
        look.differences.settlements = fold.tally.differences.settlements
        look.differences.sums = fold.tally.differences.sums
        look.unfounded = fold.tally.unfounded
        look.people.formUnion(differing)
        var entries = entries
        if posts {
            try look.totals.add(fold.tally.controlTotals)
            if !differing.isEmpty {
                try repair(differing, pooling, extract, facts, &look, &connection)
                if writes { entries = try ProofEntries(plan: plan, range: range, &connection) }
            }
        }
        // Until the adjudications are written, their entries cannot be told from those that are missing.
        guard writes || !posts || differing.isEmpty else { return }
        let proof = try EntryProof(
            due: fold.dueEntries, posted: entries.own(without: try extract.readFamilySubjects(&connection)))
        look.differences.entries = try proof.differences
        look.people.formUnion(proof.persons)
        guard posts else { return }
        try look.totals.add(proof.controlTotals)
        if writes { try proof.write(of: plan.run, &connection) }
    }

    /// Has the fold of a night write what the persons lack.
    private func repair(
        _ persons: [Int64], _ pooling: NightlyPlan, _ extract: ProofExtract, _ facts: ProofFacts,
        _ look: inout Look, _ connection: inout Connection
    ) throws {
        let (repair, history) = try extract.repairFacts(of: persons, facts, &connection)
        var fold = NightlyFold(
            plan: pooling, facts: repair,
            causes: Dictionary(uniqueKeysWithValues: persons.map { ($0, plan.cause) }),
            pasts: PersonPasts(
                settlements: history, adjudications: try extract.adjudications(of: persons, &connection),
                discrepancies: try extract.counterDiscrepancies(of: persons, &connection)))
        try fold.finish { try extract.familyLinks(of: $0, &connection) }
        if writes { try fold.write(&connection) }
        // The year's settlements are counted by the proof, those written here a second time.
        try look.totals.add(
            fold.controlTotals.filter { $0.measure != "settlement.read" && $0.measure != "settlement.verdict" })
    }
}
