package import Money
package import Policy

/// What a settlement comes to. A refund's decision holds what it takes back, negative.
package struct Decision: Hashable, Sendable {
    /// In-scope amount that took part; zero outside pooling.
    package var eligible: Fen = .zero
    /// 实际支付起付线.
    package var deductible: Fen = .zero
    package var rate = Rate(basisPoints: 0)
    /// Before the ceiling: (in-scope − deductible) × rate.
    package var payable: Fen = .zero
    /// 统筹基金支付.
    package var poolPayment: Fen = .zero
    /// What counts towards the ceiling.
    package var counted: Fen = .zero
    /// 个人账户支付.
    package var accountPayment: Fen = .zero
    /// 家庭共济支付.
    package var familyAccountPayment: Fen = .zero
    /// 现金支付: what is left for the person, so that parts always add up.
    package var cashPayment: Fen = .zero

    package init() {}

    /// What remains when this decision replaces `other`.
    func minus(_ other: Decision) throws(MoneyOverflow) -> Decision {
        var difference = Decision()
        difference.eligible = try eligible - other.eligible
        difference.deductible = try deductible - other.deductible
        difference.rate = other.rate
        difference.payable = try payable - other.payable
        difference.poolPayment = try poolPayment - other.poolPayment
        difference.counted = try counted - other.counted
        difference.accountPayment = try accountPayment - other.accountPayment
        difference.familyAccountPayment = try familyAccountPayment - other.familyAccountPayment
        difference.cashPayment = try cashPayment - other.cashPayment
        return difference
    }
}

/// One step of an adjudication, as `explain`, tests and reports show it.
package struct AdjudicationStep: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case eligible
        case deductible
        case rate
        case ceiling
    }

    package let kind: Kind
    /// What the step comes to.
    package let amount: Fen
    /// The figure it uses: the standard, the rate in basis points, the ceiling.
    package let parameter: Int64
    /// The article, or the interface field.
    package let citation: String
}

extension Decision {
    /// How the pool payment comes about, step by step, by the terms it was decided by.
    package func steps(by terms: OutpatientTerms, level: InstitutionLevel) -> [AdjudicationStep] {
        [
            AdjudicationStep(
                kind: .eligible, amount: eligible, parameter: eligible.rawValue, citation: "inscp_scp_amt"),
            AdjudicationStep(
                kind: .deductible, amount: deductible, parameter: terms.deductible.rawValue,
                citation: terms.citations.deductible),
            AdjudicationStep(
                kind: .rate, amount: payable, parameter: rate.basisPoints, citation: terms.citations.poolRates[level]),
            AdjudicationStep(
                kind: .ceiling, amount: poolPayment, parameter: terms.annualCap.rawValue,
                citation: terms.citations.annualCap),
        ]
    }
}
