package import Money

/// 试算平衡表: every subject that ever moved, from opening to closing. One whose debits and credits are not equal cannot
/// be made.
package struct TrialBalance: Hashable, Sendable {
    package let span: BookSpan
    /// In the order given, that of the codes.
    package let rows: [Row]
    /// Subjects with debit balances (资产、支出) taken together.
    package let debitTotal: Turnover
    /// Subjects with credit balances (负债、净资产、收入) taken together.
    package let creditTotal: Turnover
    /// 借方发生额合计, equal to the credits of all subjects.
    package let turnover: Fen

    package struct Row: Hashable, Sendable {
        package let subject: LedgerSubject
        package let turnover: Turnover

        /// - Parameter debitBefore: debits less credits before the span.
        package init(
            _ subject: LedgerSubject, debitBefore: Fen, debit: Fen, credit: Fen
        ) throws(LedgerError) {
            self.subject = subject
            turnover = try LedgerError.catchingOverflow { () throws(MoneyOverflow) in
                try Turnover(
                    on: subject.subjectClass.side, debitBefore: debitBefore, debit: debit, credit: credit)
            }
        }
    }

    /// - Throws: ``LedgerError/openingsDiffer(_:debit:credit:)``, ``LedgerError/turnoversDiffer(_:debit:credit:)``.
    package init(_ span: BookSpan, _ rows: [Row]) throws(LedgerError) {
        self.span = span
        self.rows = rows
        let turnovers = rows.map(\.turnover)
        let sums = try LedgerError.catchingOverflow { () throws(MoneyOverflow) in
            try Sums(turnovers)
        }
        (debitTotal, creditTotal, turnover) = (sums.debit, sums.credit, sums.debits)
        guard sums.debit.opening == sums.credit.opening else {
            throw .openingsDiffer(span, debit: sums.debit.opening, credit: sums.credit.opening)
        }
        guard sums.debits == sums.credits else {
            throw .turnoversDiffer(span, debit: sums.debits, credit: sums.credits)
        }
    }

    private struct Sums {
        let debit: Turnover
        let credit: Turnover
        let debits: Fen
        let credits: Fen

        init(_ turnovers: [Turnover]) throws(MoneyOverflow) {
            debit = try Turnover(on: .debit, sumOf: turnovers)
            credit = try Turnover(on: .credit, sumOf: turnovers)
            debits = try debit.debit + credit.debit
            credits = try debit.credit + credit.credit
        }
    }
}
