import Books
import Money
import Postgres

extension SubjectClass: ColumnValue {}

extension Statement {
    fileprivate static let bookSubjects = Statement(
        "subjects",
        "SELECT subject_code, subject_name, subject_name_en, class FROM report.subject ORDER BY subject_code COLLATE \"C\""
    )

    fileprivate static let bookInstitutions = Statement(
        "institution names",
        """
        SELECT DISTINCT ON (fixmedins_code) fixmedins_code, fixmedins_name FROM report.institution
        ORDER BY fixmedins_code, begndate DESC
        """)
}

/// The names that pages of the books use: the chart of accounts, and institutions by their newest name.
struct BookDirectory {
    /// Ascending by code.
    let subjects: [LedgerSubject]
    let institutions: [LedgerInstitution]
    private let institutionsByCode: [String: LedgerInstitution]

    init(_ connection: inout Connection) throws {
        subjects = try connection.rows(.bookSubjects) { row throws(DatabaseError) in
            LedgerSubject(
                code: try row[0, as: String.self], name: try row[1, as: String.self],
                englishName: try row[2, as: String.self], subjectClass: try row[3, as: SubjectClass.self])
        }
        institutions = try connection.rows(.bookInstitutions) { row throws(DatabaseError) in
            LedgerInstitution(code: try row[0, as: String.self], name: try row[1, as: String.self])
        }
        institutionsByCode = Dictionary(institutions.map { ($0.code, $0) }) { first, _ in first }
    }

    func subject(_ code: String) throws(BooksError) -> LedgerSubject {
        guard let subject = subjects.first(where: { $0.code == code }) else {
            throw .unknownSubject(code, known: subjects.map(\.code))
        }
        return subject
    }

    func isKnown(institution code: String) -> Bool { institutionsByCode[code] != nil }

    /// With an empty name if none was delivered.
    func institution(_ code: String) -> LedgerInstitution {
        institutionsByCode[code] ?? LedgerInstitution(code: code, name: "")
    }
}

extension BookSpan {
    /// The first posting month as the views write it, or a text before all.
    var firstText: String { first?.description ?? "" }

    /// The last posting month as the views write it, or a text after all.
    var lastText: String { last?.description ?? "9999-99" }
}
