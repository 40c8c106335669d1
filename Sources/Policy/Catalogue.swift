internal import Money

/// What the engine demands of a parameter, whatever pack it stands in.
struct KeyRequirement {
    let unit: RuleUnit
    /// The words allowed, for unit `choice`.
    var choices: [String] = []
    /// Whether the pack must say something about it on its effective date.
    var isRequired = true
    /// Whether an empty list of codes is a rule, rather than a forgotten one.
    var mayBeEmpty = false
    /// What the table holds, for unit `table`.
    var shape: TableShape?
}

extension RuleKey {
    var requirement: KeyRequirement {
        switch self {
        case .employerRate, .ownRate, .flexibleRate, .workerCreditRate, .poolDepositRate, .accountDepositRate:
            KeyRequirement(unit: .basisPoints)
        case .activePrimaryRate, .activeSecondaryRate, .activeTertiaryRate, .retiredPrimaryRate,
            .retiredSecondaryRate, .retiredTertiaryRate, .veteranPrimaryRate, .veteranSecondaryRate,
            .veteranTertiaryRate:
            KeyRequirement(unit: .basisPoints)
        case .demandInterestRate, .threeMonthInterestRate:
            // Without a rate there is no interest, and the year-end report says so.
            KeyRequirement(unit: .basisPoints, isRequired: false)
        // 年度清算: without budgets nothing is adjusted, without scores deposits stay held, and the report says so.
        case .institutionBudget: RuleKey.table(.budgetByInstitution)
        case .levelBudget: RuleKey.table(.budgetByLevel)
        case .surplusBands: RuleKey.table(.surplusBands)
        case .overspendBands: RuleKey.table(.overspendBands)
        case .assessmentScore: RuleKey.table(.scoreByInstitution)
        case .depositReturn: RuleKey.table(.returnByScore)
        case .baseFloor, .baseCeiling:
            KeyRequirement(unit: .fenPerMonth)
        case .retireeMonthlyAmount:
            // Required only while the basis is `city_amount`; RuleChecks looks at that.
            KeyRequirement(unit: .fenPerMonth, isRequired: false)
        case .activeDeductible, .retiredDeductible, .veteranDeductible, .activeCap, .retiredCap, .veteranCap:
            KeyRequirement(unit: .fenPerYear)
        case .retireeLevelYear:
            KeyRequirement(unit: .year, isRequired: false)
        case .creditedCollectionTypes, .allowedUses, .forbiddenUses, .ownUses, .familyRelations, .activeTypes,
            .flexibleTypes, .retiredTypes, .veteranTypes, .primaryLevels, .secondaryLevels, .tertiaryLevels,
            .medicalTypes, .prescriptionMedicalTypes:
            KeyRequirement(unit: .codes)
        case .movedChronicDiseases, .familyUses:
            KeyRequirement(unit: .codes, mayBeEmpty: true)
        case .retireeCreditBasis: RuleKey.choice(RetireeCreditBasis.self)
        case .retireeLevel: RuleKey.choice(RetireeLevelReading.self)
        case .coversFullSelfPay: RuleKey.choice(FullSelfPayCover.self)
        case .interestMethod: RuleKey.choice(InterestMethod.self)
        case .interestAccrual: RuleKey.choice(InterestAccrual.self)
        case .interestDayCount: RuleKey.choice(InterestDayCount.self)
        case .spendingOrder: RuleKey.choice(SpendingOrder.self)
        case .ungradedLevel: RuleKey.choice(InstitutionLevel.self)
        case .deductiblePeriod: RuleKey.choice(DeductiblePeriod.self)
        case .ceilingCounts: RuleKey.choice(CeilingMeasure.self)
        case .categoryChange: RuleKey.choice(CategoryChange.self)
        case .changeWithinYear: RuleKey.choice(ChangeWithinYear.self)
        case .benefitYear: RuleKey.choice(BenefitYearBasis.self)
        case .unpaidGap: RuleKey.choice(UnpaidGap.self)
        case .payerOrder: RuleKey.choice(PayerOrder.self)
        case .rounding: RuleKey.choice(Rounding.self)
        }
    }

    private static func table(_ shape: TableShape) -> KeyRequirement {
        KeyRequirement(unit: .table, isRequired: false, shape: shape)
    }

    /// The words of a decision are the raw values of its type, so that a word the reader lets in always resolves.
    private static func choice<Decision: CaseIterable & RawRepresentable<String>>(
        _ decision: Decision.Type
    ) -> KeyRequirement {
        KeyRequirement(unit: .choice, choices: decision.allCases.map(\.rawValue))
    }
}

extension RuleKey {
    /// Whether the engine goes on without the figure: no interest is paid, nothing is adjusted, deposits stay held, and the
    /// year-end says so.
    package var isOptional: Bool { RuleKey.optional.contains(self) }

    private static let optional: Set<RuleKey> = [
        .demandInterestRate, .threeMonthInterestRate, .institutionBudget, .levelBudget, .surplusBands, .overspendBands,
        .assessmentScore, .depositReturn,
    ]
}

/// The codes of `hosp_lv` (01 to 11), each of which belongs to exactly one level.
let hospitalLevelCodes = (1...11).map { $0 < 10 ? "0\($0)" : "\($0)" }
