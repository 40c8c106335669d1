import Money
import Policy
import Postgres
import Settlement

extension Statement {
    /// The entries of a run and of the persons `$6` to `$7` by what the person was in the month covered, as
    /// `standing(in:statuses:death:)` says it: the status in force on the last day of the month before, or else the one that
    /// begins in the month. The sums are compared with what the program counted, category by category.
    ///
    /// A status answers for the months that begin after it does and not after the next one does; what stands before the first
    /// is a status that was over before it began. Rows without a month count the persons credited in any.
    fileprivate static let creditedGroups = Statement(
        "credited groups",
        """
        WITH moved AS (
            SELECT e.person_id, e.covered_month,
                   sum(e.amount_fen) FILTER (WHERE e.amount_fen > 0)::bigint AS credited,
                   sum(e.amount_fen) FILTER (WHERE e.amount_fen < 0)::bigint AS taken_back,
                   sum(CASE WHEN e.amount_fen < 0 THEN -abs(c.clct_base_fen) ELSE abs(c.clct_base_fen) END)::bigint AS base
            FROM ledger.account_entry e
            LEFT JOIN intake.contribution c
                ON c.person_id = e.person_id AND c.covered_month = e.covered_month AND c.clct_id = e.source
                AND c.person_id BETWEEN $6 AND $7
            WHERE e.run_id = $1 AND e.source <> 'account-opening' AND e.person_id BETWEEN $6 AND $7
            GROUP BY e.person_id, e.covered_month
        ), status AS MATERIALIZED (
            SELECT s.person_id, s.begndate, s.enddate, k.category, lead(s.begndate) OVER later AS next_begndate,
                   lead(k.category) OVER later AS next_category, row_number() OVER later AS place
            FROM (SELECT DISTINCT ON (person_id, begndate) person_id, begndate, enddate, psn_type, valid
                  FROM intake.enrolment
                  WHERE insutype = $2 AND batch_id <= $3 AND person_id BETWEEN $6 AND $7
                  ORDER BY person_id, begndate, batch_id DESC) s
            LEFT JOIN unnest($4::text[], $5::int[]) AS k (psn_type, category) ON k.psn_type = s.psn_type
            WHERE s.valid
            WINDOW later AS (PARTITION BY s.person_id ORDER BY s.begndate)
        ), span AS (
            SELECT person_id, begndate, enddate, category, next_begndate, next_category FROM status
            UNION ALL
            SELECT person_id, '-infinity', '-infinity', NULL, begndate, category FROM status WHERE place = 1
        ), person AS (
            SELECT DISTINCT ON (person_id) person_id, insu_admdvs, CASE WHEN valid THEN death_date END AS death_date
            FROM intake.person
            WHERE batch_id <= $3 AND person_id BETWEEN $6 AND $7 ORDER BY person_id, batch_id DESC
        ), placed AS MATERIALIZED (
            SELECT m.person_id, m.covered_month, m.credited, m.taken_back, m.base,
                   coalesce(p.insu_admdvs, '') AS district,
                   CASE WHEN m.covered_month > p.death_date THEN NULL
                        WHEN t.enddate IS NULL OR t.enddate >= m.covered_month - 1 THEN
                            CASE WHEN t.enddate IS NULL OR t.enddate >= m.covered_month
                                     OR t.next_begndate < m.covered_month + interval '1 month' THEN t.category END
                        WHEN t.next_begndate < m.covered_month + interval '1 month' THEN t.next_category END AS category
            FROM moved m
            LEFT JOIN span t ON t.person_id = m.person_id AND t.begndate < m.covered_month
                AND (t.next_begndate IS NULL OR t.next_begndate >= m.covered_month)
            LEFT JOIN person p ON p.person_id = m.person_id
        )
        SELECT category, district, covered_month, count(*) FILTER (WHERE credited > 0), coalesce(sum(base), 0)::bigint,
               coalesce(sum(credited), 0)::bigint, coalesce(sum(taken_back), 0)::bigint
        FROM placed GROUP BY category, district, covered_month
        UNION ALL
        SELECT category, district, NULL, count(*), 0, 0, 0
        FROM (SELECT DISTINCT person_id, category, district FROM placed WHERE credited > 0) d
        GROUP BY category, district
        """)

    fileprivate static let personTypes = Statement(
        "person types", "SELECT DISTINCT psn_type FROM intake.enrolment WHERE insutype = $1 ORDER BY psn_type")

    fileprivate static let exceptionsByReason = Statement(
        "exceptions by reason",
        """
        SELECT x.reason, coalesce(w.title, x.reason), coalesce(w.remedy, ''), count(*), count(DISTINCT x.person_id)
        FROM run.exception x LEFT JOIN run.exception_reason w ON w.reason = x.reason
        WHERE x.run_id = ANY ($1) GROUP BY x.reason, w.title, w.remedy ORDER BY count(*) DESC, x.reason
        """)

