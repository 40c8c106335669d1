import Money
import Policy
import Postgres
import Settlement

extension Statement {
    /// The settlements of a year as they stood when it was closed. `$3` and `$4` are the first run that can have settled
    /// any of them and the year-end, `$5` is the batch that it knew. Revisions and mirror rows are few, and looked up.
    fileprivate static let pooledInYear = Statement(
        "pooled in year",
        """
        WITH newest AS MATERIALIZED (
            SELECT person_id, settlement_id, max(revision) AS revision FROM ledger.adjudication
            WHERE revision > 0 AND setl_time >= $1::date::timestamp AND setl_time < ($2::date + 1)::timestamp
              AND run_id BETWEEN $3 AND $4
            GROUP BY person_id, settlement_id
        ), mirror AS MATERIALIZED (
            SELECT person_id, setl_id FROM intake.settlement
            WHERE init_setl_id IS NOT NULL
              AND setl_time >= $1::date::timestamp AND setl_time < ($2::date + 1)::timestamp
        ), pooled AS (
            SELECT a.person_id, a.psn_category, a.level, count(*) AS settlements, count(m.setl_id) AS refunds,
                   sum(a.eligible_fen) AS eligible, sum(a.deductible_applied_fen) AS deductible,
                   sum(a.pool_payment_fen) AS pool
            FROM ledger.adjudication a
            LEFT JOIN newest n ON n.person_id = a.person_id AND n.settlement_id = a.settlement_id
            LEFT JOIN mirror m ON m.person_id = a.person_id AND m.setl_id = a.settlement_id
            WHERE a.verdict = 0 AND a.setl_time >= $1::date::timestamp AND a.setl_time < ($2::date + 1)::timestamp
              AND a.run_id BETWEEN $3 AND $4 AND a.revision = coalesce(n.revision, 0)
            GROUP BY a.person_id, a.psn_category, a.level
        ), person AS (
            SELECT DISTINCT ON (person_id) person_id, insu_admdvs FROM intake.person
            WHERE batch_id <= $5 ORDER BY person_id, batch_id DESC
        )
        SELECT p.psn_category, p.level, coalesce(q.insu_admdvs, ''), count(*), sum(p.settlements)::bigint,
               sum(p.refunds)::bigint, sum(p.eligible)::bigint, sum(p.deductible)::bigint, sum(p.pool)::bigint
        FROM pooled p LEFT JOIN person q USING (person_id)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """)

    /// The running sums in force when the year was closed, by what their category's figures are.
    fileprivate static let reachInYear = Statement(
        "reach in year",
        """
        WITH sums AS (
            SELECT DISTINCT ON (person_id) last_category, deductible_counted_fen, counted_fen FROM ledger.accumulator
            WHERE benefit_year = $1 AND run_id <= $2 ORDER BY person_id, run_id DESC
        )
        SELECT k.category,
               CASE WHEN s.deductible_counted_fen >= k.deductible THEN 5 WHEN s.deductible_counted_fen <= 0 THEN 0
                    ELSE 1 + s.deductible_counted_fen * 4 / k.deductible END::integer,
               CASE WHEN s.counted_fen >= k.ceiling THEN 5 WHEN s.counted_fen <= 0 THEN 0
                    ELSE 1 + s.counted_fen * 4 / k.ceiling END::integer, count(*)
        FROM sums s
        JOIN unnest($3::integer[], $4::bigint[], $5::bigint[]) AS k (category, deductible, ceiling)
            ON k.category = s.last_category
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """)

    fileprivate static let institutionsOfYear = Statement(
        "institutions of year",
        """
        SELECT fixmedins_code, coalesce(sum(incurred_fen) FILTER (WHERE year = $1 AND fund = 'pool'), 0)::bigint,
               coalesce(sum(incurred_fen) FILTER (WHERE year = $1 AND fund = 'account'), 0)::bigint,
               coalesce(sum(paid_fen) FILTER (WHERE year = $1), 0)::bigint,
               coalesce(sum(payable_fen) FILTER (WHERE year = $1), 0)::bigint,
               coalesce(sum(incurred_fen) FILTER (WHERE year = $1 - 1), 0)::bigint
        FROM ledger.institution_year WHERE year IN ($1, $1 - 1)
        GROUP BY fixmedins_code
        ORDER BY coalesce(sum(incurred_fen) FILTER (WHERE year = $1), 0) DESC, fixmedins_code
        """)

