import Jobs
import Money
import Policy
import Settlement

extension ExplainSettlementText {
    /// How the fund's payment comes about, and who pays the rest.
    ///
    /// - Parameter claim: what the decision is about; for a refund, what is left.
    func addSteps(of decision: Decision, for claim: Claim, by basis: SettlementBasis, to page: inout ExplainPage) {
        guard let terms = basis.terms, let level = basis.level, let decisions = basis.table?.decisions else {
            return
        }
        let steps = decision.steps(by: terms, level: level)
        for (index, step) in steps.enumerated() {
            page.step(index + 1, title(of: step.kind), step.amount.grouped)
            switch step.kind {
            case .eligible:
                page.detail(
                    say("总费用", "total") + " \(claim.total.grouped) − " + say("全自费", "self-paid")
                        + " \(claim.fullSelfPay.grouped) − " + say("超限价", "over limit")
                        + " \(claim.overLimitSelfPay.grouped) − " + say("先行自付", "advance")
                        + " \(claim.advanceSelfPay.grouped)")
            case .deductible:
                let period = say.name(decisions.deductiblePeriod)
                let (standard, used) = (terms.deductible.grouped, basis.deductibleBefore.grouped)
                page.detail(
                    say(
                        "标准 \(standard)（\(period)），此前已用 \(used)，本次扣除 \(step.amount.grouped)",
                        "standard \(standard) (\(period)), used before \(used), deducted now \(step.amount.grouped)"))
            case .rate:
                let shared = Fen(decision.eligible.rawValue - decision.deductible.rawValue)
                page.detail(
                    "(\(decision.eligible.grouped) − \(decision.deductible.grouped)) × \(decision.rate) = \(step.amount.grouped)"
                        + say.rounding(of: shared, at: decision.rate, by: decisions.rounding))
            case .ceiling:
                addCeiling(of: decision, terms, decisions, basis, to: &page)
            }
            page.article(step.citation)
        }
        addPayers(of: decision, for: claim, as: steps.count + 1, to: &page)
    }

    private func title(of kind: AdjudicationStep.Kind) -> String {
        switch kind {
        case .eligible: say("符合政策范围的金额", "In-scope amount")
        case .deductible: say("减去起付标准", "Less the deductible")
        case .rate: say("按支付比例计算", "At the rate of category and level")
        case .ceiling: say("统筹基金支付", "The pooling fund pays")
        }
    }

    private func addCeiling(
        of decision: Decision, _ terms: OutpatientTerms, _ decisions: OutpatientDecisions, _ basis: SettlementBasis,
        to page: inout ExplainPage
    ) {
        let (ceiling, counted) = (terms.annualCap.grouped, basis.sumsBefore.counted.grouped)
        let left = Fen(max(0, terms.annualCap.rawValue - basis.sumsBefore.counted.rawValue))
        let beyond = Fen(decision.payable.rawValue - decision.poolPayment.rawValue)
        let end =
            beyond == .zero
            ? say("，没有超过", ", not exceeded")
            : say("，超出的 \(beyond.grouped) 不支付", ", the \(beyond.grouped) beyond it are not paid")
        page.detail(
            say(
                "最高支付限额 \(ceiling)，此前已计 \(counted)，尚余 \(left.grouped)\(end)",
                "ceiling \(ceiling) a year, counted before \(counted), left \(left.grouped)\(end)"))
        switch decisions.ceilingCounts {
        case .poolPayment: return
        case .eligibleAboveDeductible:
            page.detail(
                say(
                    "限额按超过起付标准的金额计，本次计入 \(decision.counted.grouped)，× \(decision.rate) = "
                        + decision.poolPayment.grouped,
                    "the ceiling counts the amount above the deductible, now \(decision.counted.grouped), × "
                        + "\(decision.rate) = \(decision.poolPayment.grouped)"))
        }
    }

    /// Who pays what the fund does not.
    func addPayers(of decision: Decision, for claim: Claim, as number: Int, to page: inout ExplainPage) {
        let person = Fen(claim.total.rawValue - decision.poolPayment.rawValue - claim.institutionBorne.rawValue)
        let title =
            number == 1 ? say("由个人负担", "Borne by the person") : say("其余由个人负担", "The person bears the rest")
        page.step(number, title, person.grouped)
        let institution =
            claim.institutionBorne == .zero
            ? "" : say(" − 机构负担 ", " − borne by the institution ") + claim.institutionBorne.grouped
        page.detail(
            say("总费用", "total") + " \(claim.total.grouped) − " + say("统筹基金", "pooling fund")
                + " \(decision.poolPayment.grouped)\(institution)")
        page.detail(
            say("个人账户", "own account") + " \(decision.accountPayment.grouped)" + say("，家庭共济账户", ", family account")
                + " \(decision.familyAccountPayment.grouped)" + say("，现金", ", cash")
                + " \(decision.cashPayment.grouped)")
        if let citation = explanation.citations.payerOrder { page.article(citation) }
    }
}
