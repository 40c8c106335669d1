import Money
import Postgres

extension Statement {
    fileprivate static let receivedByRun = Statement(
        "received by run",
        """
        SELECT count(*), coalesce(sum(psn_clct_amt_fen + emp_clct_amt_fen), 0)::bigint
        FROM intake.contribution
        WHERE insutype = $1 AND clct_type <> 36 AND batch_id <= $2 AND clct_time <= $3
          AND ($4::bigint IS NULL OR batch_id > $4 OR clct_time > $5)
          AND batch_id IN (SELECT batch_id FROM intake.batch
                           WHERE $4::bigint IS NULL OR batch_id > $4 OR latest_fact_on > $5)
        """)
}

/// What the facts new to a run say was received, asked of the database: what the chunks booked has to tie to it.
struct IncomeOfFacts: Sendable {
    let received: Count

    init(_ plan: CreditPlan, _ connection: inout Connection) throws {
        let run = plan.run
        let received = try connection.first(
            .receivedByRun, plan.insurance, run.horizon.batch, run.horizon.date, run.previous?.batch,
            run.previous?.date
        ) { row throws(DatabaseError) in
            Count(rows: try row[0, as: Int64.self], amount: try row[1, as: Fen.self])
        }
        self.received = received ?? Count()
    }
}
