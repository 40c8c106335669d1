import Books
import Logging
package import Money
import Policy
import Postgres
import Settlement

/// 月末划账。 Credits every personal account for a month: what facts and rules say is due, less what is posted.
package struct MonthEndJob {
    private let context: JobContext
    private let month: Month

    package init(_ context: JobContext, month: Month) {
        self.context = context
        self.month = month
    }

    private var instance: Instance { .monthEnd(month) }

    /// Runs, resumes, or says that there is nothing to do.
    ///
    /// - Throws: ``JobError``, `PolicyError` if the month has no rules, ``DatabaseError``.
    package func run() async throws -> MonthEndResult {
        guard context.clock.today > month.lastDay else {
            throw JobError.periodNotOver(month, today: context.clock.today)
        }
        var connection = try Connection(context.settings)
        try Migrator().verify(&connection)
        if let done = MonthEndSchedule(try RunStore.all(&connection)).settlingRun(of: month) {
            return .alreadyDone(by: done)
        }
        guard !context.isDryRun else {
            let plan = try CreditPlanner(context, month: month).plan(&connection, isDryRun: true)
            return .dryRun(try await rehearse(plan))
        }
        let lease = try Lease.take(&connection, owner: context.owner)
        do {
            let result = try await work(&connection, lease)
            try lease.release(&connection)
            return result
        } catch {
            // The error to report is the one that ended the run; the server drops the owner's lock in any case.
            try? lease.release(&connection)
            throw error
        }
    }

    private func work(_ connection: inout Connection, _ lease: Lease) async throws -> MonthEndResult {
        // Looked at again under the lease: another process may have done it meanwhile.
        if let done = MonthEndSchedule(try RunStore.all(&connection)).settlingRun(of: month) {
            return .alreadyDone(by: done)
        }
        let plan = try CreditPlanner(context, month: month).plan(&connection, isDryRun: false)
        context.logger.notice(
            "run begins",
            metadata: [
                "run.id": "\(plan.run.id)", "job.name": "\(instance.job.rawValue)", "job.month": "\(month)",
                "run.attempt": "\(plan.run.attempts)", "run.chunks": "\(plan.run.chunkCount)",
            ])
        let done = try ChunkStore.done(of: plan.run, &connection)
        let queue = ChunkQueue(count: plan.run.chunkCount, done: done)
        _ = try await settleChunks(of: plan, lease, queue)
        guard !context.stop.isRequested else { throw JobError.stopped(instance, run: plan.run.id) }
        do {
            return .settled(try complete(plan, lease, &connection))
        } catch let error as TransactionError<any Error> where error.isCommitUnknown {
            connection = try Connection(context.settings)
            let schedule = MonthEndSchedule(try RunStore.all(&connection))
            guard let done = schedule.settlingRun(of: month) else { throw error }
            return .alreadyDone(by: done)
        }
    }

    /// The same fold as a run's, with nothing written.
    private func rehearse(_ plan: CreditPlan) async throws -> MonthEndSummary {
        let queue = ChunkQueue(count: plan.run.chunkCount, done: [])
        let tally = try await settleChunks(of: plan, nil, queue)
        let totals = tally.controlTotals
        return MonthEndSummary(
            run: plan.run, plan: plan, totals: totals, ties: [], waitsFor: waitsFor(plan, totals))
    }

    private func settleChunks(of plan: CreditPlan, _ lease: Lease?, _ queue: ChunkQueue) async throws -> CreditTally {
        try await withThrowingTaskGroup(of: CreditTally.self) { group in
            for _ in 0..<max(1, min(context.workers, Int(plan.run.chunkCount))) {
                group.addTask {
                    try CreditWorker(context: context, plan: plan, lease: lease, queue: queue).run()
                }
            }
            var tally = CreditTally()
            for try await part in group {
                try tally.add(part)
            }
            return tally
        }
    }

    /// Ties the run, posts its vouchers, closes the books and completes it, in one transaction.
    private func complete(
        _ plan: CreditPlan, _ lease: Lease, _ connection: inout Connection
    ) throws -> MonthEndSummary {
        let totals = try ChunkStore.totals(of: plan.run.id, &connection)
        let vouchers = try creditVouchers(try CreditSums(totals))
        let waitsFor = waitsFor(plan, totals)
        let ties = try CreditTies(totals: totals, vouchers: vouchers).all(of: plan, &connection)
        guard ties.allSatisfy(\.holds) else { throw JobError.doesNotTie(instance, run: plan.run.id, ties) }
        let schedule = MonthEndSchedule(try RunStore.all(&connection))
        try connection.work("complete run") { connection in
            try lease.hold(&connection)
            var citations = try CitationStore(&connection)
            let cited = vouchers.map { ($0, citations.number(of: plan.article(of: $0.kind))) }
            try citations.save(&connection)
            try PeriodStore.open(plan.run.postingMonth, &connection)
            try VoucherStore.insert(cited, of: plan.run, into: &connection)
            if waitsFor == nil {
                try PeriodStore.close(
                    upTo: schedule.closable(afterDone: month), by: plan.run, at: context.clock.now, &connection)
            }
            _ = try connection.execute(.completeRun, plan.run.id, context.clock.now, waitsFor?.key)
        }
        context.logger.notice("run completed", metadata: ["run.id": "\(plan.run.id)", "job.month": "\(month)"])
        return MonthEndSummary(run: plan.run, plan: plan, totals: totals, ties: ties, waitsFor: waitsFor)
    }

    /// The figure without which some months could not be credited.
    private func waitsFor(_ plan: CreditPlan, _ totals: [ControlTotal]) -> MonthEndSummary.PolicyText? {
        let isMissed = totals.contains {
            $0.measure == "month.excepted" && $0.item == CreditException.figureNotSupplied.rawValue && $0.count.rows > 0
        }
        guard isMissed else { return nil }
        for terms in plan.terms {
            if case .notSupplied(.figureNotSupplied(let missing)) = terms.terms.retireeCredit {
                return MonthEndSummary.PolicyText(key: missing.key.rawValue, text: "\(missing)")
            }
        }
        return nil
    }
}
