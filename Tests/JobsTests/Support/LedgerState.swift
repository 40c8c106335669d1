import Postgres
import Testing

/// What a database says after its runs, in forms that can be compared.
extension ScratchDatabase {
    /// What the accounts come to: the sum over the revisions of each movement. This is the state that must not depend on
    /// how facts were cut into batches, in which order they came and how often runs were interrupted.
    func accountState() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', person_id, covered_month, kind, source, sum(amount_fen)) FROM ledger.account_entry
            GROUP BY person_id, covered_month, kind, source HAVING sum(amount_fen) <> 0
            ORDER BY person_id, covered_month, kind, source
            """)
    }

    /// How many keys and indexes the months and years of the ledger have: each was built by itself if its table was filled
    /// first.
    func keysOfLedgerTables() throws -> Int {
        let keys = try rows(
            """
            SELECT count(*)::text FROM pg_index k JOIN pg_inherits t ON t.inhrelid = k.indrelid
            WHERE t.inhparent IN ('ledger.account_entry'::regclass, 'ledger.adjudication'::regclass)
            """)
        return keys.first.flatMap { Int($0) } ?? 0
    }

    /// The balances that people read.
    func balances() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', psn_no, balance) FROM report.account_balance WHERE balance <> 0 ORDER BY psn_no
            """)
    }

    /// What each fund and deposit comes to. Income subjects come to nothing: a month-end divides income between the funds.
    func bookState() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', subject_code, sum(debit - credit)) FROM report.trial_balance
            GROUP BY subject_code HAVING sum(debit - credit) <> 0 ORDER BY subject_code
            """)
    }

    /// Everything that runs wrote, but for times, attempts and fences, which tell of the machine and not of the facts.
    func everything() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', 'entry', e.run_id, e.person_id, e.covered_month, e.kind, e.source, e.revision,
                             e.amount_fen, e.effective_on, c.citation) AS line
            FROM ledger.account_entry e LEFT JOIN run.citation c USING (citation_id)
            UNION ALL
            SELECT concat_ws(' ', 'exception', run_id, person_id, covered_month, reason, source, amount_fen)
            FROM run.exception
            UNION ALL
            SELECT concat_ws(' ', 'finding', run_id, person_id, covered_month, kind, source, expected_fen, found_fen)
            FROM run.finding
            UNION ALL
            SELECT concat_ws(' ', 'total', run_id, chunk_no, measure, item, row_count, amount_fen) FROM run.control_total
            UNION ALL
            SELECT concat_ws(' ', 'chunk', run_id, chunk_no, person_from, person_upto) FROM run.chunk
            UNION ALL
            SELECT concat_ws(' ', 'run', run_id, job, business_date, posting_month, horizon, batch_upto,
                             previous_horizon, previous_batch_upto, months_from, chunk_count, state, waits_for,
                             rule_pack_digest, program_version)
            FROM run.run
            UNION ALL
            SELECT concat_ws(' ', 'voucher', v.voucher_id, v.run_id, v.voucher_no, v.kind, v.posting_month,
                             v.voucher_date, v.summary, c.citation, l.line_no, l.subject_code, l.fixmedins_code,
                             l.debit_fen, l.credit_fen)
            FROM ledger.voucher v LEFT JOIN run.citation c USING (citation_id)
            FULL JOIN ledger.voucher_line l USING (voucher_id)
            UNION ALL
            SELECT concat_ws(' ', 'period', month, state, closed_by_run) FROM ledger.period
            UNION ALL
            SELECT concat_ws(' ', 'clearing', run_id, month, fixmedins_code, fund, incurred_fen, withheld_fen, annual_fen,
                             deposit_fen, payment_fen, carried_fen)
            FROM ledger.institution_clearing
            ORDER BY line
            """)
    }

    /// The number of rows of every table of the program, by its name.
    func rowCounts() throws -> [String] {
        try rows(
            """
            SELECT concat_ws(' ', t.schemaname, t.tablename,
                             (xpath('/row/n/text()', query_to_xml(
                                 format('SELECT count(*) AS n FROM %I.%I', t.schemaname, t.tablename),
                                 false, true, '')))[1])
            FROM pg_tables t WHERE t.schemaname IN ('intake', 'ledger', 'run', 'report')
            ORDER BY t.schemaname, t.tablename
            """)
    }
}

extension ScratchDatabase {
    /// Expects an answer, and shows it where it is another.
    func expect(_ sql: SQLText, is expected: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let found = try rows(sql)
        #expect(found == expected, sourceLocation: sourceLocation)
    }
}

/// Expects two states to be equal, and shows what only one of them has.
func expectSame(
    _ left: @autoclosure () throws -> [String], _ right: @autoclosure () throws -> [String], _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let found = differences(try left(), try right())
    #expect(found == [], comment, sourceLocation: sourceLocation)
}

/// The lines that only one of two states has, at most twenty: empty means that they are equal.
func differences(_ left: [String], _ right: [String]) -> [String] {
    let (leftLines, rightLines) = (Set(left), Set(right))
    let lines =
        leftLines.subtracting(rightLines).map { "only left: \($0)" }
        + rightLines.subtracting(leftLines).map { "only right: \($0)" }
    guard lines.isEmpty, left.count != right.count else { return Array(lines.sorted().prefix(20)) }
    return ["\(left.count) lines against \(right.count), with repeats"]
}
