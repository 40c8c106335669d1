import Money
import Policy
import Postgres

/// What adjudications of the runs `$1` moved, less what the revisions they replace said; a mirror row counts back.
/// `nullif` keeps the index from being asked for what a first revision replaces.
private let moved: SQLText = """
    SELECT s.fixmedins_code, a.person_id, coalesce(a.psn_category, b.psn_category, 0) AS category,
           CASE WHEN s.init_setl_id IS NULL THEN 1 ELSE -1 END
               * ((a.verdict = 0)::int - coalesce(b.verdict = 0, false)::int) AS visits,
           a.pool_payment_fen - coalesce(b.pool_payment_fen, 0) AS pool
    FROM ledger.adjudication a
    JOIN intake.settlement s
        ON s.person_id = a.person_id AND s.setl_time = a.setl_time AND s.setl_id = a.settlement_id
    LEFT JOIN LATERAL (
        SELECT p.verdict, p.psn_category, p.pool_payment_fen FROM ledger.adjudication p
        WHERE p.person_id = a.person_id AND p.settlement_id = a.settlement_id
          AND p.revision = nullif(a.revision, 0) - 1) b ON true
    WHERE a.run_id = ANY ($1)
    """

extension Statement {
    fileprivate static let poolByMonth = Statement(
        "pool by month",
        """
        SELECT r.posting_month, sum(t.amount_fen)::bigint
        FROM run.run r JOIN run.control_total t USING (run_id)
        WHERE r.run_id = ANY ($1) AND t.measure = 'institution.pool' GROUP BY r.posting_month ORDER BY r.posting_month
        """)

    fileprivate static let poolVouched = Statement(
        "pool vouched",
        """
        SELECT coalesce(sum(l.debit_fen - l.credit_fen), 0)::bigint
        FROM ledger.voucher v JOIN ledger.voucher_line l USING (voucher_id)
        WHERE v.run_id = ANY ($1) AND v.kind = 'outpatient_benefits' AND l.subject_code = '50010001'
        """)

    fileprivate static let watchedInstitutions = Statement(
        "watched institutions",
        """
        SELECT v.fixmedins_code, sum(v.visits)::bigint, count(*) FILTER (WHERE v.visits > 0), sum(v.pool)::bigint
        FROM (SELECT m.fixmedins_code, m.person_id, sum(m.visits) AS visits, sum(m.pool) AS pool
              FROM (\(moved)) m GROUP BY m.fixmedins_code, m.person_id) v
        GROUP BY v.fixmedins_code HAVING sum(v.visits) <> 0 OR sum(v.pool) <> 0 ORDER BY v.fixmedins_code
        """)

    /// Bands as ``WatchFacts/Band`` numbers them. A person of two categories counts in the later one.
    fileprivate static let watchedPeople = Statement(
        "watched people",
        """
        WITH person AS MATERIALIZED (
            SELECT m.person_id, max(m.category) AS category, sum(m.visits)::bigint AS visits, sum(m.pool) AS pool
            FROM (\(moved)) m GROUP BY m.person_id HAVING sum(m.visits) <> 0 OR sum(m.pool) <> 0
        ), middle AS (
            SELECT category, percentile_disc(0.5) WITHIN GROUP (ORDER BY visits) AS median
            FROM person WHERE visits > 0 GROUP BY category
        ), spread AS (
            SELECT p.category, c.median,
                   greatest(percentile_disc(0.5) WITHIN GROUP (ORDER BY abs(p.visits - c.median)), 1) AS deviation
            FROM person p JOIN middle c USING (category) WHERE p.visits > 0 GROUP BY p.category, c.median
        )
        SELECT p.category::smallint,
               (CASE WHEN s.median IS NULL OR p.visits <= s.median THEN 0
                     WHEN p.visits <= s.median + 3 * s.deviation THEN 1
                     WHEN p.visits <= s.median + 6 * s.deviation THEN 2
                     WHEN p.visits <= s.median + 10 * s.deviation THEN 3 ELSE 4 END)::smallint AS band,
               s.median, s.deviation, count(*), sum(p.visits)::bigint, sum(p.pool)::bigint
        FROM person p LEFT JOIN spread s USING (category)
        GROUP BY p.category, 2, s.median, s.deviation ORDER BY p.category = 0, p.category, 2
        """)
}

