import Money
import Postgres
import Settlement

extension Statement {
    /// Completed runs of the months to be cleared that no clearing has looked at: a clearing looked at every run before it
    /// that posts up to its month.
    fileprivate static let unclearedRuns = Statement(
        "uncleared runs",
        """
        SELECT r.run_id FROM run.run r
        WHERE r.state = 'completed' AND r.posting_month <= $1
          AND NOT EXISTS (SELECT FROM (SELECT DISTINCT run_id, month FROM ledger.institution_clearing) c
                          WHERE c.run_id > r.run_id AND c.month >= r.posting_month)
        ORDER BY r.run_id
        """)

    fileprivate static let incurredInRuns = Statement(
        "incurred in runs",
        """
        SELECT item, substr(measure, 13), sum(amount_fen)::bigint FROM run.control_total
        WHERE run_id = ANY ($1) AND measure IN ('institution.pool', 'institution.account')
        GROUP BY item, measure HAVING sum(amount_fen) <> 0
        """)

    fileprivate static let bookedInRuns = Statement(
        "booked in runs",
        """
        SELECT coalesce(l.fixmedins_code, ''), sum(l.credit_fen - l.debit_fen)::bigint
        FROM ledger.voucher v JOIN ledger.voucher_line l ON l.voucher_id = v.voucher_id
        WHERE v.run_id = ANY ($1) AND l.subject_code = '2101'
          AND v.kind NOT IN ('institution_payment', 'deposit_held', 'annual_clearing', 'deposit_decided')
        GROUP BY l.fixmedins_code HAVING sum(l.credit_fen - l.debit_fen) <> 0
        """)

    fileprivate static let clearedSoFar = Statement(
        "cleared so far",
        """
        SELECT fixmedins_code, fund, sum(incurred_fen)::bigint, sum(withheld_fen)::bigint, sum(annual_fen)::bigint,
               sum(deposit_fen)::bigint, sum(payment_fen)::bigint, sum(carried_fen)::bigint
        FROM ledger.institution_clearing WHERE month BETWEEN $1 AND $2 GROUP BY fixmedins_code, fund
        """)

    fileprivate static let latestClearedMonth = Statement(
        "latest cleared month", "SELECT max(month) FROM ledger.institution_clearing")

    fileprivate static let annualSoFar = Statement(
        "annual clearings so far",
        """
        SELECT fixmedins_code, fund, sum(adjustment_fen + deposit_returned_fen)::bigint
        FROM ledger.institution_year GROUP BY fixmedins_code, fund
        """)

    fileprivate static let blockedSettlements = Statement(
        "blocked settlements", "SELECT setl_id, fixmedins_code FROM report.blocked_settlement")

    fileprivate static let runsNotCleared = Statement(
        "runs not cleared",
        "SELECT run_id FROM run.run WHERE state <> 'completed' OR posting_month > $1")

    /// The adjudications in force of a few settlements, as the runs that are cleared left them.
    fileprivate static let adjudicationsOfSettlements = Statement(
        "adjudications of settlements",
        """
        SELECT DISTINCT ON (a.person_id, a.settlement_id) s.fixmedins_code, a.settlement_id, a.pool_payment_fen,
               a.account_payment_fen + a.family_account_payment_fen
        FROM intake.settlement s
        JOIN ledger.adjudication a ON a.person_id = s.person_id AND a.settlement_id = s.setl_id
        WHERE s.setl_id = ANY ($1) AND a.run_id <> ALL ($2)
        ORDER BY a.person_id, a.settlement_id, a.revision DESC
        """)
}

/// What a monthly clearing looks at, by institution and fund. It reads control totals of the runs since the last clearing,
/// the clearings so far and what is blocked; never all adjudications.
struct ClearingExtract {
    private(set) var facts: [InstitutionFund: ClearingFacts] = [:]
    /// All clearings so far.
    private(set) var posted: [InstitutionFund: ClearingMovement] = [:]
    /// Those of the year of the books.
    private(set) var year: [InstitutionFund: ClearingMovement] = [:]
    /// What the runs cleared now booked as payable, by institution.
    private(set) var booked: [String: Fen] = [:]

    init(month: Month, _ connection: inout Connection) throws {
        posted = try ClearingExtract.cleared(from: .first(of: 1), through: .last(of: 9999), &connection)
        year = try ClearingExtract.cleared(
            from: .first(of: month.year), through: .last(of: month.year), &connection)
        let runs = try connection.rows(.unclearedRuns, month) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
        try connection.forEachRow(.incurredInRuns, runs) { row in
            facts[try ClearingExtract.key(row), default: ClearingFacts()].newlyIncurred = try row[2, as: Fen.self]
        }
        try connection.forEachRow(.bookedInRuns, runs) { row in
            booked[try row[0, as: String.self]] = try row[1, as: Fen.self]
        }
        try connection.forEachRow(.annualSoFar) { row in
            facts[try ClearingExtract.key(row), default: ClearingFacts()].annualTotal = try row[2, as: Fen.self]
        }
        // A month that waited may be cleared again after later ones, which have withheld what came since.
        let latest = try connection.first(.latestClearedMonth) { row throws(DatabaseError) in
            try row[0, as: Month?.self]
        }
        try readWithheld(through: max(month, (latest ?? nil) ?? month), &connection)
    }

    /// Every institution and fund about which there is anything to say.
    var keys: [InstitutionFund] { Set(facts.keys).union(posted.keys).sorted() }

    /// The sums of the clearings of some months.
    static func cleared(
        from first: Month, through last: Month, _ connection: inout Connection
    ) throws -> [InstitutionFund: ClearingMovement] {
        var cleared: [InstitutionFund: ClearingMovement] = [:]
        try connection.forEachRow(.clearedSoFar, first, last) { row in
            var movement = ClearingMovement()
            movement.incurred = try row[2, as: Fen.self]
            movement.withheld = try row[3, as: Fen.self]
            movement.annual = try row[4, as: Fen.self]
            movement.deposit = try row[5, as: Fen.self]
            movement.payment = try row[6, as: Fen.self]
            movement.carried = try row[7, as: Fen.self]
            cleared[try key(row)] = movement
        }
        return cleared
    }

    static func key(_ row: borrowing Row) throws(DatabaseError) -> InstitutionFund {
        InstitutionFund(institution: try row[0, as: String.self], fund: try row[1, as: ClearingFund.self])
    }

    private mutating func readWithheld(through month: Month, _ connection: inout Connection) throws {
        var institutions: [String: Set<String>] = [:]
        try connection.forEachRow(.blockedSettlements) { row in
            institutions[try row[0, as: String.self], default: []].insert(try row[1, as: String.self])
        }
        guard !institutions.isEmpty else { return }
        let others = try connection.rows(.runsNotCleared, month) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
        try connection.forEachRow(.adjudicationsOfSettlements, institutions.keys.sorted(), others) { row in
            let institution = try row[0, as: String.self]
            // Another institution may claim the settlement; that withholds nothing from the one whose it is.
            guard institutions[try row[1, as: String.self]]?.contains(institution) == true else { return }
            for (fund, column) in [(ClearingFund.pool, 2), (.account, 3)] {
                let key = InstitutionFund(institution: institution, fund: fund)
                try facts[key, default: ClearingFacts()].withheldNow += try row[column, as: Fen.self]
            }
        }
    }
}
