import Jobs
import Money
import Reports
import Settlement

extension StatementText {
    /// A settlement in three lines: what and where, its amounts, and how the year stands after it.
    func addPooling(to page: inout ExplainPage) {
        let pooling = statement.pooling
        page.lines(say("门诊统筹 \(statement.year) 待遇年度（元）", "Outpatient pooling, benefit year \(statement.year) (yuan)"))
        guard !pooling.settlements.isEmpty else {
            page.lines(say("  没有结算", "  no settlements"))
            return
        }
        var table = TextTable(Array(repeating: .right, count: 8))
        table.add(
            say("总费用", "Total"), say("范围内", "In scope"), say("起付", "Deduct."), say("比例", "Rate"),
            say("统筹", "Fund"), say("个人账户", "Account"), say("家庭共济", "Family"), say("现金", "Cash"))
        for settlement in pooling.settlements {
            let isPooled = settlement.verdict == .settled
            func pooled(_ amount: Fen) -> String { isPooled ? amount.grouped : "" }
            func paid(_ amount: Fen) -> String { settlement.isRefused ? "" : amount.grouped }
            table.add(
                settlement.total.grouped, pooled(settlement.eligible), pooled(settlement.deductible),
                isPooled ? "\(settlement.rate)" : "", pooled(settlement.poolPayment),
                paid(settlement.accountPayment), paid(settlement.familyAccountPayment), paid(settlement.cashPayment))
        }
        let amounts = table.text(indent: 4).split(separator: "\n").map(String.init)
        page.lines(amounts[0])
        for (settlement, line) in zip(pooling.settlements, amounts.dropFirst()) {
            page.lines(
                wrapped(title(settlement), width: ExplainPage.width - 2).map { "  \($0)" }.joined(separator: "\n"))
            page.lines(line)
            for note in notes(settlement) {
                page.lines(wrapped(note, width: ExplainPage.width - 4).map { "    \($0)" }.joined(separator: "\n"))
            }
        }
        addSums(of: pooling, to: &page)
    }

    private func title(_ settlement: StatementSettlement) -> String {
        let refund = settlement.original.map { say("（退费，原结算 \($0)）", " (refund of \($0))") } ?? ""
        let level = settlement.level.map { say("，", ", ") + say($0.shortPhrase) } ?? ""
        return "\(settlement.time.toTheMinute)  \(settlement.id)\(refund)  \(settlement.institution)\(level)"
    }

    private func notes(_ settlement: StatementSettlement) -> [String] {
        guard let reason = settlement.reason else { return [standing(settlement.sums, settlement.left)] }
        guard let remedy = settlement.remedy else { return [say(reason)] }
        return [
            say(
                "未受理：\(reason.chinese)。处理：\(remedy.chinese)",
                "refused: \(reason.english). What to do: \(remedy.english)")
        ]
    }

    private func standing(_ sums: PoolingSums, _ left: PoolingLeft) -> String {
        let deductibleLeft = left.deductible.map { say("，尚余 \($0.left.grouped)", ", left \($0.left.grouped)") } ?? ""
        let ceilingLeft = left.ceiling.map { say("，尚余 \($0.left.grouped)", ", left \($0.left.grouped)") } ?? ""
        return say(
            "起付累计 \(sums.deductible.grouped)\(deductibleLeft)；统筹累计 \(sums.poolPayment.grouped)\(ceilingLeft)",
            "deductible used \(sums.deductible.grouped)\(deductibleLeft); fund paid \(sums.poolPayment.grouped)\(ceilingLeft)"
        )
    }

    private func addSums(of pooling: StatementPooling, to page: inout ExplainPage) {
        page.blank()
        let (sums, left) = (pooling.sums, pooling.left)
        page.field(
            say("年度累计", "Year"),
            say(
                "\(sums.visits) 次，范围内 \(sums.eligible.grouped)，起付 \(sums.deductible.grouped)，"
                    + "统筹支付 \(sums.poolPayment.grouped)（与累计账一致）",
                "visits \(sums.visits), in scope \(sums.eligible.grouped), deductible \(sums.deductible.grouped), "
                    + "fund paid \(sums.poolPayment.grouped) (as the ledger keeps)"))
        if let deductible = left.deductible {
            page.field(
                say("起付标准", "Deductible"),
                say(
                    "\(deductible.figure.grouped)，尚余 \(deductible.left.grouped)",
                    "\(deductible.figure.grouped), left \(deductible.left.grouped)"))
        }
        if let ceiling = left.ceiling {
            page.field(
                say("支付限额", "Ceiling"),
                say(
                    "\(ceiling.figure.grouped)，尚余 \(ceiling.left.grouped)",
                    "\(ceiling.figure.grouped), left \(ceiling.left.grouped)"))
        }
    }
}
