import Money
import Policy
import Postgres
import Settlement

extension Statement {
    /// The runs that a month's clearing looked at: those before it that post up to its month and that no clearing before
    /// had looked at. `$2` and `$3` are the first and the last run of the month-end.
    fileprivate static let runsCleared = Statement(
        "runs cleared",
        """
        SELECT r.run_id FROM run.run r
        WHERE r.state = 'completed' AND r.posting_month <= $1 AND r.run_id < $3
          AND NOT EXISTS (SELECT FROM (SELECT DISTINCT c.run_id, c.month FROM ledger.institution_clearing c
                                       JOIN run.run q ON q.run_id = c.run_id AND q.state = 'completed') c
                          WHERE c.run_id > r.run_id AND c.run_id < $2 AND c.month >= r.posting_month)
        ORDER BY r.run_id
        """)

    /// What the adjudications of some runs moved, less what the revisions they replace said. A settlement counts when an
    /// institution is owed for it; a mirror row counts back. Each branch is summed by itself, so that the large one meets the
    /// settlements whole, and only revisions, which are few, are looked up.
    fileprivate static let movedByInstitution = Statement(
        "moved by institution",
        """
        SELECT m.fixmedins_code, sum(m.visits)::bigint, sum(m.fees)::bigint, sum(m.pool)::bigint, sum(m.account)::bigint,
               sum(m.family)::bigint
        FROM (
            SELECT s.fixmedins_code, sum(CASE WHEN s.init_setl_id IS NULL THEN k.counted ELSE -k.counted END) AS visits,
                   sum(s.medfee_sumamt_fen * k.counted) AS fees, sum(a.pool_payment_fen) AS pool,
                   sum(a.account_payment_fen) AS account, sum(a.family_account_payment_fen) AS family
            FROM ledger.adjudication a
            JOIN intake.settlement s
                ON s.person_id = a.person_id AND s.setl_time = a.setl_time AND s.setl_id = a.settlement_id
            CROSS JOIN LATERAL (
                SELECT (a.verdict = 0 OR a.verdict = 1
                    AND (a.account_payment_fen <> 0 OR a.family_account_payment_fen <> 0))::int AS counted) k
            WHERE a.run_id = ANY ($1)
            GROUP BY s.fixmedins_code
            UNION ALL
            SELECT s.fixmedins_code, -sum(CASE WHEN s.init_setl_id IS NULL THEN k.counted ELSE -k.counted END),
                   -sum(s.medfee_sumamt_fen * k.counted), -sum(p.pool_payment_fen), -sum(p.account_payment_fen),
                   -sum(p.family_account_payment_fen)
            FROM ledger.adjudication a
            CROSS JOIN LATERAL (
                SELECT p.verdict, p.pool_payment_fen, p.account_payment_fen, p.family_account_payment_fen
                FROM ledger.adjudication p
                WHERE p.person_id = a.person_id AND p.settlement_id = a.settlement_id AND p.revision = a.revision - 1
                LIMIT 1) p
            CROSS JOIN LATERAL (
                SELECT t.fixmedins_code, t.init_setl_id, t.medfee_sumamt_fen FROM intake.settlement t
                WHERE t.person_id = a.person_id AND t.setl_time = a.setl_time AND t.setl_id = a.settlement_id
                LIMIT 1) s
            CROSS JOIN LATERAL (
                SELECT (p.verdict = 0 OR p.verdict = 1
                    AND (p.account_payment_fen <> 0 OR p.family_account_payment_fen <> 0))::int AS counted) k
            WHERE a.run_id = ANY ($1) AND a.revision > 0
            GROUP BY s.fixmedins_code
        ) m
        GROUP BY m.fixmedins_code
        HAVING sum(m.visits) <> 0 OR sum(m.fees) <> 0 OR sum(m.pool) <> 0 OR sum(m.account) <> 0 OR sum(m.family) <> 0
        """)

    fileprivate static let clearedInMonth = Statement(
        "cleared in month",
        """
        SELECT c.fixmedins_code, c.fund, sum(c.incurred_fen)::bigint, sum(c.withheld_fen)::bigint,
               sum(c.annual_fen)::bigint, sum(c.deposit_fen)::bigint, sum(c.payment_fen)::bigint, sum(c.carried_fen)::bigint
        FROM ledger.institution_clearing c JOIN run.run r ON r.run_id = c.run_id AND r.state = 'completed'
        WHERE c.month = $1 GROUP BY c.fixmedins_code, c.fund ORDER BY c.fixmedins_code, c.fund
        """)

    fileprivate static let paidByMonth = Statement(
        "paid by month",
        """
        SELECT c.month, coalesce(sum(c.payment_fen) FILTER (WHERE c.fund = 'pool'), 0)::bigint,
               coalesce(sum(c.payment_fen) FILTER (WHERE c.fund = 'account'), 0)::bigint
        FROM ledger.institution_clearing c JOIN run.run r ON r.run_id = c.run_id AND r.state = 'completed'
        WHERE c.month BETWEEN $1 AND $2 GROUP BY c.month ORDER BY c.month
        """)

