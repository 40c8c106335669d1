import Money
import Postgres

/// 收支平衡: what became of every row of an intake table that the year is about: read = used + refused + excepted + not due
/// + replaced + withdrawn + later.
package struct RowConservation: Hashable, Sendable {
    /// `contribution`, `settlement`, ….
    package let table: String
    package let read: Int64
    /// Credited, settled, posted, in force, or compared.
    package var used: Int64 = 0
    package var refused: Int64 = 0
    package var excepted: Int64 = 0
    /// Nothing comes of it although nothing is wrong; of statements, not compared yet.
    package var notDue: Int64 = 0
    /// A newer version of the same row took its place.
    package var replaced: Int64 = 0
    /// `vali_flag = 0`.
    package var withdrawn: Int64 = 0
    /// Came after what the last month-end and night knew: theirs to settle when they run next.
    package var later: Int64 = 0

    package var accounted: Int64 { used + refused + excepted + notDue + replaced + withdrawn + later }

    var tie: Tie { Tie("\(table): rows read against their fates", read, accounted) }
}

extension Statement {
    /// Rows of a year's events, and of them those that a horizon knows.
    fileprivate static let contributionsOfYear = Statement(
        "contributions of year",
        """
        SELECT count(*), count(*) FILTER (WHERE batch_id <= $4 AND clct_time <= $5) FROM intake.contribution
        WHERE batch_id <= $1 AND covered_month BETWEEN $2 AND $3
        """)

    fileprivate static let settlementsOfYear = Statement(
        "settlements of year",
        """
        SELECT count(*), count(*) FILTER (WHERE batch_id <= $4 AND setl_time < ($5::date + 1)::timestamp)
        FROM intake.settlement
        WHERE batch_id <= $1 AND setl_time >= $2::date::timestamp AND setl_time < ($3::date + 1)::timestamp
        """)

    fileprivate static let usesOfYear = Statement(
        "uses of year",
        """
        SELECT count(*), count(*) FILTER (WHERE batch_id <= $4 AND use_date <= $5) FROM intake.account_use
        WHERE batch_id <= $1 AND use_date BETWEEN $2 AND $3
        """)

    /// Read, in force and valid, replaced, withdrawn. What is read and what is in force is counted by the key alone, which
    /// needs no more than its index; only of the few versions that withdraw a row a newer one is looked for.
    fileprivate static func versions(
        _ name: StaticString, _ table: SQLText, key: [SQLText], isValid: SQLText
    ) -> Statement {
        let isSameRow = key.map { "n.\($0) = t.\($0)" as SQLText }.joined(separator: " AND ")
        return Statement(
            name,
            """
            SELECT v.read, v.in_force - w.withdrawn, v.read - v.in_force, w.withdrawn
            FROM (SELECT coalesce(sum(k.versions), 0)::bigint AS read, count(*) AS in_force
                  FROM (SELECT count(*) AS versions FROM \(table) t WHERE t.batch_id <= $1
                        GROUP BY \(key.map { "t.\($0)" as SQLText }.joined(separator: ", "))) k) v
            CROSS JOIN (SELECT count(*) AS withdrawn FROM \(table) t
                        WHERE t.batch_id <= $1 AND NOT \(isValid)
                          AND NOT EXISTS (SELECT FROM \(table) n WHERE \(isSameRow)
                                            AND n.batch_id > t.batch_id AND n.batch_id <= $1)) w
            """)
    }

    fileprivate static let personVersions = versions(
        "person versions", "intake.person", key: ["person_id"], isValid: "t.valid")
    fileprivate static let enrolmentVersions = versions(
        "enrolment versions", "intake.enrolment", key: ["person_id", "insutype", "begndate"], isValid: "t.valid")
    fileprivate static let levelVersions = versions(
        "own level versions", "intake.fixed_credit", key: ["person_id", "year"], isValid: "true")
    fileprivate static let openingVersions = versions(
        "opening versions", "intake.account_opening", key: ["person_id"], isValid: "true")
    fileprivate static let linkVersions = versions(
        "family link versions", "intake.family_link", key: ["person_id", "rlts_person_id", "begndate"],
        isValid: "t.valid")
    fileprivate static let institutionVersions = versions(
        "institution versions", "intake.institution", key: ["fixmedins_code", "begndate"], isValid: "t.valid")

    fileprivate static let lineVersions = versions(
        "statement line versions", "intake.institution_statement_line",
        key: ["fixmedins_code", "setl_id", "refd_setl_flag"], isValid: "true")

