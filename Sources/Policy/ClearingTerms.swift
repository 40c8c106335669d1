package import Money

/// 与定点机构清算: what is held from institutions each month, and by what the year is cleared (三（三）), on one date.
package struct ClearingTerms: Hashable, Sendable {
    /// 质量保证金比例 of money of the pooling fund.
    package let poolDepositRate: Rate
    /// 质量保证金比例 of money of personal accounts.
    package let accountDepositRate: Rate
    package let rounding: Rounding
    /// 总额预算; `nil` if nobody supplied one: then nothing is adjusted.
    package let budget: BudgetTerms?
    /// 年度考核; `nil` if nobody supplied scores: then deposits stay held.
    package let assessment: AssessmentTerms?
    package let levels: InstitutionLevelTable
    package let citations: Citations

    /// What each part rests on.
    package struct Citations: Hashable, Sendable {
        package let poolDepositRate: String
        package let accountDepositRate: String
        /// Budgets and bands, each source once; `nil` without a budget.
        package let budget: String?
        /// Scores and what they give back, each source once; `nil` without scores.
        package let assessment: String?
    }
}

/// Budgets of a year for money of the pooling fund, and what becomes of what is left or overspent.
package struct BudgetTerms: Hashable, Sendable {
    /// By `fixmedins_code`.
    package let institutions: [String: Fen]
    /// For all institutions of a level together that have none of their own.
    package let levels: [InstitutionLevel: Fen]
    /// 结余留用: ascending; the share that the institution keeps of the surplus in each band.
    package let surplus: [ClearingBand]
    /// 超支分担: ascending; the share that the fund bears of the overspend in each band. Beyond the last it bears nothing.
    package let overspend: [ClearingBand]
}

/// A band of spending ÷ budget, from the end of the band before.
package struct ClearingBand: Hashable, Sendable {
    package let upTo: Rate
    package let share: Rate

    package init(upTo: Rate, share: Rate) {
        self.upTo = upTo
        self.share = share
    }
}

/// Scores of the yearly assessment, and what they give back of the deposit.
package struct AssessmentTerms: Hashable, Sendable {
    /// By `fixmedins_code`; 10000 is full marks.
    package let scores: [String: Rate]
    /// Descending by score.
    package let steps: [Step]

    package struct Step: Hashable, Sendable {
        package let least: Rate
        package let share: Rate
    }

    /// The share of the deposit that an institution is given back, nothing below the lowest step; `nil` without a score.
    package func returnedShare(of institution: String) -> Rate? {
        guard let score = scores[institution] else { return nil }
        return steps.first { score >= $0.least }?.share ?? Rate(basisPoints: 0)
    }
}

extension RuleSet {
    /// Throws `noRule` for a date before the first deposit rate. Tables that nobody supplied are no fault.
    package func clearingTerms(on date: CivilDate) throws(PolicyError) -> ClearingTerms {
        let pool = try rate(.poolDepositRate, on: date)
        let account = try rate(.accountDepositRate, on: date)
        let budget = try budgetTerms(on: date)
        let assessment = try assessmentTerms(on: date)
        return ClearingTerms(
            poolDepositRate: pool.value, accountDepositRate: account.value,
            rounding: try decision(.rounding, on: date).value, budget: budget?.value, assessment: assessment?.value,
            levels: try institutionLevels(on: date),
            citations: ClearingTerms.Citations(
                poolDepositRate: pool.cite, accountDepositRate: account.cite, budget: budget?.cite,
                assessment: assessment?.cite))
    }

    private func budgetTerms(on date: CivilDate) throws(PolicyError) -> Cited<BudgetTerms>? {
        let institutions = try suppliedTable(.institutionBudget, on: date)
        let levels = try suppliedTable(.levelBudget, on: date)
        guard institutions != nil || levels != nil else { return nil }
        // That bands stand beside a budget was checked when the pack was read, from its effective date on.
        let surplus = try table(.surplusBands, on: date)
        let overspend = try table(.overspendBands, on: date)
        var byLevel: [InstitutionLevel: Fen] = [:]
        for entry in levels?.value.entries ?? [] {
            guard let level = InstitutionLevel(rawValue: entry.key) else { continue }
            byLevel[level] = Fen(entry.value)
        }
        let terms = BudgetTerms(
            institutions: (institutions?.value).map { $0.values(Fen.init) } ?? [:], levels: byLevel,
            surplus: surplus.value.rates.map { ClearingBand(upTo: $0.key, share: $0.value) },
            overspend: overspend.value.rates.map { ClearingBand(upTo: $0.key, share: $0.value) })
        return Cited(
            value: terms, cite: sources([institutions?.cite, levels?.cite, surplus.cite, overspend.cite]))
    }

    private func assessmentTerms(on date: CivilDate) throws(PolicyError) -> Cited<AssessmentTerms>? {
        guard let scores = try suppliedTable(.assessmentScore, on: date) else { return nil }
        let steps = try table(.depositReturn, on: date)
        let terms = AssessmentTerms(
            scores: scores.value.values(Rate.init(basisPoints:)),
            steps: steps.value.rates.sorted { $0.key > $1.key }
                .map { AssessmentTerms.Step(least: $0.key, share: $0.value) })
        return Cited(value: terms, cite: sources([scores.cite, steps.cite]))
    }

    /// `nil` where the pack leaves the table out, ends it, or only expects it.
    private func suppliedTable(_ key: RuleKey, on date: CivilDate) throws(PolicyError) -> Cited<RuleTable>? {
        guard case .value = parameter(key)?.rule(on: date)?.state else { return nil }
        return try table(key, on: date)
    }

    private func sources(_ cites: [String?]) -> String {
        var sources: [String] = []
        for cite in cites.compactMap(\.self) where !sources.contains(cite) { sources.append(cite) }
        return sources.joined(separator: "；")
    }
}

extension RuleTable {
    fileprivate func values<Value>(_ value: (Int64) -> Value) -> [String: Value] {
        Dictionary(uniqueKeysWithValues: entries.map { ($0.key, value($0.value)) })
    }
}
