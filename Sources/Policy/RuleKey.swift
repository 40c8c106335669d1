/// Every parameter the engine knows, by its name in the packs. A pack may not use another name.
package enum RuleKey: String, Hashable, Sendable, CaseIterable {
    case employerRate = "contribution.employer_rate"
    case ownRate = "contribution.own_rate"
    case flexibleRate = "contribution.flexible_rate"
    case baseFloor = "contribution.base_floor"
    case baseCeiling = "contribution.base_ceiling"

    case workerCreditRate = "account.worker_credit_rate"
    case creditedCollectionTypes = "account.credited_collection_types"
    case retireeCreditBasis = "account.retiree_credit_basis"
    case retireeLevelYear = "account.retiree_level_year"
    case retireeLevel = "account.retiree_level"
    case retireeMonthlyAmount = "account.retiree_monthly_amount"
    case allowedUses = "account.allowed_uses"
    case forbiddenUses = "account.forbidden_uses"
    case ownUses = "account.own_uses"
    case familyUses = "account.family_uses"
    case familyRelations = "account.family_relations"
    case coversFullSelfPay = "account.covers_full_self_pay"
    case interestMethod = "account.interest_method"
    case demandInterestRate = "account.demand_interest_rate"
    case threeMonthInterestRate = "account.three_month_interest_rate"
    case interestAccrual = "account.interest_accrual"
    case interestDayCount = "account.interest_day_count"
    case spendingOrder = "account.spending_order"

    case activeTypes = "category.active"
    case flexibleTypes = "category.flexible"
    case retiredTypes = "category.retired"
    case veteranTypes = "category.veteran"

    case primaryLevels = "level.primary"
    case secondaryLevels = "level.secondary"
    case tertiaryLevels = "level.tertiary"
    case ungradedLevel = "level.ungraded"

    case activeDeductible = "pooling.active.deductible"
    case activeCap = "pooling.active.annual_cap"
    case activePrimaryRate = "pooling.active.primary_rate"
    case activeSecondaryRate = "pooling.active.secondary_rate"
    case activeTertiaryRate = "pooling.active.tertiary_rate"
    case retiredDeductible = "pooling.retired.deductible"
    case retiredCap = "pooling.retired.annual_cap"
    case retiredPrimaryRate = "pooling.retired.primary_rate"
    case retiredSecondaryRate = "pooling.retired.secondary_rate"
    case retiredTertiaryRate = "pooling.retired.tertiary_rate"
    case veteranDeductible = "pooling.veteran.deductible"
    case veteranCap = "pooling.veteran.annual_cap"
    case veteranPrimaryRate = "pooling.veteran.primary_rate"
    case veteranSecondaryRate = "pooling.veteran.secondary_rate"
    case veteranTertiaryRate = "pooling.veteran.tertiary_rate"

    case medicalTypes = "pooling.medical_types"
    case prescriptionMedicalTypes = "pooling.prescription_medical_types"
    case movedChronicDiseases = "pooling.moved_chronic_diseases"
    case deductiblePeriod = "pooling.deductible_period"
    case ceilingCounts = "pooling.ceiling_counts"
    case categoryChange = "pooling.category_change"
    case changeWithinYear = "pooling.change_within_year"
    case benefitYear = "pooling.benefit_year"
    case unpaidGap = "pooling.unpaid_gap"
    case payerOrder = "pooling.payer_order"
    case rounding = "pooling.rounding"

    case poolDepositRate = "clearing.pool_deposit_rate"
    case accountDepositRate = "clearing.account_deposit_rate"
    case institutionBudget = "clearing.institution_budget"
    case levelBudget = "clearing.level_budget"
    case surplusBands = "clearing.surplus_bands"
    case overspendBands = "clearing.overspend_bands"
    case assessmentScore = "clearing.assessment_score"
    case depositReturn = "clearing.deposit_return"
}

extension RuleKey {
    /// 起付标准.
    static func deductible(_ category: PoolingCategory) -> RuleKey {
        switch category {
        case .active: .activeDeductible
        case .retired: .retiredDeductible
        case .veteran: .veteranDeductible
        }
    }

    /// 最高支付限额.
    static func annualCap(_ category: PoolingCategory) -> RuleKey {
        switch category {
        case .active: .activeCap
        case .retired: .retiredCap
        case .veteran: .veteranCap
        }
    }

    /// 支付比例.
    static func poolRate(_ category: PoolingCategory, at level: InstitutionLevel) -> RuleKey {
        switch (category, level) {
        case (.active, .primary): .activePrimaryRate
        case (.active, .secondary): .activeSecondaryRate
        case (.active, .tertiary): .activeTertiaryRate
        case (.retired, .primary): .retiredPrimaryRate
        case (.retired, .secondary): .retiredSecondaryRate
        case (.retired, .tertiary): .retiredTertiaryRate
        case (.veteran, .primary): .veteranPrimaryRate
        case (.veteran, .secondary): .veteranSecondaryRate
        case (.veteran, .tertiary): .veteranTertiaryRate
        }
    }

    /// The `psn_type` prefixes of a category.
    static func personTypes(_ category: InsuredCategory) -> RuleKey {
        switch category {
        case .active: .activeTypes
        case .flexible: .flexibleTypes
        case .retired: .retiredTypes
        case .veteran: .veteranTypes
        }
    }

    /// The `hosp_lv` codes of a level.
    static func hospitalLevels(_ level: InstitutionLevel) -> RuleKey {
        switch level {
        case .primary: .primaryLevels
        case .secondary: .secondaryLevels
        case .tertiary: .tertiaryLevels
        }
    }
}
