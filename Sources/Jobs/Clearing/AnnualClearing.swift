import Books
import Money
package import Policy
package import Postgres
import Settlement

/// 年度清算. Clears a year with the institutions, inside the transaction in which a year-end completes: budgets against what
/// was recognised, deposits by the year's assessment. What it adds to the payable is paid by the next month-end.
///
/// The run is begun and posts into December, its own control totals among what was incurred and its own vouchers not yet
/// among the books. A deposit that an earlier year left undecided is decided with this year's.
package struct AnnualClearing {
    private let year: Int
    private let terms: ClearingTerms
    private let run: Run

    /// - Parameter terms: those of the year's last day.
    package init(year: Int, terms: ClearingTerms, run: Run) {
        self.year = year
        self.terms = terms
        self.run = run
    }

    /// Writes `ledger.institution_year`.
    ///
    /// - Returns: also the vouchers, which the caller inserts with the run's others, and ties, which the caller must check.
    package func work(_ connection: inout Connection) throws -> AnnualClearingResult {
        let extract = try AnnualClearingExtract(year: year, run: run, &connection)
        let directory = try InstitutionDirectory(&connection, batchUpto: run.horizon.batch, previousBatch: nil)
        let rows = try rows(extract, directory)
        try rows.write(year, of: run, into: &connection)
        return AnnualClearingResult(
            rows: rows, vouchers: try annualVouchers(rows, terms),
            summary: try AnnualClearingSummary(
                rows, hasBudget: terms.budget != nil, hasScores: terms.assessment != nil),
            ties: try ties(rows, extract))
    }

    private func rows(
        _ extract: AnnualClearingExtract, _ directory: InstitutionDirectory
    ) throws(MoneyOverflow) -> [InstitutionYear] {
        let lastDay = Month.last(of: year).lastDay
        let movements = extract.movements.sorted { $0.key < $1.key }
        var facts: [InstitutionYearFacts] = []
        for (key, movement) in movements {
            let level = FactID(key.institution.utf8).flatMap {
                directory.lastLevel(of: $0, through: lastDay, levels: terms.levels)
            }
            facts.append(
                InstitutionYearFacts(
                    institution: key.institution, fund: key.fund, level: level, recognised: try movement.recognised(),
                    depositHeld: try movement.depositHeld()))
        }
        var rows: [InstitutionYear] = []
        for ((key, movement), clearing) in zip(movements, try clearYear(facts, terms)) {
            let adjustment = try clearing.adjustment()
            let held = try movement.depositHeld() - clearing.depositReturned - clearing.depositForfeited
            rows.append(
                InstitutionYear(
                    key: key, incurred: movement.incurred, recognised: try movement.recognised(),
                    budget: clearing.budget, surplusKept: clearing.surplusKept,
                    overspendBorne: clearing.overspendBorne, adjustment: adjustment, depositHeld: held,
                    depositReturned: clearing.depositReturned, depositForfeited: clearing.depositForfeited,
                    paid: movement.cleared.payment,
                    payable: try movement.payable() + adjustment + clearing.depositReturned))
        }
        return rows
    }

    /// What the rows say is payable and held, against what the books say by institution.
    private func ties(_ rows: [InstitutionYear], _ extract: AnnualClearingExtract) throws(MoneyOverflow) -> [Tie] {
        var payable: [String: Fen] = [:]
        var held: [String: Fen] = [:]
        for row in rows {
            let institution = row.key.institution
            // As they stood before this clearing and before the run's own vouchers.
            try payable[institution, default: .zero] += row.payable - row.adjustment - row.depositReturned
            try held[institution, default: .zero] += row.depositHeld + row.depositReturned + row.depositForfeited
        }
        for (institution, amount) in extract.unbooked { try payable[institution, default: .zero] -= amount }
        return [
            Tie("institutions whose payable is booked otherwise", different(payable, extract.bookedPayable), 0),
            Tie("institutions whose deposit is booked otherwise", different(held, extract.bookedDeposit), 0),
        ]
    }

    private func different(_ left: [String: Fen], _ right: [String: Fen]) -> Int64 {
        Int64(Set(left.keys).union(right.keys).count { left[$0] ?? .zero != right[$0] ?? .zero })
    }
}
