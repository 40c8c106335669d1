package import Books
import Money
package import Postgres

extension Statement {
    /// Every account that moved up to the end of the span, with its balances before and after it.
    fileprivate static let bookBalances = Statement(
        "balances by account",
        """
        SELECT l.subject_code, l.fixmedins_code,
               coalesce(100 * sum(l.debit - l.credit) FILTER (WHERE l.posting_month < $1), 0)::bigint,
               (100 * sum(l.debit - l.credit))::bigint
        FROM (SELECT subject_code, fixmedins_code, posting_month COLLATE "C" AS posting_month, debit, credit
              FROM report.voucher_line) l
        WHERE l.posting_month <= $2
        GROUP BY l.subject_code, l.fixmedins_code
        ORDER BY l.subject_code COLLATE "C", l.fixmedins_code COLLATE "C" NULLS FIRST
        """)

    fileprivate static let lastBookDate = Statement(
        "last day of the books", "SELECT max(book_date) FROM report.voucher_line")

    fileprivate static let bookLines = Statement(
        "voucher lines",
        """
        SELECT voucher_id, book_date, voucher_date, run_id, voucher_no, kind, summary, article,
               subject_code, fixmedins_code, (100 * debit)::bigint, (100 * credit)::bigint
        FROM report.voucher_line
        WHERE posting_month COLLATE "C" BETWEEN $1 AND $2
        ORDER BY book_date, voucher_id, line_no
        """)
}

/// `settle books export`: the vouchers of completed runs as a journal that hledger reads. Memory holds one voucher and a
/// block of bytes, whatever the span.
package struct JournalExport {
    private let span: BookSpan
    private let blockSize: Int

    package init(_ span: BookSpan, blockSize: Int = 64 * 1024) {
        self.span = span
        self.blockSize = blockSize
    }

    /// - Parameter sink: gets the journal's bytes in order, in blocks.
    /// - Returns: how many vouchers were written.
    /// - Throws: ``BooksError``, ``LedgerError``, ``DatabaseError``, or the sink's error.
    @discardableResult
    package func write(_ connection: inout Connection, to sink: ([UInt8]) throws -> Void) throws -> Int64 {
        try connection.readBooks("journal") { connection in
            let directory = try BookDirectory(&connection)
            let balances = try balances(&connection)
            var journal = HledgerJournal(
                HledgerAccounts(subjects: directory.subjects, institutions: directory.institutions))
            try journal.begin(span, balances.map(\.account))
            if let first = span.first { try journal.open(balances, on: first.firstDay) }
            let count = try writeVouchers(&connection, to: &journal, sink)
            if let end = try end(&connection) { try journal.close(balances, on: end) }
            try sink(journal.takeBytes())
            return count
        }
    }

    private func balances(_ connection: inout Connection) throws -> [BookBalance] {
        try connection.rows(.bookBalances, span.firstText, span.lastText) { row throws(DatabaseError) in
            BookBalance(
                BookAccount(subject: try row[0, as: String.self], institution: try row[1, as: String?.self]),
                debitBefore: try row[2, as: Fen.self], debitAfter: try row[3, as: Fen.self])
        }
    }

    /// The day of the closing; `nil` if the books are empty.
    private func end(_ connection: inout Connection) throws -> CivilDate? {
        if let last = span.last { return last.lastDay }
        let newest = try connection.first(.lastBookDate) { row throws(DatabaseError) in
            try row[0, as: CivilDate?.self]
        }
        return newest??.month.lastDay
    }

    private func writeVouchers(
        _ connection: inout Connection, to journal: inout HledgerJournal, _ sink: ([UInt8]) throws -> Void
    ) throws -> Int64 {
        var (voucherID, voucher, count) = (Int64(0), BookVoucher?.none, Int64(0))
        try connection.forEachRow(.bookLines, span.firstText, span.lastText) { row in
            let id = try row[0, as: Int64.self]
            if id != voucherID {
                if let voucher { try journal.append(voucher) }
                if journal.byteCount >= blockSize { try sink(journal.takeBytes()) }
                voucher = BookVoucher(
                    bookDate: try row[1, as: CivilDate.self], voucherDate: try row[2, as: CivilDate.self],
                    run: try row[3, as: Int64.self], number: try row[4, as: Int32.self],
                    kind: try row[5, as: String.self], summary: try row[6, as: String.self],
                    article: try row[7, as: String.self])
                voucherID = id
                count += 1
            }
            voucher?.lines.append(
                BookVoucher.Line(
                    BookAccount(subject: try row[8, as: String.self], institution: try row[9, as: String?.self]),
                    debit: try row[10, as: Fen.self], credit: try row[11, as: Fen.self]))
        }
        if let voucher { try journal.append(voucher) }
        return count
    }
}
