import Books
import Money
import Postgres

extension Statement {
    static let nextVoucherID = Statement(
        "next voucher id", "SELECT coalesce(max(voucher_id), 0) + 1 FROM ledger.voucher")

    static let insertVoucher = Statement(
        "insert voucher",
        """
        INSERT INTO ledger.voucher (voucher_id, run_id, voucher_no, kind, posting_month, voucher_date, summary, citation_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    /// All lines of a voucher at once: the database looks whether it balances when the statement ends.
    static let insertVoucherLines = Statement(
        "insert voucher lines",
        """
        INSERT INTO ledger.voucher_line (voucher_id, line_no, subject_code, fixmedins_code, debit_fen, credit_fen)
        SELECT $1, l.line_no, l.subject_code, NULLIF(l.fixmedins_code, ''), l.debit_fen, l.credit_fen
        FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[])
            WITH ORDINALITY l(subject_code, fixmedins_code, debit_fen, credit_fen, line_no)
        """)
}

/// Writes the vouchers of a run. Only the owner of the lease does, so numbers go on without gaps.
enum VoucherStore {
    /// Numbers the articles as well.
    static func insert(_ vouchers: [CitedVoucher], of run: Run, into connection: inout Connection) throws {
        var citations = try CitationStore(&connection)
        let numbered = vouchers.map { ($0.voucher, citations.number(of: $0.article)) }
        try citations.save(&connection)
        try insert(numbered, of: run, into: &connection)
    }

    /// - Parameter vouchers: with the number of the article each cites.
    static func insert(
        _ vouchers: [(voucher: Voucher, citation: Int32)], of run: Run, into connection: inout Connection
    ) throws {
        var id = try connection.first(.nextVoucherID) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 1
        for (index, (voucher, citation)) in vouchers.enumerated() {
            _ = try connection.execute(
                .insertVoucher, id, run.id, Int32(index + 1), voucher.kind.rawValue, run.postingMonth,
                max(run.instance.businessDate, run.postingMonth.firstDay), voucher.kind.summary, citation)
            func amounts(_ side: Voucher.Line.Side) -> [Int64] {
                voucher.lines.map { $0.side == side ? $0.amount.rawValue : 0 }
            }
            _ = try connection.execute(
                .insertVoucherLines, id, voucher.lines.map(\.subject.rawValue),
                voucher.lines.map { $0.institution ?? "" }, amounts(.debit), amounts(.credit))
            id += 1
        }
    }
}
