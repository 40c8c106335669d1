import Jobs
import Oracle
import Postgres

/// What the ledger says of a range of persons, in the oracle's words.
struct NightlyLedgerReading {
    private var answers: [Int64: [String: OracleAnswer]] = [:]
    private var years: [Int64: [OracleYear]] = [:]
    private var kept: [Int64: [OracleKept]] = [:]
    private(set) var settlementCount = 0

    init(_ range: PersonRange, _ connection: inout Connection) throws {
        try connection.forEachRow(.ledgerAnswers, range.first, range.last) { row in
            var answer = OracleAnswer(
                id: try row[1, as: String.self], year: Int(try row[2, as: Int32.self]),
                verdict: try row[3, as: String.self])
            answer.category = try row[4, as: String.self]
            answer.level = try row[5, as: String.self]
            answer.percent = Int64(try row[6, as: Int16.self]) / 100
            answer.eligible = try row[7, as: Int64.self]
            answer.deductible = try row[8, as: Int64.self]
            answer.payable = try row[9, as: Int64.self]
            answer.pool = try row[10, as: Int64.self]
            answer.account = try row[11, as: Int64.self]
            answer.family = try row[12, as: Int64.self]
            answer.cash = try row[13, as: Int64.self]
            answers[try row[0, as: Int64.self], default: [:]][answer.id] = answer
            settlementCount += 1
        }
        try connection.forEachRow(.ledgerYears, range.first, range.last) { row in
            var year = OracleYear(year: Int(try row[1, as: Int16.self]))
            year.eligible = try row[2, as: Int64.self]
            year.deductible = try row[3, as: Int64.self]
            year.pool = try row[4, as: Int64.self]
            year.deductibleCounted = try row[5, as: Int64.self]
            year.counted = try row[6, as: Int64.self]
            year.visits = Int64(try row[7, as: Int32.self])
            years[try row[0, as: Int64.self], default: []].append(year)
        }
        try connection.forEachRow(.ledgerKept, range.first, range.last) { row in
            kept[try row[0, as: Int64.self], default: []].append(
                OracleKept(
                    id: try row[1, as: String.self], pool: try row[2, as: Int64.self],
                    withoutRefunded: try row[3, as: Int64.self]))
        }
    }

    func differences(of person: Int64, from expected: [OracleAnswer]) -> [String] {
        expected.compactMap { expected in
            guard var found = answers[person]?[expected.id] else {
                return "\(person) \(expected.id): not in the ledger"
            }
            // Of an answer the ledger keeps only in its sums what the ceiling counted, and in findings what was kept.
            (found.counted, found.kept) = (expected.counted, expected.kept)
            return found == expected ? nil : "\(person): expected \(expected), found \(found)"
        }
    }

    func differences(of person: Int64, from expected: [OracleYear]) -> [String] {
        let found = years[person] ?? []
        return found == expected ? [] : ["\(person): expected \(expected), found \(found)"]
    }

    /// Every settlement that a refund left as it was is found, and by one of its refunds.
    func differences(of person: Int64, keptOf expected: [OracleKept]) -> [String] {
        let (found, expected) = (Set(kept[person] ?? []), Set(expected))
        let isSame = found.isSubset(of: expected) && Set(found.map(\.id)) == Set(expected.map(\.id))
        return isSame ? [] : ["\(person): expected \(expected), found \(found)"]
    }
}

extension Statement {
    fileprivate static let ledgerAnswers = Statement(
        "adjudications in force",
        """
        SELECT DISTINCT ON (a.person_id, a.settlement_id)
               a.person_id, a.settlement_id, extract(year FROM a.benefit_month)::integer, v.name,
               coalesce(c.name, ''), coalesce(l.name, ''), a.pool_rate_bp, a.eligible_fen, a.deductible_applied_fen,
               a.payable_fen, a.pool_payment_fen, a.account_payment_fen, a.family_account_payment_fen,
               a.cash_payment_fen
        FROM ledger.adjudication a
        JOIN ledger.verdict v ON v.code = a.verdict
        LEFT JOIN ledger.psn_category c ON c.code = a.psn_category
        LEFT JOIN ledger.institution_level l ON l.code = a.level
        WHERE a.person_id BETWEEN $1 AND $2 ORDER BY a.person_id, a.settlement_id, a.revision DESC
        """)

    fileprivate static let ledgerYears = Statement(
        "accumulators in force",
        """
        SELECT DISTINCT ON (person_id, benefit_year) person_id, benefit_year, eligible_fen, deductible_fen,
               pool_payment_fen, deductible_counted_fen, counted_fen, visits
        FROM ledger.accumulator WHERE person_id BETWEEN $1 AND $2 ORDER BY person_id, benefit_year, run_id DESC
        """)

    fileprivate static let ledgerKept = Statement(
        "findings of what was kept",
        """
        SELECT person_id, source, found_fen, expected_fen FROM run.finding
        WHERE kind = 'kept_after_refund' AND person_id BETWEEN $1 AND $2
        """)
}
