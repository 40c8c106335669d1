import Books
import Intake
package import Money
package import Policy
package import Postgres
import Settlement

extension Statement {
    fileprivate static let isPersonKnown = Statement(
        "is person known",
        """
        SELECT EXISTS (SELECT FROM intake.person WHERE person_id = $1)
            OR EXISTS (SELECT FROM intake.enrolment WHERE person_id = $1)
            OR EXISTS (SELECT FROM intake.contribution WHERE person_id = $1)
        """)

    fileprivate static let contributionsOfMonth = Statement(
        "contributions of month",
        """
        SELECT clct_id, clct_time, clct_type, insutype, clct_base_fen, psn_clct_amt_fen, emp_clct_amt_fen
        FROM intake.contribution WHERE person_id = $1 AND covered_month = $2 ORDER BY clct_id
        """)

    fileprivate static let creditsOfMonth = Statement(
        "credits of month",
        """
        SELECT e.source, e.revision, e.amount_fen, e.run_id, r.job, r.business_date, r.posting_month, c.citation
        FROM ledger.account_entry e
        JOIN run.run r ON r.run_id = e.run_id AND r.state = 'completed'
        JOIN run.citation c ON c.citation_id = e.citation_id
        WHERE e.person_id = $1 AND e.covered_month = $2 AND e.kind = $3
        ORDER BY e.source, e.revision
        """)

    fileprivate static let exceptionReasons = Statement(
        "exception reasons", "SELECT reason, title, remedy FROM run.exception_reason")
}

extension CreditExplanation {
    /// Folds the month of the person as a month-end does. Writes nothing.
    ///
    /// - Parameter number: `psn_no`.
    /// - Throws: ``ExplainError``, ``JobError``, `PolicyError`, `DatabaseError`.
    package static func ask(
        _ connection: inout Connection, rules: RuleSet, person number: String, month: Month
    ) throws -> CreditExplanation {
        try connection.look("explain credit") { connection in
            try Migrator().verify(&connection)
            let person = PersonID(number: number).rawValue
            let isKnown = try connection.first(.isPersonKnown, person) { row throws(DatabaseError) in
                try row[0, as: Bool.self]
            }
            guard isKnown == true else { throw ExplainError.unknownPerson }
            let schedule = MonthEndSchedule(try RunStore.all(&connection))
            guard let run = schedule.latest, let settledThrough = schedule.settledThrough else {
                throw ExplainError.notCreditedYet(month)
            }
            let plan = try CreditPlan(of: month, asOf: run, settledThrough: settledThrough, rules: rules)
            let folded = try FoldedMonth(of: person, plan: plan, &connection)
            return try CreditExplanation(
                folded, month: month, person: person, run: run, plan: plan,
                hasOtherRules: run.rulesDigest != rules.digest, &connection)
        }
    }

    private init(
        _ folded: FoldedMonth, month: Month, person: Int64, run: Run, plan: CreditPlan, hasOtherRules: Bool,
        _ connection: inout Connection
    ) throws {
        let entries = try PostedCredit.all(of: person, month: month, &connection)
        var posted: [FactID: Fen] = [:]
        for entry in entries {
            posted[entry.source] = try (posted[entry.source] ?? .zero) + entry.amount
        }
        var reasons: [CreditException: ReasonWords] = [:]
        try connection.forEachRow(.exceptionReasons) { row in
            guard let reason = CreditException(rawValue: try row[0, as: String.self]) else { return }
            reasons[reason] = ReasonWords(title: try row[1, as: String.self], remedy: try row[2, as: String.self])
        }
        self.init(
            month: month, isSettled: folded.situation.isSettled, enrolment: folded.enrolment,
            terms: folded.situation.terms,
            contributions: try ExplainedContribution.all(of: person, month: month, folded, &connection),
            ownLevel: folded.ownLevel, outcome: folded.outcome, reasons: reasons,
            due: try folded.due.values.reduce(Fen.zero) { try $0 + $1 }, entries: entries,
            posted: try posted.values.reduce(Fen.zero) { try $0 + $1 }, run: run, hasOtherRules: hasOtherRules,
            isLedgerEqual: posted.filter { $0.value != .zero } == folded.due.filter { $0.value != .zero })
    }
}

/// One month of one person, folded by the month-end's own fold.
private struct FoldedMonth {
    let situation: CreditSituation
    let enrolment: EnrolmentExplanation
    let ownLevel: OwnLevel?
    let outcome: MonthOutcome?
    /// By source.
    let due: [FactID: Fen]
    /// Contributions that the month-end knew.
    let known: Set<FactID>

