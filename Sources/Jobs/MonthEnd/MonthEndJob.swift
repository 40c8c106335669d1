import Books
package import Money
import Policy
import Postgres
import Settlement

/// 月末划账。 Credits every personal account for a month: what facts and rules say is due, less what is posted.
package struct MonthEndJob {
    let context: JobContext
    private let month: Month

    package init(_ context: JobContext, month: Month) {
        self.context = context
        self.month = month
    }

    /// Runs, resumes, or says that there is nothing to do.
    ///
    /// - Throws: ``JobError``, `PolicyError` if the month has no rules, `DatabaseError`.
    package func run() async throws -> MonthEndResult {
        try await perform()
    }
}

extension MonthEndJob: ChunkedJob {
    var instance: Instance { .monthEnd(month) }

    func checkGate(_ connection: inout Connection) throws {
        guard context.clock.today > month.lastDay else {
            throw JobError.periodNotOver(month, today: context.clock.today)
        }
        try NightlySchedule.checkNights(of: month, &connection)
    }

    func settlingRun(_ runs: [Run]) -> Run? {
        MonthEndSchedule(runs).settlingRun(of: month)
    }

    func plan(_ connection: inout Connection, isDryRun: Bool) throws -> CreditPlan {
        try CreditPlanner(context, month: month).plan(&connection, isDryRun: isDryRun)
    }

    func run(of plan: CreditPlan) -> Run { plan.run }

    func compute(_ chunk: Chunk, _ plan: CreditPlan, _ connection: inout Connection) throws -> CreditFold {
        var fold = CreditFold(plan: plan, facts: try CreditExtract(plan: plan, range: chunk.range).read(&connection))
        try fold.run()
        return fold
    }

    func lookOver(_ plan: CreditPlan) async throws -> IncomeOfFacts {
        var connection = try context.connectAlone()
        return try IncomeOfFacts(plan, &connection)
    }

    func complete(
        _ plan: CreditPlan, _ lease: Lease, _ totals: [ControlTotal], _ overview: IncomeOfFacts,
        _ connection: inout Connection
    ) throws -> MonthEndSummary {
        let vouchers = try creditVouchers(try CreditSums(totals))
        let waitsFor = waitsFor(plan, totals)
        let terms = try context.rules.clearingTerms(on: month.lastDay)
        let clearing = try InstitutionClearing(month: month, terms: terms, run: plan.run).work(&connection)
        let runs = try RunStore.all(&connection)
        let closable = MonthEndSchedule(runs).closable(afterDone: month)
        let ties = try connection.work("complete month-end") { connection in
            try lease.hold(&connection)
            try plan.fresh.join(&connection)
            let ties =
                try CreditTies(totals: totals, vouchers: vouchers, income: overview).all(of: plan, &connection)
                + clearing.ties
            guard ties.allSatisfy(\.holds) else { throw JobError.doesNotTie(instance, run: plan.run.id, ties) }
            let cited = vouchers.map { CitedVoucher(voucher: $0, article: plan.article(of: $0.kind)) }
            try VoucherStore.insert(cited + clearing.vouchers, of: plan.run, into: &connection)
            try clearing.write(&connection)
            if waitsFor == nil {
                try PeriodStore.close(
                    upTo: YearEndSchedule(runs, begun: plan.run).closable(upTo: closable), by: plan.run,
                    at: context.clock.now, &connection)
            }
            _ = try connection.execute(.completeRun, plan.run.id, context.clock.now, waitsFor?.key)
            return ties
        }
        return MonthEndSummary(
            run: plan.run, plan: plan, totals: totals + clearing.controlTotals, ties: ties, waitsFor: waitsFor)
    }

    func summary(_ plan: CreditPlan, _ totals: [ControlTotal]) -> MonthEndSummary {
        MonthEndSummary(run: plan.run, plan: plan, totals: totals, ties: [], waitsFor: waitsFor(plan, totals))
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