    fileprivate static let accountsOfYear = Statement(
        "accounts of year",
        """
        SELECT k.name, k.accounts, coalesce(k.amount, 0)::bigint
        FROM (
            SELECT count(*) FILTER (WHERE opening_fen <> 0) AS opening_rows, sum(opening_fen) AS opening,
                   count(*) FILTER (WHERE brought_in_fen <> 0) AS brought_in_rows, sum(brought_in_fen) AS brought_in,
                   count(*) FILTER (WHERE credit_fen <> 0) AS credit_rows, sum(credit_fen) AS credit,
                   count(*) FILTER (WHERE interest_fen <> 0) AS interest_rows, sum(interest_fen) AS interest,
                   count(*) FILTER (WHERE other_in_fen <> 0) AS other_in_rows, sum(other_in_fen) AS other_in,
                   count(*) FILTER (WHERE payment_fen <> 0) AS payment_rows, sum(payment_fen) AS payment,
                   count(*) FILTER (WHERE other_out_fen <> 0) AS other_out_rows, sum(other_out_fen) AS other_out,
                   count(*) FILTER (WHERE closing_fen <> 0) AS closing_rows, sum(closing_fen) AS closing,
                   count(*) FILTER (WHERE prior_year_fen <> 0) AS prior_year_rows, sum(prior_year_fen) AS prior_year,
                   count(*) FILTER (WHERE closing_this_year_fen <> 0) AS closing_this_year_rows, sum(closing_this_year_fen) AS closing_this_year,
                   count(*) FILTER (WHERE closing_last_year_fen <> 0) AS closing_last_year_rows, sum(closing_last_year_fen) AS closing_last_year,
                   count(*) FILTER (WHERE closing_earlier_fen <> 0) AS closing_earlier_rows, sum(closing_earlier_fen) AS closing_earlier
            FROM ledger.account_year WHERE year = $1
        ) a
        CROSS JOIN LATERAL (VALUES
            ('opening', a.opening_rows, a.opening), ('brought_in', a.brought_in_rows, a.brought_in),
            ('credit', a.credit_rows, a.credit), ('interest', a.interest_rows, a.interest),
            ('other_in', a.other_in_rows, a.other_in), ('payment', a.payment_rows, a.payment),
            ('other_out', a.other_out_rows, a.other_out), ('closing', a.closing_rows, a.closing),
            ('prior_year', a.prior_year_rows, a.prior_year), ('closing_this_year', a.closing_this_year_rows, a.closing_this_year),
            ('closing_last_year', a.closing_last_year_rows, a.closing_last_year), ('closing_earlier', a.closing_earlier_rows, a.closing_earlier)
        ) AS k (name, accounts, amount)
        """)

    /// Differences that were open on a day, as known to a run that ended at a time.
    fileprivate static let openAtYearEnd = Statement(
        "open at year end",
        """
        WITH newest AS (
            SELECT DISTINCT ON (discrepancy_id) discrepancy_id, class, amount_theirs_fen, amount_ours_fen
            FROM run.discrepancy WHERE run_id <= $2 ORDER BY discrepancy_id, revision DESC
        ), decided AS (
            SELECT DISTINCT ON (discrepancy_id) discrepancy_id, state FROM run.discrepancy_state
            WHERE decided_at <= $3 ORDER BY discrepancy_id, sequence DESC
        )
        SELECT n.class, count(*) FILTER (WHERE $1 - f.opened_on <= 1),
               count(*) FILTER (WHERE $1 - f.opened_on BETWEEN 2 AND 7),
               count(*) FILTER (WHERE $1 - f.opened_on BETWEEN 8 AND 30),
               count(*) FILTER (WHERE $1 - f.opened_on > 30),
               coalesce(sum(abs(coalesce(n.amount_theirs_fen, 0) - coalesce(n.amount_ours_fen, 0))), 0)::bigint
        FROM newest n
        JOIN run.discrepancy f ON f.discrepancy_id = n.discrepancy_id AND f.revision = 0 AND f.opened_on <= $1
        LEFT JOIN decided d ON d.discrepancy_id = n.discrepancy_id
        WHERE coalesce(d.state, 'open') = 'open'
          AND NOT (n.class = 'counter' AND n.amount_theirs_fen IS NOT DISTINCT FROM n.amount_ours_fen)
        GROUP BY n.class ORDER BY n.class
        """)

