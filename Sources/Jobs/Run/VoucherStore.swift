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

    static let insertVoucherLine = Statement(
        "insert voucher line",
        """
        INSERT INTO ledger.voucher_line (voucher_id, line_no, subject_code, fixmedins_code, debit_fen, credit_fen)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)
}

/// Writes the vouchers of a run. Only the owner of the lease does, so numbers go on without gaps.
enum VoucherStore {
    /// - Parameter vouchers: with the number of the article each cites.
    static func insert(
        _ vouchers: [(voucher: Voucher, citation: Int32)], of run: Run, into connection: inout Connection
    ) throws {
        var id = try connection.first(.nextVoucherID) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 1
        for (index, (voucher, citation)) in vouchers.enumerated() {
            _ = try connection.execute(
                .insertVoucher, id, run.id, Int32(index + 1), voucher.kind.rawValue, run.postingMonth,
                run.instance.businessDate, voucher.kind.summary, citation)
            for (lineIndex, line) in voucher.lines.enumerated() {
                let isDebit = line.side == .debit
                _ = try connection.execute(
                    .insertVoucherLine, id, Int32(lineIndex + 1), line.subject.rawValue, line.institution,
                    isDebit ? line.amount : .zero, isDebit ? .zero : line.amount)
            }
            id += 1
        }
    }
}
