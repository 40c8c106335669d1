import Money
import Policy
import Postgres
import Settlement

extension Statement {
    /// The newest revision that a completed run wrote is in force, in whichever benefit year it stands.
    fileprivate static let adjudicationsOfYear = Statement(
        "adjudications of persons and year",
        """
        SELECT a.settlement_id, extract(epoch FROM a.setl_time)::bigint, s.fixmedins_code, v.name, v.title, v.remedy, a.level,
               a.psn_category, s.init_setl_id, s.medfee_sumamt_fen, a.eligible_fen, a.deductible_applied_fen,
               a.pool_rate_bp, a.pool_payment_fen, a.account_payment_fen, a.family_account_payment_fen,
               a.cash_payment_fen, c.citation, a.run_id, a.person_id
        FROM ledger.adjudication a
        JOIN run.run r ON r.run_id = a.run_id AND r.state = 'completed'
        JOIN run.citation c ON c.citation_id = a.citation_id
        JOIN ledger.verdict v ON v.code = a.verdict
        LEFT JOIN intake.settlement s
               ON s.person_id = a.person_id AND s.setl_time = a.setl_time AND s.setl_id = a.settlement_id
        WHERE a.person_id = ANY($1) AND a.benefit_month BETWEEN $2 AND $3
          AND NOT EXISTS (
              SELECT FROM ledger.adjudication n JOIN run.run t ON t.run_id = n.run_id AND t.state = 'completed'
              WHERE n.person_id = a.person_id AND n.settlement_id = a.settlement_id AND n.revision > a.revision)
        ORDER BY a.person_id, a.setl_time, a.settlement_id
        """)

    fileprivate static let accumulatorsOfYear = Statement(
        "accumulators of persons and year",
        """
        SELECT DISTINCT ON (a.person_id) a.deductible_fen, a.pool_payment_fen, a.eligible_fen, a.visits, a.person_id
        FROM ledger.accumulator a
        JOIN run.run r ON r.run_id = a.run_id AND r.state = 'completed'
        WHERE a.person_id = ANY($1) AND a.benefit_year = $2
        ORDER BY a.person_id, a.run_id DESC
        """)
}

extension StatementPooling {
    /// By person; who has neither a settlement nor an accumulator in the year is missing.
    static func all(
        of persons: [Int64], year: Int, rules: OutpatientRules, _ connection: inout Connection
    ) throws -> [Int64: StatementPooling] {
        var rows: [Int64: [SettlementRow]] = [:]
        var institutions: Set<FactID> = []
        try connection.forEachRow(.adjudicationsOfYear, persons, Month.first(of: year), Month.last(of: year)) { row in
            let settlement = try SettlementRow(row)
            institutions.insert(settlement.institution)
            rows[try row[19, as: Int64.self], default: []].append(settlement)
        }
        let names = try InstitutionNames(of: institutions, &connection)
        var accumulators: [Int64: PoolingSums] = [:]
        try connection.forEachRow(.accumulatorsOfYear, persons, Int16(clamping: year)) { row in
            var sums = PoolingSums()
            sums.deductible = try row[0, as: Fen.self]
            sums.poolPayment = try row[1, as: Fen.self]
            sums.eligible = try row[2, as: Fen.self]
            sums.visits = Int64(try row[3, as: Int32.self])
            accumulators[try row[4, as: Int64.self]] = sums
        }
        var poolings: [Int64: StatementPooling] = [:]
        for person in persons where rows[person] != nil || accumulators[person] != nil {
            poolings[person] = try StatementPooling(
                rows[person] ?? [], names, accumulator: accumulators[person], rules: rules)
        }
        return poolings
    }

    private init(
        _ rows: [SettlementRow], _ names: InstitutionNames, accumulator: PoolingSums?, rules: OutpatientRules
    ) throws(MoneyOverflow) {
        var tally = PoolingTally(rules: rules)
        var settlements: [StatementSettlement] = []
        for row in rows {
            var settlement = row.settlement(institution: names.name(of: row.institution, on: row.time.date))
            try tally.add(settlement)
            settlement.sums = tally.sums
            settlement.left = try tally.left()
            settlements.append(settlement)
        }
        self.init(settlements: settlements, sums: tally.sums, left: try tally.left(), accumulator: accumulator)
    }

    /// Where the accumulator in force is not what the settlements come to; a year without settlements has none.
    var differences: [StatementDifference] {
        guard !settlements.isEmpty || accumulator != nil else { return [] }
        return PoolingColumn.allCases.map {
            StatementDifference(.pooling($0), lines: sums[$0], ledger: accumulator?[$0])
        }.filter { !$0.holds }
    }
}

/// An adjudication with its settlement, before names are known.
private struct SettlementRow {
    let time: CivilTime
    let institution: FactID
    private let id: FactID
    private let verdict: LedgerVerdict
    private let words: ReasonWords
    private let level: InstitutionLevel?
    private let category: InsuredCategory?
    private let original: FactID?
    private let amounts: [Fen]
    private let rate: Rate
    private let article: String
    private let run: Int64

    init(_ row: borrowing Row) throws {
        let table = "ledger.adjudication"
        id = try row.factID(0, of: table)
        time = try row.civilTime(1)
        guard let institution = try row.optionalFactID(2, of: "intake.settlement") else {
            throw JobError.schemaIncomplete("\(table) has a settlement, \(id), that intake.settlement has not")
        }
        self.institution = institution
        let name = try row[3, as: String.self]
        guard let verdict = LedgerVerdict(name) else {
            throw JobError.schemaIncomplete("ledger.verdict has a verdict of name \(name)")
        }
        self.verdict = verdict
        words = ReasonWords(title: try row[4, as: String.self], remedy: try row[5, as: String.self])
        level = try row[6, as: Int16?.self].flatMap { code in InstitutionLevel.allCases.first { $0.code == code } }
        category = try row[7, as: Int16?.self].flatMap { code in InsuredCategory.allCases.first { $0.code == code } }
        original = try row.optionalFactID(8, of: "intake.settlement")
        amounts = [
            try row[9, as: Fen.self], try row[10, as: Fen.self], try row[11, as: Fen.self], try row[13, as: Fen.self],
            try row[14, as: Fen.self], try row[15, as: Fen.self], try row[16, as: Fen.self],
        ]
        rate = Rate(basisPoints: Int64(try row[12, as: Int16.self]))
        article = try row[17, as: String.self]
        run = try row[18, as: Int64.self]
    }

    func settlement(institution name: String) -> StatementSettlement {
        StatementSettlement(
            id: id, time: time, institution: name, verdict: verdict, words: words, level: level, category: category,
            original: original, total: amounts[0], eligible: amounts[1], deductible: amounts[2], rate: rate,
            poolPayment: amounts[3], accountPayment: amounts[4], familyAccountPayment: amounts[5],
            cashPayment: amounts[6], article: article, run: run)
    }
}

extension LedgerVerdict {
    fileprivate init?(_ name: String) {
        switch name {
        case "settled": self = .settled
        case "outside": self = .outside
        default:
            guard let refusal = Refusal(rawValue: name) else { return nil }
            self = .refused(refusal)
        }
    }
}
