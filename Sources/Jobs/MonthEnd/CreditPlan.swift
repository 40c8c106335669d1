import Books
import Money
import Policy
import Settlement

/// Everything a month-end needs to know before it looks at persons: fixed when the run begins, the same when it resumes.
struct CreditPlan: Sendable {
    let run: Run
    /// Months that the rules know, ascending, up to the last month settled; `terms[i]` is for `firstMonth + i`.
    private(set) var terms: [MonthTerms]
    /// The last month that has been settled for everyone after this run.
    let settledThrough: Month
    /// Categories of `psn_type` in the month settled.
    let categories: PersonCategoryTable
    let insurance: Int16
    let openingCitation: Int32
    /// Months of the balances brought in, ascending: their entries stand there and nowhere else.
    let openingMonths: [Month]
    let touchedMonths: TouchedMonths
    /// Whether entries may already stand in the months settled for everyone (an instance that waited is run again).
    let hasPostedMonths: Bool
    /// What the run is the first to fill.
    var fresh = FreshTables.none

    /// The first month that has rules.
    var firstMonth: Month { terms.first?.terms.month ?? settledThrough.next }

    /// The months settled for everyone.
    var months: ClosedRange<Month> { run.monthsFrom...max(run.monthsFrom, run.instance.businessDate.month) }

    /// The months settled by earlier runs, those settled for everyone now possibly among them; `nil` if there are none.
    var earlierMonths: ClosedRange<Month>? {
        firstMonth <= settledThrough ? firstMonth...settledThrough : nil
    }

    /// The same plan with terms of its own, for one of the threads that work by it.
    func copied() -> CreditPlan {
        var plan = self
        plan.terms = terms.map {
            MonthTerms(
                terms: $0.terms.copied(), workerCitation: $0.workerCitation, retireeCitation: $0.retireeCitation)
        }
        return plan
    }

    /// `nil` if no rule covers the month.
    func terms(for month: Month) -> MonthTerms? {
        let index = firstMonth.distance(to: month)
        return terms.indices.contains(index) ? terms[index] : nil
    }

    /// Whether a fact was not yet known to the job's run before.
    func isNew(batch: Int64, date: CivilDate) -> Bool {
        guard let previous = run.previous else { return true }
        return batch > previous.batch || date > previous.date
    }

    /// Whether a version of a person's data was not yet known to the job's run before.
    func isNewVersion(batch: Int64) -> Bool {
        guard let previous = run.previous else { return false }
        return batch > previous.batch
    }
}

extension CreditPlan {
    /// What an opening balance rests on: no article, but the delivery itself.
    static let openingArticle = "期初余额（account_opening）"

    /// The article that a voucher cites, by the rules of the month settled.
    func article(of voucher: VoucherKind) -> String {
        guard let citations = terms(for: months.upperBound)?.terms.citations else { return CreditPlan.openingArticle }
        return switch voucher {
        case .contributionReceipt: citations.employerRate
        case .contributionSplit: citations.workerCreditRate
        case .retireeCredit: citations.retiree
        case .accountOpening, .outpatientBenefits, .accountUse, .benefitsToFunds, .institutionPayment, .depositHeld,
            .accountInterest, .annualClearing, .depositDecided:
            CreditPlan.openingArticle
        }
    }
}

/// A month's rules, with the numbers under which the ledger cites them.
struct MonthTerms: Sendable {
    let terms: CreditTerms
    let workerCitation: Int32
    let retireeCitation: Int32
}

/// The sources of entries that come from a rule and not from a fact.
enum CreditSource {
    /// 二（四）: a retiree's credit at the own level of an earlier year.
    static let ownLevel: FactID = "retiree-own-level"
    /// 二（四）: a retiree's credit of the city-wide amount.
    static let cityAmount: FactID = "retiree-city-amount"
    /// The balance brought in from the former system.
    static let opening: FactID = "account-opening"

    static func retiree(_ credit: RetireeCredit) -> FactID {
        switch credit {
        case .ownLevel: ownLevel
        case .cityAmount, .notSupplied: cityAmount
        }
    }
}
