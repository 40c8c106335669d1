import Intake
package import Postgres

/// Loads a delivered directory into schema `intake` as one numbered batch, all of it or nothing.
///
/// The role needs to be a member of `settle_batch`, no more. A second load waits until the first has ended.
package struct Loader {
    private let settings: ConnectionSettings
    private let clock: Clock
    private let programVersion: String
    private let problemLimit: Int
    private let window: LoadWindow
    private let progress: (LoadProgress) -> Void

    /// - Parameters:
    ///   - problemLimit: how many problems are looked for before a delivery is refused.
    ///   - window: how much of a file is held and sent together.
    package init(
        settings: ConnectionSettings, clock: Clock, programVersion: String, problemLimit: Int = 100,
        window: LoadWindow = LoadWindow(), progress: @escaping (LoadProgress) -> Void = { _ in }
    ) {
        self.settings = settings
        self.clock = clock
        self.programVersion = programVersion
        self.problemLimit = problemLimit
        self.window = window
        self.progress = progress
    }

    /// Loads the files that are there. If every row is unchanged, nothing is written and there is no batch.
    ///
    /// - Throws: ``LoadError``; ``JobError`` if the database has not the program's shape; what the database refused.
    package func load(directory: String) throws -> LoadResult {
        let delivery = try Delivery(directory: directory)
        var connection = try Connection(settings)
        try Migrator().verify(&connection)
        // Kept for the case that the answer to COMMIT is lost.
        var loaded: LoadedBatch?
        do {
            return try connection.work("load") { connection in
                let batch = try load(delivery, into: &connection)
                loaded = batch
                return batch.result
            }
        } catch let error as TransactionError<any Error> where error.isCommitUnknown {
            guard let loaded else { throw error }
            guard try loaded.isThere(settings, after: error) else { throw error }
            return loaded.result
        }
    }

    private func load(_ delivery: Delivery, into connection: inout Connection) throws -> LoadedBatch {
        let stopwatch = ContinuousClock()
        let start = stopwatch.now
        try connection.execute(.lockBatches)
        try connection.execute(.workMemory)
        let number = try connection.first(.nextBatch) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 1
        var problems = IntakeProblems(limit: problemLimit)
        var outcomes: [FileLoad.Outcome] = []
        for file in delivery.files where !problems.isFull {
            let load = FileLoad(
                table: StoredTable(file), path: delivery.path(of: file), batch: number, window: window,
                progress: progress)
            outcomes.append(try load.run(&connection, reporting: &problems))
        }
        guard problems.isEmpty else { throw LoadError.refused(problems) }
        let isChanged = outcomes.contains { $0.file.written > 0 }
        let result = LoadResult(
            batch: isChanged ? number : nil, files: outcomes.map(\.file),
            duration: start.duration(to: stopwatch.now))
        let batch = LoadedBatch(
            result: result, source: delivery.directory, digest: delivery.digest(of: outcomes.map(\.digest)),
            latestFact: outcomes.compactMap(\.latestFact).max())
        try batch.insert(programVersion: programVersion, loadedAt: clock.now, into: &connection)
        return batch
    }
}

extension Statement {
    /// Batches are numbered and committed one after the other. The lock is one that any role may take; the office's
    /// own SQL takes it too, or is refused by the key of the table if two take the same number.
    static let lockBatches = Statement("lock batches", "SELECT pg_advisory_xact_lock(7320223)")

    fileprivate static let workMemory = Statement("work memory", "SET LOCAL work_mem = '64MB'")

    fileprivate static let nextBatch = Statement(
        "next batch", "SELECT coalesce(max(batch_id), 0) + 1 FROM intake.batch")
}
