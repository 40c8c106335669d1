package import Money

/// 明细账: the movements of a subject, or of one institution's part of it, with the balance after each.
package struct LedgerPage: Hashable, Sendable {
    package let subject: LedgerSubject
    /// `nil` for the whole subject.
    package let institution: LedgerInstitution?
    package let span: BookSpan
    package let lines: [Line]
    package let turnover: Turnover

    /// One line of a voucher.
    package struct Entry: Hashable, Sendable {
        /// The day of the books under which the voucher stands.
        package let date: CivilDate
        package let run: Int64
        /// The voucher's number in its run.
        package let number: Int32
        /// 摘要.
        package let summary: String
        package let debit: Fen
        package let credit: Fen

        package init(date: CivilDate, run: Int64, number: Int32, summary: String, debit: Fen, credit: Fen) {
            self.date = date
            self.run = run
            self.number = number
            self.summary = summary
            self.debit = debit
            self.credit = credit
        }

        /// 凭证号, as `14/2`: the second voucher of run 14.
        package var voucher: String { "\(run)/\(number)" }
    }

    package struct Line: Hashable, Sendable {
        package let entry: Entry
        /// After the entry, on the side of the subject's class.
        package let balance: Fen
    }

    /// - Parameters:
    ///   - debitBefore: debits less credits before the span.
    ///   - entries: in the order of the books.
    package init(
        _ subject: LedgerSubject, _ institution: LedgerInstitution?, _ span: BookSpan, debitBefore: Fen,
        _ entries: [Entry]
    ) throws(LedgerError) {
        self.subject = subject
        self.institution = institution
        self.span = span
        let side = subject.subjectClass.side
        let sums = try LedgerError.catchingOverflow { () throws(MoneyOverflow) in
            try Sums(on: side, debitBefore: debitBefore, entries)
        }
        (lines, turnover) = (sums.lines, sums.turnover)
    }

    private struct Sums {
        var lines: [Line] = []
        let turnover: Turnover

        init(on side: Voucher.Line.Side, debitBefore: Fen, _ entries: [Entry]) throws(MoneyOverflow) {
            lines.reserveCapacity(entries.count)
            var balance = try side.balance(debit: debitBefore, credit: .zero)
            var (debit, credit) = (Fen.zero, Fen.zero)
            for entry in entries {
                try balance += side.balance(debit: entry.debit, credit: entry.credit)
                try debit += entry.debit
                try credit += entry.credit
                lines.append(Line(entry: entry, balance: balance))
            }
            turnover = try Turnover(on: side, debitBefore: debitBefore, debit: debit, credit: credit)
        }
    }
}
