import Money
import Postgres

extension Statement {
    fileprivate static func received(_ rows: ChunkConditions, opened: [Int64]) -> Statement {
        Statement(
            "received",
            """
            SELECT count(*), coalesce(sum(psn_clct_amt_fen + emp_clct_amt_fen), 0)::bigint
            FROM intake.contribution
            WHERE insutype = $1 AND clct_type <> 36
              AND \(rows.isNew(batch: "batch_id", date: "clct_time", opened: opened))
            """)
    }
}

/// What the facts new to a run say was received, asked of the database: what the chunks booked has to tie to it.
struct IncomeOfFacts: Sendable {
    let received: Count

    init(_ plan: CreditPlan, _ connection: inout Connection) throws {
        let rows = ChunkConditions(horizon: plan.run.horizon, previous: plan.run.previous)
        let opened = try OpenedBatches.ask(after: rows.previous, &connection)
        let received = try connection.first(.received(rows, opened: opened), plan.insurance) {
            row throws(DatabaseError) in
            Count(rows: try row[0, as: Int64.self], amount: try row[1, as: Fen.self])
        }
        self.received = received ?? Count()
    }
}
