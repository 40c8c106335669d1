import Money
package import Policy
package import Reports
package import Settlement

// What codes are called in a statement, in both languages.

extension StatementMovement {
    /// What it was for, with its date or month.
    package var phrase: Phrase {
        var phrase = purposePhrase
        if entry.revision > 0 { phrase += Phrase("，更正", ", correction") }
        if isPriorYear { phrase += Phrase("，以前年度调整", ", prior-year adjustment") }
        return phrase
    }

    private var purposePhrase: Phrase {
        switch purpose {
        case .contribution: Phrase("\(entry.coveredMonth) 缴费", "for \(entry.coveredMonth)")
        case .retireeCredit: Phrase("\(entry.coveredMonth) 退休人员划入", "for \(entry.coveredMonth), retiree")
        case .opening: Phrase("\(entry.effectiveOn) 余额", "balance of \(entry.effectiveOn)")
        case .settlement(let institution, let isRelatives):
            Phrase(verbatim: "\(entry.effectiveOn) ") + relatives(isRelatives) + Phrase(verbatim: institution)
        case .use(let kind, let isRelatives):
            Phrase(verbatim: "\(entry.effectiveOn) ") + relatives(isRelatives) + use(kind)
        case .itself where entry.kind == .yearlyInterest:
            Phrase("\(entry.coveredMonth.year) 年度", "for \(entry.coveredMonth.year)")
                + tier(of: entry.source.description)
        case .itself: Phrase(verbatim: "\(entry.effectiveOn)")
        }
    }

    /// Which money bore the interest, by the rule it was posted under; nothing where the rule has no tiers.
    private func tier(of source: String) -> Phrase {
        switch source {
        case "interest-this-year": Phrase("，当年资金", ", money of the year")
        case "interest-carried": Phrase("，上年结转资金", ", carried money")
        default: Phrase(verbatim: "")
        }
    }

    private func relatives(_ isRelatives: Bool) -> Phrase {
        isRelatives ? Phrase("家人 ", "relative: ") : Phrase(verbatim: "")
    }

    /// - Parameter kind: `use_kind`; one that the notice does not name stands as it came.
    private func use(_ kind: String) -> Phrase {
        switch kind {
        case "institution": Phrase("定点医疗机构", "medical institution")
        case "pharmacy": Phrase("定点药店", "pharmacy")
        case "serious_illness_premium": Phrase("职工大病保险费", "serious illness premium")
        case "large_sum_premium": Phrase("大额医疗保险费", "large-sum premium")
        case "long_term_care_premium": Phrase("长期护理保险费", "long-term care premium")
        case "residents_premium": Phrase("居民医保费", "residents' premium")
        case "public_health": Phrase("公共卫生", "public health")
        case "sport_fitness": Phrase("体育健身", "sport and fitness")
        case "wellness": Phrase("养生保健", "wellness")
        case "transfer_in": Phrase("转入", "transfer in")
        case "transfer_out": Phrase("转出", "transfer out")
        case "inheritance": Phrase("继承", "inheritance")
        default: Phrase(verbatim: kind)
        }
    }
}

extension StatementMovement.Entry {
    /// The kind of movement.
    package var phrase: Phrase {
        switch kind {
        case .credit:
            amount < .zero ? Phrase("划入冲回", "credit taken back") : Phrase("划入", "credit")
        case .yearlyInterest: Phrase("利息", "interest")
        case .inherited: Phrase("继承转入", "inherited")
        case .transferredIn: Phrase("转移转入", "transferred in")
        case .settlementRefund: Phrase("结算退费", "refund")
        case .specialAdjustment: Phrase("特殊调整", "adjustment")
        case .backEntry: Phrase("补记", "back entry")
        case .carriedIn:
            isBroughtIn ? Phrase("原系统转入", "brought in") : Phrase("结转转入", "carried in")
        case .spending: Phrase("支出", "spending")
        case .closedOut: Phrase("清退", "closed out")
        case .premium: Phrase("缴纳保费", "premium")
        case .carriedOut: Phrase("结转转出", "carried out")
        case .transferredOut: Phrase("转移转出", "transferred out")
        case .toHeirs: Phrase("继承支付", "to heirs")
        }
    }
}

extension AccountYearColumn {
    package var phrase: Phrase {
        switch self {
        case .opening: Phrase("上年结转", "Carried forward")
        case .broughtIn: Phrase("原系统余额转入", "Brought in from the former system")
        case .credit: Phrase("划入", "Credits")
        case .interest: Phrase("利息", "Interest")
        case .otherIn: Phrase("其他收入", "Other in")
        case .payment: Phrase("减：支付（已扣退费）", "Less payments, net of refunds")
        case .otherOut: Phrase("减：其他支出", "Less other out")
        case .closing: Phrase("年末余额", "Balance at the end")
        case .priorYear: Phrase("其中：以前年度调整", "Of it prior-year adjustments")
        }
    }
}

extension StatementFamilyPayment {
    /// What the patient is to the owner.
    package var relationPhrase: Phrase {
        switch relation {
        case "spouse": Phrase("配偶", "spouse")
        case "parent": Phrase("父母", "parent")
        case "child": Phrase("子女", "child")
        case let other?: Phrase(verbatim: other)
        case nil: Phrase("未登记关系", "no link")
        }
    }
}

extension StatementSettlement {
    /// Why it was not pooled; `nil` for one that was.
    package var reason: Phrase? {
        switch verdict {
        case .settled: nil
        case .outside: Phrase("不属于普通门诊统筹", "outside ordinary outpatient pooling")
        case .refused(let refusal): Phrase(words.title, refusal.englishTitle)
        }
    }

    /// What to do about one that was refused; `nil` for others.
    package var remedy: Phrase? {
        guard case .refused(let refusal) = verdict else { return nil }
        return Phrase(words.remedy, refusal.englishRemedy)
    }
}

extension InstitutionLevel {
    /// The level that decided the rate, short.
    package var shortPhrase: Phrase {
        switch self {
        case .primary: Phrase("一级及以下", "primary")
        case .secondary: Phrase("二级", "secondary")
        case .tertiary: Phrase("三级", "tertiary")
        }
    }
}

extension Standing {
    package var phrase: Phrase {
        switch self {
        case .enrolled(let category): category.phrase
        case .unknownStatus: Phrase("参保登记中的人员类别无法识别", "enrolled with a person type that the rules do not know")
        case .notEnrolled: Phrase("未参保", "not enrolled")
        case .dead: Phrase("已死亡", "dead")
        }
    }
}