    /// Statements within the year: read, compared, replaced, not compared.
    fileprivate static let statementsOfYear = Statement(
        "statements of year",
        """
        SELECT count(*), count(*) FILTER (WHERE NOT v.is_replaced AND v.is_compared),
               count(*) FILTER (WHERE v.is_replaced), count(*) FILTER (WHERE NOT v.is_replaced AND NOT v.is_compared)
        FROM (SELECT lead(t.batch_id) OVER (
                         PARTITION BY t.fixmedins_code, t.insutype, t.clr_type, t.stmt_begndate, t.stmt_enddate
                         ORDER BY t.batch_id) IS NOT NULL AS is_replaced,
                     EXISTS (SELECT FROM run.statement_check c
                             WHERE c.fixmedins_code = t.fixmedins_code AND c.insutype = t.insutype
                               AND c.clr_type = t.clr_type AND c.stmt_begndate = t.stmt_begndate
                               AND c.stmt_enddate = t.stmt_enddate AND c.run_id <= $4) AS is_compared
              FROM intake.institution_statement t
              WHERE t.batch_id <= $1 AND t.stmt_begndate BETWEEN $2 AND $3) v
        """)
}

extension RowConservation {
    /// What became of the rows of a year, table by table.
    ///
    /// - Parameters:
    ///   - totals: what the year-end's proof counted.
    ///   - horizons: what the last month-end and the last night before it knew.
    static func all(
        of seal: YearSeal, totals: [ControlTotal], horizons: YearHorizons, _ connection: inout Connection
    ) throws -> [RowConservation] {
        let ledger = seal.ledger
        func events(_ statement: Statement, _ table: String, _ horizon: Horizon?) throws -> RowConservation {
            let horizon = horizon ?? Horizon(date: ledger.firstDay.adding(days: -1), batch: 0)
            let counts = try connection.first(
                statement, seal.batch, ledger.firstDay, ledger.lastDay, horizon.batch, horizon.date,
                decode: RowConservation.counts)
            var conserved = RowConservation(table: table, read: counts?[0] ?? 0)
            conserved.later = conserved.read - (counts?[1] ?? 0)
            return conserved
        }
        var contributions = try events(.contributionsOfYear, "contribution", horizons.credits)
        contributions.used = try totals.sum("contribution.credited").rows
        contributions.excepted = try totals.sum("contribution.excepted").rows
        contributions.notDue = try totals.sum("contribution.not_due").rows
        var settlements = try events(.settlementsOfYear, "settlement", horizons.pooling)
        for verdict in totals where verdict.measure == "settlement.verdict" {
            switch verdict.item {
            case "settled": settlements.used += verdict.count.rows
            case "outside": settlements.notDue += verdict.count.rows
            default: settlements.refused += verdict.count.rows
            }
        }
        var uses = try events(.usesOfYear, "account_use", horizons.pooling)
        uses.used = try totals.sum("account_use.used").rows
        uses.notDue = try totals.sum("account_use.not_due").rows
        return [contributions, settlements, uses] + (try versioned(seal, &connection))
    }

    private static func versioned(_ seal: YearSeal, _ connection: inout Connection) throws -> [RowConservation] {
        let tables: [(String, Statement)] = [
            ("person", .personVersions), ("enrolment", .enrolmentVersions), ("fixed_credit", .levelVersions),
            ("account_opening", .openingVersions), ("family_link", .linkVersions),
            ("institution", .institutionVersions), ("institution_statement_line", .lineVersions),
        ]
        var conserved: [RowConservation] = []
        for (table, statement) in tables {
            let counts = try connection.first(statement, seal.batch, decode: RowConservation.counts) ?? [0, 0, 0, 0]
            conserved.append(
                RowConservation(
                    table: table, read: counts[0], used: counts[1], replaced: counts[2], withdrawn: counts[3]))
        }
        let counts =
            try connection.first(
                .statementsOfYear, seal.batch, seal.ledger.firstDay, seal.ledger.lastDay, seal.ledger.lastRun,
                decode: RowConservation.counts) ?? [0, 0, 0, 0]
        conserved.append(
            RowConservation(
                table: "institution_statement", read: counts[0], used: counts[1], notDue: counts[3],
                replaced: counts[2]))
        return conserved
    }

    private static func counts(_ row: borrowing Row) throws(DatabaseError) -> [Int64] {
        var counts: [Int64] = []
        for column in 0..<row.columnCount { counts.append(try row[column, as: Int64.self]) }
        return counts
    }
}

/// How far the jobs of a year had come when it was closed.
struct YearHorizons: Sendable {
    /// Of the last month-end; `nil` if there was none.
    let credits: Horizon?
    /// Of the last night; `nil` if there was none.
    let pooling: Horizon?

    /// - Parameter lastRun: the year-end; runs begun after it do not count.
    init(_ runs: [Run], before lastRun: Int64) {
        let earlier = runs.filter { $0.id < lastRun }
        credits = MonthEndSchedule(earlier).latest?.horizon
        pooling = NightlySchedule(earlier).latest?.horizon
    }
}
