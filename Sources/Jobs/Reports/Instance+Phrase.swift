package import Policy
package import Reports

extension InsuredCategory {
    package var phrase: Phrase {
        switch self {
        case .active: Phrase("在职职工", "employee")
        case .flexible: Phrase("灵活就业人员", "flexible worker")
        case .retired: Phrase("退休人员", "retiree")
        case .veteran: Phrase("建国前老工人", "pre-1949 veteran worker")
        }
    }
}

extension InstitutionLevel {
    package var phrase: Phrase {
        switch self {
        case .primary: Phrase("一级及以下", "primary level or below")
        case .secondary: Phrase("二级", "secondary level")
        case .tertiary: Phrase("三级", "tertiary level")
        }
    }
}

extension Instance {
    /// As a report names the run that it is about.
    var phrase: Phrase {
        switch job {
        case .nightly: Phrase("夜间结算 \(name)", "night \(name)")
        case .monthEnd: Phrase("月末划账与清算 \(name)", "month-end \(name)")
        case .reconcileDay, .reconcileMonth, .reconcileYear: Phrase("对账 \(name)", "reconciliation \(name)")
        case .yearEnd: Phrase("年度结算 \(name)", "annual settlement \(name)")
        case .reprove: Phrase("年度复核 \(name)", "proof of \(name), once more")
        }
    }
}
