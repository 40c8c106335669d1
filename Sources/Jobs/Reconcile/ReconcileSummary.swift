package import Money
package import Postgres

/// How the institutions stand: what the newest comparison of each statement said, and the oldest difference that is open.
package struct ReconcileSummary: Hashable, Sendable {
    package let statements: Int64
    package let institutionsEqual: Int64
    /// With at least one unequal statement.
    package let institutionsUnequal: Int64
    package let difference: Difference
    package let open: OpenDiscrepancies

    /// Sums over the unequal statements of what each differs by, without sign: differences do not make up for one another.
    package struct Difference: Hashable, Sendable {
        /// `medfee_sumamt`.
        package let total: Fen
        /// `fund_pay_sumamt`.
        package let fund: Fen
        /// `acct_pay`.
        package let account: Fen

        package var largest: Fen { max(total, fund, account) }
    }

    /// Of all classes and periods.
    package struct OpenDiscrepancies: Hashable, Sendable {
        package let count: Int64
        package let oldest: Discrepancy?
    }

    /// For the statements whose span lies within the days, by the newest reconciliation of each. Nothing is compared anew.
    package static func ask(
        _ connection: inout Connection, from first: CivilDate, through last: CivilDate
    ) throws -> ReconcileSummary {
        try summary(try connection.first(.summarizeChecks, first, last, decode: Totals.init), &connection)
    }

    /// Of what the session has just compared.
    static func ofSession(_ connection: inout Connection) throws -> ReconcileSummary {
        try summary(try connection.first(.summarizeSession, decode: Totals.init), &connection)
    }

    private static func summary(_ totals: Totals?, _ connection: inout Connection) throws -> ReconcileSummary {
        ReconcileSummary(
            statements: totals?.statements ?? 0, institutionsEqual: totals?.equal ?? 0,
            institutionsUnequal: totals?.unequal ?? 0,
            difference: totals?.difference ?? Difference(total: .zero, fund: .zero, account: .zero),
            open: try Discrepancy.open(&connection))
    }

    private struct Totals {
        let statements: Int64
        let equal: Int64
        let unequal: Int64
        let difference: Difference

        init(_ row: borrowing Row) throws(DatabaseError) {
            statements = try row[0, as: Int64.self]
            equal = try row[1, as: Int64.self]
            unequal = try row[2, as: Int64.self]
            difference = Difference(
                total: try row[3, as: Fen.self], fund: try row[4, as: Fen.self], account: try row[5, as: Fen.self])
        }
    }
}

extension Statement {
    private static let checkTotals: SQLText = """
        SELECT coalesce(sum(i.statements), 0)::bigint, count(*) FILTER (WHERE i.is_equal),
               count(*) FILTER (WHERE NOT i.is_equal), coalesce(sum(i.medfee), 0)::bigint,
               coalesce(sum(i.fund_pay), 0)::bigint, coalesce(sum(i.acct_pay), 0)::bigint
        """

    private static let checksByInstitution: SQLText = """
        SELECT count(*) AS statements, bool_and(c.is_equal) AS is_equal,
               sum(abs(c.medfee_theirs_fen - c.medfee_ours_fen)) AS medfee,
               sum(abs(c.fund_pay_theirs_fen - c.fund_pay_ours_fen)) AS fund_pay,
               sum(abs(c.acct_pay_theirs_fen - c.acct_pay_ours_fen)) AS acct_pay
        """

    fileprivate static let summarizeSession = Statement(
        "summarize comparison",
        "\(checkTotals) FROM (\(checksByInstitution) FROM compared_statement c GROUP BY c.fixmedins_code) i")

    fileprivate static let summarizeChecks = Statement(
        "summarize checks",
        """
        \(checkTotals) FROM (
            \(checksByInstitution)
            FROM (SELECT DISTINCT ON (n.fixmedins_code, n.insutype, n.clr_type, n.stmt_begndate, n.stmt_enddate) n.*
                  FROM run.statement_check n JOIN run.run r ON r.run_id = n.run_id AND r.state = 'completed'
                  WHERE n.stmt_begndate >= $1 AND n.stmt_enddate <= $2
                  ORDER BY n.fixmedins_code, n.insutype, n.clr_type, n.stmt_begndate, n.stmt_enddate, n.run_id DESC) c
            GROUP BY c.fixmedins_code) i
        """)
}