    fileprivate static let creditsByMonth = Statement(
        "credits by month",
        """
        SELECT date_trunc('month', r.business_date::timestamp)::date,
               coalesce(sum(t.amount_fen) FILTER (WHERE t.measure LIKE '%.contribution'), 0)::bigint,
               coalesce(sum(t.amount_fen) FILTER (WHERE t.measure LIKE '%.retiree'), 0)::bigint
        FROM run.run r JOIN run.control_total t ON t.run_id = r.run_id
        WHERE r.job = 'month-end' AND r.state = 'completed' AND r.business_date > $1 AND r.business_date <= $2
          AND t.measure IN ('posted.contribution', 'taken_back.contribution', 'posted.retiree', 'taken_back.retiree')
        GROUP BY 1 ORDER BY 1
        """)
}

extension CreditingFacts {
    init(_ month: Month, rules: RuleSet, rowsInSlice: Int64, _ connection: inout Connection) throws {
        let all = try RunStore.all(&connection)
        let runs = all.filter { $0.instance == .monthEnd(month) && $0.state == .completed }
        guard let run = runs.last else {
            guard let other = MonthEndSchedule(all).settlingRun(of: month) else {
                throw ReportGap.notDone(.monthEnd(month))
            }
            throw ReportGap.settledWith(month, other.instance)
        }
        self.month = month
        self.run = run
        totals = try ReportTotals(of: runs.map(\.id), &connection)
        let posted = try totals.sum(
            "posted.contribution", "posted.retiree", "taken_back.contribution", "taken_back.retiree")
        groups = try CreditingFacts.groups(
            of: runs, PersonSlices(forRows: posted.rows, each: rowsInSlice), month, rules: rules, &connection)
        exceptions = try connection.rows(.exceptionsByReason, runs.map(\.id)) { row throws(DatabaseError) in
            Exceptions(
                reason: try row[0, as: String.self], title: try row[1, as: String.self],
                remedy: try row[2, as: String.self], rows: try row[3, as: Int64.self],
                people: try row[4, as: Int64.self])
        }
        due = CreditingFacts.due(totals)
        let before = all.filter { $0.instance == .monthEnd(month.previous) && $0.state == .completed }
        dueBefore =
            before.isEmpty
            ? nil : CreditingFacts.due(try ReportTotals(of: before.map(\.id), &connection))
        line = try connection.rows(.creditsByMonth, month.adding(months: -12).lastDay, month.lastDay) {
            row throws(DatabaseError) in
            MonthSum(
                month: try row[0, as: Month.self], workers: try row[1, as: Fen.self],
                retirees: try row[2, as: Fen.self])
        }
    }

    private static func due(_ totals: ReportTotals) -> [InsuredCategory: Due] {
        var due: [InsuredCategory: Due] = [:]
        for (item, count) in totals.items("month.credited") {
            guard let category = InsuredCategory(rawValue: item) else { continue }
            due[category] = Due(people: count.rows, amount: count.amount)
        }
        return due
    }

    /// Of each run by what it knew itself, added up: an instance that waited has several.
    private static func groups(
        of runs: [Run], _ slices: PersonSlices, _ month: Month, rules: RuleSet, _ connection: inout Connection
    ) throws -> [Group] {
        let insurance = Int16(rules.pack.insurance) ?? 0
        let table = try rules.personCategories(on: month.firstDay)
        var (types, categories) = ([String](), [Int32]())
        for type in try connection.rows(
            .personTypes, insurance, decode: { row throws(DatabaseError) in try row[0, as: String.self] })
        {
            guard let category = table.category(of: type) else { continue }
            types.append(type)
            categories.append(Int32(category.code))
        }
        var groups: [Group.Key: Group] = [:]
        for run in runs {
            for slice in slices.ranges {
                try connection.forEachRow(
                    .creditedGroups, run.id, insurance, run.horizon.batch, types, categories, slice.lowerBound,
                    slice.upperBound
                ) { row in
                    let code = try row[0, as: Int32?.self]
                    let key = Group.Key(
                        category: InsuredCategory.allCases.first { Int32($0.code) == code },
                        district: try row[1, as: String.self])
                    try groups[key, default: Group(key: key)].add(row)
                }
            }
        }
        return groups.values.sorted { ($0.place, $0.key.district) < ($1.place, $1.key.district) }
    }
}

extension CreditingFacts.Group {
    /// Persons of two runs are counted in each: the second run credits those whom the first had to leave.
    fileprivate mutating func add(_ row: borrowing Row) throws {
        let count = try row[3, as: Int64.self]
        guard let month = try row[2, as: Month?.self] else {
            people += count
            return
        }
        var sums = months[month] ?? Sums()
        sums.people += count
        try base += row[4, as: Fen.self]
        try sums.credited += row[5, as: Fen.self]
        try sums.takenBack += row[6, as: Fen.self]
        months[month] = sums
    }

    /// Categories in their order, those without one last.
    fileprivate var place: Int { key.category.map { Int($0.code) } ?? 9 }
}
