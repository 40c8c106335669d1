import Money
import Postgres

extension Statement {
    fileprivate static let totalsOfRuns = Statement(
        "totals of runs",
        """
        SELECT measure, item, sum(row_count)::bigint, sum(amount_fen)::bigint FROM run.control_total
        WHERE run_id = ANY ($1) GROUP BY measure, item ORDER BY measure, item
        """)
}

/// The control totals of some completed runs, added up: the figures that reports must equal.
struct ReportTotals {
    let totals: [ControlTotal]

    init(of runs: [Int64], _ connection: inout Connection) throws {
        totals = try connection.rows(.totalsOfRuns, runs) { row throws(DatabaseError) in
            ControlTotal(
                measure: try row[0, as: String.self], item: try row[1, as: String.self],
                count: Count(rows: try row[2, as: Int64.self], amount: try row[3, as: Fen.self]))
        }
    }

    /// By item.
    func items(_ measure: String) -> [String: Count] {
        Dictionary(totals.filter { $0.measure == measure }.map { ($0.item, $0.count) }) { first, _ in first }
    }

    func sum(_ measures: String..., where isMeant: (String) -> Bool = { _ in true }) throws(MoneyOverflow) -> Count {
        var sum = Count()
        for total in totals where measures.contains(total.measure) && isMeant(total.item) {
            try sum.add(total.count)
        }
        return sum
    }
}
