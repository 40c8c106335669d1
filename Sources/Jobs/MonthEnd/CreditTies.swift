import Books
import Money
import Postgres

extension Statement {
    static let entriesOfRun = Statement(
        "entries of run",
        "SELECT count(*), coalesce(sum(amount_fen), 0)::bigint FROM ledger.account_entry WHERE run_id = $1")

    static let exceptionsOfRun = Statement(
        "exceptions of run", "SELECT count(*), 0::bigint FROM run.exception WHERE run_id = $1")

    static let findingsOfRun = Statement(
        "findings of run",
        "SELECT count(*), coalesce(sum(found_fen - expected_fen), 0)::bigint FROM run.finding WHERE run_id = $1")
}

/// Compares what the program counted with what stands in the database, and both with the vouchers. A run whose ties do
/// not all hold is not completed.
struct CreditTies {
    let totals: [ControlTotal]
    let vouchers: [Voucher]
    let income: IncomeOfFacts

    func all(of plan: CreditPlan, _ connection: inout Connection) throws -> [Tie] {
        try conservation() + ledger(of: plan.run, &connection) + receipts() + books()
    }

    /// Every row read has one fate: read = credited + excepted + not due.
    private func conservation() throws -> [Tie] {
        try ["contribution", "month"].map { subject in
            let fates = try totals.sum("\(subject).credited", "\(subject).excepted", "\(subject).not_due")
            return Tie(
                "\(subject): read against credited + excepted + not due", try totals.sum("\(subject).read").rows,
                fates.rows)
        }
    }

    /// What the chunks say they wrote is what stands there.
    private func ledger(of run: Run, _ connection: inout Connection) throws -> [Tie] {
        let entries = try stored(.entriesOfRun, run.id, &connection)
        let written = try totals.sum(prefixes: "posted.", "taken_back.")
        let exceptions = try stored(.exceptionsOfRun, run.id, &connection)
        let findings = try stored(.findingsOfRun, run.id, &connection)
        return [
            Tie("account entries: written against stored, rows", written.rows, entries.rows),
            Tie("account entries: written against stored, fen", written.amount.rawValue, entries.amount.rawValue),
            Tie(
                "exceptions: written against stored, rows",
                try totals.sum("contribution.excepted", "month.excepted").rows,
                exceptions.rows),
            Tie("findings: written against stored, rows", try totals.sum("finding").rows, findings.rows),
        ]
    }

    /// What is booked as income is what the facts new to this run say was received.
    private func receipts() throws -> [Tie] {
        [
            Tie(
                "income: booked against new contributions, fen", try totals.sum("received").amount.rawValue,
                income.received.amount.rawValue)
        ]
    }

    /// The personal account fund moves by what the accounts move.
    private func books() throws -> [Tie] {
        var net = Fen.zero
        for voucher in vouchers {
            try net += voucher.netCredit(of: .personalAccountFund)
        }
        let written = try totals.sum(prefixes: "posted.", "taken_back.")
        return [Tie("personal account fund: vouchers against accounts, fen", net.rawValue, written.amount.rawValue)]
    }

    private func stored(
        _ statement: Statement, _ runID: Int64, _ connection: inout Connection
    ) throws -> Count {
        try connection.first(statement, runID, decode: CreditTies.count) ?? Count()
    }

    private static func count(_ row: borrowing Row) throws(DatabaseError) -> Count {
        Count(rows: try row[0, as: Int64.self], amount: try row[1, as: Fen.self])
    }
}
