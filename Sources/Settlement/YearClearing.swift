package import Money
package import Policy

/// What the annual clearing looks at of an institution and fund.
package struct InstitutionYearFacts: Hashable, Sendable {
    /// `fixmedins_code`.
    package let institution: String
    package let fund: ClearingFund
    /// `nil` if the institution is not known: it has no part in a level's budget.
    package let level: InstitutionLevel?
    /// 认可费用 of the year.
    package let recognised: Fen
    /// 质量保证金 held when the year ends.
    package let depositHeld: Fen

    package init(
        institution: String, fund: ClearingFund, level: InstitutionLevel?, recognised: Fen, depositHeld: Fen
    ) {
        self.institution = institution
        self.fund = fund
        self.level = level
        self.recognised = recognised
        self.depositHeld = depositHeld
    }
}

/// 年度清算 of an institution and fund.
package struct YearClearing: Hashable, Sendable {
    /// `nil` if there is none: then nothing is adjusted.
    package let budget: Fen?
    /// 结余留用: the part of the surplus that the institution keeps.
    package let surplusKept: Fen
    /// 超支分担: the part of the overspend that the institution bears.
    package let overspendBorne: Fen
    package let depositReturned: Fen
    package let depositForfeited: Fen

    /// What the institution is owed more, negative if less.
    package func adjustment() throws(MoneyOverflow) -> Fen { try surplusKept - overspendBorne }
}

/// 年度清算: budgets against what was recognised, and deposits by the year's assessment. Only money of the pooling fund
/// has a budget; without a score a deposit stays held.
///
/// - Parameter institutions: each institution and fund once.
/// - Returns: one result for each, in the same order.
package func clearYear(
    _ institutions: [InstitutionYearFacts], _ terms: ClearingTerms
) throws(MoneyOverflow) -> [YearClearing] {
    let budgets = try budgets(of: institutions, terms.budget)
    var results: [YearClearing] = []
    for (institution, budget) in zip(institutions, budgets) {
        var (kept, borne) = (Fen.zero, Fen.zero)
        if let budget, let bands = terms.budget {
            kept = try surplusKept(
                budget: budget, recognised: institution.recognised, bands: bands.surplus, rounding: terms.rounding)
            borne = try overspendBorne(
                budget: budget, recognised: institution.recognised, bands: bands.overspend, rounding: terms.rounding)
        }
        var (returned, forfeited) = (Fen.zero, Fen.zero)
        if let share = terms.assessment?.returnedShare(of: institution.institution) {
            returned = try institution.depositHeld.times(share, rounding: terms.rounding)
            forfeited = try institution.depositHeld - returned
        }
        results.append(
            YearClearing(
                budget: budget, surplusKept: kept, overspendBorne: borne, depositReturned: returned,
                depositForfeited: forfeited))
    }
    return results
}

/// An institution's own budget, or its part of what its level has for those without one, in proportion to what is
/// recognised of each. A level with nothing recognised shares nothing out.
private func budgets(
    of institutions: [InstitutionYearFacts], _ terms: BudgetTerms?
) throws(MoneyOverflow) -> [Fen?] {
    guard let terms else { return institutions.map { _ in nil } }
    var budgets = institutions.map { $0.fund == .pool ? terms.institutions[$0.institution] : nil }
    for (level, budget) in terms.levels {
        let sharing = institutions.indices.filter { index in
            institutions[index].fund == .pool && institutions[index].level == level && budgets[index] == nil
        }.sorted { institutions[$0].institution < institutions[$1].institution }
        let parts = try proportionalParts(of: budget, weights: sharing.map { institutions[$0].recognised })
        for (index, part) in zip(sharing, parts) { budgets[index] = part }
    }
    return budgets
}
