import Books
import Money
import Postgres
import Settlement

extension Statement {
    private static let opening: SQLText = """
        e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue)) AND e.source = 'account-opening'
        """

    private static let ofYear: SQLText = "r.posting_month BETWEEN $2 AND $3"

    private static func sum(_ condition: SQLText, _ sign: SQLText = "") -> SQLText {
        "coalesce(\(sign)sum(e.amount_fen) FILTER (WHERE \(condition)), 0)::bigint"
    }

    /// By the kinds of the interface, in the order of ``AccountYearColumn``.
    fileprivate static let sumsOfAccounts = Statement(
        "sums of accounts",
        """
        SELECT \(sum("r.posting_month < $2")), \(sum("\(ofYear) AND \(opening)")), \(sum("\(ofYear) AND e.kind = 101")),
               \(sum("\(ofYear) AND e.kind = 102")),
               \(sum("\(ofYear) AND e.kind IN (106, 107, 110, 111, 113) AND NOT (\(opening))")),
               \(sum("\(ofYear) AND e.kind IN (109, 201)", "-")),
               \(sum("\(ofYear) AND e.kind IN (203, 205, 206, 207, 208)", "-")), \(sum("r.posting_month <= $3")),
               \(sum("\(ofYear) AND e.covered_month < $2 AND NOT (\(opening))"))
        FROM ledger.account_entry e
        JOIN run.run r ON r.run_id = e.run_id AND r.state = 'completed'
        WHERE e.person_id = ANY($1)
        """)

    fileprivate static let sumsOfAccumulators = Statement(
        "sums of accumulators",
        """
        SELECT coalesce(sum(a.deductible_fen), 0)::bigint, coalesce(sum(a.pool_payment_fen), 0)::bigint,
               coalesce(sum(a.eligible_fen), 0)::bigint, coalesce(sum(a.visits), 0)::bigint
        FROM ledger.accumulator a
        WHERE a.person_id = ANY($1) AND a.benefit_year = $2 AND a.run_id = (
            SELECT max(n.run_id) FROM ledger.accumulator n
            JOIN run.run r ON r.run_id = n.run_id AND r.state = 'completed'
            WHERE n.person_id = a.person_id AND n.benefit_year = a.benefit_year)
        """)
}

/// What the ledger says that the statements of some persons come to: added up by the database, row by row of nothing but
/// `ledger.account_entry` and `ledger.accumulator`.
struct StatementTotals {
    private var accounts: [AccountYearColumn: Fen] = [:]
    private var pooling: [PoolingColumn: Int64] = [:]

    subscript(column: AccountYearColumn) -> Fen { accounts[column] ?? .zero }

    subscript(column: PoolingColumn) -> Int64 { pooling[column] ?? 0 }

    /// Brought in and other in, less other out.
    var other: Fen {
        get throws(MoneyOverflow) { try self[.broughtIn] + self[.otherIn] - self[.otherOut] }
    }

    mutating func add(_ persons: [Int64], year: Int, _ connection: inout Connection) throws {
        let months = (first: Month.first(of: year), last: Month.last(of: year))
        try connection.forEachRow(.sumsOfAccounts, persons, months.first, months.last) { row in
            for (index, column) in AccountYearColumn.allCases.enumerated() {
                accounts[column] = try self[column] + row[index, as: Fen.self]
            }
        }
        try connection.forEachRow(.sumsOfAccumulators, persons, Int16(clamping: year)) { row in
            for (index, column) in PoolingColumn.allCases.enumerated() {
                let (sum, overflow) = self[column].addingReportingOverflow(try row[index, as: Int64.self])
                guard !overflow else { throw MoneyOverflow(operation: "sum of \(column.rawValue)") }
                pooling[column] = sum
            }
        }
    }
}
