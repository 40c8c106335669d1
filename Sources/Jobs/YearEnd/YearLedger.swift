import Money
import Postgres

extension Statement {
    fileprivate static let otherCoveredMonths = Statement(
        "other covered months",
        """
        SELECT DISTINCT covered_month FROM ledger.account_entry
        WHERE (covered_month < $1 OR covered_month > $2)
          AND run_id IN (SELECT run_id FROM run.run WHERE posting_month BETWEEN $1 AND $2 AND run_id <= $3)
          AND run_id >= (SELECT min(run_id) FROM run.run WHERE posting_month BETWEEN $1 AND $2)
        ORDER BY covered_month
        """)

    fileprivate static let otherBenefitYears = Statement(
        "other benefit years",
        """
        SELECT DISTINCT extract(year FROM benefit_month)::integer FROM ledger.adjudication
        WHERE (benefit_month < $1 OR benefit_month > $2)
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
    /// Months outside the year that entries of its runs cover, so that only their partitions are read: earlier ones of
    /// late facts, and later ones where a month-end waited while months after it were settled.
    private let otherMonths: [Month]
    private let otherBenefitYears: [Int]

    init(year: Int, lastRun: Int64, _ connection: inout Connection) throws {
        self.year = year
        self.lastRun = lastRun
        let (first, last) = (Month.first(of: year), Month.last(of: year))
        otherMonths = try connection.rows(.otherCoveredMonths, first, last, lastRun) {
            row throws(DatabaseError) in try row[0, as: Month.self]
        }
        otherBenefitYears = try connection.rows(.otherBenefitYears, first, last, lastRun) {
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
