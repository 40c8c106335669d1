import Books
package import Money
package import Policy
package import Settlement

/// Everything that says why a person's account was credited for a month what it was credited, recomputed from the facts
/// that the last completed month-end knew, with what stands in the ledger beside it.
package struct CreditExplanation: Sendable {
    package let month: Month
    /// Whether the month has been settled for everyone.
    package let isSettled: Bool
    package let enrolment: EnrolmentExplanation
    /// The rules of the month; `nil` if none covers it.
    package let terms: CreditTerms?
    /// Contributions for the month, by identifier.
    package let contributions: [ExplainedContribution]
    /// Of a retiree, in the year that the rules refer to.
    package let ownLevel: OwnLevel?
    /// What became of the month; `nil` if it is not looked at: not settled yet, no rules, or an unknown person.
    package let outcome: MonthOutcome?
    /// Exceptions as the ledger words them, by code.
    package let reasons: [CreditException: ReasonWords]
    /// What facts and rules come to.
    package let due: Fen
    /// Credits for the month as completed runs posted them, by source and revision.
    package let entries: [PostedCredit]
    package let posted: Fen
    /// The last completed month-end.
    package let run: Run
    package let hasOtherRules: Bool
    /// Whether every source stands in the ledger with what it should.
    package let isLedgerEqual: Bool

    package var exitCode: ExitCode { isLedgerEqual ? .done : .doesNotTie }
}

/// What becomes of a month of a person.
package enum MonthOutcome: Hashable, Sendable {
    case credited(Fen)
    case excepted(CreditException)
    case notDue(NotDue)
}

package struct ExplainedContribution: Hashable, Sendable {
    package let id: FactID
    package let contribution: Contribution
    /// `clct_type`, also where the interface does not have it.
    package let typeCode: Int16
    /// `clct_time`.
    package let receivedOn: CivilDate
    /// `nil` if it came after the last month-end.
    package let outcome: CreditOutcome?
}

/// A credit as a completed run posted it.
package struct PostedCredit: Hashable, Sendable {
    /// The contribution, or the rule.
    package let source: FactID
    package let isOfContribution: Bool
    package let revision: Int16
    package let amount: Fen
    package let runID: Int64
    package let instance: Instance
    package let postingMonth: Month
    package let article: String
}
