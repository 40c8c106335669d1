import Jobs
import Money
import Policy
import Settlement

/// Why a settlement came to what it came to, as the clerk at the counter reads it out. Amounts in yuan.
struct ExplainSettlementText {
    let explanation: SettlementExplanation
    let say: ExplainLanguage

    init(_ explanation: SettlementExplanation, _ language: ExplainLanguage) {
        self.explanation = explanation
        say = language
    }

    var text: String {
        var page = ExplainPage(say)
        page.heading(heading)
        addCircumstances(to: &page)
        page.blank()
        addReason(to: &page)
        if let refund = explanation.refund {
            add(refund, to: &page)
        } else if let basis = explanation.basis, basis.terms != nil {
            addSteps(of: explanation.outcome.decision, for: basis.item.claim, by: basis, to: &page)
        } else if case .outside = explanation.outcome.verdict {
            addPayers(of: explanation.outcome.decision, for: explanation.item.claim, as: 1, to: &page)
        }
        page.blank()
        addLedger(to: &page)
        return page.text
    }

    private var heading: String {
        let (id, fund) = (explanation.item.id, explanation.outcome.decision.poolPayment)
        let subject =
            explanation.item.original == nil ? say("结算 \(id)", "Settlement \(id)") : say("退费 \(id)", "Refund \(id)")
        switch explanation.outcome.verdict {
        case .settled where explanation.item.original != nil:
            let back = Fen(-fund.rawValue).grouped
            return subject + say("：统筹基金收回 \(back) 元", ": the pooling fund takes back \(back) yuan")
        case .settled:
            return subject + say("：统筹基金支付 \(fund.grouped) 元", ": the pooling fund pays \(fund.grouped) yuan")
        case .outside:
            return subject + say("：\(explanation.words?.title ?? "")", ": outside ordinary outpatient pooling")
        case .refused(let refusal):
            return subject
                + say("：未受理，\(explanation.words?.title ?? "")", ": refused, \(say.name(refusal))")
        }
    }

    private func addCircumstances(to page: inout ExplainPage) {
        let item = explanation.item
        page.field(
            say("时间", "Time"),
            say(
                "\(item.time)，计入 \(explanation.benefitYear) 年度", "\(item.time), benefit year \(explanation.benefitYear)"
            ))
        page.field(say("机构", "Institution"), institution)
        page.enrolment(explanation.enrolment, by: explanation.citations.category, say)
        guard let basis = explanation.basis, basis.terms != nil else { return }
        let before = basis.sumsBefore
        page.field(
            say("此前", "Before"),
            say(
                "本年度已用起付标准 \(before.deductible.grouped)，统筹基金已支付 \(before.poolPayment.grouped)，"
                    + "已结算 \(before.visits) 次",
                "deductible used in the year \(before.deductible.grouped), paid by the fund "
                    + "\(before.poolPayment.grouped), visits settled \(before.visits)"))
    }

    private var institution: String {
        let own = explanation.institution
        let level: String
        switch explanation.item.place {
        case .level(let place): level = say.name(place)
        case .unknownLevel: level = say("级别无法识别", "of an unknown level")
        case .unknownInstitution: level = say("结算日不在定点名录", "not designated on the day")
        }
        let cite = explanation.citations.level.map { say("（依据：\($0)）", " (by \($0))") } ?? ""
        if let prescriber = explanation.prescriber {
            return say(
                "药店 \(own)，级别随开具处方的 \(prescriber)：\(level)\(cite)",
                "pharmacy \(own), at the level of the prescriber \(prescriber): \(level)\(cite)")
        }
        // Without a rate the level says nothing.
        if case .outside = explanation.item.entry { return "\(own)" }
        return say("\(own)，\(level)\(cite)", "\(own), \(level)\(cite)")
    }

    private func addReason(to page: inout ExplainPage) {
        switch explanation.outcome.verdict {
        case .settled: return
        case .outside(let reason):
            page.field(say("原因", "Reason"), say.reason(reason, medicalType: explanation.medicalType))
            if let cite = explanation.citations.entry { page.field(say("依据", "By"), cite) }
            if explanation.item.original == nil { page.field(say("处理", "What to do"), say.remedy(reason)) }
            page.blank()
        case .refused(let refusal):
            page.field(
                say("原因", "Reason"),
                say(
                    "\(explanation.words?.title ?? "")（\(refusal.rawValue)）",
                    "\(say.name(refusal)) (\(refusal.rawValue))"))
            if let original = explanation.item.original {
                page.field(say("原结算", "Original"), "\(original)")
            }
            page.field(say("处理", "What to do"), say(explanation.words?.remedy ?? "", say.remedy(refusal)))
            page.field(
                say("结果", "Result"),
                say("统筹基金和个人账户都没有支付", "neither the pooling fund nor an account has paid"))
            if let reported = explanation.reportedPool, reported != .zero {
                page.field(
                    say("机构上报", "Counter"),
                    say(
                        "统筹基金支付 \(reported.grouped)，未予认可",
                        "reported a fund payment of \(reported.grouped), not accepted"))
            }
        }
    }
}
