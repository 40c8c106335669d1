import Jobs
import Money
import Policy
import Settlement

/// Why an account was credited for a month what it was credited, as the clerk at the counter reads it out.
struct ExplainCreditText {
    private let explanation: CreditExplanation
    private let say: ExplainLanguage

    init(_ explanation: CreditExplanation, _ language: ExplainLanguage) {
        self.explanation = explanation
        say = language
    }

    var text: String {
        var page = ExplainPage(say)
        let due = explanation.due.grouped
        page.heading(
            say("\(explanation.month) 个人账户计入 \(due) 元", "Credit for \(explanation.month): \(due) yuan"))
        page.enrolment(explanation.enrolment, by: explanation.terms?.citations.categoryChange, say)
        addReason(to: &page)
        page.blank()
        addSteps(to: &page)
        page.blank()
        addEntries(to: &page)
        if explanation.hasOtherRules { page.otherRules(than: explanation.run, say) }
        page.field(say("核对", "Check"), check)
        return page.text
    }

    /// Why nothing is credited by the month itself.
    private func addReason(to page: inout ExplainPage) {
        let label = say("原因", "Reason")
        switch explanation.outcome {
        case .credited: return
        case .excepted(let reason): addException(reason, to: &page)
        case .notDue(let reason): page.field(label, say.name(reason))
        case nil:
            if !explanation.isSettled {
                page.field(
                    label, say("\(explanation.month) 还没有月末划账", "\(explanation.month) has not been settled yet"))
            } else if !explanation.enrolment.isKnown {
                addException(.unknownPerson, to: &page)
            } else {
                addException(.noRule, to: &page)
            }
        }
    }

    private func addException(_ reason: CreditException, to page: inout ExplainPage) {
        let words = explanation.reasons[reason]
        page.field(
            say("原因", "Reason"),
            say("\(words?.title ?? "")（\(reason.rawValue)）", "\(say.name(reason)) (\(reason.rawValue))"))
        page.field(say("处理", "What to do"), say(words?.remedy ?? "", say.remedy(reason)))
    }

    private func addSteps(to page: inout ExplainPage) {
        var number = 0
        for contribution in explanation.contributions {
            number += 1
            add(contribution, as: number, to: &page)
        }
        guard case .enrolled(let category) = explanation.enrolment.standing, category.isRetired,
            case .credited = explanation.outcome, let terms = explanation.terms
        else { return }
        addRetiree(terms, as: number + 1, to: &page)
    }

    private func add(_ contribution: ExplainedContribution, as number: Int, to page: inout ExplainPage) {
        let (fact, type) = (
            contribution.contribution, say.name(contribution.contribution.type, code: contribution.typeCode)
        )
        let title = say(
            "缴费 \(contribution.id)，\(type)，\(contribution.receivedOn) 到账",
            "Contribution \(contribution.id), \(type), received \(contribution.receivedOn)")
        switch contribution.outcome {
        case .credited(let amount, _):
            page.step(number, title, amount.grouped)
            guard let terms = explanation.terms else { return }
            page.detail(
                say("缴费基数 ", "base ") + "\(fact.base.grouped) × \(terms.workerCreditRate) = \(amount.grouped)"
                    + say.rounding(of: fact.base, at: terms.workerCreditRate, by: terms.rounding))
            page.article(terms.citations.workerCreditRate)
        case .notDue(let reason):
            page.step(number, title, Fen.zero.grouped)
            page.detail(say.name(reason))
        case .excepted(let reason):
            page.step(number, title, Fen.zero.grouped)
            let words = explanation.reasons[reason]
            page.detail(
                say(
                    "未计入：\(words?.title ?? "")（\(reason.rawValue)）",
                    "not credited: \(say.name(reason)) (\(reason.rawValue))"))
            page.detail(say("处理：\(words?.remedy ?? "")", "What to do: \(say.remedy(reason))"))
        case nil:
            page.step(number, title, Fen.zero.grouped)
            page.detail(say("上次月末之后才知道，下次月末处理", "known since the last month-end; the next one looks at it"))
        }
    }

    private func addRetiree(_ terms: CreditTerms, as number: Int, to page: inout ExplainPage) {
        let amount = explanation.due.grouped
        switch terms.retireeCredit {
        case .ownLevel(let year, .yearTotalTwelfth):
            let total = explanation.ownLevel?.yearTotal.grouped ?? ""
            page.step(number, say("退休人员按本人 \(year) 年水平", "Retiree at the own level of \(year)"), amount)
            page.detail(
                say("\(year) 年全年计入 \(total) ÷ 12 = \(amount)", "credited in \(year): \(total) ÷ 12 = \(amount)"))
        case .ownLevel(let year, .decemberAmount):
            page.step(number, say("退休人员按本人 \(year) 年水平", "Retiree at the own level of \(year)"), amount)
            page.detail(say("\(year) 年 12 月计入 \(amount)", "credited in December \(year): \(amount)"))
        case .cityAmount:
            page.step(number, say("退休人员全市统一定额", "The city's one amount for all retirees"), amount)
        case .notSupplied: return
        }
        page.article(terms.citations.retiree)
    }

    private func addEntries(to page: inout ExplainPage) {
        for (index, entry) in explanation.entries.enumerated() {
            let source =
                entry.isOfContribution
                ? say("缴费 \(entry.source)", "contribution \(entry.source)") : say("退休人员计入", "retiree's credit")
            let instance = say.name(entry.instance, run: entry.runID)
            let again =
                entry.revision == 0 ? "" : say("，第 \(entry.revision + 1) 次", ", posting \(entry.revision + 1)")
            page.field(
                index == 0 ? say("账上", "Ledger") : "",
                say(
                    "\(entry.amount.grouped)，\(source)\(again)，\(instance)，记入 \(entry.postingMonth) 账",
                    "\(entry.amount.grouped), \(source)\(again), \(instance), books of \(entry.postingMonth)"))
            page.field("", say("依据：", "by ") + entry.article)
        }
        if explanation.entries.isEmpty {
            page.field(say("账上", "Ledger"), say("没有该月的计入", "no credit for the month"))
        }
    }

    private var check: String {
        let (ledger, due) = (explanation.posted.grouped, explanation.due.grouped)
        let run = say.name(explanation.run.instance, run: explanation.run.id)
        return explanation.isLedgerEqual
            ? say(
                "账上合计 \(ledger)，与重算一致；事实截至 \(run)。",
                "the ledger's \(ledger) agree; facts as of \(run).")
            : say(
                "账上与重算不一致：账上合计 \(ledger)，重算合计 \(due)；事实截至 \(run)。请报技术人员核查。",
                "the ledger differs: it holds \(ledger); recomputed \(due); facts as of \(run). Tell the "
                    + "operator.")
    }
}
