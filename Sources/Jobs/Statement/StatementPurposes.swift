import Books
import Money
import Postgres
import Settlement

extension Statement {
    /// A settlement is its patient's or, where a family account paid, named in the owner's account too.
    fileprivate static let settlementsOfMovements = Statement(
        "settlements of movements",
        """
        SELECT setl_id, person_id, fixmedins_code, \(settlementSecond), acct_mulaid_person_id FROM intake.settlement
        WHERE setl_id = ANY($1) AND setl_time >= $2::date::timestamp AND setl_time < ($3::date + 1)::timestamp
        """)

    fileprivate static let usesOfAccounts = Statement(
        "uses of accounts",
        """
        SELECT acct_use_id, acct_incexpd_type, use_kind, coalesce(bnft_person_id, person_id) <> person_id, person_id
        FROM intake.account_use WHERE person_id = ANY($1)
        """)

    private static let settlementSecond: SQLText = "extract(epoch FROM setl_time)::bigint"
}

/// What movements were for, by the facts that they come from.
struct StatementPurposes {
    private struct Visit {
        let institution: FactID
        let date: CivilDate
        let patient: Int64
        /// Whose family account paid; `nil` if none did.
        let owner: Int64?
    }

    private struct Use: Hashable {
        let person: Int64
        let kind: Int16
        let id: FactID
    }

    private var visits: [FactID: Visit] = [:]
    private var uses: [Use: StatementMovement.Purpose] = [:]
    private let institutions: InstitutionNames

    /// - Parameter entries: by person.
    init(of entries: [Int64: [StatementMovement.Entry]], _ connection: inout Connection) throws {
        var (first, last): (CivilDate?, CivilDate?) = (nil, nil)
        var ids: [String] = []
        for payment in entries.values.joined() where payment.column == .payment {
            first = min(first ?? payment.effectiveOn, payment.effectiveOn)
            last = max(last ?? payment.effectiveOn, payment.effectiveOn)
            ids.append(payment.source.description)
        }
        var visits: [FactID: Visit] = [:]
        if let first, let last {
            try connection.forEachRow(.settlementsOfMovements, ids, first, last) { row in
                visits[try row.factID(0, of: "intake.settlement")] = Visit(
                    institution: try row.factID(2, of: "intake.settlement"), date: try row.civilTime(3).date,
                    patient: try row[1, as: Int64.self], owner: try row[4, as: Int64?.self])
            }
        }
        self.visits = visits
        institutions = try InstitutionNames(of: Set(visits.values.map(\.institution)), &connection)
        var uses: [Use: StatementMovement.Purpose] = [:]
        try connection.forEachRow(.usesOfAccounts, Array(entries.keys)) { row in
            let use = Use(
                person: try row[4, as: Int64.self], kind: try row[1, as: Int16.self],
                id: try row.factID(0, of: "intake.account_use"))
            uses[use] = .use(kind: try row[2, as: String.self], isRelatives: try row[3, as: Bool.self])
        }
        self.uses = uses
    }

    func purpose(of entry: StatementMovement.Entry, person: Int64) -> StatementMovement.Purpose {
        switch entry.kind {
        case .credit:
            let origin = CreditOrigin(of: MovementKey(kind: entry.kind.rawValue, source: entry.source))
            return origin == .retiree ? .retireeCredit : .contribution
        case .carriedIn where entry.isBroughtIn: return .opening
        case .spending, .settlementRefund:
            if let visit = visits[entry.source], visit.date == entry.effectiveOn,
                visit.patient == person || visit.owner == person
            {
                return .settlement(
                    institution: institutions.name(of: visit.institution, on: visit.date),
                    isRelatives: visit.patient != person)
            }
            return uses[Use(person: person, kind: entry.kind.rawValue, id: entry.source)] ?? .itself
        case .yearlyInterest, .inherited, .transferredIn, .specialAdjustment, .backEntry, .carriedIn, .closedOut,
            .premium,
            .carriedOut, .transferredOut, .toHeirs:
            return uses[Use(person: person, kind: entry.kind.rawValue, id: entry.source)] ?? .itself
        }
    }
}
