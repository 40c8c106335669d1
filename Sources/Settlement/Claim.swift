package import Money

/// One settlement (结算) as the institution delivered it, as far as pooling looks at it. Amounts of a mirror row (退费)
/// are negative.
package struct Claim: Hashable, Sendable {
    /// `medfee_sumamt`, 总费用.
    package let total: Fen
    /// `fulamt_ownpay_amt`, 全自费.
    package let fullSelfPay: Fen
    /// `overlmt_selfpay`, 超限价.
    package let overLimitSelfPay: Fen
    /// `preselfpay_amt`, 先行自付.
    package let advanceSelfPay: Fen
    /// `inscp_scp_amt`, 符合政策范围金额.
    package let eligible: Fen
    /// `acct_pay`: paid from the own account at the counter.
    package let accountPaid: Fen
    /// `acct_mulaid_pay`: paid from a family member's account at the counter.
    package let familyAccountPaid: Fen
    /// `hosp_part_amt`, borne by the institution; zero if not reported.
    package let institutionBorne: Fen

    package init(
        total: Fen, fullSelfPay: Fen, overLimitSelfPay: Fen, advanceSelfPay: Fen, eligible: Fen, accountPaid: Fen,
        familyAccountPaid: Fen, institutionBorne: Fen
    ) {
        self.total = total
        self.fullSelfPay = fullSelfPay
        self.overLimitSelfPay = overLimitSelfPay
        self.advanceSelfPay = advanceSelfPay
        self.eligible = eligible
        self.accountPaid = accountPaid
        self.familyAccountPaid = familyAccountPaid
        self.institutionBorne = institutionBorne
    }

    /// Whether total = 全自费 + 超限价 + 先行自付 + in-scope.
    package var addsUp: Bool {
        get throws(MoneyOverflow) {
            try fullSelfPay + overLimitSelfPay + advanceSelfPay + eligible == total
        }
    }

    /// Whether every amount is on the side of zero where it belongs: none negative, or on a mirror row none positive.
    func hasOneSign(isMirror: Bool) -> Bool {
        let amounts: [8 of Fen] = [
            total, fullSelfPay, overLimitSelfPay, advanceSelfPay, eligible, accountPaid, familyAccountPaid,
            institutionBorne,
        ]
        for index in amounts.indices where isMirror ? amounts[index] > .zero : amounts[index] < .zero {
            return false
        }
        return true
    }

    /// The same claim after a refund took `mirror` (negative amounts) off it.
    func reduced(by mirror: Claim) throws(MoneyOverflow) -> Claim {
        Claim(
            total: try total + mirror.total, fullSelfPay: try fullSelfPay + mirror.fullSelfPay,
            overLimitSelfPay: try overLimitSelfPay + mirror.overLimitSelfPay,
            advanceSelfPay: try advanceSelfPay + mirror.advanceSelfPay, eligible: try eligible + mirror.eligible,
            accountPaid: try accountPaid + mirror.accountPaid,
            familyAccountPaid: try familyAccountPaid + mirror.familyAccountPaid,
            institutionBorne: try institutionBorne + mirror.institutionBorne)
    }
}
