import Money
import Policy
import Settlement

/// What 月结算 is made of.
struct ClearingMonthFacts {
    /// An institution in the month's clearing.
    struct Institution {
        /// `fixmedins_code`.
        let code: String
        let name: String
        let level: InstitutionLevel?
        /// Settlements, less mirror rows; those that a revision changed count by the difference.
        var visits: Int64 = 0
        /// `medfee_sumamt`.
        var fees = Fen.zero
        var pool = Fen.zero
        var account = Fen.zero
        var family = Fen.zero
        var cleared: [ClearingFund: ClearingMovement] = [:]
    }

    /// What the clearings of a month paid.
    struct MonthPayment {
        let month: Month
        let pool: Fen
        let account: Fen
    }

    let month: Month
    /// The month-end.
    let run: Run
    /// How many nights and other runs were cleared.
    let runCount: Int
    /// Of the runs cleared.
    let totals: ReportTotals
    /// Of the month-end.
    let clearingTotals: ReportTotals
    /// Credited to deposits by the month-end's vouchers of 拨付.
    let vouched: Fen
    /// By code.
    let institutions: [Institution]
    /// Of the nights and annual settlements cleared.
    let priorYears: PriorYears
    /// Ascending, January of the year up to this month.
    let payments: [MonthPayment]
}

extension ClearingMonthFacts.Institution {
    /// Pool, own and family accounts together: what the institution is owed for the month.
    func owed() throws(MoneyOverflow) -> Fen { try pool + account + family }

    /// Both funds together.
    func movement() throws(MoneyOverflow) -> ClearingMovement {
        var sum = ClearingMovement()
        for fund in ClearingFund.allCases { try sum.add(cleared[fund] ?? ClearingMovement()) }
        return sum
    }
}
