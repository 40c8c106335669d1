package import Money
package import Settlement

/// Everything that says why a settlement came to what it came to, recomputed from the facts that the last completed night
/// knew, with what stands in the ledger beside it. Says nothing about who the person is.
package struct SettlementExplanation: Sendable {
    package let item: YearItem
    package let institution: FactID
    /// Whose level counts, where that is not the institution's own.
    package let prescriber: FactID?
    package let medicalType: Int32
    package let enrolment: EnrolmentExplanation
    /// The year whose sums it moves: for a refund, its original's.
    package let benefitYear: Int
    package let outcome: YearOutcome
    /// What it was decided by; `nil` for a refund.
    package let basis: SettlementBasis?
    /// Of a refund that gives something back.
    package let refund: Refund?
    /// Refunds of this settlement, in their order.
    package let laterRefunds: [LaterRefund]
    package let citations: Citations
    /// The verdict as the ledger words it.
    package let words: ReasonWords?
    /// Adjudications as completed runs wrote them, ascending; the last is in force.
    package let revisions: [LedgerRevision]
    /// `hifp_pay` as the counter reported it; `nil` if it did not.
    package let reportedPool: Fen?
    /// Differences with what the counter reported that still stand.
    package let differences: [CounterDifference]
    /// The last completed night.
    package let night: Run
    /// Whether the rules given are others than those of that night.
    package let hasOtherRules: Bool
    /// Whether the ledger says what the recomputation comes to.
    package let isLedgerEqual: Bool

    package var exitCode: ExitCode { isLedgerEqual ? .done : .doesNotTie }

    /// What a refund was taken off.
    package struct Refund: Sendable {
        package let before: SettlementBasis
        package let after: SettlementBasis
    }

    package struct LaterRefund: Hashable, Sendable {
        package let id: FactID
        package let time: CivilTime
        package let verdict: Verdict
        /// What the fund gets back, negative.
        package let poolPayment: Fen
    }

    /// The sources of what is not a step of the decision itself; `nil` where no rule covers the day.
    package struct Citations: Hashable, Sendable {
        package let level: String?
        package let category: String?
        package let payerOrder: String?
        /// What enters pooling, or may not.
        package let entry: String?
    }
}

/// How a person is enrolled, and what that makes of a day or month.
package struct EnrolmentExplanation: Hashable, Sendable {
    /// Whether a row of `person.csv` has arrived.
    package let isKnown: Bool
    package let death: CivilDate?
    /// The rows in force, ascending.
    package let statuses: [EnrolmentStatus]
    package let standing: Standing
    package let since: Since?

    /// From when the person has been of the category without a break.
    package enum Since: Hashable, Sendable {
        case month(Month)
        /// Where a change counts from its own day.
        case day(CivilDate)
    }
}

/// An amount that the counter reported otherwise.
package struct CounterDifference: Hashable, Sendable {
    /// The interface field.
    package let item: String
    package let theirs: Fen
    package let ours: Fen
    package let state: DiscrepancyState
}

/// A code of the ledger in Chinese, with what to do; the remedy is empty where there is nothing to do.
package struct ReasonWords: Hashable, Sendable {
    package let title: String
    package let remedy: String
}
