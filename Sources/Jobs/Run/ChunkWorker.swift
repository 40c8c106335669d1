import Postgres

/// One of the tasks that settle chunks, each on its own connection.
struct ChunkWorker<Result: ChunkResult> {
    let context: JobContext
    let run: Run
    /// `nil` in a dry run, which writes nothing.
    let lease: Lease?
    let queue: ChunkQueue
    /// What the step at work is called; `nil` for a job of one step.
    let stepName: String?
    let compute: (Chunk, inout Connection) throws -> Result

    /// How often a chunk is tried when the server or the network gives way.
    private static var tries: Int { 3 }

    /// Settles chunks until none is left or the operator asks to stop.
    ///
    /// - Returns: what the chunks of this worker counted; a chunk found committed after a lost answer is not among them.
    func work() throws -> ControlSums {
        var sums = ControlSums()
        var connection = try context.connectWorker()
        while !context.stop.isRequested, let chunk = queue.next() {
            var tries = 1
            while true {
                do {
                    try sums.add(try settle(chunk, &connection))
                    break
                } catch let error where tries < Self.tries && error.mayPass {
                    tries += 1
                    connection = try context.connectWorker()
                    if let lease, try ChunkStore.isDone(chunk, of: run, lease: lease, &connection) { break }
                }
            }
            context.progress(
                Progress(
                    instance: run.instance, step: stepName, chunksDone: queue.finish(), chunkCount: queue.total))
        }
        return sums
    }

    private func settle(_ chunk: Chunk, _ connection: inout Connection) throws -> [ControlTotal] {
        guard let lease else { return try compute(chunk, &connection).controlTotals }
        let totals = try connection.work("chunk") { connection in
            try lease.hold(&connection)
            let result = try compute(chunk, &connection)
            try result.write(&connection)
            try ChunkStore.insert(
                chunk, of: run, lease: lease, totals: result.controlTotals, at: context.clock.now, into: &connection)
            return result.controlTotals
        }
        try lease.beat(&connection)
        return totals
    }
}

extension Error {
    /// Whether the same transaction, begun anew on a new connection, may succeed, after a look whether it did already.
    var mayPass: Bool {
        switch self {
        case let error as DatabaseError: error.isTransient || error.isCommitUnknown
        case let error as TransactionError<any Error>: error.isTransient || error.isCommitUnknown
        default: false
        }
    }
}
