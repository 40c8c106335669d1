import Books
import Money
import Policy
import Postgres
import Settlement

/// 年度复核。 Proves a closed year once more: what later nights and month-ends posted about it is what its facts come to, as
/// far as they know them. What is not is posted into the open month, as an adjustment of a prior year.
///
/// It may be repeated at any time.
package struct ReproveJob {
    let context: JobContext
    private let year: Int

    package init(_ context: JobContext, year: Int) {
        self.context = context
        self.year = year
    }

    /// - Throws: ``JobError``, `PolicyError`, `DatabaseError`.
    package func run() async throws -> YearEndResult {
        try await perform()
    }
}

extension ReproveJob: ChunkedJob {
    var instance: Instance { .reprove(year) }
    var steps: [String] { [YearEndStep.proof.name, YearEndStep.familyProof.name] }

    func checkGate(_ connection: inout Connection) throws {
        guard YearEndSchedule(try RunStore.all(&connection)).settlingRun(of: year) != nil else {
            throw JobError.yearNotClosed(year)
        }
    }

    private func checkLedger(_ plan: YearEndPlan, _ connection: inout Connection) throws {
        guard plan.cause == .alteredLedger else { return }
        let altered = try differingPeople(plan, &connection)
        guard altered == 0 else { throw JobError.closedLedgerAltered(year: year, people: altered) }
    }

    /// People of whom the ledger does not hold what their facts come to.
    ///
    /// The accounts were carried forward as they were before somebody altered the rows of the closed year: to post what is
    /// missing would carry it forward a second time.
    private func differingPeople(_ plan: YearEndPlan, _ connection: inout Connection) throws -> Int {
        let perStep = plan.run.chunkCount / Int32(steps.count)
        var people = 0
        for number in 0..<perStep {
            let range = PersonRange(number: number, of: perStep)
            let own = try ChunkProof(plan: plan, range: range, writes: false).differingPersons(&connection)
            let others = try FamilyProof(plan: plan, range: range, writes: false).differingPersons(&connection)
            people += Set(own + others).count
        }
        return people
    }

    func settlingRun(_ runs: [Run]) -> Run? { nil }

    func plan(_ connection: inout Connection, isDryRun: Bool) throws -> YearEndPlan {
        try YearEndPlanner(context: context, instance: instance, steps: steps)
            .plan(&connection, isDryRun: isDryRun, check: checkLedger)
    }

    func run(of plan: YearEndPlan) -> Run { plan.run }

    func compute(_ chunk: Chunk, _ plan: YearEndPlan, _ connection: inout Connection) throws -> YearEndChunk {
        let writes = !context.isDryRun
        try connection.execute(.workAlone)
        return .proven(
            chunk.step == YearEndStep.familyProof.rawValue
                ? try FamilyProof(plan: plan, range: chunk.range, writes: writes).run(&connection)
                : try ChunkProof(plan: plan, range: chunk.range, writes: writes).run(&connection))
    }

    func complete(
        _ plan: YearEndPlan, _ lease: Lease, _ totals: [ControlTotal], _ overview: Void,
        _ connection: inout Connection
    ) throws -> YearEndSummary {
        try connection.work("complete proof") { connection in
            try lease.hold(&connection)
            try VoucherStore.insert(
                try yearEndVouchers(plan, totals, by: context.rules), of: plan.run, into: &connection)
            let conserved = try RowConservation.all(
                of: plan.seal, totals: totals, horizons: plan.horizons, &connection)
            let ties = try YearEndTies(totals: totals, conserved: conserved).ofProof(plan, &connection)
            guard ties.allSatisfy(\.holds) else { throw JobError.doesNotTie(instance, run: plan.run.id, ties) }
            _ = try connection.execute(.completeRun, plan.run.id, context.clock.now, String?.none)
            return YearEndSummary(
                plan: plan, totals: totals, ties: ties, conserved: conserved, clearing: nil, digest: nil)
        }
    }

    func summary(_ plan: YearEndPlan, _ totals: [ControlTotal]) -> YearEndSummary {
        YearEndSummary(plan: plan, totals: totals, ties: [], conserved: [], clearing: nil, digest: nil)
    }
}