    init(of person: Int64, plan: CreditPlan, _ connection: inout Connection) throws {
        let month = plan.months.lowerBound
        var facts = try CreditExtract(plan: plan, range: PersonRange(of: person)).read(&connection)
        facts.contributions.removeAll { $0.month != month }
        facts.credits = []
        facts.carriedIn = []
        facts.openings = []
        var fold = CreditFold(plan: plan, facts: facts)
        try fold.run()

        let version = facts.persons.last
        let terms = plan.terms(for: month)?.terms
        let who = Who(isKnown: version?.isValid ?? false, death: version?.death, statuses: fold.statuses)
        situation = CreditSituation(
            insurance: plan.insurance, isKnown: who.isKnown, isSettled: month <= plan.settledThrough,
            standing: standing(in: month, statuses: who.statuses, death: who.death), terms: terms)
        enrolment = EnrolmentExplanation(
            who, standing: situation.standing, on: month.firstDay, change: .nextMonth)
        if case .ownLevel(let year, _) = terms?.retireeCredit {
            ownLevel = facts.ownLevels.last { $0.year == Int16(clamping: year) }?.level
        } else {
            ownLevel = nil
        }
        outcome = fold.tally.outcomeOfOneMonth
        due = Dictionary(uniqueKeysWithValues: fold.due.map { ($0.key.source, $0.amount) })
        known = Set(facts.contributions.map(\.id))
    }
}

extension CreditTally {
    /// Of a fold that looked at one month of one person.
    fileprivate var outcomeOfOneMonth: MonthOutcome? {
        if let credited = monthsCredited.items.first { return .credited(credited.count.amount) }
        if let excepted = monthsExcepted.items.first { return .excepted(excepted.key) }
        return monthsNotDue.items.first.map { .notDue($0.key) }
    }
}

extension ExplainedContribution {
    fileprivate static func all(
        of person: Int64, month: Month, _ folded: FoldedMonth, _ connection: inout Connection
    ) throws -> [ExplainedContribution] {
        try connection.rows(.contributionsOfMonth, person, month) { row in
            guard let id = FactID(try row[0, as: String.self].utf8) else {
                throw JobError.identifierTooLong(table: "intake.contribution")
            }
            let code = try row[2, as: Int16.self]
            let contribution = Contribution(
                insurance: try row[3, as: Int16.self], type: CollectionType(rawValue: code),
                base: try row[4, as: Fen.self], ownPart: try row[5, as: Fen.self],
                employerPart: try row[6, as: Fen.self])
            return ExplainedContribution(
                id: id, contribution: contribution, typeCode: code, receivedOn: try row[1, as: CivilDate.self],
                outcome: folded.known.contains(id) ? try credit(contribution, in: folded.situation) : nil)
        }
    }
}

extension PostedCredit {
    fileprivate static func all(
        of person: Int64, month: Month, _ connection: inout Connection
    ) throws -> [PostedCredit] {
        let kind = AccountMovement.credit.rawValue
        return try connection.rows(.creditsOfMonth, person, month, kind) { row in
            guard let source = FactID(try row[0, as: String.self].utf8) else {
                throw JobError.identifierTooLong(table: "ledger.account_entry")
            }
            return PostedCredit(
                source: source,
                isOfContribution: CreditOrigin(of: MovementKey(kind: kind, source: source)) == .contribution,
                revision: try row[1, as: Int16.self], amount: try row[2, as: Fen.self],
                runID: try row[3, as: Int64.self],
                instance: Instance(job: try row[4, as: Job.self], businessDate: try row[5, as: CivilDate.self]),
                postingMonth: try row[6, as: Month.self], article: try row[7, as: String.self])
        }
    }
}

extension CreditPlan {
    /// For one month alone, with everything new that a completed month-end knew.
    fileprivate init(of month: Month, asOf run: Run, settledThrough: Month, rules: RuleSet) throws {
        let terms = try rules.termsIfAny(for: month).map {
            MonthTerms(terms: $0, workerCitation: 0, retireeCitation: 0)
        }
        self.init(
            run: Run(
                id: run.id, instance: .monthEnd(month), postingMonth: run.postingMonth, horizon: run.horizon,
                previous: nil, monthsFrom: month, chunkCount: 1, state: run.state, waitsFor: nil,
                attempts: run.attempts,
                rulesDigest: run.rulesDigest, startedAt: run.startedAt, finishedAt: run.finishedAt),
            terms: terms.map { [$0] } ?? [], settledThrough: settledThrough,
            categories: try rules.personCategories(on: run.instance.businessDate.month.firstDay),
            insurance: Int16(rules.pack.insurance) ?? 0, openingCitation: 0, openingMonths: [], touchedMonths: .none,
            hasPostedMonths: false)
    }
}

extension RuleSet {
    /// `nil` if no rule covers the month, which then explains it.
    fileprivate func termsIfAny(for month: Month) throws(PolicyError) -> CreditTerms? {
        do throws(PolicyError) {
            return try creditTerms(for: month)
        } catch {
            guard case .noRule = error else { throw error }
            return nil
        }
    }
}
