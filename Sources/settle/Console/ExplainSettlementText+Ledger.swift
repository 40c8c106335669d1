import Jobs
import Money
import Settlement

extension ExplainSettlementText {
    /// What the counter reported, what the ledger says, and whether that is what the recomputation comes to.
    func addLedger(to page: inout ExplainPage) {
        for refund in explanation.laterRefunds {
            let back = Fen(-refund.poolPayment.rawValue).grouped
            page.field(
                say("此后退费", "Refunded"),
                say(
                    "\(refund.id)，\(refund.time)，统筹基金收回 \(back)",
                    "\(refund.id), \(refund.time), fund takes back \(back)"))
        }
        addDifferences(to: &page)
        for (index, revision) in explanation.revisions.enumerated() {
            let instance = say.name(.nightly(revision.night), run: revision.runID)
            let number = revision.number + 1
            page.field(
                index == 0 ? say("版本", "Revisions") : "",
                say(
                    "第 \(number) 版，\(instance)，\(say.name(revision))：统筹支付 \(revision.poolPayment.grouped)",
                    "\(number), \(instance), \(say.name(revision)): fund pays \(revision.poolPayment.grouped)"))
        }
        if explanation.hasOtherRules { page.otherRules(than: explanation.night, say) }
        page.field(say("核对", "Check"), check)
    }

    private func addDifferences(to page: inout ExplainPage) {
        guard explanation.outcome.verdict == .settled else { return }
        let label = say("机构上报", "Counter")
        if explanation.differences.isEmpty {
            page.field(
                label,
                explanation.reportedPool != nil
                    ? say("与应付没有差异", "no difference with what is due")
                    : say("没有上报统筹支付，其余没有差异", "did not report the fund's payment; no other difference"))
        }
        for (index, difference) in explanation.differences.enumerated() {
            let (name, state) = (say.name(field: difference.item), say.name(difference.state))
            let (theirs, ours) = (difference.theirs.grouped, difference.ours.grouped)
            page.field(
                index == 0 ? label : "",
                say(
                    "\(name)（\(difference.item)）上报 \(theirs)，应为 \(ours)（\(state)）",
                    "\(name) (\(difference.item)) reported \(theirs), due \(ours) (\(state))"))
        }
    }

    private var check: String {
        let night = say.name(explanation.night.instance, run: explanation.night.id)
        if explanation.isLedgerEqual {
            return say(
                "账上现行结果与重算一致；事实截至 \(night)。",
                "the ledger agrees; facts as of the \(night).")
        }
        guard let revision = explanation.revisions.last else {
            return say(
                "账上没有这笔结算的结果，按重算应当有；事实截至 \(night)。请报技术人员核查。",
                "the ledger has no result and should have one; facts as of the \(night). Tell the "
                    + "operator.")
        }
        let list = differences(of: revision).joined(separator: say("，", ", "))
        return say(
            "账上与重算不一致：\(list)；事实截至 \(night)。请报技术人员核查。",
            "the ledger differs: \(list); facts as of the \(night). Tell the operator.")
    }

    /// What the ledger says otherwise than the recomputation.
    private func differences(of revision: LedgerRevision) -> [String] {
        let (verdict, decision) = (explanation.outcome.verdict.name, explanation.outcome.decision)
        let amounts: [(String, Fen, Fen)] = [
            ("act_pay_dedc", revision.deductible, decision.deductible),
            ("hifp_pay", revision.poolPayment, decision.poolPayment),
            ("acct_pay", revision.accountPayment, decision.accountPayment),
            ("acct_mulaid_pay", revision.familyAccountPayment, decision.familyAccountPayment),
            ("psn_cash_pay", revision.cashPayment, decision.cashPayment),
        ]
        var list: [(String, String, String)] = []
        if revision.verdictName != verdict { list.append((say("结论", "verdict"), revision.verdictName, verdict)) }
        for (field, ledger, now) in amounts where ledger != now {
            list.append((say.name(field: field), ledger.grouped, now.grouped))
        }
        guard !list.isEmpty else { return [say("类别、级别、比例或月份", "category, level, rate or month")] }
        return list.map { name, ledger, now in
            say("\(name)账上 \(ledger)、重算 \(now)", "\(name) \(ledger) in the ledger, \(now) recomputed")
        }
    }
}

extension ExplainPage {
    /// The rules given are not those of the run, which may explain a difference with the ledger.
    mutating func otherRules(than run: Run, _ say: ExplainLanguage) {
        field(
            say("注意", "Note"),
            say(
                "现用规则与运行 \(run.id) 所用规则（\(run.rulesDigest.prefix(12))）不同，重算以现用规则为准。",
                "the rules given are not those of run \(run.id) (\(run.rulesDigest.prefix(12))); recomputed by those given."
            ))
    }
}
