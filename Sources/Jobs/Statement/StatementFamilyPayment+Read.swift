import Money
import Postgres

extension Statement {
    /// The patients are other persons, so the version in force is looked up row by row.
    fileprivate static let familyPaymentsOfYear = Statement(
        "family payments of accounts and year",
        """
        SELECT a.settlement_id, extract(epoch FROM a.setl_time)::bigint, a.person_id, s.fixmedins_code, s.init_setl_id,
               a.family_account_payment_fen, a.family_person_id
        FROM ledger.adjudication a
        JOIN run.run r ON r.run_id = a.run_id AND r.state = 'completed'
        JOIN intake.settlement s
          ON s.person_id = a.person_id AND s.setl_time = a.setl_time AND s.setl_id = a.settlement_id
        WHERE a.family_person_id = ANY($1) AND a.person_id <> a.family_person_id AND a.benefit_month BETWEEN $2 AND $3
          AND a.revision = (
              SELECT max(n.revision) FROM ledger.adjudication n
              JOIN run.run t ON t.run_id = n.run_id AND t.state = 'completed'
              WHERE n.person_id = a.person_id AND n.settlement_id = a.settlement_id)
        ORDER BY a.family_person_id, a.setl_time, a.settlement_id
        """)

    fileprivate static let linksOfOwners = Statement(
        "links of owners",
        """
        SELECT DISTINCT ON (person_id, rlts_person_id, begndate) rlts_person_id, begndate, enddate, valid, rlts_type,
               person_id
        FROM intake.family_link WHERE person_id = ANY($1)
        ORDER BY person_id, rlts_person_id, begndate, batch_id DESC
        """)
}

extension StatementFamilyPayment {
    /// What the accounts paid for others' settlements of the benefit year, as the adjudications in force say, by owner.
    static func all(
        from owners: [Int64], year: Int, _ naming: PersonNaming, _ connection: inout Connection
    ) throws -> [Int64: [StatementFamilyPayment]] {
        let rows = try connection.rows(
            .familyPaymentsOfYear, owners, Month.first(of: year), Month.last(of: year), decode: Payment.init)
        guard !rows.isEmpty else { return [:] }
        let institutions = try InstitutionNames(of: Set(rows.map(\.institution)), &connection)
        let names = try PersonNames(of: Array(Set(rows.map(\.patient))), as: naming, &connection)
        let links = try FamilyLinks(of: Array(Set(rows.map(\.owner))), &connection)
        var payments: [Int64: [StatementFamilyPayment]] = [:]
        for row in rows {
            payments[row.owner, default: []].append(
                StatementFamilyPayment(
                    settlement: row.settlement, time: row.time, patient: names[row.patient]?.name,
                    relation: links.relation(of: row.patient, to: row.owner, on: row.time.date),
                    institution: institutions.name(of: row.institution, on: row.time.date), original: row.original,
                    amount: row.amount))
        }
        return payments
    }

    private struct Payment {
        let settlement: FactID
        let time: CivilTime
        let patient: Int64
        let owner: Int64
        let institution: FactID
        let original: FactID?
        let amount: Fen

        init(_ row: borrowing Row) throws {
            settlement = try row.factID(0, of: "ledger.adjudication")
            time = try row.civilTime(1)
            patient = try row[2, as: Int64.self]
            institution = try row.factID(3, of: "intake.settlement")
            original = try row.optionalFactID(4, of: "intake.settlement")
            amount = try row[5, as: Fen.self]
            owner = try row[6, as: Int64.self]
        }
    }
}

/// Who is what to whom, by owner of an account.
private struct FamilyLinks {
    private struct Link {
        let relative: Int64
        let begin: CivilDate
        let end: CivilDate?
        let relation: String
    }

    private var links: [Int64: [Link]] = [:]

    init(of owners: [Int64], _ connection: inout Connection) throws {
        var links: [Int64: [Link]] = [:]
        try connection.forEachRow(.linksOfOwners, owners) { row in
            guard try row[3, as: Bool.self] else { return }
            links[try row[5, as: Int64.self], default: []].append(
                Link(
                    relative: try row[0, as: Int64.self], begin: try row[1, as: CivilDate.self],
                    end: try row[2, as: CivilDate?.self], relation: try row[4, as: String.self]))
        }
        self.links = links
    }

    func relation(of patient: Int64, to owner: Int64, on date: CivilDate) -> String? {
        links[owner]?.last { link in
            link.relative == patient && link.begin <= date && link.end.map { date <= $0 } ?? true
        }?.relation
    }
}
