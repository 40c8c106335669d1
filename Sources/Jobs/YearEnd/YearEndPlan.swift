import Money
import Policy
import Settlement

/// Everything a year-end needs to know before it looks at persons: fixed when the run begins, the same when it resumes.
struct YearEndPlan: Sendable {
    let run: Run
    let year: Int
    /// By what the last month-end knew; `nil` if none was settled in the year.
    let credit: CreditPlan?
    /// By what the last night knew; `nil` if there was none.
    let pooling: NightlyPlan?
    /// What a difference is put down to.
    let cause: RevisionCause
    /// Runs of the year that the ledger does not hold as they wrote it.
    let untied: [UntiedRun]
    let horizons: YearHorizons
    let interest: InterestTerms
    /// The numbers under which the ledger cites interest.
    let interestCitations: [String: Int32]
    let clearing: ClearingTerms
    let ledger: YearLedger
}
