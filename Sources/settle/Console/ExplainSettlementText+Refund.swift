import Jobs
import Money
import Settlement

extension ExplainSettlementText {
    /// What a refund was taken off, and what it takes back.
    func add(_ refund: SettlementExplanation.Refund, to page: inout ExplainPage) {
        let (original, after) = (refund.before.item, refund.after)
        let isWhole = after.claim.total == .zero
        page.field(
            say("原结算", "Original"),
            "\(original.id)" + say("，", ", ") + "\(original.time)" + say("，", ", ")
                + (isWhole
                    ? say("整笔退费，得到多少收回多少", "refunded whole: what it got is taken back")
                    : say(
                        "部分退费，余下的费用 \(after.claim.total.grouped) 按原结算当时的累计重新计算，收回差额",
                        "refunded in part: the \(after.claim.total.grouped) left are settled anew as of its own time, "
                            + "and the difference is taken back")))
        page.blank()
        page.table(table(refund))
        if let article = explanation.revisions.last?.article { page.article(article) }
        for kept in explanation.outcome.kept {
            page.detail(
                say(
                    "结算 \(kept.id) 的统筹支付 \(kept.poolPayment.grouped) 不变（若没有所退费用应为 \(kept.withoutOriginal.grouped)）",
                    "settlement \(kept.id) keeps its fund payment of \(kept.poolPayment.grouped) (without what is "
                        + "refunded it would be \(kept.withoutOriginal.grouped))"))
        }
        guard !isWhole, after.terms != nil else { return }
        page.blank()
        addSteps(of: after.decision, for: after.claim, by: after, to: &page)
    }

    private func table(_ refund: SettlementExplanation.Refund) -> TextTable {
        var table = TextTable([.left, .right, .right, .right])
        table.add("", say("退费前", "before"), say("退费后", "after"), say("本次收回", "taken back"))
        let (before, after) = (refund.before, refund.after)
        let rows: [(String, Fen, Fen)] = [
            (say("总费用", "total"), before.claim.total, after.claim.total),
            (say("符合政策范围的金额", "in-scope amount"), before.decision.eligible, after.decision.eligible),
            (say("已扣起付标准", "deductible used"), before.decision.deductible, after.decision.deductible),
            (say("统筹基金", "pooling fund"), before.decision.poolPayment, after.decision.poolPayment),
            (say("个人账户", "own account"), before.decision.accountPayment, after.decision.accountPayment),
            (
                say("家庭共济账户", "family account"), before.decision.familyAccountPayment,
                after.decision.familyAccountPayment
            ),
            (say("现金", "cash"), before.decision.cashPayment, after.decision.cashPayment),
        ]
        for (label, before, after) in rows {
            table.add(label, before.grouped, after.grouped, Fen(before.rawValue - after.rawValue).grouped)
        }
        return table
    }
}
