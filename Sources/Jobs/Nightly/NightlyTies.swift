import Books
import Money
import Postgres

extension Statement {
    static let adjudicationsOfRun = Statement(
        "adjudications of run",
        "SELECT count(*), coalesce(sum(pool_payment_fen), 0)::bigint FROM ledger.adjudication WHERE run_id = $1")

    static let discrepanciesOfRun = Statement(
        "discrepancies of run", "SELECT count(*), 0::bigint FROM run.discrepancy WHERE run_id = $1")

    /// What the revisions said that a run replaced: few, so that what the run moved is asked for by them.
    static let replacedByRun = Statement(
        "replaced by run",
        """
        SELECT count(*), coalesce(sum(b.pool_payment_fen), 0)::bigint
        FROM (SELECT person_id, settlement_id, revision FROM ledger.adjudication
              WHERE run_id = $1 AND revision > 0 OFFSET 0) a
        JOIN LATERAL (SELECT pool_payment_fen FROM ledger.adjudication b
                      WHERE b.person_id = a.person_id AND b.settlement_id = a.settlement_id
                        AND b.revision = a.revision - 1 OFFSET 0) b ON true
        """)
}

/// Compares what a night counted with what stands in the database, and both with the vouchers.
struct NightlyTies {
    let totals: [ControlTotal]
    let vouchers: [Voucher]

    func all(of run: Run, _ connection: inout Connection) throws -> [Tie] {
        let entries = try stored(.entriesOfRun, run, &connection)
        let adjudications = try stored(.adjudicationsOfRun, run, &connection)
        let written = try totals.sum("adjudication.written")
        let moved = try totals.sum(prefixes: "entry.")
        return [
            Tie(
                "settlements: read against settled + outside + refused", try totals.sum("settlement.read").rows,
                try totals.sum("settlement.verdict").rows),
            Tie("adjudications: written against stored, rows", written.rows, adjudications.rows),
            Tie(
                "adjudications: written against stored, fen", written.amount.rawValue, adjudications.amount.rawValue),
            Tie(
                "pooling fund: moved against stored, fen", try totals.sum("institution.pool").amount.rawValue,
                try (adjudications.amount - stored(.replacedByRun, run, &connection).amount).rawValue),
            Tie("account entries: written against stored, rows", moved.rows, entries.rows),
            Tie("account entries: written against stored, fen", moved.amount.rawValue, entries.amount.rawValue),
            Tie(
                "findings: written against stored, rows", try totals.sum("finding").rows,
                try stored(.findingsOfRun, run, &connection).rows),
            Tie(
                "discrepancies: written against stored, rows", try totals.sum("discrepancy").rows,
                try stored(.discrepanciesOfRun, run, &connection).rows),
            Tie(
                "personal account fund: vouchers against accounts, fen", try net(of: .personalAccountFund).rawValue,
                moved.amount.rawValue),
            Tie(
                "payable to institutions: vouchers against adjudications, fen",
                try net(of: .payableToInstitutions).rawValue, try totals.sum(prefixes: "institution.").amount.rawValue),
        ]
    }

    private func net(of subject: Subject) throws(MoneyOverflow) -> Fen {
        var net = Fen.zero
        for voucher in vouchers {
            try net += voucher.netCredit(of: subject)
        }
        return net
    }

    private func stored(_ statement: Statement, _ run: Run, _ connection: inout Connection) throws -> Count {
        try connection.first(statement, run.id) { row throws(DatabaseError) in
            Count(rows: try row[0, as: Int64.self], amount: try row[1, as: Fen.self])
        } ?? Count()
    }
}
