package import Money

/// A voucher as it stands in the books.
package struct BookVoucher: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package let account: BookAccount
        package let debit: Fen
        package let credit: Fen

        package init(_ account: BookAccount, debit: Fen, credit: Fen) {
            self.account = account
            self.debit = debit
            self.credit = credit
        }
    }

    /// Day of the posting month under which it stands.
    package let bookDate: CivilDate
    package let voucherDate: CivilDate
    package let run: Int64
    /// Number in its run.
    package let number: Int32
    package let kind: String
    package let summary: String
    package let article: String
    package var lines: [Line]

    package init(
        bookDate: CivilDate, voucherDate: CivilDate, run: Int64, number: Int32, kind: String, summary: String,
        article: String, lines: [Line] = []
    ) {
        self.bookDate = bookDate
        self.voucherDate = voucherDate
        self.run = run
        self.number = number
        self.kind = kind
        self.summary = summary
        self.article = article
        self.lines = lines
    }
}
