import Money
import Postgres

/// What a load put into the database, as `intake.batch` and `intake.batch_file` state it.
struct LoadedBatch {
    let result: LoadResult
    let source: String
    let digest: String
    let latestFact: CivilDate?

    /// Writes nothing if there is no batch.
    func insert(
        programVersion: String, loadedAt: PostgresTimestamp, into connection: inout Connection
    ) throws(DatabaseError) {
        guard let number = result.batch else { return }
        try connection.execute(.insertBatch, number, source, digest, latestFact, programVersion, loadedAt)
        for file in result.files {
            try connection.execute(
                .insertBatchFile, number, file.name, Int64(file.read), Int64(file.new), Int64(file.replacing),
                Int64(file.unchanged))
        }
    }

    /// Looks whether the batch was committed, after `error` left it open. It waits for the lock that the load held, so
    /// that the load has ended one way or the other.
    func isThere(_ settings: ConnectionSettings, after error: any Error) throws(LoadError) -> Bool {
        guard let number = result.batch else { return true }
        do {
            var connection = try Connection(settings)
            return try connection.work("look for batch") { connection in
                try connection.execute(.lockBatches)
                let isThere = try connection.first(.batchIsThere, number, digest) { row throws(DatabaseError) in
                    try row[0, as: Bool.self]
                }
                return isThere == true
            }
        } catch let secondError {
            throw .outcomeUnknown(batch: number, secondError)
        }
    }
}

extension Statement {
    fileprivate static let insertBatch = Statement(
        "insert batch",
        """
        INSERT INTO intake.batch (batch_id, source, digest, latest_fact_on, program_version, loaded_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)

    fileprivate static let insertBatchFile = Statement(
        "insert batch file",
        """
        INSERT INTO intake.batch_file (batch_id, file_name, rows_read, rows_new, rows_replacing, rows_unchanged)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)

    fileprivate static let batchIsThere = Statement(
        "batch is there", "SELECT EXISTS (SELECT FROM intake.batch WHERE batch_id = $1 AND digest = $2)")
}
