import Books
import Money
import Postgres

extension Statement {
    /// What all accounts come to by the runs that posted through a month.
    fileprivate static let entriesThrough = Statement(
        "entries through",
        """
        SELECT coalesce(sum(e.amount_fen), 0)::bigint FROM ledger.account_entry e
        WHERE e.run_id IN (SELECT run_id FROM run.run WHERE posting_month <= $1 AND run_id <= $2)
        """)

    /// What the books say of the personal account fund, through a month.
    fileprivate static let accountFundThrough = Statement(
        "account fund through",
        """
        SELECT coalesce(sum(l.credit_fen) - sum(l.debit_fen), 0)::bigint
        FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id)
        WHERE v.posting_month <= $1 AND l.subject_code = $2
        """)

    fileprivate static let carriedForward = Statement(
        "carried forward",
        """
        SELECT count(*), coalesce(sum(closing_fen), 0)::bigint FROM ledger.account_year WHERE year = $1
        """)

    fileprivate static let trialBalanceDifference = Statement(
        "trial balance difference",
        """
        SELECT coalesce(sum(l.debit_fen) - sum(l.credit_fen), 0)::bigint
        FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id) WHERE v.posting_month <= $1
        """)
}

/// Compares what a year-end counted with what stands in the database, and both with the books.
struct YearEndTies {
    let totals: [ControlTotal]
    let conserved: [RowConservation]

    func all(of plan: YearEndPlan, _ connection: inout Connection) throws -> [Tie] {
        try proof() + conserved.map(\.tie) + ledger(of: plan, &connection) + accounts(of: plan, &connection)
    }

    /// Of a proof alone, that closes nothing.
    func ofProof(_ plan: YearEndPlan, _ connection: inout Connection) throws -> [Tie] {
        try proof() + conserved.map(\.tie) + ledger(of: plan, &connection)
    }

    /// After its differences are posted, nothing is left to post.
    fileprivate func proof() throws -> [Tie] {
        try ["settlement", "sums", "entry", "credit", "person", "unfounded"].map { subject in
            Tie("remainder of the proof: \(subject)", try totals.sum("remainder.\(subject)").rows, 0)
        }
    }

    private func ledger(of plan: YearEndPlan, _ connection: inout Connection) throws -> [Tie] {
        let written = try totals.sum(prefixes: "posted.", "taken_back.", "entry.")
        let entries = try count(.entriesOfRun, plan.run.id, &connection)
        let adjudications = try count(.adjudicationsOfRun, plan.run.id, &connection)
        let adjudicated = try totals.sum("adjudication.written")
        return [
            Tie("account entries: written against stored, rows", written.rows, entries.rows),
            Tie("account entries: written against stored, fen", written.amount.rawValue, entries.amount.rawValue),
            Tie("adjudications: written against stored, rows", adjudicated.rows, adjudications.rows),
            Tie(
                "adjudications: written against stored, fen", adjudicated.amount.rawValue,
                adjudications.amount.rawValue),
        ]
    }

    private func accounts(of plan: YearEndPlan, _ connection: inout Connection) throws -> [Tie] {
        let december = Month.last(of: plan.year)
        let closing = try totals.sum("account.closing")
        let carried = try count(.carriedForward, Int16(clamping: plan.year), &connection)
        let before = try count(.carriedForward, Int16(clamping: plan.year - 1), &connection)
        let fund = try connection.first(.accountFundThrough, december, Subject.personalAccountFund.rawValue) {
            row throws(DatabaseError) in try row[0, as: Int64.self]
        }
        let difference = try connection.first(.trialBalanceDifference, december) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
        return [
            Tie("accounts: written against stored, rows", closing.rows, carried.rows),
            Tie(
                "accounts: opening against last year's closing, fen",
                try totals.sum("account.opening").amount.rawValue, before.amount.rawValue),
            Tie(
                "accounts: closing against the personal account fund, fen", carried.amount.rawValue, fund ?? 0),
            Tie("trial balance: debit − credit, fen", difference ?? 0, 0),
        ]
    }

    /// The accounts against the personal account fund, before the run's own vouchers stand in the books.
    ///
    /// - Parameter vouchers: what the run will book by what it has posted so far; the interest among it is of accounts that
    ///   a run that was interrupted has carried forward already.
    func fund(
        of plan: YearEndPlan, besides vouchers: [CitedVoucher], _ connection: inout Connection
    ) throws -> Tie {
        let december = Month.last(of: plan.year)
        let entries = try connection.first(.entriesThrough, december, plan.run.id) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
        var fund = Fen(
            try connection.first(.accountFundThrough, december, Subject.personalAccountFund.rawValue) {
                row throws(DatabaseError) in try row[0, as: Int64.self]
            } ?? 0)
        for voucher in vouchers { try fund += voucher.voucher.netCredit(of: .personalAccountFund) }
        return Tie("accounts against the personal account fund, fen", entries ?? 0, fund.rawValue)
    }

    private func count(
        _ statement: Statement, _ parameter: some ParameterValue, _ connection: inout Connection
    ) throws -> Count {
        try connection.first(statement, parameter) { row throws(DatabaseError) in
            Count(rows: try row[0, as: Int64.self], amount: try row[1, as: Fen.self])
        } ?? Count()
    }
}

extension YearEndPlan {
    /// A chunk of which something is left is not committed, so that it is proven again when the cause is found.
    ///
    /// - Throws: ``JobError/doesNotTie(_:run:_:)``.
    func expectNothing(of remainder: [ControlTotal]) throws {
        let ties = try YearEndTies(totals: remainder, conserved: []).proof()
        guard ties.allSatisfy(\.holds) else { throw JobError.doesNotTie(run.instance, run: run.id, ties) }
    }
}
