import Money
import Policy

/// What 年度结算 is made of: a closed year, as its year-end left it.
struct AnnualFacts {
    /// What outpatient pooling came to for the persons of a category and district at the institutions of a level.
    struct PoolingGroup {
        let category: InsuredCategory?
        let level: InstitutionLevel?
        /// `insu_admdvs`; empty if no row of `person.csv` has arrived.
        let district: String
        let people: Int64
        /// Settlements, mirror rows among them.
        let rows: Int64
        /// Of them, mirror rows.
        let refunds: Int64
        let eligible: Fen
        let deductible: Fen
        let pool: Fen
    }

    /// What a category's deductible and ceiling are on the last day of the year.
    struct Standard {
        let category: PoolingCategory
        let deductible: Fen
        let ceiling: Fen
    }

    /// People by how far they have used up the deductible and the ceiling.
    struct Reach {
        let category: PoolingCategory
        let deductible: ReachBand
        let ceiling: ReachBand
        let people: Int64
    }

    struct Institution {
        /// `fixmedins_code`.
        let code: String
        let name: String
        let pool: Fen
        let account: Fen
        let paid: Fen
        let payable: Fen
        /// Pool and accounts of the year before; zero if it was not there.
        let before: Fen
    }

    /// Credits of retirees posted in a month.
    struct RetireeMonth {
        let month: Month
        /// Those to whom the month-ends credited a month; a month-end that makes up for several counts each.
        let people: Int64
        let due: Fen
        /// What month-ends posted, less what they took back.
        let posted: Fen
        /// The same by their vouchers.
        let vouched: Fen
    }

    let year: Int
    /// The year-end.
    let run: Run
    /// Of the year-end.
    let totals: ReportTotals
    let books: AnnualBooks
    let pooling: [PoolingGroup]
    /// Empty if no rule covers the year's last day.
    let standards: [Standard]
    let reach: [Reach]
    /// By amount, the largest first.
    let institutions: [Institution]
    /// Whether the year before was closed here.
    let hasYearBefore: Bool
    /// By the names of the columns of `ledger.account_year`, without `_fen`: accounts that moved so, and the sum.
    let accounts: [String: Count]
    let priorYears: PriorYears
    let differences: [ReconciliationFacts.AgedDifferences]
    /// Differences open at the year's end, counted otherwise.
    let openDifferences: Int64
    let certificate: KeptCertificate
    /// Lines and leaves of it, counted otherwise.
    let certificateLines: Int64
    /// Months of the year, of the one before and of the one after it, as far as they are settled here.
    let retirees: [RetireeMonth]
}

/// How much of a deductible or ceiling is used up.
enum ReachBand: Int32, Hashable, Sendable, CaseIterable {
    case none
    case underQuarter
    case underHalf
    case underThreeQuarters
    case underWhole
    case whole
}
