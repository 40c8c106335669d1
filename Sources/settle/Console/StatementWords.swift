import Jobs
import Money
import Policy
import Settlement

// What codes are called in a statement.

extension ExplainLanguage {
    func name(_ entry: StatementMovement.Entry) -> String {
        switch entry.kind {
        case .credit:
            entry.amount < .zero ? self("划入冲回", "credit taken back") : self("划入", "credit")
        case .yearlyInterest: self("利息", "interest")
        case .inherited: self("继承转入", "inherited")
        case .transferredIn: self("转移转入", "transferred in")
        case .settlementRefund: self("结算退费", "refund")
        case .specialAdjustment: self("特殊调整", "adjustment")
        case .backEntry: self("补记", "back entry")
        case .carriedIn:
            entry.isBroughtIn ? self("原系统转入", "brought in") : self("结转转入", "carried in")
        case .spending: self("支出", "spending")
        case .closedOut: self("清退", "closed out")
        case .premium: self("缴纳保费", "premium")
        case .carriedOut: self("结转转出", "carried out")
        case .transferredOut: self("转移转出", "transferred out")
        case .toHeirs: self("继承支付", "to heirs")
        }
    }

    /// What a movement was for, with its date or month.
    func purpose(of movement: StatementMovement) -> String {
        let entry = movement.entry
        var text =
            switch movement.purpose {
            case .contribution: self("\(entry.coveredMonth) 缴费", "for \(entry.coveredMonth)")
            case .retireeCredit: self("\(entry.coveredMonth) 退休人员划入", "for \(entry.coveredMonth), retiree")
            case .opening: self("\(entry.effectiveOn) 余额", "balance of \(entry.effectiveOn)")
            case .settlement(let institution, let isRelatives):
                "\(entry.effectiveOn) " + relatives(isRelatives) + institution
            case .use(let kind, let isRelatives): "\(entry.effectiveOn) " + relatives(isRelatives) + name(use: kind)
            case .itself where entry.kind == .yearlyInterest:
                self("\(entry.coveredMonth.year) 年度", "for \(entry.coveredMonth.year)")
                    + tier(of: entry.source.description)
            case .itself: "\(entry.effectiveOn)"
            }
        if entry.revision > 0 { text += self("，更正", ", correction") }
        if movement.isPriorYear { text += self("，以前年度调整", ", prior-year adjustment") }
        return text
    }

    /// Which money bore the interest, by the rule it was posted under; nothing where the rule has no tiers.
    private func tier(of source: String) -> String {
        switch source {
        case "interest-this-year": self("，当年资金", ", money of the year")
        case "interest-carried": self("，上年结转资金", ", carried money")
        default: ""
        }
    }

    private func relatives(_ isRelatives: Bool) -> String {
        isRelatives ? self("家人 ", "relative: ") : ""
    }

    /// - Parameter use: `use_kind`; one that the notice does not name stands as it came.
    func name(use kind: String) -> String {
        switch kind {
        case "institution": self("定点医疗机构", "medical institution")
        case "pharmacy": self("定点药店", "pharmacy")
        case "serious_illness_premium": self("职工大病保险费", "serious illness premium")
        case "large_sum_premium": self("大额医疗保险费", "large-sum premium")
        case "long_term_care_premium": self("长期护理保险费", "long-term care premium")
        case "residents_premium": self("居民医保费", "residents' premium")
        case "public_health": self("公共卫生", "public health")
        case "sport_fitness": self("体育健身", "sport and fitness")
        case "wellness": self("养生保健", "wellness")
        case "transfer_in": self("转入", "transfer in")
        case "transfer_out": self("转出", "transfer out")
        case "inheritance": self("继承", "inheritance")
        default: kind
        }
    }

    func name(_ column: AccountYearColumn) -> String {
        switch column {
        case .opening: self("上年结转", "Carried forward")
        case .broughtIn: self("原系统余额转入", "Brought in from the former system")
        case .credit: self("划入", "Credits")
        case .interest: self("利息", "Interest")
        case .otherIn: self("其他收入", "Other in")
        case .payment: self("减：支付（已扣退费）", "Less payments, net of refunds")
        case .otherOut: self("减：其他支出", "Less other out")
        case .closing: self("年末余额", "Balance at the end")
        case .priorYear: self("其中：以前年度调整", "Of it prior-year adjustments")
        }
    }

    /// - Parameter relation: `rlts_type`; `nil` if the link is not there.
    func name(relation: String?) -> String {
        switch relation {
        case "spouse": self("配偶", "spouse")
        case "parent": self("父母", "parent")
        case "child": self("子女", "child")
        case let other?: other
        case nil: self("未登记关系", "no link")
        }
    }

    /// The level that decided the rate, short.
    func shortName(_ level: InstitutionLevel) -> String {
        switch level {
        case .primary: self("一级及以下", "primary")
        case .secondary: self("二级", "secondary")
        case .tertiary: self("三级", "tertiary")
        }
    }

    /// What became of a settlement that was not pooled; `nil` for one that was.
    func reason(of settlement: StatementSettlement) -> String? {
        switch settlement.verdict {
        case .settled: nil
        case .outside: self("不属于普通门诊统筹", "outside ordinary outpatient pooling")
        case .refused(let refusal): self(settlement.words.title, name(refusal))
        }
    }

    /// What to do about a settlement that was refused; `nil` for others.
    func remedy(of settlement: StatementSettlement) -> String? {
        guard case .refused(let refusal) = settlement.verdict else { return nil }
        return self(settlement.words.remedy, remedy(refusal))
    }
}
