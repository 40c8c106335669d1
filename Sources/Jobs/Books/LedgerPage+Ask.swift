package import Books
import Money
package import Postgres

extension Statement {
    fileprivate static let isHeldByInstitution = Statement(
        "is held by institution",
        "SELECT EXISTS (SELECT FROM report.voucher_line WHERE subject_code = $1 AND fixmedins_code IS NOT NULL)")

    fileprivate static let hasLines = Statement(
        "has lines",
        "SELECT EXISTS (SELECT FROM report.voucher_line WHERE subject_code = $1 AND fixmedins_code = $2)")

    /// `$2` is the institution or null for all, `$3` the first month of the span.
    fileprivate static let ledgerOpening = Statement(
        "opening of a ledger page",
        """
        SELECT coalesce(100 * sum(debit - credit), 0)::bigint FROM report.voucher_line
        WHERE subject_code = $1 AND ($2::text IS NULL OR fixmedins_code = $2) AND posting_month COLLATE "C" < $3
        """)

    /// `$4` is the last month of the span.
    fileprivate static let ledgerEntries = Statement(
        "entries of a ledger page",
        """
        SELECT book_date, run_id, voucher_no, summary, (100 * debit)::bigint, (100 * credit)::bigint
        FROM report.voucher_line
        WHERE subject_code = $1 AND ($2::text IS NULL OR fixmedins_code = $2)
          AND posting_month COLLATE "C" BETWEEN $3 AND $4
        ORDER BY book_date, voucher_id, line_no
        """)

    fileprivate static let institutionTurnovers = Statement(
        "turnovers by institution",
        """
        SELECT l.fixmedins_code,
               coalesce(100 * sum(l.debit - l.credit) FILTER (WHERE l.posting_month < $2), 0)::bigint,
               coalesce(100 * sum(l.debit) FILTER (WHERE l.posting_month >= $2), 0)::bigint,
               coalesce(100 * sum(l.credit) FILTER (WHERE l.posting_month >= $2), 0)::bigint
        FROM (SELECT fixmedins_code, posting_month COLLATE "C" AS posting_month, debit, credit
              FROM report.voucher_line WHERE subject_code = $1) l
        WHERE l.posting_month <= $3
        GROUP BY l.fixmedins_code ORDER BY l.fixmedins_code COLLATE "C" NULLS FIRST
        """)
}

/// What `settle books ledger` shows: a page of lines, or where a subject is held by institution, one row for each.
package enum LedgerAnswer: Hashable, Sendable {
    case page(LedgerPage)
    case byInstitution(LedgerByInstitution)

    /// A member of `settle_report` may ask.
    ///
    /// - Parameter institution: `nil` for the whole subject.
    /// - Throws: ``BooksError``, ``LedgerError``, ``DatabaseError``.
    package static func ask(
        _ connection: inout Connection, subject code: String, institution: String?, _ span: BookSpan
    ) throws -> LedgerAnswer {
        try connection.readBooks("ledger page") { connection in
            let directory = try BookDirectory(&connection)
            let subject = try directory.subject(code)
            let isHeld = try connection.isTrue(.isHeldByInstitution, code)
            if isHeld && institution == nil {
                return .byInstitution(try LedgerByInstitution.ask(&connection, subject, directory, span))
            }
            if let institution {
                let isKnown =
                    try directory.isKnown(institution: institution)
                    || connection.isTrue(.hasLines, code, institution)
                guard isKnown else { throw BooksError.unknownInstitution(institution) }
                guard isHeld else { throw BooksError.notHeldByInstitution(subject) }
            }
            return .page(try LedgerPage.ask(&connection, subject, institution.map(directory.institution), span))
        }
    }
}

extension LedgerPage {
    fileprivate static func ask(
        _ connection: inout Connection, _ subject: LedgerSubject, _ institution: LedgerInstitution?, _ span: BookSpan
    ) throws -> LedgerPage {
        let opening = try connection.first(.ledgerOpening, subject.code, institution?.code, span.firstText) {
            row throws(DatabaseError) in try row[0, as: Fen.self]
        }
        let entries = try connection.rows(
            .ledgerEntries, subject.code, institution?.code, span.firstText, span.lastText
        ) { row throws(DatabaseError) in
            Entry(
                date: try row[0, as: CivilDate.self], run: try row[1, as: Int64.self],
                number: try row[2, as: Int32.self], summary: try row[3, as: String.self],
                debit: try row[4, as: Fen.self], credit: try row[5, as: Fen.self])
        }
        return try LedgerPage(subject, institution, span, debitBefore: opening ?? .zero, entries)
    }
}

extension LedgerByInstitution {
    fileprivate static func ask(
        _ connection: inout Connection, _ subject: LedgerSubject, _ directory: BookDirectory, _ span: BookSpan
    ) throws -> LedgerByInstitution {
        let rows = try connection.rows(.institutionTurnovers, subject.code, span.firstText, span.lastText) { row in
            Row(
                try row[0, as: String?.self].map(directory.institution),
                try Turnover(
                    on: subject.subjectClass.side, debitBefore: try row[1, as: Fen.self],
                    debit: try row[2, as: Fen.self], credit: try row[3, as: Fen.self]))
        }
        return try LedgerByInstitution(subject, span, rows)
    }
}

extension Connection {
    fileprivate mutating func isTrue(_ statement: Statement, _ first: String, _ second: String? = nil) throws -> Bool {
        func decode(_ row: borrowing Row) throws(DatabaseError) -> Bool { try row[0, as: Bool.self] }
        guard let second else { return try self.first(statement, first, decode: decode) ?? false }
        return try self.first(statement, first, second, decode: decode) ?? false
    }
}
