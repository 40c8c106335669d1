import Money
import Postgres
import Settlement

/// Reads a year of a chunk's persons, as of what the nights knew: facts on one side, the ledger on the other.
struct ProofExtract {
    private let nightly: NightlyExtract
    private let year: Int
    private var rows: ChunkConditions { nightly.rows }

    /// - Parameter plan: of a run that proves as of the last night's horizon.
    init(plan: NightlyPlan, year: Int, range: PersonRange) {
        nightly = NightlyExtract(plan: plan, range: range)
        self.year = year
    }

    /// What the fold needs before the settlements come.
    func read(_ people: ProofPeople, _ connection: inout Connection) throws -> ProofFacts {
        var facts = ProofFacts()
        facts.who.persons = people.persons
        facts.who.enrolments = people.enrolments
        let everyone = PersonSelection.all(rows)
        try nightly.readAccumulators(everyone, &connection, into: &facts.who)
        if nightly.plan.rules.poolsPaidMonthsOnly {
            try nightly.readPaidMonths(everyone, &connection, into: &facts.who)
        }
        try nightly.readAccountUses(
            where: "u.use_date BETWEEN \(.day(firstDay)) AND \(.day(lastDay)) AND \(isKnownUse)", &connection,
            into: &facts.who)
        facts.refundedLater = Set(try personsRefundedLater(&connection))
        try readAdjudications(&connection, into: &facts)
        return facts
    }

    /// Compares the year with what the facts come to.
    func fold(_ facts: ProofFacts, _ connection: inout Connection) throws -> ProofFold {
        var fold = ProofFold(plan: nightly.plan, year: year, facts: facts)
        _ = try connection.copyOut(settlementsOfYear, columns: SettlementFact.columnCount(withCounter: false)) {
            row in
            try fold.add(try SettlementFact(&row, withCounter: false))
        }
        try fold.finish()
        let crossing = fold.crossing.sorted()
        if !crossing.isEmpty {
            try fold.foldAll(
                try nightly.allSettlements(of: crossing, &connection),
                adjudicated: try nightly.adjudications(of: crossing, &connection))
        }
        return fold
    }

    /// What the ordinary fold of a night needs to write what persons lack.
    func repairFacts(
        of persons: [Int64], _ facts: ProofFacts, _ connection: inout Connection
    ) throws -> (facts: NightlyFacts, history: [SettlementFact]) {
        let history = try nightly.allSettlements(of: persons, &connection)
        var repair = NightlyFacts()
        repair.changedPersons = persons
        let listed = Set(persons)
        repair.persons = facts.who.persons.filter { listed.contains($0.person) }
        repair.enrolments = facts.who.enrolments.filter { listed.contains($0.person) }
        repair.accumulators = facts.who.accumulators.filter { listed.contains($0.person) }
        repair.paidMonths = facts.who.paidMonths
        return (repair, history)
    }

    func adjudications(of persons: [Int64], _ connection: inout Connection) throws -> [AdjudicationFact] {
        try nightly.adjudications(of: persons, &connection)
    }

    func familyLinks(of owners: [Int64], _ connection: inout Connection) throws -> [FamilyLinkFact] {
        try nightly.familyLinks(of: owners, &connection)
    }

    func counterDiscrepancies(of persons: [Int64], _ connection: inout Connection) throws -> CounterDiscrepancies {
        try nightly.counterDiscrepancies(of: persons, &connection)
    }

    /// Settlements of other persons that moved, or once moved, accounts of these, ascending.
    func readFamilySubjects(_ connection: inout Connection) throws -> [EntrySubject] {
        let statement = Statement("family subjects of a year", "COPY (\(familySubjects)) TO STDOUT (FORMAT binary)")
        var subjects: [EntrySubject] = []
        _ = try connection.copyOut(statement, columns: 2) { row in
            subjects.append(EntrySubject(person: try row.int64(), source: try row.factID("ledger.adjudication")))
        }
        return subjects.sorted()
    }

    /// What stands in the ledger for settlements of other persons, by ``PostedEntry/precedes(_:_:)``.
    ///
    /// - Parameter subjects: those settlements, ascending, at least one.
    func readFamilyEntries(of subjects: [EntrySubject], _ connection: inout Connection) throws -> [PostedEntry] {
        let owners = Set(subjects.map(\.person)).sorted()
        let kinds = ProofEntries.kindsOfOtherSubjects.map { "\(literal: Int32($0))" as SQLText }
        let statement = Statement(
            "family entries to prove",
            """
            COPY (SELECT e.person_id, e.source, e.kind, e.revision, e.amount_fen, e.covered_month, e.citation_id
                  FROM ledger.account_entry e
                  WHERE \(rows.isOne(of: owners, "e.person_id")) AND e.kind NOT IN (\(kinds.joined(separator: ", ")))
                    AND e.covered_month BETWEEN \(.day(firstDay)) AND \(.day(lastDay))) TO STDOUT (FORMAT binary)
            """)
        let wanted = Set(subjects)
        var entries: [PostedEntry] = []
        _ = try connection.copyOut(statement, columns: 7) { row in
            let subject = EntrySubject(person: try row.int64(), source: try row.factID("ledger.account_entry"))
            guard wanted.contains(subject) else { return }
            entries.append(
                PostedEntry(
                    subject: subject, kind: try row.int16(), revision: try row.int16(), amount: try row.fen(),
                    month: try row.month(), citation: try row.int32()))
        }
        return entries.sorted(by: PostedEntry.precedes)
    }