    /// The same counted from what was opened, less what is settled.
    fileprivate static let openedLessSettled = Statement(
        "opened less settled",
        """
        SELECT count(*) - count(*) FILTER (
            WHERE (SELECT s.state FROM run.discrepancy_state s
                   WHERE s.discrepancy_id = f.discrepancy_id AND s.decided_at <= $3
                   ORDER BY s.sequence DESC LIMIT 1) <> 'open'
               OR (SELECT n.class = 'counter' AND n.amount_theirs_fen = n.amount_ours_fen FROM run.discrepancy n
                   WHERE n.discrepancy_id = f.discrepancy_id AND n.run_id <= $2 ORDER BY n.revision DESC LIMIT 1))
        FROM run.discrepancy f WHERE f.revision = 0 AND f.opened_on <= $1 AND f.run_id <= $2
        """)

    fileprivate static let certificateSize = Statement(
        "certificate size",
        """
        SELECT (SELECT count(*) FROM run.certificate_line WHERE year = $1)
             + (SELECT count(*) FROM run.certificate_leaf WHERE year = $2)
        """)

    fileprivate static let retireesByMonth = Statement(
        "retirees by month",
        """
        SELECT r.posting_month,
               coalesce(sum(t.people), 0)::bigint, coalesce(sum(t.due), 0)::bigint, coalesce(sum(t.posted), 0)::bigint,
               coalesce(sum(v.vouched), 0)::bigint
        FROM run.run r
        LEFT JOIN LATERAL (
            SELECT sum(row_count) FILTER (WHERE measure = 'month.credited') AS people,
                   sum(amount_fen) FILTER (WHERE measure = 'month.credited') AS due,
                   sum(amount_fen) FILTER (WHERE measure <> 'month.credited') AS posted
            FROM run.control_total c
            WHERE c.run_id = r.run_id AND (c.measure IN ('posted.retiree', 'taken_back.retiree')
                                           OR c.measure = 'month.credited' AND c.item IN ('retired', 'veteran'))) t ON true
        LEFT JOIN LATERAL (
            SELECT sum(l.credit_fen - l.debit_fen) AS vouched
            FROM ledger.voucher w JOIN ledger.voucher_line l USING (voucher_id)
            WHERE w.run_id = r.run_id AND w.kind = 'retiree_credit' AND l.subject_code = '3002') v ON true
        WHERE r.job = 'month-end' AND r.state = 'completed' AND r.posting_month BETWEEN $1 AND $2
        GROUP BY r.posting_month ORDER BY r.posting_month
        """)
}

