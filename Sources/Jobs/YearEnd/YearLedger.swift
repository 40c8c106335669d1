import Money
import Postgres

extension Statement {
    fileprivate static let earlierCoveredMonths = Statement(
        "earlier covered months",
        """
        SELECT DISTINCT covered_month FROM ledger.account_entry
        WHERE covered_month < $1
          AND run_id IN (SELECT run_id FROM run.run WHERE posting_month BETWEEN $1 AND $2 AND run_id <= $3)
          AND run_id >= (SELECT min(run_id) FROM run.run WHERE posting_month BETWEEN $1 AND $2)
        ORDER BY covered_month
        """)

    fileprivate static let earlierBenefitYears = Statement(
        "earlier benefit years",
        """
        SELECT DISTINCT extract(year FROM benefit_month)::integer FROM ledger.adjudication
        WHERE benefit_month < $1
          AND run_id IN (SELECT run_id FROM run.run WHERE posting_month BETWEEN $1 AND $2 AND run_id <= $3)
          AND run_id >= (SELECT min(run_id) FROM run.run WHERE posting_month BETWEEN $1 AND $2)
        ORDER BY 1
        """)
}

/// A year of the books: what the runs posted into its months, up to the run that closes it. Each row of the ledger belongs
/// to one year, whatever month it covers.
struct YearLedger: Sendable {
    let year: Int
    /// The run that closes the year.
    let lastRun: Int64
    /// Months before the year that entries of its runs cover, so that only their partitions are read.
    private let earlierMonths: [Month]
    private let earlierBenefitYears: [Int]

    init(year: Int, lastRun: Int64, _ connection: inout Connection) throws {
        self.year = year
        self.lastRun = lastRun
        let (first, last) = (Month.first(of: year), Month.last(of: year))
        earlierMonths = try connection.rows(.earlierCoveredMonths, first, last, lastRun) {
            row throws(DatabaseError) in try row[0, as: Month.self]
        }
        earlierBenefitYears = try connection.rows(.earlierBenefitYears, first, last, lastRun) {
            row throws(DatabaseError) in Int(try row[0, as: Int32.self])
        }
    }

    var firstDay: CivilDate { Month.first(of: year).firstDay }
    var lastDay: CivilDate { Month.last(of: year).lastDay }

    /// Runs that posted into the year.
    func isOfYear(run column: SQLText) -> SQLText {
        """
        \(column) IN (SELECT y.run_id FROM run.run y WHERE y.run_id <= \(literal: lastRun)
                      AND y.posting_month BETWEEN \(.day(firstDay)) AND \(.day(lastDay)))
        """
    }

    /// The partitions of entries that the year reaches into.
    func reaches(coveredMonth column: SQLText) -> SQLText {
        let months = earlierMonths.reduce("\(column) BETWEEN \(.day(firstDay)) AND \(.day(lastDay))" as SQLText) {
            "\($0) OR \(column) = \(.day($1.firstDay))"
        }
        return "(\(months))"
    }

    /// The partitions of adjudications that the year reaches into.
    func reaches(benefitMonth column: SQLText) -> SQLText {
        let years = ([year] + earlierBenefitYears).reduce("false" as SQLText) { condition, year in
            let (first, last) = (Month.first(of: year).firstDay, Month.last(of: year).lastDay)
            return "\(condition) OR \(column) BETWEEN \(.day(first)) AND \(.day(last))"
        }
        return "(\(years))"
    }
}
