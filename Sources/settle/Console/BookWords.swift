import Books
import Money

/// The words of the books in both languages.
struct BookWords {
    let lang: ExplainLanguage

    var subject: String { lang("科目", "subject") }
    var subjectName: String { lang("科目名称", "name") }
    var institution: String { lang("机构", "institution") }
    var institutionName: String { lang("机构名称", "name") }
    var side: String { lang("方向", "side") }
    var opening: String { lang("期初余额", "opening") }
    var debit: String { lang("借方发生额", "debit") }
    var credit: String { lang("贷方发生额", "credit") }
    var closing: String { lang("期末余额", "closing") }
    var total: String { lang("合计", "total") }

    func name(_ side: Voucher.Line.Side) -> String {
        switch side {
        case .debit: lang("借", "debit")
        case .credit: lang("贷", "credit")
        }
    }

    func name(_ subject: LedgerSubject) -> String { lang(subject.name, subject.englishName) }

    func name(_ span: BookSpan) -> String {
        switch span {
        case .month(let month): "\(month)"
        case .year(let year): lang("\(year)年", "\(year)")
        case .through(let month): lang("截至 \(month)", "through \(month)")
        case .all: lang("全部月份", "all months")
        }
    }

    /// The line above a page.
    func title(_ kind: String, _ span: BookSpan) -> String {
        "\(kind)  \(name(span))  \(lang("单位：元", "yuan"))"
    }

    /// The amounts of an account, as columns opening, debit, credit, closing.
    func amounts(_ turnover: Turnover, _ text: (Fen) -> String) -> [String] {
        [turnover.opening, turnover.debit, turnover.credit, turnover.closing].map(text)
    }
}

/// A text that cannot break a line of a terminal's table, as a name that was delivered with a line end in it.
func oneLine(_ text: String) -> String {
    text.split { $0.isWhitespace || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
        .joined(separator: " ")
}
