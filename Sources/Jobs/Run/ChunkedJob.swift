import Logging
import Postgres

/// What a job works out for one chunk: the rows it writes and what it counted.
protocol ChunkResult {
    var controlTotals: [ControlTotal] { get }
    func write(_ connection: inout Connection) throws
}

/// A job that settles the persons of a city in chunks. This is the one way a job runs: it asks whether the instance is
/// done, takes the lease, begins or resumes the run, lets workers commit chunk by chunk, ties, and completes.
protocol ChunkedJob: Sendable {
    /// Everything fixed when the run begins, the same when it resumes.
    associatedtype Plan: Sendable
    associatedtype Result: ChunkResult
    /// What has to be asked of all chunks together.
    associatedtype Overview: Sendable = Void
    associatedtype Summary: Sendable

    var context: JobContext { get }
    var instance: Instance { get }

    /// Refuses what may not run yet, as a period that is not over.
    func checkGate(_ connection: inout Connection) throws
    /// The run by which the instance is done; `nil` if it is not.
    func settlingRun(_ runs: [Run]) -> Run?
    /// Begins or takes up the run; in a dry run nothing is written.
    func plan(_ connection: inout Connection, isDryRun: Bool) throws -> Plan
    func run(of plan: Plan) -> Run
    /// What the steps of a run are called, in order; a job without named steps has one.
    var steps: [String] { get }
    /// Looks, before a step begins, whether it may: what it writes is there for good.
    func checkStep(_ step: Int32, _ plan: Plan, _ connection: inout Connection) throws
    func compute(_ chunk: Chunk, _ plan: Plan, _ connection: inout Connection) throws -> Result
    /// Looks at what all chunks wrote, once they are committed, beside the building of keys: what takes long to ask and
    /// cannot change any more before the run completes. It has connections of its own.
    func lookOver(_ plan: Plan) async throws -> Overview
    /// Ties the run, posts its vouchers and completes it, in one transaction.
    func complete(
        _ plan: Plan, _ lease: Lease, _ totals: [ControlTotal], _ overview: Overview, _ connection: inout Connection
    ) throws -> Summary
    /// What a dry run would have done.
    func summary(_ plan: Plan, _ totals: [ControlTotal]) -> Summary
}

/// How a job ended.
package enum JobResult<Summary: Sendable>: Sendable {
    /// The instance is done; nothing was changed now.
    case alreadyDone(by: Run)
    case settled(Summary)
    /// What a run would do; nothing was written.
    case dryRun(Summary)
}

extension ChunkedJob where Overview == Void {
    func lookOver(_ plan: Plan) async throws {}
}

extension ChunkedJob {
    var steps: [String] { [] }

    func checkStep(_ step: Int32, _ plan: Plan, _ connection: inout Connection) throws {}

    /// Runs, resumes, or says that there is nothing to do.
    func perform() async throws -> JobResult<Summary> {
        var connection = try context.connect()
        try Migrator().verify(&connection)
        if let done = settlingRun(try RunStore.all(&connection)) { return .alreadyDone(by: done) }
        try checkGate(&connection)
        guard !context.isDryRun else {
            // Its chunks would be taken for a completed run's.
            if let run = try RunStore.atWork(&connection) { throw JobError.interrupted(run.instance, run: run.id) }
            let plan = try plan(&connection, isDryRun: true)
            return .dryRun(summary(plan, try await settleSteps(of: plan, nil, done: [], &connection)))
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

    private func work(_ connection: inout Connection, _ lease: Lease) async throws -> JobResult<Summary> {
        // Looked at again under the lease: another process may have done it meanwhile.
        if let done = settlingRun(try RunStore.all(&connection)) { return .alreadyDone(by: done) }
        let plan = try plan(&connection, isDryRun: false)
        let run = run(of: plan)
        context.logger.notice(
            "run begins",
            metadata: [
                "run.id": "\(run.id)", "job.instance": "\(instance)", "run.attempt": "\(run.attempts)",
                "run.chunks": "\(run.chunkCount)",
            ])
        let done = try ChunkStore.done(of: run, &connection)
        _ = try await settleSteps(of: plan, lease, done: done, &connection)
        guard !context.stop.isRequested else { throw JobError.stopped(instance, run: run.id) }
        let overview = try await lookOverAndBuildKeys(plan, lease, &connection)
        guard !context.stop.isRequested else { throw JobError.stopped(instance, run: run.id) }
        let totals = try ChunkStore.totals(of: run.id, &connection)
        do {
            let summary = try complete(plan, lease, totals, overview, &connection)
            context.logger.notice("run completed", metadata: ["run.id": "\(run.id)", "job.instance": "\(instance)"])
            return .settled(summary)
        } catch let error as TransactionError<any Error> where error.isCommitUnknown {
            connection = try context.connect()
            let isCompleted = try connection.work("look for run") { connection in
                try lease.holdAlone(&connection)
                return try RunStore.all(&connection).contains { $0.id == run.id && $0.state == .completed }
            }
            guard isCompleted else { throw error }
            return .settled(summary(plan, totals))
        }
    }

    /// The steps in order; a later one is not begun once the operator asks to stop.
    private func settleSteps(
        of plan: Plan, _ lease: Lease?, done: Set<Int32>, _ connection: inout Connection
    ) async throws -> [ControlTotal] {
        var sums = ControlSums()
        for step in 0..<max(1, steps.count) where !context.stop.isRequested {
            if lease != nil { try checkStep(Int32(step), plan, &connection) }
            let queue = ChunkQueue(
                step: Int32(step), of: Int32(max(1, steps.count)), count: run(of: plan).chunkCount, done: done)
            try sums.add(
                try await settleChunks(of: plan, lease, queue, steps.indices.contains(step) ? steps[step] : nil))
        }
        return sums.totals
    }

    private func lookOverAndBuildKeys(
        _ plan: Plan, _ lease: Lease, _ connection: inout Connection
    ) async throws -> Overview {
        let keys = try FreshKeys(context, lease, &connection)
        async let overview = lookOver(plan)
        // In many small tasks, which fill what the look leaves free.
        async let built: Void = keys.build()
        _ = try await built
        return try await overview
    }

    private func settleChunks(
        of plan: Plan, _ lease: Lease?, _ queue: ChunkQueue, _ stepName: String?
    ) async throws -> [ControlTotal] {
        let run = run(of: plan)
        return try await withThrowingTaskGroup(of: ControlSums.self) { group in
            for _ in 0..<max(1, min(context.workers, queue.total)) {
                group.addTask {
                    try ChunkWorker(
                        context: context, run: run, lease: lease, queue: queue, stepName: stepName
                    ) { chunk, connection in
                        try compute(chunk, plan, &connection)
                    }.work()
                }
            }
            var sums = ControlSums()
            for try await part in group {
                try sums.add(part.totals)
            }
            return sums.totals
        }
    }
}
