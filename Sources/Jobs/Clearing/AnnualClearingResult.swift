package import Money
import Postgres
import Settlement

extension Statement {
    fileprivate static let insertInstitutionYears = Statement(
        "insert institution years",
        """
        INSERT INTO ledger.institution_year (run_id, year, fixmedins_code, fund, incurred_fen, recognised_fen, budget_fen,
            adjustment_fen, deposit_held_fen, deposit_returned_fen, deposit_forfeited_fen, paid_fen, payable_fen)
        SELECT $1, $2, i.code, i.fund, i.incurred, i.recognised, NULLIF(i.budget, -1), i.adjustment, i.held, i.returned,
               i.forfeited, i.paid, i.payable
        FROM unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
                    $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[])
            i(code, fund, incurred, recognised, budget, adjustment, held, returned, forfeited, paid, payable)
        """)
}

/// How an institution and fund stand when a year is cleared, as it stands in `ledger.institution_year`.
package struct InstitutionYear: Hashable, Sendable {
    package let key: InstitutionFund
    /// What adjudications of the year of the books came to.
    package let incurred: Fen
    /// Of it, what the year's clearings did not withhold.
    package let recognised: Fen
    /// `nil` if none was supplied.
    package let budget: Fen?
    /// 结余留用.
    package let surplusKept: Fen
    /// 超支: the part that the institution bears.
    package let overspendBorne: Fen
    /// What the institution is owed more by it, negative if less.
    package let adjustment: Fen
    /// Still held after the clearing.
    package let depositHeld: Fen
    package let depositReturned: Fen
    package let depositForfeited: Fen
    /// In the year.
    package let paid: Fen
    /// When the year is closed, without the deposit; what is withheld among it, negative if the institution owes back.
    package let payable: Fen
}

/// What an annual clearing came to. Its rows are written; its vouchers are the caller's to number and insert.
package struct AnnualClearingResult: Sendable {
    package let rows: [InstitutionYear]
    package let vouchers: [CitedVoucher]
    package let summary: AnnualClearingSummary
    /// The books against the rows; a run of which one does not hold must not complete.
    package let ties: [Tie]
}

/// The annual clearing in a few figures.
package struct AnnualClearingSummary: Hashable, Sendable {
    package var institutions = 0
    /// Whether a budget was supplied; without one nothing is adjusted.
    package var hasBudget = false
    /// Whether scores were supplied; without them deposits stay held.
    package var hasScores = false
    /// Rows that have a budget, each an institution.
    package var institutionsWithBudget = 0
    package var incurred = Fen.zero
    package var recognised = Fen.zero
    package var budget = Fen.zero
    package var surplusKept = Fen.zero
    package var overspendBorne = Fen.zero
    package var depositHeld = Fen.zero
    package var depositReturned = Fen.zero
    package var depositForfeited = Fen.zero
    package var paid = Fen.zero
    package var payable = Fen.zero
}

extension AnnualClearingSummary {
    init(_ rows: [InstitutionYear], hasBudget: Bool, hasScores: Bool) throws(MoneyOverflow) {
        self.hasBudget = hasBudget
        self.hasScores = hasScores
        institutions = Set(rows.map(\.key.institution)).count
        for row in rows {
            if let budget = row.budget {
                institutionsWithBudget += 1
                try self.budget += budget
            }
            try incurred += row.incurred
            try recognised += row.recognised
            try surplusKept += row.surplusKept
            try overspendBorne += row.overspendBorne
            try depositHeld += row.depositHeld
            try depositReturned += row.depositReturned
            try depositForfeited += row.depositForfeited
            try paid += row.paid
            try payable += row.payable
        }
    }
}

extension [InstitutionYear] {
    func write(_ year: Int, of run: Run, into connection: inout Connection) throws {
        guard !isEmpty else { return }
        func column(_ amount: KeyPath<InstitutionYear, Fen>) -> [Int64] { map { $0[keyPath: amount].rawValue } }
        // An array has no nulls and a budget is never negative, so -1 stands for none.
        _ = try connection.execute(
            .insertInstitutionYears, run.id, Int16(year), map(\.key.institution), map(\.key.fund.rawValue),
            column(\.incurred), column(\.recognised), map { $0.budget?.rawValue ?? -1 }, column(\.adjustment),
            column(\.depositHeld), column(\.depositReturned), column(\.depositForfeited), column(\.paid),
            column(\.payable))
    }
}
