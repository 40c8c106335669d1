import Money
import Policy
import Postgres
import Settlement

extension Statement {
    fileprivate static let ensureAccountMonth = Statement(
        "ensure account month", "SELECT ledger.ensure_account_month($1)")

    fileprivate static let ensureAdjudicationYear = Statement(
        "ensure adjudication year", "SELECT ledger.ensure_adjudication_year($1)")
}

/// Begins or takes up the run of a year-end, or of a proof of a closed year.
struct YearEndPlanner {
    let context: JobContext
    let instance: Instance
    let steps: [String]

    private var year: Int { instance.businessDate.year }

    /// A chunk holds a whole year of its persons, so there are fewer of them in it than in a month's.
    private var chunkSize: Int { max(1, context.chunkSize / 4) }

    /// - Parameters:
    ///   - isDryRun: nothing is written, not even the run.
    ///   - check: looks, before a run begins or goes on, whether it may.
    func plan(
        _ connection: inout Connection, isDryRun: Bool,
        check: (YearEndPlan, inout Connection) throws -> Void = { _, _ in }
    ) throws -> YearEndPlan {
        if !isDryRun { try Lease.refreshStatistics(&connection) }
        let runs = try RunStore.all(&connection)
        let book = RunBook(context: context)
        let resumed = isDryRun ? nil : try book.resume(instance, &connection)
        let run = try resumed ?? draft(book, runs, &connection)
        let horizons = YearHorizons(runs, before: run.id)
        var citations = try CitationStore(&connection)
        let credit = try creditPlan(run, runs, horizons.credits, &citations, &connection)
        let pooling = try horizons.pooling.map { horizon in
            try NightlyPlan(
                run.proving(from: run.monthsFrom, asOf: horizon), by: context.rules, on: instance.businessDate,
                &citations, &connection)
        }
        let interest = try context.rules.interestTerms(for: year)
        let interestCitations = Dictionary(
            uniqueKeysWithValues: interest.citations.ofParts.map { ($0, citations.number(of: $0)) })
        let clearing = try context.rules.clearingTerms(on: instance.businessDate)
        let untied = try UntiedRun.all(of: year, upTo: run.id, runs, &connection)
        let known = runs.contains { $0.id == run.id } ? runs : runs + [run]
        let plan = YearEndPlan(
            run: run, year: year, credit: credit, pooling: pooling, cause: cause(runs, untied), untied: untied,
            horizons: horizons, interest: interest, interestCitations: interestCitations, clearing: clearing,
            ledger: try YearLedger(year: year, lastRun: run.id, known, &connection))
        guard !isDryRun else { return plan }
        try check(plan, &connection)
        try connection.work("begin year-end") { connection in
            try citations.save(&connection)
            if resumed == nil { try book.begin(run, &connection) }
        }
        try ensurePartitions(&connection)
        return plan
    }

    /// The run knows what the last month-end and night knew, and so does what it writes.
    private func draft(_ book: RunBook, _ runs: [Run], _ connection: inout Connection) throws -> Run {
        let schedule = MonthEndSchedule(runs)
        let people = try connection.first(.peopleCount) { row throws(DatabaseError) in try row[0, as: Int64.self] }
        return try book.draft(
            instance, postingMonth: try postingMonth(&connection), previous: nil,
            monthsFrom: schedule.firstSettled(of: year) ?? Month.first(of: year), people: people ?? 0,
            chunkSize: chunkSize, steps: steps.count, &connection)
    }

    /// December of the year, which only its own annual settlement closes; a closed year is adjusted in the open month.
    private func postingMonth(_ connection: inout Connection) throws -> Month {
        let december = Month.last(of: year)
        guard let closed = try PeriodStore.lastClosed(&connection), closed >= december else { return december }
        return closed.next
    }

    private func creditPlan(
        _ run: Run, _ runs: [Run], _ horizon: Horizon?, _ citations: inout CitationStore,
        _ connection: inout Connection
    ) throws -> CreditPlan? {
        let schedule = MonthEndSchedule(runs)
        guard let horizon, let settledThrough = schedule.settledThrough else { return nil }
        return try CreditPlan(
            run.proving(from: run.monthsFrom, asOf: horizon), by: context.rules,
            try context.rules.creditTerms(through: settledThrough), settledThrough: settledThrough, &citations,
            &connection)
    }

    /// What differences are put down to: to a ledger that is not what its runs wrote, to rules that are others than those
    /// of the year's runs, or to neither.
    private func cause(_ runs: [Run], _ untied: [UntiedRun]) -> RevisionCause {
        if !untied.isEmpty { return .alteredLedger }
        let isChanged = runs.contains {
            $0.state == .completed && $0.postingMonth.year == year && $0.rulesDigest != context.rules.digest
        }
        return isChanged ? .changedRules : .proof
    }

    /// An empty partition does no harm, so this needs no place in the run.
    private func ensurePartitions(_ connection: inout Connection) throws {
        for month in Month.first(of: year)...Month.last(of: year) {
            _ = try connection.first(.ensureAccountMonth, month) { row throws(DatabaseError) in row.columnCount }
        }
        _ = try connection.first(.ensureAdjudicationYear, Int32(year)) { row throws(DatabaseError) in row.columnCount }
    }
}

extension InterestCitations {
    /// What parts of interest may cite, each text once.
    var ofParts: [String] { Set([demand, threeMonth, yearEnd]).sorted() }
}