extension AnnualFacts {
    init(_ year: Int, rules: RuleSet, _ connection: inout Connection) throws {
        let all = try RunStore.all(&connection)
        let (first, last) = (Month.first(of: year), Month.last(of: year))
        guard let run = YearEndSchedule(all).settlingRun(of: year), let finishedAt = run.finishedAt,
            let certificate = try CertificateStore.read(year, &connection)
        else { throw ReportGap.notDone(.yearEnd(year)) }
        guard certificate.digest == certificate.certificate.digest else {
            throw ReportGap.certificateAltered(year)
        }
        let upTo = all.filter { $0.id <= run.id && $0.state == .completed }
        let posted = upTo.filter { $0.postingMonth.year == year }.map(\.id)
        let firstRun = upTo.filter { $0.postingMonth >= first }.map(\.id).min() ?? run.id
        self.year = year
        self.run = run
        self.certificate = certificate
        certificateLines = try connection.figure(.certificateSize, Int16(clamping: year), Int16(clamping: year))
        totals = try ReportTotals(of: [run.id], &connection)
        books = try AnnualBooks(year, &connection)
        pooling = try connection.rows(
            .pooledInYear, first.firstDay, last.lastDay, firstRun, run.id, run.horizon.batch, decode: PoolingGroup.init)
        standards = try AnnualFacts.standards(rules, on: last.lastDay)
        reach = try AnnualFacts.reach(year, run.id, standards, &connection)
        let names = try InstitutionNamesOfMonth(last, rules: rules, &connection)
        institutions = try connection.rows(.institutionsOfYear, Int32(year)) { row throws(DatabaseError) in
            let code = try row[0, as: String.self]
            return Institution(
                code: code, name: names.name(of: code), pool: try row[1, as: Fen.self],
                account: try row[2, as: Fen.self],
                paid: try row[3, as: Fen.self], payable: try row[4, as: Fen.self], before: try row[5, as: Fen.self])
        }
        hasYearBefore = YearEndSchedule(upTo).settlingRun(of: year - 1) != nil
        var accounts: [String: Count] = [:]
        try connection.forEachRow(.accountsOfYear, Int16(clamping: year)) { row in
            accounts[try row[0, as: String.self]] = Count(
                rows: try row[1, as: Int64.self], amount: try row[2, as: Fen.self])
        }
        self.accounts = accounts
        priorYears = try PriorYears(before: year, posted, ReportTotals(of: posted, &connection), &connection)
        differences = try connection.rows(.openAtYearEnd, last.lastDay, run.id, finishedAt) {
            row throws(DatabaseError) in
            ReconciliationFacts.AgedDifferences(
                kind: try row[0, as: DiscrepancyClass.self],
                counts: try (1...4).map { column throws(DatabaseError) in try row[column, as: Int64.self] },
                amount: try row[5, as: Fen.self])
        }
        openDifferences =
            try connection.first(.openedLessSettled, last.lastDay, run.id, finishedAt) { row throws(DatabaseError) in
                try row[0, as: Int64.self]
            } ?? 0
        retirees = try connection.rows(.retireesByMonth, first.adding(months: -12), last.adding(months: 12)) {
            row throws(DatabaseError) in
            RetireeMonth(
                month: try row[0, as: Month.self], people: try row[1, as: Int64.self], due: try row[2, as: Fen.self],
                posted: try row[3, as: Fen.self], vouched: try row[4, as: Fen.self])
        }
    }

    private static func standards(_ rules: RuleSet, on date: CivilDate) throws(PolicyError) -> [Standard] {
        do throws(PolicyError) {
            let table = try rules.outpatientTable(on: date)
            return PoolingCategory.allCases.map {
                Standard(category: $0, deductible: table[$0].deductible, ceiling: table[$0].annualCap)
            }
        } catch .noRule {
            return []
        }
    }

    private static func reach(
        _ year: Int, _ run: Int64, _ standards: [Standard], _ connection: inout Connection
    ) throws -> [Reach] {
        var reach: [Reach] = []
        try connection.forEachRow(
            .reachInYear, Int16(clamping: year), run, standards.map { Int32($0.category.code) },
            standards.map(\.deductible.rawValue), standards.map(\.ceiling.rawValue)
        ) { row in
            guard let category = PoolingCategory(code: Int16(clamping: try row[0, as: Int32.self])),
                let deductible = ReachBand(rawValue: try row[1, as: Int32.self]),
                let ceiling = ReachBand(rawValue: try row[2, as: Int32.self])
            else { return }
            reach.append(
                Reach(category: category, deductible: deductible, ceiling: ceiling, people: try row[3, as: Int64.self]))
        }
        return reach
    }
}

extension AnnualFacts.PoolingGroup {
    fileprivate init(_ row: borrowing Row) throws(DatabaseError) {
        let (category, level) = (try row[0, as: Int16.self], try row[1, as: Int16.self])
        self.category = InsuredCategory.allCases.first { $0.code == category }
        self.level = InstitutionLevel.allCases.first { $0.code == level }
        district = try row[2, as: String.self]
        people = try row[3, as: Int64.self]
        rows = try row[4, as: Int64.self]
        refunds = try row[5, as: Int64.self]
        eligible = try row[6, as: Fen.self]
        deductible = try row[7, as: Fen.self]
        pool = try row[8, as: Fen.self]
    }
}
