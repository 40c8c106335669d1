import Money
import Postgres
import Reports
import Settlement

extension Statement {
    fileprivate static let priorYearEntries = Statement(
        "prior year entries",
        """
        SELECT extract(year FROM covered_month)::integer, kind, count(*), sum(amount_fen)::bigint
        FROM ledger.account_entry
        WHERE covered_month < $1 AND run_id = ANY ($2) AND NOT (kind = 113 AND source = 'account-opening')
        GROUP BY 1, 2 ORDER BY 1, 2
        """)

    /// What the fund paid for an earlier benefit year, less what the revisions before had paid.
    fileprivate static let priorYearPool = Statement(
        "prior year pool",
        """
        SELECT year, count(*), sum(paid)::bigint FROM (
            SELECT extract(year FROM a.benefit_month)::integer AS year,
                   a.pool_payment_fen - coalesce(b.pool_payment_fen, 0) AS paid
            FROM ledger.adjudication a
            LEFT JOIN LATERAL (
                SELECT p.pool_payment_fen FROM ledger.adjudication p
                WHERE a.revision > 0 AND p.person_id = a.person_id AND p.settlement_id = a.settlement_id
                  AND p.revision = a.revision - 1) b ON true
            WHERE a.benefit_month < $1 AND a.run_id = ANY ($2) AND a.cause <> 5) m
        WHERE paid <> 0 GROUP BY year ORDER BY year
        """)
}

/// 以前年度调整: what some runs posted in a year for the years before it.
struct PriorYears {
    /// Adjustments of an earlier year.
    private struct Adjustment {
        let year: Int
        /// `nil` for what the pooling fund paid.
        let kind: Int16?
        let count: Count
    }

    private let adjustments: [Adjustment]
    /// What the runs counted themselves, of accounts and of the pooling fund.
    private let counted: (entries: Count, pool: Count)

    /// - Parameters:
    ///   - year: of posting.
    ///   - runs: all post into the year.
    ///   - totals: of the same runs.
    init(before year: Int, _ runs: [Int64], _ totals: ReportTotals, _ connection: inout Connection) throws {
        let month = Month.first(of: year)
        let entries = try connection.rows(.priorYearEntries, month, runs) { row throws(DatabaseError) in
            Adjustment(
                year: Int(try row[0, as: Int32.self]), kind: try row[1, as: Int16.self],
                count: Count(rows: try row[2, as: Int64.self], amount: try row[3, as: Fen.self]))
        }
        let pool = try connection.rows(.priorYearPool, month, runs) { row throws(DatabaseError) in
            Adjustment(
                year: Int(try row[0, as: Int32.self]), kind: nil,
                count: Count(rows: try row[1, as: Int64.self], amount: try row[2, as: Fen.self]))
        }
        adjustments = entries + pool
        counted = (try totals.sum("prior_year.entry"), try totals.sum("prior_year.pool"))
    }

    /// A section where there is anything to adjust, or should be.
    var sections: [Section] {
        adjustments.isEmpty && counted.entries.rows == 0 && counted.pool.rows == 0 ? [] : [.table(table)]
    }

    var table: Table {
        let rows = adjustments.map { adjustment -> [Cell] in
            [
                .identifier("\(adjustment.year)"), .phrase(PriorYears.movement(adjustment.kind)),
                .count(adjustment.count.rows),
                adjustment.kind == nil ? .empty : .money(adjustment.count.amount),
                adjustment.kind == nil ? .money(adjustment.count.amount) : .empty,
            ]
        }
        let source = Phrase("各次运行的控制总数", "control totals of the runs")
        return Table(
            id: "prior_years", title: Phrase("以前年度调整", "Adjustments of prior years"),
            columns: [
                Column("covered_year", Phrase("所属年度", "Year"), .identifier),
                Column("kind", Phrase("类型", "Kind"), .text),
                Column(
                    "rows", Phrase("笔数", "Rows"), .count,
                    total: .equals(counted.entries.rows + counted.pool.rows, source: source)),
                Column(
                    "account", Phrase("个人账户", "Accounts"), .money,
                    total: .equals(counted.entries.amount, source: source)),
                Column(
                    "pool", Phrase("统筹基金", "Pool"), .money, total: .equals(counted.pool.amount, source: source)),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "本年记账、所属期为以前年度的变动；不含原系统转入的余额。",
                "Posted in the year and for an earlier one; without balances brought in."))
    }

    private static func movement(_ kind: Int16?) -> Phrase {
        guard let kind else { return Phrase("门诊统筹支付", "outpatient pooling") }
        return switch AccountMovement(rawValue: kind) {
        case .credit: Phrase("划入", "credit")
        case .spending: Phrase("消费", "spending")
        case .settlementRefund: Phrase("退费", "refund")
        case .premium: Phrase("缴费", "premium")
        case .transferredIn: Phrase("转入", "transferred in")
        case .transferredOut: Phrase("转出", "transferred out")
        case .inherited, .toHeirs: Phrase("继承", "inheritance")
        case .yearlyInterest, .specialAdjustment, .backEntry, .carriedIn, .closedOut, .carriedOut, nil:
            Phrase("其他（\(kind)）", "other (\(kind))")
        }
    }
}
