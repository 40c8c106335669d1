import Books
package import Money
import Policy
import Postgres
import Settlement

extension Statement {
    static let newPeople = Statement(
        "new people",
        """
        SELECT count(DISTINCT person_id) FROM intake.settlement
        WHERE batch_id <= $1 AND setl_time < ($2::date + 1)::timestamp
          AND ($3::bigint IS NULL OR batch_id > $3 OR setl_time >= ($4::date + 1)::timestamp)
        """)

    static let newMonths = Statement(
        "new months",
        """
        SELECT DISTINCT date_trunc('month', setl_time)::date FROM intake.settlement
        WHERE batch_id <= $1 AND setl_time < ($2::date + 1)::timestamp
        UNION
        SELECT DISTINCT date_trunc('month', use_date::timestamp)::date FROM intake.account_use
        WHERE batch_id <= $1 AND use_date <= $2
        """)

    static let ensureAdjudicationYear = Statement(
        "ensure adjudication year", "SELECT ledger.ensure_adjudication_year($1)")
}

/// 夜间批量结算。 Adjudicates what has been delivered up to a business date, books what accounts paid, and compares with
/// what the counters reported.
package struct NightlyJob {
    let context: JobContext
    private let date: CivilDate

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
        let run = try resumed ?? draft(book, previous, &connection)
        var citations = try CitationStore(&connection)
        let plan = try NightlyPlan(run, by: context.rules, on: date, &citations, &connection)
        guard !isDryRun else { return plan }
        try connection.work("begin night") { connection in
            try citations.save(&connection)
            if resumed == nil { try book.begin(run, &connection) }
        }
        try ensurePartitions(of: run, &connection)
        return plan
    }

    func run(of plan: NightlyPlan) -> Run { plan.run }

    func compute(_ chunk: Chunk, _ plan: NightlyPlan, _ connection: inout Connection) throws -> NightlyFold {
        let extract = NightlyExtract(plan: plan, range: chunk.range)
        let facts = try extract.read(&connection)
        let causes = facts.causesToFoldAnew(by: plan)
        let anew = causes.keys.sorted()
        var fold = NightlyFold(
            plan: plan, facts: facts, causes: causes,
            history: anew.isEmpty ? [] : try extract.allSettlements(of: anew, &connection),
            adjudications: anew.isEmpty ? [] : try extract.adjudications(of: anew, &connection),
            discrepancies: anew.isEmpty ? [:] : try extract.discrepancyRevisions(of: anew, &connection))
        try fold.run()
        return fold
    }

    func complete(
        _ plan: NightlyPlan, _ lease: Lease, _ totals: [ControlTotal], _ connection: inout Connection
    ) throws -> NightlySummary {
        let vouchers = try nightlyVouchers(totals)
        let ties = try NightlyTies(totals: totals, vouchers: vouchers).all(of: plan.run, &connection)
        guard ties.allSatisfy(\.holds) else { throw JobError.doesNotTie(instance, run: plan.run.id, ties) }
        try connection.work("complete night") { connection in
            try lease.hold(&connection)
            try VoucherStore.insert(vouchers.map { ($0, plan.citations.notice) }, of: plan.run, into: &connection)
            try NightlyBalances.find(plan.run, &connection)
            _ = try connection.execute(.completeRun, plan.run.id, context.clock.now, String?.none)
        }
        return NightlySummary(
            run: plan.run, totals: try ChunkStore.totals(of: plan.run.id, &connection), ties: ties)
    }

    func summary(_ plan: NightlyPlan, _ totals: [ControlTotal]) -> NightlySummary {
        NightlySummary(run: plan.run, totals: totals, ties: [])
    }

    private func draft(_ book: RunBook, _ previous: Horizon?, _ connection: inout Connection) throws -> Run {
        let batch = try connection.first(.latestBatch) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 0
        let people = try connection.first(
            .newPeople, batch, max(date, previous?.date ?? date), previous?.batch, previous?.date
        ) { row throws(DatabaseError) in try row[0, as: Int64.self] }
        return try book.draft(
            instance, postingMonth: date.month, previous: previous, monthsFrom: date.month, people: people ?? 0,
            &connection)
    }

    private func ensurePartitions(of run: Run, _ connection: inout Connection) throws {
        let months = try connection.rows(.newMonths, run.horizon.batch, run.horizon.date) {
            row throws(DatabaseError) in try row[0, as: Month.self]
        }
        for month in months.sorted() {
            _ = try connection.first(.ensureAccountMonth, month) { row throws(DatabaseError) in row.columnCount }
        }
        for year in Set(months.map(\.year)).sorted() {
            _ = try connection.first(.ensureAdjudicationYear, Int32(year)) { row throws(DatabaseError) in
                row.columnCount
            }
        }
    }
}
