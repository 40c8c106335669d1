import Books
import Money

/// 试算平衡表 as a person and as a program reads it.
struct TrialBalanceText {
    private let balance: TrialBalance
    private let words: BookWords

    init(_ balance: TrialBalance, _ lang: ExplainLanguage) {
        self.balance = balance
        words = BookWords(lang: lang)
    }

    var table: String {
        let title = words.title(words.lang("试算平衡表", "Trial balance"), balance.span)
        guard !balance.rows.isEmpty else { return "\(title)\n  \(words.lang("无记账凭证", "no vouchers"))" }
        var table = TextTable([.left, .left, .left, .right, .right, .right, .right])
        for row in rows(\.grouped) { table.add(row) }
        return "\(title)\n\(table.text())"
    }

    var csv: String {
        var csv = CSVText()
        for row in rows(\.description) { csv.add(row) }
        return csv.text
    }

    /// Heading, subjects, then the sums of the debit side above those of the credit side, which they equal.
    private func rows(_ text: (Fen) -> String) -> [[String]] {
        let heading = [
            words.subject, words.subjectName, words.side, words.opening, words.debit, words.credit, words.closing,
        ]
        let subjects = balance.rows.map { row in
            [row.subject.code, words.name(row.subject), words.name(row.turnover.side)]
                + words.amounts(row.turnover, text)
        }
        let turnover = text(balance.turnover)
        let totals = [balance.debitTotal, balance.creditTotal].map { total in
            [words.total, "", words.name(total.side), text(total.opening)]
                + (total.side == .debit ? [turnover, ""] : ["", turnover]) + [text(total.closing)]
        }
        return [heading] + subjects + totals
    }

    var json: String {
        get throws {
            try bookJSON(
                Document(
                    span: SpanDocument(balance.span),
                    subjects: balance.rows.map {
                        Document.Row(subject: SubjectDocument($0.subject), turnover: TurnoverDocument($0.turnover))
                    },
                    totals: Document.Totals(
                        opening: balance.debitTotal.opening.description, debit: balance.turnover.description,
                        credit: balance.turnover.description, closing: balance.debitTotal.closing.description)))
        }
    }

    private struct Document: Encodable {
        struct Row: Encodable {
            let subject: SubjectDocument
            let turnover: TurnoverDocument

            func encode(to encoder: any Encoder) throws {
                try subject.encode(to: encoder)
                try turnover.encode(to: encoder)
            }
        }

        /// Each the same on the debit and on the credit side.
        struct Totals: Encodable {
            let opening: String
            let debit: String
            let credit: String
            let closing: String
        }

        let span: SpanDocument
        let subjects: [Row]
        let totals: Totals
    }
}
