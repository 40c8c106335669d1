package import Money
package import Policy
package import Settlement

/// Outpatient pooling of the benefit year.
package struct StatementPooling: Sendable {
    /// By time and identifier.
    package let settlements: [StatementSettlement]
    /// What they come to.
    package let sums: PoolingSums
    /// What is left of deductible and ceiling after the last of them.
    package let left: PoolingLeft
    /// What `ledger.accumulator` keeps, the same sums; `nil` if it has no row.
    let accumulator: PoolingSums?

    /// The year of somebody who was nowhere.
    static let nothing = StatementPooling(settlements: [], sums: PoolingSums(), left: PoolingLeft(), accumulator: nil)
}

/// One settlement as the adjudication in force decided it.
package struct StatementSettlement: Sendable {
    package let id: FactID
    package let time: CivilTime
    /// By name.
    package let institution: String
    package let verdict: LedgerVerdict
    /// The verdict as the ledger words it.
    package let words: ReasonWords
    /// The level that decided the rate; `nil` if nothing was pooled, as is the category.
    package let level: InstitutionLevel?
    package let category: InsuredCategory?
    /// `init_setl_id` of a refund.
    package let original: FactID?
    /// `medfee_sumamt`; negative on a refund, as are the amounts below.
    package let total: Fen
    package let eligible: Fen
    package let deductible: Fen
    package let rate: Rate
    package let poolPayment: Fen
    package let accountPayment: Fen
    package let familyAccountPayment: Fen
    package let cashPayment: Fen
    package let article: String
    package let run: Int64
    /// How the benefit year stands after it.
    package internal(set) var sums = PoolingSums()
    package internal(set) var left = PoolingLeft()

    package var isRefused: Bool {
        if case .refused = verdict { true } else { false }
    }
}

/// What became of a settlement, as far as the ledger keeps it.
package enum LedgerVerdict: Hashable, Sendable {
    case settled
    case outside
    case refused(Refusal)

    /// `settled`, `outside`, or the refusal reason.
    package var name: String {
        switch self {
        case .settled: "settled"
        case .outside: "outside"
        case .refused(let refusal): refusal.rawValue
        }
    }
}

/// The columns of `ledger.accumulator` that are sums of adjudications.
package enum PoolingColumn: String, Hashable, Sendable, CaseIterable {
    case deductible
    case poolPayment = "pool_payment"
    case eligible
    /// Settlements less refunds; no money.
    case visits
}

/// A figure for each column: fen, and for visits their number.
package struct PoolingSums: Hashable, Sendable {
    package var deductible: Fen = .zero
    package var poolPayment: Fen = .zero
    package var eligible: Fen = .zero
    package var visits: Int64 = 0

    package init() {}

    package subscript(column: PoolingColumn) -> Int64 {
        switch column {
        case .deductible: deductible.rawValue
        case .poolPayment: poolPayment.rawValue
        case .eligible: eligible.rawValue
        case .visits: visits
        }
    }
}

/// What is left of the figures of 二（一）.
package struct PoolingLeft: Hashable, Sendable {
    /// 起付标准 of the category and what is left of it; `nil` before the first settlement that took part, and where the
    /// rules do not run the deductible over the year.
    package var deductible: Share?
    /// 最高支付限额 and what is left of it.
    package var ceiling: Share?

    package init() {}

    package struct Share: Hashable, Sendable {
        package let figure: Fen
        package let left: Fen
    }
}