extension WatchFacts {
    init(_ period: Period, rules: RuleSet, _ connection: inout Connection) throws {
        let all = try RunStore.all(&connection)
        let months = try WatchFacts.months(period, all)
        let posting = all.filter {
            $0.state == .completed && $0.instance.job.isWatched && months.contains($0.postingMonth)
        }
        guard let run = posting.last else { throw ReportGap.notDone(.monthEnd(months.upperBound)) }
        let runs = posting.map(\.id)
        var pool: [Month: Fen] = [:]
        try connection.forEachRow(.poolByMonth, runs) { row in
            pool[try row[0, as: Month.self]] = try row[1, as: Fen.self]
        }
        self.period = period
        self.run = run
        burn = FundBurn(
            first: months.lowerBound, months: months.map { pool[$0] ?? .zero },
            budget: try WatchFacts.budget(on: Month.last(of: period.year).lastDay, rules: rules))
        vouched =
            try connection.first(.poolVouched, runs) { row throws(DatabaseError) in try row[0, as: Fen.self] } ?? .zero
        let names = try InstitutionNamesOfMonth(months.upperBound, rules: rules, &connection)
        var institutions: [Institution] = []
        try connection.forEachRow(.watchedInstitutions, runs) { row in
            let code = try row[0, as: String.self]
            institutions.append(
                Institution(
                    code: code, name: names.name(of: code), level: names.level(of: code),
                    visits: try row[1, as: Int64.self], people: try row[2, as: Int64.self],
                    pool: try row[3, as: Fen.self]))
        }
        self.institutions = institutions
        people = try connection.rows(.watchedPeople, runs, decode: PeopleBand.init)
    }

    /// From the year's first month settled here to the one asked for, or the last that is settled. A month-end that waits
    /// for a figure of credits has cleared what the fund pays, so its month is there.
    private static func months(_ period: Period, _ all: [Run]) throws(ReportGap) -> ClosedRange<Month> {
        let schedule = MonthEndSchedule(all)
        let asked =
            switch period {
            case .year(let year): Month.last(of: year)
            case .month(let month): month
            }
        guard let first = schedule.firstSettled(of: asked.year), let settled = schedule.settledThrough, first <= asked
        else {
            throw .notDone(.monthEnd(period == .month(asked) ? asked : .first(of: asked.year)))
        }
        guard period != .month(asked) || asked <= settled else { throw .notDone(.monthEnd(asked)) }
        return first...min(asked, settled)
    }

    /// All budgets of the year together; `nil` if nobody supplied any.
    private static func budget(on date: CivilDate, rules: RuleSet) throws -> Fen? {
        guard let budget = try rules.clearingTerms(on: date).budget else { return nil }
        var sum = Fen.zero
        for part in Array(budget.institutions.values) + Array(budget.levels.values) { try sum += part }
        return sum
    }
}

extension Job {
    /// Whether runs of the job post adjudications.
    fileprivate var isWatched: Bool {
        switch self {
        case .nightly, .yearEnd, .reprove: true
        case .monthEnd, .reconcileDay, .reconcileMonth, .reconcileYear: false
        }
    }
}

extension WatchFacts.PeopleBand {
    fileprivate init(_ row: borrowing Row) throws(DatabaseError) {
        let code = try row[0, as: Int16.self]
        category = InsuredCategory.allCases.first { $0.code == code }
        band = WatchFacts.Band(rawValue: try row[1, as: Int16.self]) ?? .beyond
        median = try row[2, as: Int64?.self]
        deviation = try row[3, as: Int64?.self]
        people = try row[4, as: Int64.self]
        visits = try row[5, as: Int64.self]
        pool = try row[6, as: Fen.self]
    }
}
