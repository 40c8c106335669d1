package import Money

/// The figures of 二（一） for one category on one date. A reference: millions of settlements of a year point to the same
/// figures and citations, which a value would copy for each.
package final class OutpatientTerms: Sendable {
    package let category: PoolingCategory
    /// 起付标准, for the deductible period.
    package let deductible: Fen
    /// 最高支付限额, a year.
    package let annualCap: Fen
    /// 支付比例.
    package let poolRates: ByLevel<Rate>
    package let citations: Citations

    /// The article behind each figure.
    package struct Citations: Hashable, Sendable {
        package let deductible: String
        package let annualCap: String
        package let poolRates: ByLevel<String>
    }

    init(
        category: PoolingCategory, deductible: Fen, annualCap: Fen, poolRates: ByLevel<Rate>, citations: Citations
    ) {
        self.category = category
        self.deductible = deductible
        self.annualCap = annualCap
        self.poolRates = poolRates
        self.citations = citations
    }

    fileprivate func copied() -> OutpatientTerms {
        OutpatientTerms(
            category: category, deductible: deductible, annualCap: annualCap, poolRates: poolRates,
            citations: citations)
    }
}

extension OutpatientTerms: Hashable {
    package static func == (left: OutpatientTerms, right: OutpatientTerms) -> Bool {
        left === right
            || left.category == right.category && left.deductible == right.deductible
                && left.annualCap == right.annualCap && left.poolRates == right.poolRates
                && left.citations == right.citations
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(category)
        hasher.combine(deductible)
        hasher.combine(annualCap)
        hasher.combine(poolRates)
    }
}

/// One value for each level of institution.
package struct ByLevel<Value: Hashable & Sendable>: Hashable, Sendable {
    package let primary: Value
    package let secondary: Value
    package let tertiary: Value

    package subscript(level: InstitutionLevel) -> Value {
        switch level {
        case .primary: primary
        case .secondary: secondary
        case .tertiary: tertiary
        }
    }
}

/// The whole of outpatient pooling on one date: the table of 二（一）, what enters it, and the decisions. A reference, as
/// ``OutpatientTerms`` are.
package final class OutpatientTable: Sendable {
    package let active: OutpatientTerms
    package let retired: OutpatientTerms
    package let veteran: OutpatientTerms
    package let categories: PersonCategoryTable
    package let levels: InstitutionLevelTable
    /// `med_type` codes that enter ordinary pooling.
    package let medicalTypes: [Int32]
    /// `med_type` codes that enter it with a prescription only, at the level of the prescribing institution.
    package let prescriptionMedicalTypes: [Int32]
    /// Chronic disease codes (`dise_codg`) moved to ordinary pooling by 二（二）.
    package let movedChronicDiseases: [FactID]
    package let decisions: OutpatientDecisions

    init(
        active: OutpatientTerms, retired: OutpatientTerms, veteran: OutpatientTerms, categories: PersonCategoryTable,
        levels: InstitutionLevelTable, medicalTypes: [Int32], prescriptionMedicalTypes: [Int32],
        movedChronicDiseases: [FactID], decisions: OutpatientDecisions
    ) {
        self.active = active
        self.retired = retired
        self.veteran = veteran
        self.categories = categories
        self.levels = levels
        self.medicalTypes = medicalTypes
        self.prescriptionMedicalTypes = prescriptionMedicalTypes
        self.movedChronicDiseases = movedChronicDiseases
        self.decisions = decisions
    }

    /// The same rules in objects of their own. Threads that point to the same object pass its count of references to and
    /// fro between their processors, millions of times; each of them works by a copy.
    package func copied() -> OutpatientTable {
        OutpatientTable(
            active: active.copied(), retired: retired.copied(), veteran: veteran.copied(), categories: categories,
            levels: levels.copied(), medicalTypes: medicalTypes.map(\.self),
            prescriptionMedicalTypes: prescriptionMedicalTypes.map(\.self),
            movedChronicDiseases: movedChronicDiseases.map(\.self), decisions: decisions)
    }

    package subscript(category: PoolingCategory) -> OutpatientTerms {
        switch category {
        case .active: active
        case .retired: retired
        case .veteran: veteran
        }
    }
}

/// How the points are read on which the notice is silent.
package struct OutpatientDecisions: Hashable, Sendable {
    package let deductiblePeriod: DeductiblePeriod
    package let ceilingCounts: CeilingMeasure
    package let categoryChange: CategoryChange
    package let changeWithinYear: ChangeWithinYear
    package let benefitYear: BenefitYearBasis
    package let unpaidGap: UnpaidGap
    package let coversFullSelfPay: FullSelfPayCover
    package let payerOrder: PayerOrder
    package let rounding: Rounding
}

extension RuleSet {
    package func outpatientTable(on date: CivilDate) throws(PolicyError) -> OutpatientTable {
        OutpatientTable(
            active: try outpatientTerms(of: .active, on: date), retired: try outpatientTerms(of: .retired, on: date),
            veteran: try outpatientTerms(of: .veteran, on: date), categories: try personCategories(on: date),
            levels: try institutionLevels(on: date),
            medicalTypes: try codes(.medicalTypes, on: date).value.compactMap(Int32.init),
            prescriptionMedicalTypes: try codes(.prescriptionMedicalTypes, on: date).value.compactMap(Int32.init),
            movedChronicDiseases: try codes(.movedChronicDiseases, on: date).value.compactMap { FactID($0.utf8) },
            decisions: try outpatientDecisions(on: date))
    }

    package func outpatientTerms(
        of category: PoolingCategory, on date: CivilDate
    ) throws(PolicyError) -> OutpatientTerms {
        let deductible = try amount(.deductible(category), on: date)
        let cap = try amount(.annualCap(category), on: date)
        let primary = try rate(.poolRate(category, at: .primary), on: date)
        let secondary = try rate(.poolRate(category, at: .secondary), on: date)
        let tertiary = try rate(.poolRate(category, at: .tertiary), on: date)
        return OutpatientTerms(
            category: category, deductible: deductible.value, annualCap: cap.value,
            poolRates: ByLevel(primary: primary.value, secondary: secondary.value, tertiary: tertiary.value),
            citations: OutpatientTerms.Citations(
                deductible: deductible.cite, annualCap: cap.cite,
                poolRates: ByLevel(primary: primary.cite, secondary: secondary.cite, tertiary: tertiary.cite)))
    }

    package func institutionLevels(on date: CivilDate) throws(PolicyError) -> InstitutionLevelTable {
        var codes: [(InstitutionLevel, [String])] = []
        for level in InstitutionLevel.allCases {
            codes.append((level, try self.codes(.hospitalLevels(level), on: date).value))
        }
        return InstitutionLevelTable(codes, ungraded: try decision(.ungradedLevel, on: date).value)
    }

    private func outpatientDecisions(on date: CivilDate) throws(PolicyError) -> OutpatientDecisions {
        OutpatientDecisions(
            deductiblePeriod: try decision(.deductiblePeriod, on: date).value,
            ceilingCounts: try decision(.ceilingCounts, on: date).value,
            categoryChange: try decision(.categoryChange, on: date).value,
            changeWithinYear: try decision(.changeWithinYear, on: date).value,
            benefitYear: try decision(.benefitYear, on: date).value,
            unpaidGap: try decision(.unpaidGap, on: date).value,
            coversFullSelfPay: try decision(.coversFullSelfPay, on: date).value,
            payerOrder: try decision(.payerOrder, on: date).value,
            rounding: try decision(.rounding, on: date).value)
    }
}
