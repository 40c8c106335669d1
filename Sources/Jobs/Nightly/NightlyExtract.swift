import Money
import Policy
import Postgres
import Settlement

/// Reads what a chunk of a night needs: the new facts, and of their persons who they are and where their sums stand.
struct NightlyExtract {
    let plan: NightlyPlan
    let rows: ChunkConditions

    init(plan: NightlyPlan, range: PersonRange) {
        self.plan = plan
        rows = ChunkConditions(run: plan.run, range: range)
    }

    /// What a first night needs before the settlements come: of nearly everybody something is new.
    func readFirst(_ connection: inout Connection) throws -> NightlyFacts {
        var facts = NightlyFacts()
        try readAccountUses(&connection, into: &facts)
        try readPeople(.all(rows), &connection, into: &facts)
        return facts
    }

    /// Everything that a later night needs, with the new settlements.
    func read(_ connection: inout Connection) throws -> NightlyFacts {
        var facts = NightlyFacts()
        try forEachNewSettlement(&connection) { facts.settlements.append($0) }
        try readAccountUses(&connection, into: &facts)
        try readChangedPersons(&connection, into: &facts)
        guard !facts.isEmpty else { return facts }
        try readPeople(.listed(touchedPersons(facts), rows), &connection, into: &facts)
        return facts
    }

    private func readPeople(
        _ who: PersonSelection, _ connection: inout Connection, into facts: inout NightlyFacts
    ) throws {
        try readPersons(who, &connection, into: &facts)
        try readEnrolments(who, &connection, into: &facts)
        try readAccumulators(who, &connection, into: &facts)
        if plan.rules.poolsPaidMonthsOnly { try readPaidMonths(who, &connection, into: &facts) }
    }

    private func readAccountUses(_ connection: inout Connection, into facts: inout NightlyFacts) throws {
        try readAccountUses(
            where: rows.isNew(batch: "u.batch_id", date: "u.use_date", opened: plan.opened), &connection, into: &facts)
    }

    /// Of persons whose years are folded anew, at least one.
    func pasts(of persons: [Int64], _ connection: inout Connection) throws -> PersonPasts {
        PersonPasts(
            settlements: try allSettlements(of: persons, &connection),
            adjudications: try adjudications(of: persons, &connection),
            discrepancies: try counterDiscrepancies(of: persons, &connection))
    }

    func allSettlements(of persons: [Int64], _ connection: inout Connection) throws -> [SettlementFact] {
        var facts: [SettlementFact] = []
        try forEachSettlement(
            "all settlements of persons",
            """
            WHERE \(rows.isOne(of: persons, "s.person_id")) AND \(rows.isKnown(batch: "s.batch_id", time: "s.setl_time"))
            """, &connection
        ) { facts.append($0) }
        return facts
    }

    /// Lends the new settlements of the chunk by person, time and identifier.
    func forEachNewSettlement(_ connection: inout Connection, _ body: (SettlementFact) throws -> Void) throws {
        try forEachSettlement(
            "new settlements of a chunk",
            """
            WHERE \(rows.inRange("s.person_id")) AND \(rows.isNew(batch: "s.batch_id", time: "s.setl_time", opened: plan.opened))
            """, &connection, body)
    }

    /// Of whom anything is new, ascending.
    private func touchedPersons(_ facts: NightlyFacts) -> [Int64] {
        Set(facts.settlements.map(\.person)).union(facts.accountUses.map(\.person)).union(facts.changedPersons).sorted()
    }

