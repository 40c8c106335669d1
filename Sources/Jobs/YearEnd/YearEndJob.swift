import Books
import Money
import Policy
import Postgres
import Settlement

/// 年度结算。 Proves a year of the books, pays interest, carries every account forward, clears with the institutions, closes
/// the year, and certifies what it closed.
///
/// The proof, the accounts and the seal go over the city in chunks, one step after the other; what concerns the books as a
/// whole is one transaction at the end. A benefit year begins at zero by itself, because it is a new key.
package struct YearEndJob {
    let context: JobContext
    private let year: Int

    package init(_ context: JobContext, year: Int) {
        self.context = context
        self.year = year
    }

    /// Runs, resumes, or says that there is nothing to do.
    ///
    /// - Throws: ``JobError``, `PolicyError`, `DatabaseError`.
    package func run() async throws -> YearEndResult {
        try await perform()
    }
}

/// The steps that go over the city, in order.
enum YearEndStep: Int32, CaseIterable {
    /// 年终核对.
    case proof
    /// 家庭共济核对.
    case familyProof
    /// 计息与结转.
    case accounts
    /// The leaves of the certificate.
    case seal

    var name: String {
        switch self {
        case .proof: "proof"
        case .familyProof: "proof of family accounts"
        case .accounts: "interest and carry-forward"
        case .seal: "seal"
        }
    }
}

/// What a chunk of one of the steps comes to.
enum YearEndChunk: ChunkResult {
    /// Written by the proof itself, which looks again at what it wrote.
    case proven([ControlTotal])
    case accounts(AccountYearChunk)
    case sealed(SealChunk)

    var controlTotals: [ControlTotal] {
        switch self {
        case .proven(let totals): totals
        case .accounts(let chunk): chunk.controlTotals
        case .sealed(let chunk): chunk.controlTotals
        }
    }

    func write(_ connection: inout Connection) throws {
        switch self {
        case .proven: break
        case .accounts(let chunk): try chunk.write(&connection)
        case .sealed(let chunk): try chunk.write(&connection)
        }
    }
}

extension YearEndJob: ChunkedJob {
    var instance: Instance { .yearEnd(year) }
    var steps: [String] { YearEndStep.allCases.map(\.name) }

    func checkGate(_ connection: inout Connection) throws {
        let december = Month.last(of: year)
        guard context.clock.today > december.lastDay else {
            throw JobError.periodNotOver(december, today: context.clock.today)
        }
        let runs = try RunStore.all(&connection)
        let schedule = MonthEndSchedule(runs)
        for month in (schedule.firstSettled(of: year) ?? december)...december
        where schedule.settlingRun(of: month) == nil {
            throw JobError.monthsMissing(year: year, month)
        }
        if let firstOpen = YearEndSchedule(runs).firstOpen, firstOpen < year {
            throw JobError.yearsMissing(year: year, earlier: firstOpen)
        }
        guard try !PeriodStore.isClosed(december, &connection) else { throw JobError.decemberClosed(year: year) }
    }

    func settlingRun(_ runs: [Run]) -> Run? {
        YearEndSchedule(runs).settlingRun(of: year)
    }

    func plan(_ connection: inout Connection, isDryRun: Bool) throws -> YearEndPlan {
        try YearEndPlanner(context: context, instance: instance, steps: steps).plan(&connection, isDryRun: isDryRun)
    }

    func run(of plan: YearEndPlan) -> Run { plan.run }

    /// Accounts are carried forward only from a ledger that the books tie to: put right afterwards, they would stay as they
    /// were written.
    func checkStep(_ step: Int32, _ plan: YearEndPlan, _ connection: inout Connection) throws {
        guard step == YearEndStep.accounts.rawValue else { return }
        let totals = try ChunkStore.totals(of: plan.run.id, &connection)
        let tie = try YearEndTies(totals: totals, conserved: []).fund(
            of: plan, besides: try yearEndVouchers(plan, totals, by: context.rules), &connection)
        guard tie.holds else { throw JobError.doesNotTie(instance, run: plan.run.id, [tie]) }
    }

