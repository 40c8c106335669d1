import Books
import FoundationEssentials
import Money

// What the pages have in common as JSON. Amounts are texts of yuan with two decimals, since a reader may take a JSON
// number for a binary fraction.

struct SpanDocument: Encodable {
    let first: String?
    let last: String?

    init(_ span: BookSpan) {
        first = span.first?.description
        last = span.last?.description
    }
}

struct SubjectDocument: Encodable {
    let code: String
    let name: String
    let englishName: String
    let subjectClass: String

    private enum CodingKeys: String, CodingKey {
        case code, name, englishName
        case subjectClass = "class"
    }

    init(_ subject: LedgerSubject) {
        (code, name, englishName) = (subject.code, subject.name, subject.englishName)
        subjectClass = subject.subjectClass.rawValue
    }
}

struct InstitutionDocument: Encodable {
    let code: String
    let name: String

    init(_ institution: LedgerInstitution) {
        (code, name) = (institution.code, institution.name)
    }
}

struct TurnoverDocument: Encodable {
    let side: String
    let opening: String
    let debit: String
    let credit: String
    let closing: String

    init(_ turnover: Turnover) {
        side = turnover.side == .debit ? "debit" : "credit"
        (opening, closing) = (turnover.opening.description, turnover.closing.description)
        (debit, credit) = (turnover.debit.description, turnover.credit.description)
    }
}

func bookJSON(_ document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
}
