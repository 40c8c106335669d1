import Money
import Settlement

/// What 日对账 is made of.
struct ReconciliationFacts {
    /// A statement of totals (3201), theirs and ours.
    struct Statement3201 {
        let institution: String
        let name: String
        let insurance: Int32
        let clearingType: Int32
        let from: CivilDate
        let through: CivilDate
        let isEqual: Bool
        let hasDetail: Bool
        let fees: Sides<Fen>
        let fund: Sides<Fen>
        let account: Sides<Fen>
        let visits: Sides<Int64>
    }

    struct Sides<Value> {
        let theirs: Value
        let ours: Value
    }

    /// Open differences of a class by their age on the day.
    struct AgedDifferences {
        let kind: DiscrepancyClass
        /// Up to 1, 7, 30 days, and older.
        let counts: [Int64]
        /// Sum of the differences without their signs.
        let amount: Fen
    }

    /// Settlements that were refused.
    struct Refused {
        let name: String
        /// Chinese words of the reason, and what to do.
        let title: String
        let remedy: String
        /// Written by the night itself.
        let tonight: Int64
        /// Still refused of the month's nights so far.
        let ofMonth: Int64
        /// Fees of the latter.
        let fees: Fen
    }

    let date: CivilDate
    /// The night.
    let run: Run
    /// The night's own counts.
    let totals: ReportTotals
    /// What the institutions stated of the day, as it was delivered; fees and settlements.
    let stated: Count
    /// Unequal ones first.
    let statements: [Statement3201]
    let differences: [AgedDifferences]
    let openDifferences: Int64
    let refused: [Refused]
    /// Refused rows of the month's nights, counted otherwise.
    let refusedOfMonth: Int64
}
