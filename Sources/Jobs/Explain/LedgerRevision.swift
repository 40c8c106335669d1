package import Money
import Postgres
import Settlement

extension Statement {
    fileprivate static let revisions = Statement(
        "revisions of settlement",
        """
        SELECT a.revision, a.run_id, r.business_date, a.cause, k.title, c.citation, v.name, a.benefit_month, a.verdict,
               a.psn_category, a.level, a.pool_rate_bp, a.eligible_fen, a.deductible_applied_fen, a.payable_fen,
               a.pool_payment_fen, a.account_payment_fen, a.family_account_payment_fen, a.cash_payment_fen
        FROM ledger.adjudication a
        JOIN run.run r ON r.run_id = a.run_id AND r.state = 'completed'
        JOIN run.citation c ON c.citation_id = a.citation_id
        JOIN ledger.cause k ON k.code = a.cause
        JOIN ledger.verdict v ON v.code = a.verdict
        WHERE a.person_id = $1 AND a.settlement_id = $2
        ORDER BY a.revision
        """)

    fileprivate static let counterDifferences = Statement(
        "counter differences of settlement",
        """
        SELECT item, (amount_theirs * 100)::bigint, (amount_ours * 100)::bigint, state FROM report.discrepancy
        WHERE setl_id = $1 AND class = 'counter' AND amount_theirs <> amount_ours
        ORDER BY item
        """)
}

/// An adjudication as a completed run wrote it.
package struct LedgerRevision: Sendable {
    package let number: Int16
    package let runID: Int64
    /// The night that wrote it.
    package let night: CivilDate
    package let cause: RevisionCause
    /// The cause in Chinese.
    package let causeTitle: String
    package let article: String
    package let verdictName: String
    let posted: AdjudicationFact

    package var deductible: Fen { posted.deductible }
    package var poolPayment: Fen { posted.pool }
    package var accountPayment: Fen { posted.account }
    package var familyAccountPayment: Fen { posted.family }
    package var cashPayment: Fen { posted.cash }

    static func all(of id: FactID, person: Int64, _ connection: inout Connection) throws -> [LedgerRevision] {
        try connection.rows(.revisions, person, id) { row in
            let code = try row[3, as: Int16.self]
            guard let cause = RevisionCause(rawValue: code) else {
                throw JobError.schemaIncomplete("ledger.adjudication has a revision of cause \(code)")
            }
            let number = try row[0, as: Int16.self]
            return LedgerRevision(
                number: number, runID: try row[1, as: Int64.self], night: try row[2, as: CivilDate.self], cause: cause,
                causeTitle: try row[4, as: String.self], article: try row[5, as: String.self],
                verdictName: try row[6, as: String.self],
                posted: AdjudicationFact(
                    person: person, id: id, benefitMonth: try row[7, as: Month.self], revision: number,
                    verdict: try row[8, as: Int16.self], category: try row[9, as: Int16?.self],
                    level: try row[10, as: Int16?.self], rate: try row[11, as: Int16.self],
                    eligible: try row[12, as: Fen.self], deductible: try row[13, as: Fen.self],
                    payable: try row[14, as: Fen.self], pool: try row[15, as: Fen.self],
                    account: try row[16, as: Fen.self], family: try row[17, as: Fen.self],
                    cash: try row[18, as: Fen.self]))
        }
    }
}

extension CounterDifference {
    static func all(of id: FactID, _ connection: inout Connection) throws -> [CounterDifference] {
        try connection.rows(.counterDifferences, id) { row throws(DatabaseError) in
            CounterDifference(
                item: try row[0, as: String.self], theirs: try row[1, as: Fen.self], ours: try row[2, as: Fen.self],
                state: try row[3, as: DiscrepancyState.self])
        }
    }
}
