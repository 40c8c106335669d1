package import Books
import Money
package import Postgres

extension Statement {
    /// `$1` is the first month of the span, `$2` its last. Sums of `numeric` yuan are exact.
    fileprivate static let subjectTurnovers = Statement(
        "turnovers by subject",
        """
        SELECT t.subject_code,
               coalesce(100 * sum(t.debit - t.credit) FILTER (WHERE t.posting_month < $1), 0)::bigint,
               coalesce(100 * sum(t.debit) FILTER (WHERE t.posting_month >= $1), 0)::bigint,
               coalesce(100 * sum(t.credit) FILTER (WHERE t.posting_month >= $1), 0)::bigint
        FROM (SELECT subject_code, posting_month COLLATE "C" AS posting_month, debit, credit FROM report.trial_balance) t
        WHERE t.posting_month <= $2
        GROUP BY t.subject_code ORDER BY t.subject_code COLLATE "C"
        """)
}

extension TrialBalance {
    /// The subjects that moved up to the end of a span. A member of `settle_report` may ask.
    ///
    /// - Throws: ``LedgerError`` if the books do not balance, ``BooksError``, ``DatabaseError``.
    package static func ask(_ connection: inout Connection, _ span: BookSpan) throws -> TrialBalance {
        try connection.readBooks("trial balance") { connection in
            let directory = try BookDirectory(&connection)
            let rows = try connection.rows(.subjectTurnovers, span.firstText, span.lastText) { row in
                try Row(
                    directory.subject(try row[0, as: String.self]), debitBefore: try row[1, as: Fen.self],
                    debit: try row[2, as: Fen.self], credit: try row[3, as: Fen.self])
            }
            return try TrialBalance(span, rows)
        }
    }
}
