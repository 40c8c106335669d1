import Money
import Policy
import Settlement
import Testing

/// The suites of the yearly interest and the carry-forward.
@Suite struct `国发〔1998〕44号` {}

/// Rates and readings of a site file, in short. What stands here: the demand rate 0.20 %, the three-month rate 1.10 %,
/// all else as shipped.
struct InterestPlan: CustomTestStringConvertible, Sendable {
    /// Dated, ascending, basis points.
    var demand: [(from: String, basisPoints: Int64)] = [("2023-01-01", 20)]
    var threeMonth: [(from: String, basisPoints: Int64)] = [("2023-01-01", 110)]
    var method = "two_tier"
    var accrual = "by_day"
    var dayCount = "days_of_year"
    var order = "oldest_first"

    func terms(_ year: Int) throws -> InterestTerms {
        var site = """
            account.interest_method:
              2023-01-01: {value: \(method), cite: 国发〔1998〕44号 四}
            account.interest_accrual:
              2023-01-01: {value: \(accrual)}
            account.interest_day_count:
              2023-01-01: {value: \(dayCount)}
            account.spending_order:
              2023-01-01: {value: \(order)}
            """
        for (key, rates) in [("demand", demand), ("three_month", threeMonth)] where !rates.isEmpty {
            site += "\naccount.\(key)_interest_rate:"
            for rate in rates { site += "\n  \(rate.from): {value: \(rate.basisPoints)}" }
        }
        return try rules(site: site).interestTerms(for: year)
    }

    var testDescription: String {
        let rates = (demand + threeMonth).map { "\($0.from) \($0.basisPoints)" }.joined(separator: ", ")
        return "\(method) \(accrual) \(dayCount) \(order), \(rates)"
    }
}

/// A movement, `amount` in fen; it covers the year in which it is effective unless another is named.
func movement(
    _ kind: Int16, _ amount: Int64, on day: String, covering year: Int? = nil, isBroughtIn: Bool = false
) throws -> AccountYearMovement {
    let date = try date(day)
    return AccountYearMovement(
        kind: kind, amount: Fen(amount), effectiveOn: date, coveredYear: year ?? date.year, isBroughtIn: isBroughtIn)
}

/// Ages in fen.
func ages(_ thisYear: Int64, _ lastYear: Int64, _ earlier: Int64) -> AccountAges {
    AccountAges(thisYear: Fen(thisYear), lastYear: Fen(lastYear), earlier: Fen(earlier))
}

extension AccountYear {
    /// The year's interest in fen; zero for a tier that comes to nothing.
    func interest(_ tier: InterestTier) -> Int64 {
        interestParts.first { $0.tier == tier }?.amount.rawValue ?? 0
    }
}
