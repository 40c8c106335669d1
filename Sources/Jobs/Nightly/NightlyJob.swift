import Books
package import Money
import Policy
import Postgres
import Settlement

/// 夜间批量结算。 Adjudicates what has been delivered up to a business date, books what accounts paid, and compares with
/// what the counters reported.
package struct NightlyJob {
    let context: JobContext
    private let date: CivilDate

    /// How many settlements take the room of a person in a chunk of a month-end.
    private static var settlementsForPerson: Int { 2 }
    /// Whose histories a worker holds at the same time.
    private static var peopleFoldedAnewAtOnce: Int { 512 }

    package init(_ context: JobContext, date: CivilDate) {
        self.context = context
        self.date = date
    }

    /// Runs, resumes, or says that there is nothing to do.
    ///
    /// - Throws: ``JobError``, `PolicyError`, `DatabaseError`.
    package func run() async throws -> NightlyResult {
        let result = try await perform()
        let reconciliation = NightlyReconciliation(context: context, date: date)
        switch result {
        case .dryRun: return result
        case .alreadyDone(let run):
            if run.instance == instance, !context.isDryRun { try reconciliation.catchUp() }
            return result
        case .settled(var summary):
            try reconciliation.catchUp()
            summary.reconciliation = try reconciliation.summary()
            return .settled(summary)
        }
    }
}

extension NightlyJob: ChunkedJob {
    var instance: Instance { .nightly(date) }

    func checkGate(_ connection: inout Connection) throws {
        guard context.clock.today > date else { throw JobError.dayNotOver(date, today: context.clock.today) }
        guard try !PeriodStore.isClosed(date.month, &connection) else {
            throw JobError.periodClosed(date.month, instance)
        }
    }

    func settlingRun(_ runs: [Run]) -> Run? {
        NightlySchedule(runs).settlingRun(of: date)
    }

    func plan(_ connection: inout Connection, isDryRun: Bool) throws -> NightlyPlan {
        let book = RunBook(context: context)
        let previous = NightlySchedule(try RunStore.all(&connection)).latest?.horizon
        let resumed = isDryRun ? nil : try book.resume(instance, &connection)
        let known = resumed == nil ? previous : resumed?.previous
        let opened = try OpenedBatches.ask(after: known, &connection)
        let horizon = try resumed?.horizon ?? horizon(after: previous, &connection)
        let new = try NewFacts(ChunkConditions(horizon: horizon, previous: known), opened: opened, &connection)
        let run =
            try resumed
            ?? book.draft(
                instance, postingMonth: date.month, previous: previous, monthsFrom: date.month,
                people: new.settlements, chunkSize: context.chunkSize * NightlyJob.settlementsForPerson, &connection)
        var citations = try CitationStore(&connection)
        var plan = try NightlyPlan(run, by: context.rules, on: date, &citations, &connection)
        plan.opened = opened
        guard !isDryRun else { return plan }
        try connection.work("begin night") { connection in
            try citations.save(&connection)
            if resumed == nil { try book.begin(run, &connection) }
        }
        // Mirror rows stand in the benefit year of their originals, which is there if an earlier run settled them.
        plan.fresh = try FreshTables(months: new.months, years: new.months.map(\.year), &connection)
        return plan
    }

    func run(of plan: NightlyPlan) -> Run { plan.run }

    func compute(_ chunk: Chunk, _ plan: NightlyPlan, _ connection: inout Connection) throws -> NightlyFold {
        let extract = NightlyExtract(plan: plan, range: chunk.range)
        var fold = try plan.run.previous == nil ? foldFirst(extract, &connection) : foldLater(extract, &connection)
        try fold.finish { try extract.familyLinks(of: $0, &connection) }
        return fold
    }

    /// Nothing has been settled yet, so that nobody's years are folded anew: each person's settlements are folded as they
    /// come, while the processor has them at hand.
    private func foldFirst(_ extract: NightlyExtract, _ connection: inout Connection) throws -> NightlyFold {
        var fold = NightlyFold(plan: extract.plan, facts: try extract.readFirst(&connection))
        try extract.forEachNewSettlement(&connection) { try fold.add($0) }
        return fold
    }

    private func foldLater(_ extract: NightlyExtract, _ connection: inout Connection) throws -> NightlyFold {
        let facts = try extract.read(&connection)
        let causes = facts.causesToFoldAnew(by: extract.plan)
        var fold = NightlyFold(plan: extract.plan, facts: facts, causes: causes)
        // A new version of a large institution touches many people with long histories: not all are held at once.
        var rest = causes.keys.sorted()[...]
        while !rest.isEmpty {
            let group = Array(rest.prefix(NightlyJob.peopleFoldedAnewAtOnce))
            rest = rest.dropFirst(group.count)
            try fold.foldPersons(through: group[group.count - 1], pasts: try extract.pasts(of: group, &connection))
        }
        return fold
    }

    func lookOver(_ plan: NightlyPlan) async throws -> NightlyBalances {
        try await NightlyBalances.ask(plan.run, context)
    }

    func complete(
        _ plan: NightlyPlan, _ lease: Lease, _ totals: [ControlTotal], _ overview: NightlyBalances,
        _ connection: inout Connection
    ) throws -> NightlySummary {
        let vouchers = try nightlyVouchers(totals)
        let ties = try connection.work("complete night") { connection in
            try lease.hold(&connection)
            try plan.fresh.join(&connection)
            let ties = try NightlyTies(totals: totals, vouchers: vouchers).all(of: plan.run, &connection)
            guard ties.allSatisfy(\.holds) else { throw JobError.doesNotTie(instance, run: plan.run.id, ties) }
            try VoucherStore.insert(vouchers.map { ($0, plan.citations.notice) }, of: plan.run, into: &connection)
            try overview.write(&connection)
            _ = try connection.execute(.completeRun, plan.run.id, context.clock.now, String?.none)
            return ties
        }
        return NightlySummary(
            run: plan.run, totals: try ChunkStore.totals(of: plan.run.id, &connection), ties: ties)
    }

    func summary(_ plan: NightlyPlan, _ totals: [ControlTotal]) -> NightlySummary {
        NightlySummary(run: plan.run, totals: totals, ties: [])
    }

    /// What a run begun now would know.
    private func horizon(after previous: Horizon?, _ connection: inout Connection) throws -> Horizon {
        let batch = try connection.first(.latestBatch) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 0
        return Horizon(date: max(date, previous?.date ?? date), batch: batch)
    }
}
