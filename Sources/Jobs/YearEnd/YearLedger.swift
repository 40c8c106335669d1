import Money
import Postgres

extension Statement {
    // Asked for by the days of the year itself: by its first and last month, partitions of the year would be read as well.

    fileprivate static let otherCoveredMonths = Statement(
        "other covered months",
        """
        SELECT DISTINCT covered_month FROM ledger.account_entry
        WHERE (covered_month < $1 OR covered_month >= $2) AND run_id = ANY($3) ORDER BY covered_month
        """)

    fileprivate static let otherBenefitYears = Statement(
        "other benefit years",
        """
        SELECT DISTINCT extract(year FROM benefit_month)::integer FROM ledger.adjudication
        WHERE (benefit_month < $1 OR benefit_month >= $2) AND run_id = ANY($3) ORDER BY 1
        """)
}

/// A year of the books: what the runs posted into its months, up to the run that closes it. Each row of the ledger belongs
/// to one year, whatever month it covers.
struct YearLedger: Sendable {
    let year: Int
    /// The run that closes the year.
    let lastRun: Int64
    /// Of the runs that posted into the year, as far as no other number lies between.
    private let runs: [ClosedRange<Int64>]
    /// Months outside the year that entries of its runs cover, so that only their partitions are read: earlier ones of
    /// late facts, and later ones where a month-end waited while months after it were settled.
    private let otherMonths: [Month]
    private let otherBenefitYears: [Int]

    /// - Parameters:
    ///   - lastRun: the run that closes the year, among `runs` or about to begin.
    ///   - runs: all there are.
    init(year: Int, lastRun: Int64, _ runs: [Run], _ connection: inout Connection) throws {
        self.year = year
        self.lastRun = lastRun
        let ofYear = runs.filter { $0.id <= lastRun && $0.postingMonth.year == year }.map(\.id)
        self.runs = YearLedger.ranges(ofYear)
        let (first, next) = (Month.first(of: year), Month.first(of: year + 1))
        otherMonths = try connection.rows(.otherCoveredMonths, first, next, ofYear) {
            row throws(DatabaseError) in try row[0, as: Month.self]
        }
        otherBenefitYears = try connection.rows(.otherBenefitYears, first, next, ofYear) {
            row throws(DatabaseError) in Int(try row[0, as: Int32.self])
        }
    }

    /// - Parameter numbers: in any order.
    private static func ranges(_ numbers: [Int64]) -> [ClosedRange<Int64>] {
        var ranges: [ClosedRange<Int64>] = []
        for number in numbers.sorted() {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges
    }

    var firstDay: CivilDate { Month.first(of: year).firstDay }
    var lastDay: CivilDate { Month.last(of: year).lastDay }

    /// Runs that posted into the year: by their numbers, since every row of the ledger is asked.
    func isOfYear(run column: SQLText) -> SQLText {
        let runs = runs.reduce("false" as SQLText) {
            "\($0) OR \(column) BETWEEN \(literal: $1.lowerBound) AND \(literal: $1.upperBound)"
        }
        return "(\(runs))"
    }

    /// The partitions of entries that the year reaches into.
    func reaches(coveredMonth column: SQLText) -> SQLText {
        let months = otherMonths.reduce("\(column) BETWEEN \(.day(firstDay)) AND \(.day(lastDay))" as SQLText) {
            "\($0) OR \(column) = \(.day($1.firstDay))"
        }
        return "(\(months))"
    }

    /// The partitions of adjudications that the year reaches into.
    func reaches(benefitMonth column: SQLText) -> SQLText {
        let years = ([year] + otherBenefitYears).reduce("false" as SQLText) { condition, year in
            let (first, last) = (Month.first(of: year).firstDay, Month.last(of: year).lastDay)
            return "\(condition) OR \(column) BETWEEN \(.day(first)) AND \(.day(last))"
        }
        return "(\(years))"
    }
}
