import Money
import Policy
import Postgres
import Settlement

extension Statement {
    /// The entries of a run by what the person was in the month covered, as `standing(in:statuses:death:)` says it: the
    /// status in force on the last day of the month before, or else the one that begins in the month. The sums are
    /// compared with what the program counted, category by category.
    fileprivate static let creditedGroups = Statement(
        "credited groups",
        """
        WITH moved AS (
            SELECT e.person_id, e.covered_month, (e.covered_month + interval '1 month' - interval '1 day')::date AS last_day,
                   sum(e.amount_fen) FILTER (WHERE e.amount_fen > 0) AS credited,
                   sum(e.amount_fen) FILTER (WHERE e.amount_fen < 0) AS taken_back,
                   sum(sign(e.amount_fen) * abs(c.clct_base_fen)) AS base
            FROM ledger.account_entry e
            LEFT JOIN intake.contribution c
                ON c.person_id = e.person_id AND c.covered_month = e.covered_month AND c.clct_id = e.source
            WHERE e.run_id = $1 AND e.source <> 'account-opening'
            GROUP BY e.person_id, e.covered_month
        ), status AS (
            SELECT s.person_id, s.begndate, k.category,
                   least(s.enddate, lead(s.begndate) OVER (PARTITION BY s.person_id ORDER BY s.begndate) - 1) AS end_day
            FROM (SELECT DISTINCT ON (person_id, begndate) person_id, begndate, enddate, psn_type, valid
                  FROM intake.enrolment WHERE insutype = $2 AND batch_id <= $3
                  ORDER BY person_id, begndate, batch_id DESC) s
            LEFT JOIN unnest($4::text[], $5::int[]) AS k (psn_type, category) ON k.psn_type = s.psn_type
            WHERE s.valid
        ), standing AS (
            SELECT m.person_id, m.covered_month, bool_or(t.end_day IS NULL OR t.end_day >= m.covered_month) AS is_reached,
                   (array_agg(CASE WHEN t.end_day IS NULL OR t.end_day >= m.covered_month - 1 THEN coalesce(t.category, 0) END
                              ORDER BY t.begndate DESC) FILTER (WHERE t.begndate < m.covered_month))[1] AS before,
                   (array_agg(coalesce(t.category, 0) ORDER BY t.begndate)
                        FILTER (WHERE t.begndate >= m.covered_month))[1] AS beginning
            FROM moved m
            JOIN status t ON t.person_id = m.person_id AND t.begndate <= m.last_day
                AND (t.end_day IS NULL OR t.end_day >= t.begndate)
            GROUP BY m.person_id, m.covered_month
        ), person AS (
            SELECT DISTINCT ON (person_id) person_id, insu_admdvs, death_date, valid FROM intake.person
            WHERE batch_id <= $3 ORDER BY person_id, batch_id DESC
        )
        SELECT CASE WHEN p.valid AND m.covered_month > p.death_date THEN NULL
                    WHEN s.is_reached THEN NULLIF(coalesce(s.before, s.beginning), 0) END AS category,
               coalesce(p.insu_admdvs, '') AS district,
               count(DISTINCT m.person_id) FILTER (WHERE m.credited > 0),
               coalesce(sum(m.base), 0)::bigint,
               coalesce(sum(m.credited) FILTER (WHERE m.covered_month = $6), 0)::bigint,
               coalesce(sum(m.credited) FILTER (WHERE m.covered_month <> $6), 0)::bigint,
               coalesce(sum(m.taken_back), 0)::bigint
        FROM moved m
        LEFT JOIN standing s USING (person_id, covered_month)
        LEFT JOIN person p ON p.person_id = m.person_id
        GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 2
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
    init(_ month: Month, rules: RuleSet, _ connection: inout Connection) throws {
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
        groups = try CreditingFacts.groups(of: runs, month, rules: rules, &connection)
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
        of runs: [Run], _ month: Month, rules: RuleSet, _ connection: inout Connection
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
        var groups: [Group] = []
        for run in runs {
            let rows = try connection.rows(
                .creditedGroups, run.id, insurance, run.horizon.batch, types, categories, month, decode: Group.init)
            for group in rows {
                if let index = groups.firstIndex(where: { $0.isSame(as: group) }) {
                    groups[index] = try groups[index].adding(group)
                } else {
                    groups.append(group)
                }
            }
        }
        return groups.sorted { ($0.place, $0.district) < ($1.place, $1.district) }
    }
}

extension CreditingFacts.Group {
    fileprivate init(_ row: borrowing Row) throws(DatabaseError) {
        let code = try row[0, as: Int32?.self]
        category = InsuredCategory.allCases.first { Int32($0.code) == code }
        district = try row[1, as: String.self]
        people = try row[2, as: Int64.self]
        base = try row[3, as: Fen.self]
        credited = try row[4, as: Fen.self]
        otherMonths = try row[5, as: Fen.self]
        takenBack = try row[6, as: Fen.self]
    }

    fileprivate func isSame(as other: CreditingFacts.Group) -> Bool {
        category == other.category && district == other.district
    }

    /// Persons of two runs are counted in each: the second run credits those whom the first had to leave.
    fileprivate func adding(_ other: CreditingFacts.Group) throws(MoneyOverflow) -> CreditingFacts.Group {
        CreditingFacts.Group(
            category: category, district: district, people: people + other.people, base: try base + other.base,
            credited: try credited + other.credited, otherMonths: try otherMonths + other.otherMonths,
            takenBack: try takenBack + other.takenBack)
    }

    /// Categories in their order, those without one last.
    fileprivate var place: Int { category.map { Int($0.code) } ?? 9 }
}
