import Money
import Policy
import Postgres

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

    /// Of the persons `$2` to `$3`: what adjudications of the runs `$1` moved, less what the revisions they replace said; a
    /// mirror row counts back. First by institution: visits, persons with a visit left, pool. Then by category and visits: the
    /// persons and their pool; a person of two categories counts in the later one. Last the persons of most visits: category,
    /// visits, institutions, pool, person.
    ///
    /// `nullif` keeps the index from being asked for what a first revision replaces.
    fileprivate static let watched = Statement(
        "watched",
        """
        WITH moved AS MATERIALIZED (
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
            WHERE a.run_id = ANY ($1) AND a.person_id BETWEEN $2 AND $3 AND s.person_id BETWEEN $2 AND $3
        ), place AS MATERIALIZED (
            SELECT fixmedins_code, person_id, max(category) AS category, sum(visits) AS visits, sum(pool)::bigint AS pool
            FROM moved GROUP BY fixmedins_code, person_id
        ), person AS MATERIALIZED (
            SELECT person_id, max(category) AS category, sum(visits)::bigint AS visits, sum(pool)::bigint AS pool,
                   count(*) FILTER (WHERE visits > 0) AS institutions
            FROM place GROUP BY person_id HAVING sum(visits) <> 0 OR sum(pool) <> 0
        )
        SELECT 1::smallint, fixmedins_code, NULL::smallint, sum(visits)::bigint, count(*) FILTER (WHERE visits > 0),
               sum(pool)::bigint, NULL::bigint
        FROM place GROUP BY fixmedins_code
        UNION ALL
        SELECT 2::smallint, NULL, category::smallint, visits, count(*), sum(pool)::bigint, NULL
        FROM person GROUP BY category, visits
        UNION ALL
        SELECT 3::smallint, NULL, k.category::smallint, f.visits, f.institutions, f.pool, f.person_id
        FROM generate_series(1, 4) AS k (category)
        CROSS JOIN LATERAL (
            SELECT person_id, visits, institutions, pool FROM person
            WHERE category = k.category AND visits > 1 ORDER BY visits DESC, pool DESC, person_id LIMIT $4) f
        """)

    fileprivate static let farPersons = Statement(
        "far persons", "SELECT person_id, psn_no, insu_admdvs FROM report.person_masked WHERE person_id = ANY ($1)")
}

extension WatchFacts {
    init(_ period: Period, rules: RuleSet, rowsInSlice: Int64, _ connection: inout Connection) throws {
        let all = try RunStore.all(&connection)
        let months = try WatchFacts.months(period, all)
        let posting = all.filter {
            $0.state == .completed && $0.instance.job.postsAdjudications && months.contains($0.postingMonth)
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
        let totals = try ReportTotals(of: runs, &connection)
        priorYears = try PriorYears(before: period.year, runs, totals, &connection)
        let names = try InstitutionNamesOfMonth(months.upperBound, rules: rules, &connection)
        let rows = try totals.sum("adjudication.written").rows
        let counted = try WatchCount(of: runs, PersonSlices(forRows: rows, each: rowsInSlice), &connection)
        institutions = counted.institutions.map { code, count in
            Institution(
                code: code, name: names.name(of: code), level: names.level(of: code), visits: count.visits,
                people: count.people, pool: count.pool)
        }.filter { $0.visits != 0 || $0.pool != .zero }.sorted { $0.code < $1.code }
        people = try PeopleBand.all(counted.persons)
        farPeople = try WatchFacts.named(FarPerson.farthest(counted.most, among: counted.persons), &connection)
    }

    /// Numbers are masked: a list of people far from others is not the people's own.
    private static func named(_ far: [FarPerson], _ connection: inout Connection) throws -> [FarPerson] {
        var persons: [Int64: (number: String, district: String)] = [:]
        try connection.forEachRow(.farPersons, far.map(\.person)) { row in
            persons[try row[0, as: Int64.self]] = (
                number: try row[1, as: String.self], district: try row[2, as: String.self]
            )
        }
        return far.map { person in
            var person = person
            if let known = persons[person.person] { (person.number, person.district) = known }
            return person
        }
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

/// What is counted of the adjudications of some runs.
private struct WatchCount {
    var institutions: [String: WatchFacts.InstitutionCount] = [:]
    var persons: [WatchFacts.VisitGroup: WatchFacts.VisitCount] = [:]
    /// The persons of most visits in each slice and category.
    var most: [WatchFacts.FarPerson] = []

    init(of runs: [Int64], _ slices: PersonSlices, _ connection: inout Connection) throws {
        for slice in slices.ranges {
            try connection.forEachRow(
                .watched, runs, slice.lowerBound, slice.upperBound, Int64(WatchFacts.shown)
            ) { row in
                try add(row)
            }
        }
    }

    private mutating func add(_ row: borrowing Row) throws {
        let (visits, people, pool) = (
            try row[3, as: Int64.self], try row[4, as: Int64.self], try row[5, as: Fen.self]
        )
        if let code = try row[1, as: String?.self] {
            try institutions[code, default: WatchFacts.InstitutionCount()].add(visits, people, pool)
            return
        }
        let group = WatchFacts.VisitGroup(category: try row[2, as: Int16.self], visits: visits)
        if let person = try row[6, as: Int64?.self] {
            most.append(WatchFacts.FarPerson(person: person, group: group, institutions: people, pool: pool))
        } else {
            try persons[group, default: WatchFacts.VisitCount()].add(people, pool)
        }
    }
}
