import Books
import Money
import Policy
import Postgres
import Settlement

extension Statement {
    /// As the batches state it, since to count all would read all.
    static let peopleCount = Statement(
        "people count",
        "SELECT coalesce(sum(rows_new), 0)::bigint FROM intake.batch_file WHERE file_name = 'person.csv'")

    static let hasCredits = Statement(
        "has credits",
        "SELECT EXISTS (SELECT FROM ledger.account_entry WHERE covered_month BETWEEN $1 AND $2 AND kind = 101)")

    /// All months that openings were ever for: what was posted for another month is taken back.
    ///
    /// - Parameter previous: of those only whose opening has come since; `nil` asks for everybody's.
    fileprivate static func openingMonths(since previous: Horizon?) -> Statement {
        let isNewlyOpened: SQLText =
            previous.map { previous in
                """
                o.person_id IN (
                    SELECT n.person_id FROM intake.account_opening n WHERE n.batch_id <= $1 AND n.balance_date <= $2
                      AND (n.batch_id > \(literal: previous.batch) OR n.balance_date > \(.day(previous.date))))
                """
            } ?? "true"
        return Statement(
            "opening months",
            """
            SELECT DISTINCT date_trunc('month', d.balance_date::timestamp)::date
            FROM (SELECT DISTINCT o.balance_date FROM intake.account_opening o
                  WHERE o.batch_id <= $1 AND o.balance_date <= $2 AND \(isNewlyOpened)) d
            """)
    }
}

/// Begins or takes up the run of a month-end, and works out what it has to look at.
struct CreditPlanner {
    private let context: JobContext
    private let month: Month

    init(_ context: JobContext, month: Month) {
        self.context = context
        self.month = month
    }

    /// - Parameter isDryRun: nothing is written, not even the run.
    func plan(_ connection: inout Connection, isDryRun: Bool) throws -> CreditPlan {
        let schedule = MonthEndSchedule(try RunStore.all(&connection))
        // The month itself must have rules, those by which institutions are cleared among them, whether or not later
        // ones are settled.
        _ = try context.rules.creditTerms(for: month)
        _ = try context.rules.clearingTerms(on: month.lastDay)
        let settledThrough = max(month, schedule.settledThrough ?? month)
        let terms = try context.rules.creditTerms(through: settledThrough)
        let firstMonth = terms.first?.month ?? month
        let book = RunBook(context: context)
        let resumed = isDryRun ? nil : try book.resume(.monthEnd(month), &connection)
        let run =
            try resumed
            ?? book.draft(
                .monthEnd(month), postingMonth: month, previous: schedule.latest?.horizon,
                monthsFrom: schedule.monthsFrom(for: month, firstMonth: firstMonth),
                people: try peopleCount(&connection), &connection)
        var citations = try CitationStore(&connection)
        var plan = try CreditPlan(
            run, by: context.rules, terms, settledThrough: settledThrough, &citations, &connection)
        guard !isDryRun else { return plan }
        try connection.work("begin run") { connection in
            try citations.save(&connection)
            if resumed == nil { try book.begin(run, &connection) }
        }
        plan.fresh = try freshTables(of: plan, &connection)
        return plan
    }

    private func peopleCount(_ connection: inout Connection) throws -> Int64 {
        try connection.first(.peopleCount) { row throws(DatabaseError) in try row[0, as: Int64.self] } ?? 0
    }

    /// Of all months that entries may be for.
    private func freshTables(of plan: CreditPlan, _ connection: inout Connection) throws -> FreshTables {
        let settled = plan.firstMonth <= plan.settledThrough ? Array(plan.firstMonth...plan.settledThrough) : []
        return try FreshTables(months: plan.openingMonths + settled, &connection)
    }
}

extension RuleSet {
    /// The rules of every month that has them, up to `last`, going back from there without a gap; ascending.
    func creditTerms(through last: Month) throws -> [CreditTerms] {
        var terms = [try creditTerms(for: last)]
        while let first = terms.last?.month {
            do throws(PolicyError) {
                terms.append(try creditTerms(for: first.previous))
            } catch .noRule {
                break
            }
        }
        return terms.reversed()
    }
}

extension CreditPlan {
    /// - Parameter terms: of every month that has rules, ascending.
    init(
        _ run: Run, by rules: RuleSet, _ terms: [CreditTerms], settledThrough: Month,
        _ citations: inout CitationStore, _ connection: inout Connection
    ) throws {
        let last = run.instance.businessDate.month
        let first = terms.first?.month ?? settledThrough.next
        // A first run and a proof, which has nothing new, look at everybody's openings.
        let openedAfter = run.previous == run.horizon ? nil : run.previous
        let touchedMonths = try TouchedMonths(
            run, outside: run.monthsFrom...max(run.monthsFrom, last),
            earlier: first <= settledThrough ? first...settledThrough : nil, &connection)
        self.init(
            run: run,
            terms: terms.map { terms in
                MonthTerms(
                    terms: terms, workerCitation: citations.number(of: terms.citations.workerCreditRate),
                    retireeCitation: citations.number(of: terms.citations.retiree))
            },
            settledThrough: settledThrough, categories: try rules.personCategories(on: last.firstDay),
            insurance: Int16(rules.pack.insurance) ?? 0,
            openingCitation: citations.number(of: CreditPlan.openingArticle),
            openingMonths: touchedMonths.hasNoOpenings
                ? []
                : try connection.rows(
                    .openingMonths(since: openedAfter), run.horizon.batch, run.horizon.date
                ) { row throws(DatabaseError) in try row[0, as: Month.self] }.sorted(),
            touchedMonths: touchedMonths,
            hasPostedMonths: try connection.first(.hasCredits, run.monthsFrom, last) { row throws(DatabaseError) in
                try row[0, as: Bool.self]
            } ?? false)
    }
}
