import Money
package import Policy
package import Postgres
import Settlement

extension Statement {
    fileprivate static let personOfSettlement = Statement(
        "person of settlement", "SELECT DISTINCT person_id FROM intake.settlement WHERE setl_id = $1 ORDER BY person_id"
    )

    fileprivate static let verdictWords = Statement(
        "verdict words", "SELECT title, remedy FROM ledger.verdict WHERE code = $1")
}

extension SettlementExplanation {
    /// Folds the person's benefit year as a night does and keeps what is about the settlement. Writes nothing.
    ///
    /// - Parameter settlement: `setl_id`.
    /// - Throws: ``ExplainError``, ``JobError``, `PolicyError`, `DatabaseError`.
    package static func ask(
        _ connection: inout Connection, rules: RuleSet, settlement: String
    ) throws -> SettlementExplanation {
        try connection.look("explain settlement") { connection in
            try Migrator().verify(&connection)
            guard let id = FactID(settlement.utf8), !id.isEmpty,
                let person = try connection.rows(
                    .personOfSettlement, id,
                    decode: { row throws(DatabaseError) in
                        try row[0, as: Int64.self]
                    }
                ).first
            else { throw ExplainError.unknownSettlement(settlement) }
            guard let night = NightlySchedule(try RunStore.all(&connection)).latest else {
                throw ExplainError.notSettledYet(settlement, settledThrough: nil)
            }
            let plan = try NightlyPlan(asOf: night, rules: rules, &connection)
            let extract = NightlyExtract(plan: plan, range: PersonRange(of: person))
            let settlements = try extract.allSettlements(of: [person], &connection)
            guard let fact = settlements.first(where: { $0.id == id }) else {
                throw ExplainError.notSettledYet(settlement, settledThrough: night.horizon.date)
            }
            let facts = try extract.facts(of: person, &connection)
            let who = facts.who[person] ?? Who()
            let folded = try FoldedYear(
                of: fact, among: settlements, who: who, paidMonths: facts.paidMonths[person], plan: plan)
            return try SettlementExplanation(fact, folded, who: who, plan: plan, rules: rules, &connection)
        }
    }

    private init(
        _ fact: SettlementFact, _ folded: FoldedYear, who: Who, plan: NightlyPlan, rules: RuleSet,
        _ connection: inout Connection
    ) throws {
        let (date, outcome) = (fact.time.date, folded.outcome)
        let revisions = try LedgerRevision.all(of: fact.id, person: fact.person, &connection)
        let words = try connection.first(.verdictWords, outcome.verdict.code) { row throws(DatabaseError) in
            ReasonWords(title: try row[0, as: String.self], remedy: try row[1, as: String.self])
        }
        self.init(
            item: folded.item, institution: fact.institution,
            prescriber: folded.item.entry == .byPrescription ? fact.prescriber : nil, medicalType: fact.medicalType,
            enrolment: EnrolmentExplanation(
                who, standing: folded.item.standing, on: date, change: folded.table?.decisions.categoryChange),
            benefitYear: folded.benefitMonth.year, outcome: outcome, basis: folded.basis, refund: folded.refund,
            laterRefunds: folded.laterRefunds,
            citations: Citations(folded.item.entry, outcome, rules: rules.listing(on: date)),
            words: words, revisions: revisions, reportedPool: fact.reportedPool,
            differences: try CounterDifference.all(of: fact.id, &connection), night: plan.run,
            hasOtherRules: plan.run.rulesDigest != rules.digest,
            isLedgerEqual: revisions.last?.posted.says(outcome, benefitMonth: folded.benefitMonth) ?? false)
    }
}

extension SettlementExplanation.Citations {
    fileprivate init(_ entry: PoolingEntry, _ outcome: YearOutcome, rules: [RuleListingRow]) {
        func cite(_ key: RuleKey) -> String? { rules.first { $0.key == key }?.cite }
        let levelKey: RuleKey? = outcome.level.map { level in
            switch level {
            case .primary: .primaryLevels
            case .secondary: .secondaryLevels
            case .tertiary: .tertiaryLevels
            }
        }
        let entryKey: RuleKey =
            switch outcome.verdict {
            case .outside(.noPrescription): .prescriptionMedicalTypes
            case .outside(.otherBenefit): .movedChronicDiseases
            case .outside(.unpaidGap): .unpaidGap
            case .settled, .refused, .outside(.otherInsurance): .medicalTypes
            }
        self.init(
            level: entry == .byPrescription ? cite(.prescriptionMedicalTypes) : levelKey.flatMap(cite),
            category: cite(.categoryChange), payerOrder: cite(.payerOrder), entry: cite(entryKey))
    }
}

