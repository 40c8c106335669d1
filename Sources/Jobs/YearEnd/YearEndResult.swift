package import Policy

package typealias YearEndResult = JobResult<YearEndSummary>

/// What a year-end did, for people: the same figures stand in `report.run_summary` and in the certificate.
package struct YearEndSummary: Sendable {
    package let run: Run
    package let year: Int
    package let lines: [SummaryLine]
    package let ties: [Tie]
    /// What became of the rows of each intake table; empty in a dry run.
    package let conserved: [RowConservation]
    /// What differences are put down to.
    package let cause: RevisionCause
    package let untied: [UntiedRun]
    /// Rates that were not supplied, so that some interest was not paid.
    package let missingRates: [RuleKey]
    package let hasInterest: Bool
    /// `nil` in a dry run and in a proof of a closed year.
    package let clearing: AnnualClearingSummary?
    /// Of the certificate; `nil` in a dry run and in a proof of a closed year.
    package let digest: String?

    init(
        plan: YearEndPlan, totals: [ControlTotal], ties: [Tie], conserved: [RowConservation],
        clearing: AnnualClearingSummary?, digest: String?
    ) {
        run = plan.run
        year = plan.year
        lines = totals.map(SummaryLine.init)
        self.ties = ties
        self.conserved = conserved
        cause = plan.cause
        untied = plan.untied
        missingRates = plan.interest.missingRates
        hasInterest = plan.interest.isSupplied
        self.clearing = clearing
        self.digest = digest
    }
}