    /// What settlements of other persons took from accounts of these, by adjudication in force.
    func readFamilyPayments(_ connection: inout Connection) throws -> [DueEntry] {
        let statement = Statement(
            "family payments of a year",
            """
            COPY (SELECT a.family_person_id, a.settlement_id, a.family_account_payment_fen,
                         date_trunc('month', a.setl_time)::date, a.citation_id
                  FROM ledger.adjudication a
                  WHERE \(isPaidForAnother)
                    AND NOT EXISTS (SELECT FROM ledger.adjudication n
                                    WHERE n.person_id = a.person_id AND n.settlement_id = a.settlement_id
                                      AND n.revision > a.revision)) TO STDOUT (FORMAT binary)
            """)
        var payments: [DueEntry] = []
        _ = try connection.copyOut(statement, columns: 5) { row in
            payments.append(
                DueEntry(
                    subject: EntrySubject(person: try row.int64(), source: try row.factID("ledger.adjudication")),
                    amount: try row.fen().negated(), month: try row.month(), citation: try row.int32()))
        }
        return payments
    }
}

// MARK: Conditions and queries

extension ProofExtract {
    private var firstDay: CivilDate { Month.first(of: year).firstDay }
    private var lastDay: CivilDate { Month.last(of: year).lastDay }

    private var isKnownUse: SQLText { rows.isKnown(batch: "u.batch_id", date: "u.use_date") }

    private func isOfYear(_ time: SQLText) -> SQLText {
        "\(time) >= \(.day(firstDay))::timestamp AND \(time) < \(.day(lastDay.adding(days: 1)))::timestamp"
    }

    /// Without what the counter reported.
    private var settlementsOfYear: Statement {
        Statement(
            "settlements of a year",
            """
            COPY (SELECT \(SettlementFact.columns(byVisit: nightly.plan.rules.deductibleRunsByVisit, withCounter: false))
                  FROM intake.settlement s
                  WHERE \(rows.inRange("s.person_id")) AND \(isOfYear("s.setl_time"))
                    AND \(rows.isKnown(batch: "s.batch_id", time: "s.setl_time"))
                  ORDER BY s.person_id, s.setl_time, s.setl_id) TO STDOUT (FORMAT binary)
            """)
    }

    /// Persons who have a settlement of the year refunded in a later one.
    private func personsRefundedLater(_ connection: inout Connection) throws -> [Int64] {
        let statement = Statement(
            "persons refunded later",
            """
            COPY (SELECT DISTINCT m.person_id FROM intake.settlement m
                  JOIN intake.settlement o ON o.person_id = m.person_id AND o.setl_id = m.init_setl_id
                  WHERE \(rows.inRange("m.person_id")) AND m.init_setl_id IS NOT NULL
                    AND m.setl_time >= \(.day(lastDay.adding(days: 1)))::timestamp
                    AND \(rows.isKnown(batch: "m.batch_id", time: "m.setl_time"))
                    AND \(isOfYear("o.setl_time"))
                  ORDER BY m.person_id) TO STDOUT (FORMAT binary)
            """)
        var persons: [Int64] = []
        _ = try connection.copyOut(statement, columns: 1) { row in persons.append(try row.int64()) }
        return persons
    }

    /// The newest revision of each row; older ones come before it.
    private func readAdjudications(_ connection: inout Connection, into facts: inout ProofFacts) throws {
        let statement = Statement(
            "adjudications of a year",
            """
            COPY (SELECT person_id, settlement_id, benefit_month, revision, verdict, psn_category, level, pool_rate_bp,
                         eligible_fen, deductible_applied_fen, payable_fen, pool_payment_fen, account_payment_fen,
                         family_account_payment_fen, cash_payment_fen
                  FROM ledger.adjudication
                  WHERE \(rows.inRange("person_id")) AND benefit_month BETWEEN \(.day(firstDay)) AND \(.day(lastDay))
                  ORDER BY person_id, benefit_month, settlement_id, revision) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 15) { row in
            let fact = try AdjudicationFact(&row)
            if fact.revision > 0, let last = facts.adjudications.last, last.person == fact.person, last.id == fact.id {
                facts.adjudications.removeLast()
            }
            facts.adjudications.append(fact)
        }
    }

    /// Rows of the year, older revisions among them, that name an account of these persons for another's settlement.
    private var isPaidForAnother: SQLText {
        """
        \(rows.inRange("a.family_person_id")) AND a.family_person_id <> a.person_id AND \(isOfYear("a.setl_time"))
        """
    }

    private var familySubjects: SQLText {
        """
        SELECT DISTINCT a.family_person_id AS person_id, a.settlement_id AS source FROM ledger.adjudication a
        WHERE \(isPaidForAnother)
        """
    }
}
