import Postgres
import Settlement

/// One of the tasks that settle chunks, each on its own connection.
struct CreditWorker {
    let context: JobContext
    let plan: CreditPlan
    /// `nil` in a dry run, which writes nothing.
    let lease: Lease?
    let queue: ChunkQueue

    /// How often a chunk is tried when the server or the network gives way.
    private static let tries = 3

    /// Settles chunks until none is left or the operator asks to stop.
    ///
    /// - Returns: what the chunks of this worker counted.
    func run() throws -> CreditTally {
        var tally = CreditTally()
        var connection = try Connection(context.settings)
        while !context.stop.isRequested, let range = queue.next() {
            var tries = 1
            while true {
                do {
                    try tally.add(try settle(range, &connection))
                    break
                } catch let error where tries < CreditWorker.tries && error.mayPass {
                    tries += 1
                    connection = try Connection(context.settings)
                    if let lease, try ChunkStore.isDone(range, of: plan.run, lease: lease, &connection) { break }
                }
            }
            context.progress(
                Progress(instance: plan.run.instance, chunksDone: queue.finish(), chunkCount: queue.total))
        }
        return tally
    }

    private func settle(_ range: PersonRange, _ connection: inout Connection) throws -> CreditTally {
        guard let lease else {
            return try fold(range, &connection).tally
        }
        let tally = try connection.work("credit chunk") { connection in
            try lease.hold(&connection)
            let fold = try fold(range, &connection)
            try fold.rows.write(&connection)
            try ChunkStore.insert(
                range, of: plan.run, lease: lease, totals: fold.tally.controlTotals, at: context.clock.now,
                into: &connection)
            return fold.tally
        }
        try lease.beat(&connection)
        return tally
    }

    private func fold(_ range: PersonRange, _ connection: inout Connection) throws -> CreditFold {
        var fold = CreditFold(plan: plan, facts: try CreditExtract(plan: plan, range: range).read(&connection))
        try fold.run()
        return fold
    }
}

extension Error {
    /// Whether the same chunk, begun anew on a new connection, may succeed, after a look whether it did already.
    fileprivate var mayPass: Bool {
        switch self {
        case let error as DatabaseError: error.isTransient || error.isCommitUnknown
        case let error as TransactionError<any Error>: error.isTransient || error.isCommitUnknown
        default: false
        }
    }
}