    fileprivate static let paidByVouchers = Statement(
        "paid by vouchers",
        """
        SELECT coalesce(sum(l.credit_fen - l.debit_fen), 0)::bigint
        FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id)
        WHERE v.run_id = ANY ($1) AND v.kind = 'institution_payment' AND l.subject_code = '1004'
        """)

    /// The newest row of each institution that has begun by the day.
    fileprivate static let institutionsOn = Statement(
        "institutions on day",
        """
        SELECT DISTINCT ON (i.fixmedins_code) i.fixmedins_code, i.fixmedins_name, i.hosp_lv
        FROM (SELECT DISTINCT ON (fixmedins_code, begndate) fixmedins_code, begndate, fixmedins_name, hosp_lv, valid
              FROM intake.institution ORDER BY fixmedins_code, begndate, batch_id DESC) i
        WHERE i.valid ORDER BY i.fixmedins_code, i.begndate <= $1 DESC, abs(i.begndate - $1)
        """)
}

extension ClearingMonthFacts {
    init(_ month: Month, rules: RuleSet, _ connection: inout Connection) throws {
        let all = try RunStore.all(&connection)
        let monthEnds = all.filter { $0.instance == .monthEnd(month) && $0.state == .completed }
        guard let first = monthEnds.first, let run = monthEnds.last else {
            guard let other = MonthEndSchedule(all).settlingRun(of: month) else {
                throw ReportGap.notDone(.monthEnd(month))
            }
            throw ReportGap.settledWith(month, other.instance)
        }
        let runs = try connection.rows(.runsCleared, month, first.id, run.id) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
        self.month = month
        self.run = run
        runCount = runs.count
        totals = try ReportTotals(of: runs, &connection)
        let posting = all.filter {
            runs.contains($0.id) && $0.instance.job.postsAdjudications && $0.postingMonth.year == month.year
        }.map(\.id)
        priorYears = try PriorYears(before: month.year, posting, ReportTotals(of: posting, &connection), &connection)
        clearingTotals = try ReportTotals(of: monthEnds.map(\.id), &connection)
        vouched =
            try connection.first(.paidByVouchers, monthEnds.map(\.id)) { row throws(DatabaseError) in
                try row[0, as: Fen.self]
            } ?? .zero
        payments = try connection.rows(.paidByMonth, Month.first(of: month.year), month) { row throws(DatabaseError) in
            MonthPayment(
                month: try row[0, as: Month.self], pool: try row[1, as: Fen.self], account: try row[2, as: Fen.self])
        }
        institutions = try ClearingMonthFacts.institutions(
            of: runs, month, names: try InstitutionNamesOfMonth(month, rules: rules, &connection), &connection)
    }

    private static func institutions(
        of runs: [Int64], _ month: Month, names: InstitutionNamesOfMonth, _ connection: inout Connection
    ) throws -> [Institution] {
        var institutions: [String: Institution] = [:]
        func make(_ code: String) -> Institution {
            Institution(code: code, name: names.name(of: code), level: names.level(of: code))
        }
        let moved = try connection.hashing { connection in
            try connection.rows(.movedByInstitution, runs) { row throws(DatabaseError) in
                var institution = make(try row[0, as: String.self])
                institution.visits = try row[1, as: Int64.self]
                institution.fees = try row[2, as: Fen.self]
                institution.pool = try row[3, as: Fen.self]
                institution.account = try row[4, as: Fen.self]
                institution.family = try row[5, as: Fen.self]
                return institution
            }
        }
        for institution in moved { institutions[institution.code] = institution }
        try connection.forEachRow(.clearedInMonth, month) { row in
            let code = try row[0, as: String.self]
            var movement = ClearingMovement()
            movement.incurred = try row[2, as: Fen.self]
            movement.withheld = try row[3, as: Fen.self]
            movement.annual = try row[4, as: Fen.self]
            movement.deposit = try row[5, as: Fen.self]
            movement.payment = try row[6, as: Fen.self]
            movement.carried = try row[7, as: Fen.self]
            institutions[code, default: make(code)].cleared[try row[1, as: ClearingFund.self]] = movement
        }
        return institutions.values.sorted { $0.code < $1.code }
    }
}

/// What the institutions are called at the end of a month, and of which level they are.
struct InstitutionNamesOfMonth {
    private let rows: [String: (name: String, level: InstitutionLevel?)]

    init(_ month: Month, rules: RuleSet, _ connection: inout Connection) throws {
        let levels = try rules.institutionLevels(on: month.lastDay)
        var rows: [String: (name: String, level: InstitutionLevel?)] = [:]
        try connection.forEachRow(.institutionsOn, month.lastDay) { row in
            rows[try row[0, as: String.self]] = (
                try row[1, as: String.self], levels.level(of: try row[2, as: String?.self])
            )
        }
        self.rows = rows
    }

    /// Of an unknown one its code.
    func name(of code: String) -> String { rows[code]?.name ?? code }

    func level(of code: String) -> InstitutionLevel? { rows[code]?.level }
}
