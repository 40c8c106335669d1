import Logging
import Money
import Policy
import Postgres

/// 对账。 Compares the statements of the institutions with the ledger, totals first (3201), and row by row (3202) where the
/// totals differ; writes what differs as discrepancies.
///
/// It may be repeated at any time: a difference found before with the same amounts writes nothing, one that is gone is
/// corrected. Reading is the server's work, in temporary tables; what the run leaves is written in one transaction, so an
/// interrupted reconciliation leaves nothing.
package struct ReconcileJob {
    private let context: JobContext
    private let period: ReconcilePeriod
    private let export: DetailExport?

    /// - Parameter exportDirectory: where our side of each unequal statement goes as a detail file.
    package init(
        _ context: JobContext, period: ReconcilePeriod, exportDirectory: String? = nil
    ) throws(ReconcileError) {
        self.context = context
        self.period = period
        if let exportDirectory {
            export = try DetailExport(directory: exportDirectory)
        } else {
            export = nil
        }
    }

    /// - Throws: ``JobError``, ``ReconcileError``, `ArchiveError`, `DatabaseError`.
    package func run() throws -> ReconcileResult {
        var connection = try context.connect()
        try Migrator().verify(&connection)
        guard !context.isDryRun else {
            let comparison = try compare(&connection, nil)
            return result(
                comparison, run: nil, summary: try ReconcileSummary.ofSession(&connection),
                changes: ReconcileResult.Changes())
        }
        let lease = try Lease.take(&connection, owner: context.owner)
        do {
            let result = try work(&connection, lease)
            try lease.release(&connection)
            return result
        } catch {
            // The error to report is the one that ended the run; the server drops the owner's lock in any case.
            try? lease.release(&connection)
            throw error
        }
    }

    private func work(_ connection: inout Connection, _ lease: Lease) throws -> ReconcileResult {
        let comparison = try compare(&connection, lease)
        let run = comparison.run
        let changes: ReconcileResult.Changes
        do {
            changes = try connection.work("keep reconciliation") { connection in
                try lease.hold(&connection)
                return try keep(run, &connection)
            }
        } catch let error as TransactionError<any Error> where error.isCommitUnknown {
            connection = try context.connect()
            let isCompleted = try RunStore.all(&connection).contains { $0.id == run.id && $0.instance == run.instance }
            // It is there or it is not; if not, run again. What it wrote is told by the next run either way.
            guard isCompleted else { throw error }
            let summary = try ReconcileSummary.ask(&connection, from: period.firstDay, through: period.lastDay)
            return result(comparison, run: run.id, summary: summary, changes: ReconcileResult.Changes())
        }
        context.logger.notice(
            "reconciliation completed",
            metadata: ["run.id": "\(run.id)", "job.instance": "\(run.instance)", "discrepancy.new": "\(changes.new)"])
        return result(
            comparison, run: run.id, summary: try ReconcileSummary.ofSession(&connection), changes: changes)
    }

    /// What the comparison found; the rows stay in the session's temporary tables.
    private struct Comparison {
        let run: Run
        let rows: ReconcileResult.RowAnswers
        let withoutDetail: Int64
        let undecided: Int64
        let withoutStatement: Int64
        let files: [String]
    }

    private func compare(_ connection: inout Connection, _ lease: Lease?) throws -> Comparison {
        if let unfinished = try RunStore.atWork(&connection) {
            throw JobError.interrupted(unfinished.instance, run: unfinished.id)
        }
        let run = try RunBook(context: context).draft(
            period.instance, postingMonth: period.lastDay.month, previous: nil, monthsFrom: period.firstDay.month,
            people: 1, &connection)
        if lease != nil { try Lease.refreshStatistics(&connection) }
        let (first, last, batch) = (period.firstDay, period.lastDay, run.horizon.batch)
        let insurance = Int16(context.rules.pack.insurance) ?? 0
        for table in [
            Statement.makeStatementTable, .makeDayTable, .makeRowTable, .makeLineTable, .makeAnswerTable,
            .makeFoundTable,
        ] {
            _ = try connection.execute(table)
        }
        _ = try connection.execute(.sumOurDays, first, last, batch, insurance)
        try lease?.beat(&connection)
        _ = try connection.execute(.analyzeDays)
        _ = try connection.execute(.compareStatements, first, last, batch)
        _ = try connection.execute(.analyzeStatements)
        let days = try connection.first(.lookAtDays) { row throws(DatabaseError) in
            Days(undecided: try row[0, as: Int64.self], withoutStatement: try row[1, as: Int64.self])
        }
        let collected = try connection.execute(.collectOurRows, first, last, batch, insurance)
        try lease?.beat(&connection)
        _ = try connection.execute(.collectTheirLines, batch)
        _ = try connection.execute(.analyzeDetail)
        _ = try connection.execute(.findUnknownLines, batch)
        let withoutDetail = try connection.execute(.findMissingDetail)
        let answered = try connection.execute(.answerOurRows)
        _ = try connection.execute(.answerUnknownLines)
        try lease?.beat(&connection)
        let rows = try countAnswers(&connection)
        try tie(rows, answered: answered, collected: collected, withoutDetail: withoutDetail, run)
        _ = try connection.execute(.findTotals)
        _ = try connection.execute(.findRows)
        return Comparison(
            run: run, rows: rows, withoutDetail: Int64(withoutDetail), undecided: days?.undecided ?? 0,
            withoutStatement: days?.withoutStatement ?? 0, files: try export?.write(&connection) ?? [])
    }

    private struct Days {
        let undecided: Int64
        let withoutStatement: Int64
    }

    private func countAnswers(_ connection: inout Connection) throws -> ReconcileResult.RowAnswers {
        var rows = ReconcileResult.RowAnswers()
        try connection.forEachRow(.countAnswers) { row in
            let (answer, count) = (try row[0, as: String.self], try row[1, as: Int64.self])
            switch DiscrepancyClass(rawValue: answer) {
            case .onlyOurs: rows.onlyOurs = count
            case .onlyTheirs: rows.onlyTheirs = count
            case .amount: rows.amount = count
            case .refundState: rows.refundState = count
            case .counter, .total, nil: rows.equal = count
            }
        }
        return rows
    }

    /// Every row of ours has one answer, unless the institution's detail is still to come.
    private func tie(
        _ rows: ReconcileResult.RowAnswers, answered: Int, collected: Int, withoutDetail: Int, _ run: Run
    ) throws {
        let answers = rows.equal + rows.onlyOurs + rows.amount + rows.refundState
        var ties = [Tie("rows answered / by answer", Int64(answered), answers)]
        if withoutDetail == 0 { ties.append(Tie("our rows / answered", Int64(collected), Int64(answered))) }
        guard ties.allSatisfy(\.holds) else { throw JobError.doesNotTie(run.instance, run: run.id, ties) }
    }

    private func keep(_ run: Run, _ connection: inout Connection) throws -> ReconcileResult.Changes {
        // A period that is not over yet has differences of today at the latest.
        let openedOn = min(period.lastDay, context.clock.today)
        let now = context.clock.now
        try RunBook(context: context).begin(run, &connection)
        _ = try connection.execute(.lockDiscrepancies)
        _ = try connection.execute(.keepChecks, run.id)
        var changes = ReconcileResult.Changes()
        changes.corrected = Int64(
            try connection.execute(.correctGone, run.id, now, period.firstDay, period.lastDay))
        changes.reopened = Int64(try connection.execute(.reopen, run.id, now))
        let added = try connection.execute(.addFound, run.id, openedOn)
        changes.revised =
            try connection.first(.countRevised, run.id) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 0
        changes.new = Int64(added) - changes.revised
        let waitsFor: String? = nil
        _ = try connection.execute(.completeRun, run.id, now, waitsFor)
        return changes
    }

    private func result(
        _ comparison: Comparison, run: Int64?, summary: ReconcileSummary, changes: ReconcileResult.Changes
    ) -> ReconcileResult {
        ReconcileResult(
            period: period, runID: run, summary: summary, rows: comparison.rows, changes: changes,
            withoutDetail: comparison.withoutDetail, undecided: comparison.undecided,
            withoutStatement: comparison.withoutStatement, files: comparison.files)
    }
}

extension Statement {
    fileprivate static let analyzeDays = Statement("analyze days", "ANALYZE our_day")

    fileprivate static let analyzeStatements = Statement("analyze statements", "ANALYZE compared_statement")

    fileprivate static let analyzeDetail = Statement("analyze detail", "ANALYZE our_row, their_line")
}
