import Books
import Money
import Policy
import Settlement

/// Where the money of a contribution is income.
enum IncomeKind: String, Hashable, CaseIterable, Sendable {
    case employer
    case own
    case flexible
}

/// What an entry comes from, and so which fund it is paid from.
enum CreditOrigin: String, Hashable, CaseIterable, Sendable {
    case contribution
    case retiree
    case opening
}

/// What a chunk, or the whole run, has counted.
struct CreditTally: Sendable {
    /// Contributions looked at, with the money that came with them.
    var contributionsRead = Count()
    var contributionsCredited = Counts<InsuredCategory>()
    var contributionsExcepted = Counts<CreditException>()
    var contributionsNotDue = Counts<NotDue>()
    /// Months of persons looked at, without money; those credited with the credit due.
    var monthsRead = Count()
    var monthsCredited = Counts<InsuredCategory>()
    var monthsExcepted = Counts<CreditException>()
    var monthsNotDue = Counts<NotDue>()
    /// Contributions that became known with this run, by what their money is.
    var received = Counts<IncomeKind>()
    /// Entries written.
    var posted = Counts<PostedItem>()
    /// Of the entries, those that adjust a closed year before the one of posting; balances brought in are no adjustment.
    var priorYear = Counts<Int>()
    var findings = Counts<ContributionFinding>()

    struct PostedItem: Hashable, Sendable {
        let origin: CreditOrigin
        /// `nil` if the person is not enrolled in the month: something is taken back.
        let category: InsuredCategory?
        let month: Month
        let isTakenBack: Bool
    }
}

extension CreditTally {
    /// All counts as rows, in a fixed order. Names are part of the report: `contribution.read`, `month.excepted`, ….
    var controlTotals: [ControlTotal] {
        func rows<Item: RawRepresentable<String> & Hashable & Sendable>(
            _ measure: String, _ counts: Counts<Item>
        ) -> [ControlTotal] {
            counts.items.map { ControlTotal(measure: measure, item: $0.key.rawValue, count: $0.count) }
        }
        let all =
            [
                ControlTotal(measure: "contribution.read", item: "", count: contributionsRead),
                ControlTotal(measure: "month.read", item: "", count: monthsRead),
            ] + rows("contribution.credited", contributionsCredited)
            + rows("contribution.excepted", contributionsExcepted) + rows("contribution.not_due", contributionsNotDue)
            + rows("month.credited", monthsCredited) + rows("month.excepted", monthsExcepted)
            + rows("month.not_due", monthsNotDue) + rows("received", received) + rows("finding", findings)
            + priorYear.items.map { ControlTotal(measure: "prior_year.entry", item: "\($0.key)", count: $0.count) }
            + posted.items.map { item, count in
                ControlTotal(
                    measure: "\(item.isTakenBack ? "taken_back" : "posted").\(item.origin.rawValue)",
                    item: "\(item.month) \(item.category?.rawValue ?? "not_enrolled")", count: count)
            }
        return all.sorted { ($0.measure, $0.item) < ($1.measure, $1.item) }
    }
}
