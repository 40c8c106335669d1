package import Money

/// A place in the books where a balance stands: a subject, or an institution's part of it.
package struct BookAccount: Hashable, Sendable {
    /// Code of the subject.
    package let subject: String
    /// `fixmedins_code`; `nil` for what stands under no institution.
    package let institution: String?

    package init(subject: String, institution: String?) {
        self.subject = subject
        self.institution = institution
    }
}

/// What an account comes to before and after a span, as debits less credits.
package struct BookBalance: Hashable, Sendable {
    package let account: BookAccount
    package let debitBefore: Fen
    package let debitAfter: Fen

    package init(_ account: BookAccount, debitBefore: Fen, debitAfter: Fen) {
        self.account = account
        self.debitBefore = debitBefore
        self.debitAfter = debitAfter
    }
}
