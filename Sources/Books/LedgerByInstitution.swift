import Money

/// 总账 of a subject that is held by institution: one row an institution.
package struct LedgerByInstitution: Hashable, Sendable {
    package let subject: LedgerSubject
    package let span: BookSpan
    package let rows: [Row]
    package let total: Turnover

    package struct Row: Hashable, Sendable {
        /// `nil` for what stands under no institution.
        package let institution: LedgerInstitution?
        package let turnover: Turnover

        package init(_ institution: LedgerInstitution?, _ turnover: Turnover) {
            self.institution = institution
            self.turnover = turnover
        }
    }

    /// - Parameter rows: each institution once, their balances on the side of the subject's class.
    package init(_ subject: LedgerSubject, _ span: BookSpan, _ rows: [Row]) throws(LedgerError) {
        self.subject = subject
        self.span = span
        self.rows = rows
        total = try LedgerError.catchingOverflow { () throws(MoneyOverflow) in
            try Turnover(on: subject.subjectClass.side, sumOf: rows.map(\.turnover))
        }
    }
}
