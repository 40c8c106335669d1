import Money
import Postgres

extension Statement {
    static let doneChunks = Statement("done chunks", "SELECT chunk_no FROM run.chunk WHERE run_id = $1")

    static let insertChunk = Statement(
        "insert chunk",
        """
        INSERT INTO run.chunk (run_id, chunk_no, person_from, person_upto, fence, committed_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)

    static let copyControlTotals = Statement(
        "copy control totals",
        """
        COPY run.control_total (run_id, chunk_no, measure, item, row_count, amount_fen) FROM STDIN (FORMAT binary)
        """)

    static let controlTotals = Statement(
        "control totals",
        """
        SELECT measure, item, sum(row_count)::bigint, sum(amount_fen)::bigint
        FROM run.control_total WHERE run_id = $1 GROUP BY measure, item ORDER BY measure, item
        """)

    static let isChunkDone = Statement(
        "is chunk done", "SELECT chunk_no FROM run.chunk WHERE run_id = $1 AND chunk_no = $2 AND fence = $3")
}

/// Reads and writes the checkpoints of a run.
enum ChunkStore {
    /// The numbers of the chunks that are committed.
    static func done(of run: Run, _ connection: inout Connection) throws -> Set<Int32> {
        Set(try connection.rows(.doneChunks, run.id) { row throws(DatabaseError) in try row[0, as: Int32.self] })
    }

    /// Says, in the transaction that wrote its rows, that a chunk is done and what it counted.
    static func insert(
        _ chunk: Chunk, of run: Run, lease: Lease, totals: [ControlTotal], at time: PostgresTimestamp,
        into connection: inout Connection
    ) throws {
        _ = try connection.execute(
            .insertChunk, run.id, chunk.number, chunk.range.first, chunk.range.last, lease.fence, time)
        _ = try connection.copyIn(.copyControlTotals, columns: 6) { writer in
            for total in totals {
                try writer.row(6)
                writer.append(run.id)
                writer.append(chunk.number)
                writer.append(text: total.measure)
                writer.append(text: total.item)
                writer.append(total.count.rows)
                writer.append(total.count.amount.rawValue)
            }
        }
    }

    /// Whether a chunk whose COMMIT was not answered is there after all, written under this lease.
    static func isDone(
        _ chunk: Chunk, of run: Run, lease: Lease, _ connection: inout Connection
    ) throws -> Bool {
        try connection.work("look for chunk") { connection in
            try lease.holdAlone(&connection)
            return try connection.first(.isChunkDone, run.id, chunk.number, lease.fence) { row throws(DatabaseError) in
                try row[0, as: Int32.self]
            } != nil
        }
    }

    /// The sums over all chunks of a run.
    static func totals(of runID: Int64, _ connection: inout Connection) throws -> [ControlTotal] {
        try connection.rows(.controlTotals, runID) { row throws(DatabaseError) in
            ControlTotal(
                measure: try row[0, as: String.self], item: try row[1, as: String.self],
                count: Count(rows: try row[2, as: Int64.self], amount: try row[3, as: Fen.self]))
        }
    }
}