    private func forEachSettlement(
        _ name: StaticString, _ condition: SQLText, _ connection: inout Connection,
        _ body: (SettlementFact) throws -> Void
    ) throws {
        let statement = Statement(
            name,
            """
            COPY (SELECT \(SettlementFact.columns(byVisit: plan.rules.deductibleRunsByVisit, withCounter: true))
                  FROM intake.settlement s \(condition)
                  ORDER BY s.person_id, s.setl_time, s.setl_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: SettlementFact.columnCount(withCounter: true)) { row in
            try body(try SettlementFact(&row, withCounter: true))
        }
    }

    func readPersons(_ who: PersonSelection, _ connection: inout Connection, into facts: inout NightlyFacts) throws {
        let statement = Statement(
            "persons of a night",
            """
            COPY (SELECT person_id, batch_id, death_date, valid FROM intake.person
                  WHERE \(who.holds("person_id")) AND \(rows.isKnown(batch: "batch_id"))
                  ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 4) { row in
            facts.persons.append(
                PersonVersion(
                    person: try row.int64(), batch: try row.int64(), death: try row.optionalDate(),
                    isValid: try row.bool()))
        }
    }

    func readEnrolments(
        _ who: PersonSelection, _ connection: inout Connection, into facts: inout NightlyFacts
    ) throws {
        let statement = Statement(
            "enrolments of a night",
            """
            COPY (SELECT person_id, batch_id, begndate, enddate, valid, psn_type FROM intake.enrolment
                  WHERE \(who.holds("person_id")) AND insutype = \(literal: Int32(plan.insurance))
                    AND \(rows.isKnown(batch: "batch_id"))
                  ORDER BY person_id, begndate, batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 6) { row in
            let (person, batch) = (try row.int64(), try row.int64())
            let (begin, end, isValid) = (try row.date(), try row.optionalDate(), try row.bool())
            var category: InsuredCategory?
            try row.lendUTF8 { category = plan.categories.category(of: $0) }
            facts.enrolments.append(
                EnrolmentVersion(
                    person: person, batch: batch,
                    status: EnrolmentStatus(begin: begin, end: end, category: category), isValid: isValid))
        }
    }

    func readPaidMonths(
        _ who: PersonSelection, _ connection: inout Connection, into facts: inout NightlyFacts
    ) throws {
        let statement = Statement(
            "paid months of a night",
            """
            COPY (SELECT c.person_id, c.covered_month FROM intake.contribution c
                  WHERE \(who.holds("c.person_id")) AND c.insutype = \(literal: Int32(plan.insurance))
                    AND \(rows.isKnown(batch: "c.batch_id", date: "c.clct_time"))
                  GROUP BY c.person_id, c.covered_month HAVING sum(c.clct_base_fen) > 0) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 2) { row in
            facts.paidMonths[try row.int64(), default: []].insert(try row.month())
        }
    }

    func readAccumulators(
        _ who: PersonSelection, _ connection: inout Connection, into facts: inout NightlyFacts
    ) throws {
        let statement = Statement(
            "accumulators of a night",
            """
            COPY (SELECT DISTINCT ON (person_id, benefit_year) person_id, benefit_year, deductible_fen,
                         deductible_counted_fen, pool_payment_fen, counted_fen, eligible_fen, visits, last_setl_time,
                         last_setl_id, last_category
                  FROM ledger.accumulator WHERE \(who.holds("person_id"))
                  ORDER BY person_id, benefit_year, run_id DESC) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 11) { row in
            let (person, year) = (try row.int64(), try row.int16())
            var sums = YearSums()
            sums.deductible = try row.fen()
            sums.deductibleCounted = try row.fen()
            sums.poolPayment = try row.fen()
            sums.counted = try row.fen()
            sums.eligible = try row.fen()
            sums.visits = Int64(try row.int32())
            facts.accumulators.append(
                AccumulatorFact(
                    person: person, year: year, sums: sums,
                    lastTime: CivilTime(secondNumber: try row.int64() / 1_000_000),
                    lastID: try row.factID("ledger.accumulator"), lastCategory: try row.optionalInt16()))
        }
    }

    /// Persons whose own data, or whose institution's, is new and who have been settled before.
    private func readChangedPersons(_ connection: inout Connection, into facts: inout NightlyFacts) throws {
        guard let previous = plan.run.previous else { return }
        let isNewVersion = rows.isNewVersion(batch: "v.batch_id", after: previous)
        let byInstitution: SQLText = """
            UNION
            SELECT s.person_id FROM intake.settlement s
            JOIN (SELECT v.fixmedins_code, min(v.begndate) AS begndate FROM intake.institution v
                  WHERE \(isNewVersion) GROUP BY v.fixmedins_code) i
              ON s.fixmedins_code = i.fixmedins_code OR s.rx_fixmedins_code = i.fixmedins_code
            WHERE \(rows.inRange("s.person_id")) AND s.setl_time >= i.begndate::timestamp
              AND \(rows.isKnown(batch: "s.batch_id", time: "s.setl_time"))
            """
        let byPayment: SQLText = """
            UNION
            SELECT n.person_id FROM intake.contribution n
            WHERE \(rows.inRange("n.person_id")) AND \(rows.isNew(batch: "n.batch_id", date: "n.clct_time", opened: plan.opened))
            """
        let statement = Statement(
            "changed persons of a night",
            """
            COPY (SELECT c.person_id FROM (
                      SELECT v.person_id FROM intake.person v WHERE \(rows.inRange("v.person_id")) AND \(isNewVersion)
                      UNION
                      SELECT v.person_id FROM intake.enrolment v WHERE \(rows.inRange("v.person_id")) AND \(isNewVersion)
                      \(plan.institutions.hasChanged ? byInstitution : "")
                      \(plan.rules.poolsPaidMonthsOnly ? byPayment : "")) c
                  WHERE EXISTS (SELECT FROM ledger.accumulator a WHERE a.person_id = c.person_id)
                  ORDER BY c.person_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 1) { row in
            facts.changedPersons.append(try row.int64())
        }
    }

    func readAccountUses(
        where condition: SQLText, _ connection: inout Connection, into facts: inout NightlyFacts
    ) throws {
        let statement = Statement(
            "account uses of a night",
            """
            COPY (SELECT person_id, acct_use_id, acct_incexpd_type, use_kind, bnft_person_id, amount_fen, use_date,
                         init_acct_use_id IS NOT NULL
                  FROM intake.account_use u
                  WHERE \(rows.inRange("u.person_id")) AND \(condition)
                  ORDER BY person_id, acct_use_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 8) { row in
            facts.accountUses.append(
                AccountUseFact(
                    person: try row.int64(), id: try row.factID("intake.account_use"), kind: try row.int16(),
                    use: try row.string(), beneficiary: try row.optionalInt64(), amount: try row.fen(),
                    date: try row.date(), isCancellation: try row.bool()))
        }
    }

    /// The newest versions, by owner of the account, relative and begin.
    ///
    /// - Parameter owners: at least one.
    func familyLinks(of owners: [Int64], _ connection: inout Connection) throws -> [FamilyLinkFact] {
        let statement = Statement(
            "family links of a night",
            """
            COPY (SELECT DISTINCT ON (person_id, rlts_person_id, begndate) person_id, rlts_person_id, begndate, enddate,
                         valid, rlts_type
                  FROM intake.family_link
                  WHERE \(rows.isOne(of: owners, "person_id")) AND \(rows.isKnown(batch: "batch_id"))
                  ORDER BY person_id, rlts_person_id, begndate, batch_id DESC) TO STDOUT (FORMAT binary)
            """)
        var links: [FamilyLinkFact] = []
        _ = try connection.copyOut(statement, columns: 6) { row in
            links.append(
                FamilyLinkFact(
                    person: try row.int64(), relative: try row.int64(), begin: try row.date(),
                    end: try row.optionalDate(), isValid: try row.bool(), relation: try row.string()))
        }
        return links
    }

    /// The adjudications in force of persons whose years are folded anew, by person and settlement.
    func adjudications(of persons: [Int64], _ connection: inout Connection) throws -> [AdjudicationFact] {
        let statement = Statement(
            "adjudications of persons",
            """
            COPY (SELECT DISTINCT ON (person_id, settlement_id) person_id, settlement_id, benefit_month, revision, verdict,
                         psn_category, level, pool_rate_bp, eligible_fen, deductible_applied_fen, payable_fen,
                         pool_payment_fen, account_payment_fen, family_account_payment_fen, cash_payment_fen
                  FROM ledger.adjudication WHERE \(rows.isOne(of: persons, "person_id"))
                  ORDER BY person_id, settlement_id, revision DESC) TO STDOUT (FORMAT binary)
            """)
        var facts: [AdjudicationFact] = []
        _ = try connection.copyOut(statement, columns: 15) { row in
            facts.append(try AdjudicationFact(&row))
        }
        return facts
    }

    /// Of the settlements of persons whose years are folded anew.
    func counterDiscrepancies(of persons: [Int64], _ connection: inout Connection) throws -> CounterDiscrepancies {
        let statement = Statement(
            "counter discrepancies of persons",
            """
            COPY (SELECT d.setl_id, d.discrepancy_id, max(d.revision) FROM run.discrepancy d
                  WHERE d.class = 'counter' AND d.setl_id IN (
                      SELECT a.settlement_id FROM ledger.adjudication a WHERE \(rows.isOne(of: persons, "a.person_id")))
                  GROUP BY d.setl_id, d.discrepancy_id) TO STDOUT (FORMAT binary)
            """)
        var revisions = CounterDiscrepancies()
        _ = try connection.copyOut(statement, columns: 3) { row in
            let settlement = try row.factID("run.discrepancy")
            revisions[settlement, default: [:]][DiscrepancyID(rawValue: try row.int64())] = try row.int32()
        }
        return revisions
    }
}

/// Which persons of a chunk to read.
struct PersonSelection {
    private let condition: (SQLText) -> SQLText

    /// All of the chunk's range.
    static func all(_ rows: ChunkConditions) -> PersonSelection {
        PersonSelection(condition: rows.inRange)
    }

    /// Some, at least one.
    static func listed(_ persons: [Int64], _ rows: ChunkConditions) -> PersonSelection {
        PersonSelection { rows.isOne(of: persons, $0) }
    }

    func holds(_ column: SQLText) -> SQLText { condition(column) }
}

extension AdjudicationFact {
    /// Fifteen fields in the order of the properties.
    init(_ row: inout CopyRow) throws {
        self.init(
            person: try row.int64(), id: try row.factID("ledger.adjudication"), benefitMonth: try row.month(),
            revision: try row.int16(), verdict: try row.int16(), category: try row.optionalInt16(),
            level: try row.optionalInt16(), rate: try row.int16(), eligible: try row.fen(),
            deductible: try row.fen(), payable: try row.fen(), pool: try row.fen(), account: try row.fen(),
            family: try row.fen(), cash: try row.fen())
    }
}
