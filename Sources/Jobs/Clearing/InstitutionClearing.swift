import Books
import Money
import Policy
import Postgres
import Settlement

extension Statement {
    fileprivate static let insertClearings = Statement(
        "insert clearings",
        """
        INSERT INTO ledger.institution_clearing (run_id, month, fixmedins_code, fund, incurred_fen, withheld_fen,
            annual_fen, deposit_fen, payment_fen, carried_fen)
        SELECT $1, $2, r.* FROM unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bigint[], $10::bigint[]) r
        """)

    fileprivate static let insertClearingTotals = Statement(
        "insert clearing totals",
        """
        INSERT INTO run.control_total (run_id, chunk_no, measure, item, row_count, amount_fen)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)
}

/// 月清算与拨付. Clears the institutions within a month-end: what adjudications came to since the clearing before is paid
/// but for the quality deposit, and but for settlements about which a difference is open.
struct InstitutionClearing {
    let month: Month
    let terms: ClearingTerms
    let run: Run

    /// Works out what moves; writes nothing.
    func work(_ connection: inout Connection) throws -> InstitutionClearingResult {
        let extract = try ClearingExtract(month: month, &connection)
        var movements: [(key: InstitutionFund, movement: ClearingMovement)] = []
        for key in extract.keys {
            let movement = try clearMonth(
                extract.facts[key] ?? ClearingFacts(), posted: extract.posted[key] ?? ClearingMovement(),
                year: extract.year[key] ?? ClearingMovement(), depositRate: depositRate(of: key.fund),
                rounding: terms.rounding)
            if !movement.isNothing { movements.append((key, movement)) }
        }
        let vouchers = try clearingVouchers(movements, terms)
        return InstitutionClearingResult(
            run: run, month: month, movements: movements, vouchers: vouchers,
            controlTotals: try controlTotals(movements), ties: try ties(extract, movements, vouchers))
    }

    private func depositRate(of fund: ClearingFund) -> Rate {
        switch fund {
        case .pool: terms.poolDepositRate
        case .account: terms.accountDepositRate
        }
    }

    /// What moved, by fund; the rows counted are institutions.
    private func controlTotals(
        _ movements: [(key: InstitutionFund, movement: ClearingMovement)]
    ) throws(MoneyOverflow) -> [ControlTotal] {
        var sums = ControlSums()
        for (key, movement) in movements {
            for (measure, amount) in [
                ("annual", movement.annual), ("carried", movement.carried), ("deposit", movement.deposit),
                ("payment", movement.payment), ("withheld", movement.withheld),
            ] where amount != .zero {
                let count = Count(rows: 1, amount: amount)
                try sums.add([ControlTotal(measure: "clearing.\(measure)", item: key.fund.rawValue, count: count)])
            }
        }
        return sums.totals
    }

    private func ties(
        _ extract: ClearingExtract, _ movements: [(key: InstitutionFund, movement: ClearingMovement)],
        _ vouchers: [CitedVoucher]
    ) throws(MoneyOverflow) -> [Tie] {
        var incurred: [String: Fen] = [:]
        var (total, left, booked, settled) = (Fen.zero, Fen.zero, Fen.zero, Fen.zero)
        for (key, movement) in movements {
            try incurred[key.institution, default: .zero] += movement.incurred
            try total += movement.incurred
            try left += movement.deposit + movement.payment
        }
        for amount in extract.booked.values { try booked += amount }
        for voucher in vouchers { try settled -= voucher.voucher.netCredit(of: .payableToInstitutions) }
        let institutions = Set(incurred.keys).union(extract.booked.keys)
        let different = institutions.count { incurred[$0] ?? .zero != extract.booked[$0] ?? .zero }
        return [
            Tie("payable to institutions: cleared against booked, fen", total.rawValue, booked.rawValue),
            Tie("institutions whose payable is booked otherwise than cleared", Int64(different), 0),
            Tie(
                "payable to institutions: paid and held against vouchers, fen", left.rawValue, settled.rawValue),
        ]
    }
}

/// What a clearing moves, to be written when its month-end completes.
struct InstitutionClearingResult {
    let run: Run
    let month: Month
    let movements: [(key: InstitutionFund, movement: ClearingMovement)]
    let vouchers: [CitedVoucher]
    let controlTotals: [ControlTotal]
    let ties: [Tie]

    /// Writes the movements, and counts them as a part of the run after its last chunk. The vouchers are the caller's.
    func write(_ connection: inout Connection) throws {
        guard !movements.isEmpty else { return }
        func column(_ amount: KeyPath<ClearingMovement, Fen>) -> [Int64] {
            movements.map { $0.movement[keyPath: amount].rawValue }
        }
        _ = try connection.execute(
            .insertClearings, run.id, month, movements.map(\.key.institution), movements.map(\.key.fund.rawValue),
            column(\.incurred), column(\.withheld), column(\.annual), column(\.deposit), column(\.payment),
            column(\.carried))
        for total in controlTotals {
            _ = try connection.execute(
                .insertClearingTotals, run.id, run.chunkCount, total.measure, total.item, total.count.rows,
                total.count.amount)
        }
    }
}
