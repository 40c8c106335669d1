import Money
import Postgres

extension Statement {
    fileprivate static let openedBatches = Statement(
        "opened batches",
        "SELECT batch_id FROM intake.batch WHERE batch_id <= $1 AND latest_fact_on > $2 ORDER BY batch_id")
}

/// Batches that a job's run before knew, but not all facts of: some are dated after its horizon. They are asked for once, so
/// that a query names the few batches with something new, and the index by batch serves it.
enum OpenedBatches {
    /// - Parameter previous: what the run before knew; `nil` for the first, to which every fact is new.
    static func ask(after previous: Horizon?, _ connection: inout Connection) throws -> [Int64] {
        guard let previous else { return [] }
        return try connection.rows(.openedBatches, previous.batch, previous.date) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
    }
}