/// The fold of the benefit year that a settlement belongs to, seen at that settlement.
private struct FoldedYear {
    let item: YearItem
    /// The rules of the day; `nil` if none covers it.
    let table: OutpatientTable?
    let benefitMonth: Month
    let outcome: YearOutcome
    let basis: SettlementBasis?
    let refund: SettlementExplanation.Refund?
    private(set) var laterRefunds: [SettlementExplanation.LaterRefund] = []

    /// - Parameter settlements: all of the person, in order of time and identifier.
    init(
        of fact: SettlementFact, among settlements: [SettlementFact], who: Who, paidMonths: Set<Month>?,
        plan: NightlyPlan
    ) throws {
        let benefit = BenefitTimes(settlements)
        benefitMonth = benefit.time(of: fact).date.month
        let year = benefitMonth.year
        let others = settlements.filter { benefit.time(of: $0).date.year == year }
        var fold = PersonYear()
        func yearItem(_ fact: SettlementFact, by table: OutpatientTable?) -> YearItem {
            plan.item(fact, who: who, paidMonths: paidMonths, by: table)
        }
        for other in others where (other.time, other.id) < (fact.time, fact.id) {
            let table = plan.rules.table(on: other.time.date)
            _ = try fold.settle(yearItem(other, by: table), by: table)
        }
        table = plan.rules.table(on: fact.time.date)
        item = yearItem(fact, by: table)
        let before = fact.original.flatMap { fold.basis(of: $0) }
        outcome = try fold.settle(item, by: table)
        basis = fact.original == nil ? fold.basis(of: fact.id) : nil
        let after = fact.original.flatMap { fold.basis(of: $0) }
        if let before, let after, !outcome.verdict.isRefused {
            refund = SettlementExplanation.Refund(before: before, after: after)
        } else {
            refund = nil
        }
        for other in others where (other.time, other.id) > (fact.time, fact.id) {
            let table = plan.rules.table(on: other.time.date)
            let outcome = try fold.settle(yearItem(other, by: table), by: table)
            guard other.original == fact.id else { continue }
            laterRefunds.append(
                SettlementExplanation.LaterRefund(
                    id: other.id, time: other.time, verdict: outcome.verdict,
                    poolPayment: outcome.decision.poolPayment))
        }
    }
}

extension Verdict {
    fileprivate var isRefused: Bool {
        if case .refused = self { true } else { false }
    }
}

extension NightlyPlan {
    /// By which a completed night's own knowledge is looked at again.
    fileprivate init(asOf night: Run, rules: RuleSet, _ connection: inout Connection) throws {
        let outpatient = try OutpatientRules(rules)
        guard !outpatient.goesByServiceDate else { throw JobError.noServiceDate }
        self.init(
            run: night, rules: outpatient,
            institutions: try InstitutionDirectory(&connection, batchUpto: night.horizon.batch, previousBatch: nil),
            categories: try rules.personCategories(on: night.instance.businessDate),
            insurance: Int16(rules.pack.insurance) ?? 0,
            citations: NightlyCitations(rates: RateCitations([]) { _ in 0 }, notice: 0, accountUse: 0), accountUse: nil)
    }
}

extension NightlyExtract {
    /// What is known of a person besides settlements.
    fileprivate func facts(of person: Int64, _ connection: inout Connection) throws -> NightlyFacts {
        var facts = NightlyFacts()
        let alone = PersonSelection.listed([person], rows)
        try readPersons(alone, &connection, into: &facts)
        try readEnrolments(alone, &connection, into: &facts)
        if plan.rules.poolsPaidMonthsOnly { try readPaidMonths(alone, &connection, into: &facts) }
        return facts
    }
}

extension PersonRange {
    /// One person alone.
    init(of person: Int64) {
        number = 0
        first = person
        last = person
    }
}