    func compute(_ chunk: Chunk, _ plan: YearEndPlan, _ connection: inout Connection) throws -> YearEndChunk {
        try connection.execute(.workAlone)
        switch YearEndStep(rawValue: chunk.step) {
        case .proof, nil:
            return .proven(
                try ChunkProof(plan: plan, range: chunk.range, writes: !context.isDryRun).run(&connection))
        case .familyProof:
            return .proven(
                try FamilyProof(plan: plan, range: chunk.range, writes: !context.isDryRun).run(&connection))
        case .accounts:
            let facts = try AccountYearFacts(plan: plan, range: chunk.range, &connection)
            return .accounts(try AccountYearChunk(plan: plan, facts: facts))
        case .seal:
            return .sealed(try SealChunk(plan.seal, chunk.range, &connection))
        }
    }

    func complete(
        _ plan: YearEndPlan, _ lease: Lease, _ totals: [ControlTotal], _ overview: Void,
        _ connection: inout Connection
    ) throws -> YearEndSummary {
        let runs = try RunStore.all(&connection)
        return try connection.work("complete year-end") { connection in
            try lease.hold(&connection)
            let clearing = try AnnualClearing(year: year, terms: plan.clearing, run: plan.run).work(&connection)
            let vouchers = try yearEndVouchers(plan, totals, by: context.rules) + clearing.vouchers
            try VoucherStore.insert(vouchers, of: plan.run, into: &connection)
            let conserved = try RowConservation.all(
                of: plan.seal, totals: totals, horizons: plan.horizons, &connection)
            let certificate = try Certificate(
                plan, totals, conserved, programVersion: context.programVersion, &connection)
            let ties =
                try YearEndTies(totals: totals, conserved: conserved).all(of: plan, &connection) + clearing.ties
            guard ties.allSatisfy(\.holds) else { throw JobError.doesNotTie(instance, run: plan.run.id, ties) }
            try CertificateStore.insert(certificate, into: &connection)
            // What later month-ends had to leave open may close with December.
            let later = MonthEndSchedule(runs).closable(afterDone: Month.last(of: year))
            let closable = YearEndSchedule(runs, begun: plan.run).closable(upTo: later)
            try PeriodStore.close(
                upTo: max(Month.last(of: year), closable), by: plan.run, at: context.clock.now, &connection)
            _ = try connection.execute(.completeRun, plan.run.id, context.clock.now, String?.none)
            return YearEndSummary(
                plan: plan, totals: totals, ties: ties, conserved: conserved, clearing: clearing.summary,
                digest: certificate.digest)
        }
    }

    func summary(_ plan: YearEndPlan, _ totals: [ControlTotal]) -> YearEndSummary {
        YearEndSummary(plan: plan, totals: totals, ties: [], conserved: [], clearing: nil, digest: nil)
    }
}

extension Statement {
    /// A chunk is one of several at work already: processes of the server that share one query among them would only take
    /// the processors from the others.
    static let workAlone = Statement("work alone", "SET max_parallel_workers_per_gather = 0")
}

extension YearEndPlan {
    /// What the certificate is about.
    var seal: YearSeal { YearSeal(ledger: ledger, batch: run.horizon.batch) }
}

extension Certificate {
    /// What the books of the year are as they stand, this run's vouchers among them.
    fileprivate init(
        _ plan: YearEndPlan, _ totals: [ControlTotal], _ conserved: [RowConservation], programVersion: String,
        _ connection: inout Connection
    ) throws {
        self.init(
            year: plan.year, run: plan.run.id,
            previousDigest: try CertificateStore.read(plan.year - 1, &connection)?.digest,
            lines: try Certificate.lines(
                of: plan.seal, totals: totals, conserved: conserved, programVersion: programVersion, &connection),
            leaves: try CertificateStore.leaves(of: plan.year, &connection))
    }
}
