import Books
import Money
import Policy
import Postgres
import Settlement

/// Reads the facts and postings of a chunk, each as one ordered binary COPY.
///
/// Only completed runs and the run itself can have entries here: a run begins only when no other is unfinished, and a
/// chunk reads before it writes. So postings need no look at `run.run`.
struct CreditExtract {
    private let plan: CreditPlan
    private let rows: ChunkConditions

    init(plan: CreditPlan, range: PersonRange) {
        self.plan = plan
        rows = ChunkConditions(run: plan.run, range: range)
    }

    func read(_ connection: inout Connection) throws -> CreditFacts {
        var facts = CreditFacts()
        try readPersons(&connection, into: &facts)
        try readEnrolments(&connection, into: &facts)
        try readOwnLevels(&connection, into: &facts)
        try readOpenings(&connection, into: &facts)
        try readContributions(&connection, into: &facts)
        try readEntries(&connection, into: &facts)
        return facts
    }

    private func readPersons(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        let statement = Statement(
            "persons of a chunk",
            """
            COPY (SELECT person_id, batch_id, death_date, valid FROM intake.person
                  WHERE \(rows.inRange("person_id")) AND \(rows.isKnown(batch: "batch_id"))
                  ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 4) { row in
            facts.persons.append(
                PersonVersion(
                    person: try row.int64(), batch: try row.int64(),
                    death: try row.optionalInt32().map(CivilDate.init(dayNumber:)), isValid: try row.bool()))
        }
    }

    private func readEnrolments(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        let statement = Statement(
            "enrolments of a chunk",
            """
            COPY (SELECT person_id, batch_id, begndate, enddate, valid, psn_type FROM intake.enrolment
                  WHERE \(rows.inRange("person_id")) AND insutype = \(literal: Int32(plan.insurance))
                    AND \(rows.isKnown(batch: "batch_id"))
                  ORDER BY person_id, begndate, batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 6) { row in
            let (person, batch) = (try row.int64(), try row.int64())
            let begin = CivilDate(dayNumber: try row.int32())
            let end = try row.optionalInt32().map(CivilDate.init(dayNumber:))
            let isValid = try row.bool()
            var category: InsuredCategory?
            try row.lendUTF8 { category = plan.categories.category(of: $0) }
            facts.enrolments.append(
                EnrolmentVersion(
                    person: person, batch: batch,
                    status: EnrolmentStatus(begin: begin, end: end, category: category), isValid: isValid))
        }
    }

    private func readOwnLevels(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        let statement = Statement(
            "own levels of a chunk",
            """
            COPY (SELECT person_id, batch_id, year, year_total_fen, december_amount_fen FROM intake.fixed_credit
                  WHERE \(rows.inRange("person_id")) AND \(rows.isKnown(batch: "batch_id"))
                  ORDER BY person_id, year, batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 5) { row in
            facts.ownLevels.append(
                OwnLevelVersion(
                    person: try row.int64(), batch: try row.int64(), year: try row.int16(),
                    level: OwnLevel(
                        yearTotal: Fen(try row.int64()), december: try row.optionalInt64().map(Fen.init))))
        }
    }

    private func readOpenings(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        guard opened?.isEmpty != true else { return }
        let statement = Statement(
            "openings of a chunk",
            """
            COPY (SELECT o.person_id, o.balance_fen, o.balance_date FROM intake.account_opening o
                  WHERE \(rows.inRange("o.person_id")) AND \(rows.isKnown(batch: "o.batch_id", date: "o.balance_date"))
                    AND \(isNewlyOpened("o.person_id"))
                  ORDER BY o.person_id, o.batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 3) { row in
            facts.openings.append(
                OpeningVersion(
                    person: try row.int64(), balance: Fen(try row.int64()),
                    date: CivilDate(dayNumber: try row.int32())))
        }
    }

    private func readContributions(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        let columns: SQLText = """
            c.person_id, c.covered_month, c.clct_id, c.batch_id, c.clct_time, c.insutype, c.clct_type,
            c.clct_base_fen, c.psn_clct_amt_fen, c.emp_clct_amt_fen
            """
        let known: SQLText =
            "\(rows.inRange("c.person_id")) AND \(rows.isKnown(batch: "c.batch_id", date: "c.clct_time"))"
        let statement = Statement(
            "contributions of a chunk",
            """
            COPY (SELECT \(columns) FROM intake.contribution c WHERE \(known) AND \(isSettledForAll("c.covered_month"))
                  UNION ALL
                  SELECT \(columns) FROM (\(touchedMonths)) t
                  JOIN LATERAL (SELECT c.* FROM intake.contribution c
                                WHERE c.person_id = t.person_id AND c.covered_month = t.covered_month AND \(known)
                                OFFSET 0) c ON true
                  ORDER BY person_id, covered_month, clct_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 10) { row in
            let person = try row.int64()
            let month = CivilDate(dayNumber: try row.int32()).month
            let id = try row.factID("intake.contribution")
            let (batch, received) = (try row.int64(), CivilDate(dayNumber: try row.int32()))
            facts.contributions.append(
                ContributionFact(
                    person: person, month: month, id: id,
                    contribution: Contribution(
                        insurance: try row.int16(), type: CollectionType(rawValue: try row.int16()),
                        base: Fen(try row.int64()), ownPart: Fen(try row.int64()), employerPart: Fen(try row.int64())),
                    isNew: plan.isNew(batch: batch, date: received)))
        }
    }

    private func readEntries(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        let columns: SQLText =
            "e.person_id, e.covered_month, e.kind, e.source, e.revision, e.amount_fen, e.citation_id"
        let everyone: SQLText = """
            SELECT \(columns) FROM ledger.account_entry e
            WHERE \(rows.inRange("e.person_id")) AND \(isSettledForAll("e.covered_month"))
              AND e.kind = \(literal: Int32(AccountMovement.credit.rawValue)) UNION ALL
            """
        let statement = Statement(
            "entries of a chunk",
            """
            COPY (\(plan.hasPostedMonths ? everyone : "")
                  SELECT \(columns) FROM (\(touchedMonths)) t
                  JOIN LATERAL (SELECT e.* FROM ledger.account_entry e
                                WHERE e.person_id = t.person_id AND e.covered_month = t.covered_month
                                  AND e.kind = \(literal: Int32(AccountMovement.credit.rawValue))
                                OFFSET 0) e ON true
                  UNION ALL
                  SELECT \(columns) FROM ledger.account_entry e
                  WHERE \(rows.inRange("e.person_id")) AND e.kind = \(literal: Int32(AccountMovement.carriedIn.rawValue))
                    AND e.source = 'account-opening' AND \(isOpeningMonth("e.covered_month"))
                    AND \(isNewlyOpened("e.person_id"))
                  ORDER BY person_id, covered_month, kind, source, revision) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 7) { row in
            let (person, month) = (try row.int64(), CivilDate(dayNumber: try row.int32()).month)
            let kind = try row.int16()
            let source = try row.factID("ledger.account_entry")
            let entry = EntryFact(
                person: person, month: month, key: MovementKey(kind: kind, source: source),
                revision: try row.int16(), amount: Fen(try row.int64()), citation: try row.int32())
            if kind == AccountMovement.carriedIn.rawValue {
                facts.carriedIn.append(entry)
            } else {
                facts.credits.append(entry)
            }
        }
    }
}

// MARK: Conditions

extension CreditExtract {
    private func isSettledForAll(_ column: SQLText) -> SQLText {
        "\(column) BETWEEN \(rows.day(plan.months.lowerBound.firstDay)) AND \(rows.day(plan.months.upperBound.firstDay))"
    }

    /// Persons of the chunk whose opening is new; `nil` looks at everybody's.
    private var opened: [Int64]? { plan.touchedMonths.opened(in: rows.range) }

    private func isNewlyOpened(_ person: SQLText) -> SQLText {
        guard let opened else { return "true" }
        return opened.isEmpty ? "false" : rows.isOne(of: opened, person)
    }

    private func isOpeningMonth(_ column: SQLText) -> SQLText {
        let months = plan.openingMonths.reduce("false" as SQLText) {
            "\($0) OR \(column) = \(rows.day($1.firstDay))"
        }
        return "(\(months))"
    }

    /// Looked up one by one (`LATERAL` with `OFFSET 0`): they are few, which the server cannot know of new tables.
    private var touchedMonths: SQLText { plan.touchedMonths.rows(of: rows.range) }
}
