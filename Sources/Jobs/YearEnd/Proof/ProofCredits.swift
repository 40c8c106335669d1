import Money
import Postgres
import Settlement

/// Reads what the credits of a chunk's persons are proven by. To a proof nothing is new, so that no month but those
/// settled for everyone is touched, and every balance brought in is looked at.
struct ProofCredits {
    private let plan: CreditPlan
    private let rows: ChunkConditions

    init(plan: CreditPlan, range: PersonRange) {
        self.plan = plan
        rows = ChunkConditions(run: plan.run, range: range)
    }

    /// - Parameter entries: what stands in the ledger; its credits are taken away.
    func read(
        _ people: ProofPeople, _ entries: inout ProofEntries, _ connection: inout Connection
    ) throws -> CreditFacts {
        var facts = CreditFacts()
        facts.persons = people.persons
        facts.enrolments = people.enrolments
        (facts.credits, facts.carriedIn) = entries.takeCredits()
        try readOwnLevels(&connection, into: &facts)
        try readOpenings(&connection, into: &facts)
        try readContributions(&connection, into: &facts)
        return facts
    }

    private func readOwnLevels(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        let statement = Statement(
            "own levels to prove",
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
                        yearTotal: try row.fen(), december: try row.optionalInt64().map(Fen.init))))
        }
    }

    private func readOpenings(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        let statement = Statement(
            "openings to prove",
            """
            COPY (SELECT person_id, balance_fen, balance_date FROM intake.account_opening
                  WHERE \(rows.inRange("person_id")) AND \(rows.isKnown(batch: "batch_id", date: "balance_date"))
                  ORDER BY person_id, batch_id) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 3) { row in
            facts.openings.append(
                OpeningVersion(person: try row.int64(), balance: try row.fen(), date: try row.date()))
        }
    }

    private func readContributions(_ connection: inout Connection, into facts: inout CreditFacts) throws {
        let statement = Statement(
            "contributions to prove",
            """
            COPY (SELECT person_id, covered_month, clct_id, insutype, clct_type, clct_base_fen, psn_clct_amt_fen,
                         emp_clct_amt_fen
                  FROM intake.contribution
                  WHERE \(rows.inRange("person_id")) AND \(rows.isKnown(batch: "batch_id", date: "clct_time"))
                    AND covered_month BETWEEN \(.day(plan.months.lowerBound.firstDay))
                                          AND \(.day(plan.months.upperBound.firstDay))) TO STDOUT (FORMAT binary)
            """)
        _ = try connection.copyOut(statement, columns: 8) { row in
            let (person, month) = (try row.int64(), try row.month())
            let id = try row.factID("intake.contribution")
            facts.contributions.append(
                ContributionFact(
                    person: person, month: month, id: id,
                    contribution: Contribution(
                        insurance: try row.int16(), type: CollectionType(rawValue: try row.int16()),
                        base: try row.fen(), ownPart: try row.fen(), employerPart: try row.fen()),
                    isNew: false))
        }
        facts.contributions = facts.contributions.mergedByPerson(\.person)
        facts.contributions.sortIfNeeded(by: ContributionFact.precedes)
    }
}

extension ContributionFact {
    /// By person, month, identifier.
    fileprivate static func precedes(_ left: ContributionFact, _ right: ContributionFact) -> Bool {
        if left.person != right.person { return left.person < right.person }
        return left.month != right.month ? left.month < right.month : left.id < right.id
    }
}
