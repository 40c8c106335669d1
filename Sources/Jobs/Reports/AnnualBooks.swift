import Books
import Money
import Postgres

extension Statement {
    fileprivate static let turnoverThrough = Statement(
        "turnover through",
        """
        SELECT v.posting_month, v.kind, l.subject_code, sum(l.debit_fen)::bigint, sum(l.credit_fen)::bigint
        FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id)
        JOIN run.run r ON r.run_id = v.run_id AND r.state = 'completed'
        WHERE v.posting_month <= $1 GROUP BY v.posting_month, v.kind, l.subject_code
        ORDER BY v.posting_month, v.kind, l.subject_code
        """)

    fileprivate static let subjectsInOrder = Statement(
        "subjects in order", "SELECT code, name, name_en, class FROM ledger.subject ORDER BY code")
}

/// The books through the end of a year, by month, kind of voucher and subject.
struct AnnualBooks {
    struct Line {
        let month: Month
        /// `nil` for a kind that this program does not know.
        let kind: VoucherKind?
        let subject: String
        let debit: Fen
        let credit: Fen
    }

    /// Subjects by code.
    let subjects: [LedgerSubject]
    let before: [Line]
    let ofYear: [Line]

    init(_ year: Int, _ connection: inout Connection) throws {
        subjects = try connection.rows(.subjectsInOrder) { row throws(DatabaseError) in
            LedgerSubject(
                code: try row[0, as: String.self], name: try row[1, as: String.self],
                englishName: try row[2, as: String.self], subjectClass: try row[3, as: SubjectClass.self])
        }
        let lines = try connection.rows(.turnoverThrough, Month.last(of: year)) { row throws(DatabaseError) in
            Line(
                month: try row[0, as: Month.self], kind: VoucherKind(rawValue: try row[1, as: String.self]),
                subject: try row[2, as: String.self], debit: try row[3, as: Fen.self], credit: try row[4, as: Fen.self])
        }
        before = lines.filter { $0.month.year < year }
        ofYear = lines.filter { $0.month.year == year }
    }

    /// What a subject grew by on the credit side.
    static func netCredit(
        _ lines: [Line], of subject: Subject, where isMeant: (Line) -> Bool = { _ in true }
    ) throws(MoneyOverflow) -> Fen {
        var sum = Fen.zero
        for line in lines where line.subject == subject.rawValue && isMeant(line) {
            sum = try sum + line.credit - line.debit
        }
        return sum
    }
}
