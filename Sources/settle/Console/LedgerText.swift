import Books
import Jobs
import Money

/// 明细账, or 总账 by institution, as a person and as a program reads it.
struct LedgerText {
    private let answer: LedgerAnswer
    private let words: BookWords

    init(_ answer: LedgerAnswer, _ lang: ExplainLanguage) {
        self.answer = answer
        words = BookWords(lang: lang)
    }

    var table: String {
        var table: TextTable
        switch answer {
        case .page: table = TextTable([.left, .left, .left, .right, .right, .right])
        case .byInstitution: table = TextTable([.left, .left, .right, .right, .right, .right])
        }
        for row in rows(\.grouped) { table.add(row.map(oneLine)) }
        return "\(title)\n\(table.text())"
    }

    var csv: String {
        var csv = CSVText()
        for row in rows(\.description) { csv.add(row) }
        return csv.text
    }

    private var title: String {
        switch answer {
        case .page(let page):
            let place = page.institution.map { "  \(oneLine("\($0.code) \($0.name)"))" } ?? ""
            return words.title("\(heading(page.subject))\(place)", page.span)
        case .byInstitution(let ledger):
            return words.title(heading(ledger.subject), ledger.span)
        }
    }

    /// As `2101 应付定点机构（贷）`.
    private func heading(_ subject: LedgerSubject) -> String {
        let side = words.name(subject.subjectClass.side)
        return "\(subject.code) \(words.name(subject))\(words.lang("（\(side)）", " (\(side))"))"
    }

    private func rows(_ text: (Fen) -> String) -> [[String]] {
        switch answer {
        case .page(let page): rows(of: page, text)
        case .byInstitution(let ledger): rows(of: ledger, text)
        }
    }

    private func rows(of page: LedgerPage, _ text: (Fen) -> String) -> [[String]] {
        let lang = words.lang
        let heading = [
            lang("日期", "date"), lang("凭证号", "voucher"), lang("摘要", "summary"), words.debit, words.credit,
            lang("余额", "balance"),
        ]
        let lines = page.lines.map { line in
            [
                "\(line.entry.date)", line.entry.voucher, line.entry.summary,
                line.entry.debit == .zero ? "" : text(line.entry.debit),
                line.entry.credit == .zero ? "" : text(line.entry.credit), text(line.balance),
            ]
        }
        let turnover = page.turnover
        return [heading, ["", "", words.opening, "", "", text(turnover.opening)]] + lines
            + [["", "", words.closing, text(turnover.debit), text(turnover.credit), text(turnover.closing)]]
    }

    private func rows(of ledger: LedgerByInstitution, _ text: (Fen) -> String) -> [[String]] {
        let heading = [
            words.institution, words.institutionName, words.opening, words.debit, words.credit, words.closing,
        ]
        let lines = ledger.rows.map { row in
            [row.institution?.code ?? "", row.institution?.name ?? ""] + words.amounts(row.turnover, text)
        }
        return [heading] + lines + [[words.total, ""] + words.amounts(ledger.total, text)]
    }

    var json: String {
        get throws {
            switch answer {
            case .page(let page): try bookJSON(PageDocument(page))
            case .byInstitution(let ledger): try bookJSON(InstitutionsDocument(ledger))
            }
        }
    }
}

private struct PageDocument: Encodable {
    struct Line: Encodable {
        let date: String
        let run: Int64
        let voucher: Int32
        let summary: String
        let debit: String
        let credit: String
        let balance: String
    }

    let span: SpanDocument
    let subject: SubjectDocument
    let institution: InstitutionDocument?
    let lines: [Line]
    let turnover: TurnoverDocument

    init(_ page: LedgerPage) {
        (span, subject) = (SpanDocument(page.span), SubjectDocument(page.subject))
        institution = page.institution.map(InstitutionDocument.init)
        lines = page.lines.map { line in
            Line(
                date: "\(line.entry.date)", run: line.entry.run, voucher: line.entry.number,
                summary: line.entry.summary, debit: "\(line.entry.debit)", credit: "\(line.entry.credit)",
                balance: "\(line.balance)")
        }
        turnover = TurnoverDocument(page.turnover)
    }
}

private struct InstitutionsDocument: Encodable {
    struct Row: Encodable {
        let institution: InstitutionDocument?
        let turnover: TurnoverDocument
    }

    let span: SpanDocument
    let subject: SubjectDocument
    let institutions: [Row]
    let turnover: TurnoverDocument

    init(_ ledger: LedgerByInstitution) {
        (span, subject) = (SpanDocument(ledger.span), SubjectDocument(ledger.subject))
        institutions = ledger.rows.map { row in
            Row(
                institution: row.institution.map(InstitutionDocument.init), turnover: TurnoverDocument(row.turnover))
        }
        turnover = TurnoverDocument(ledger.total)
    }
}
