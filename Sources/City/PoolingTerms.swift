package import Money

/// 门诊统筹, as the counters of the city apply it: 连政办发〔2022〕73号 二（一）, the table.
package struct PoolingTerms: Hashable, Sendable {
    package var active: CategoryTerms
    package var retired: CategoryTerms
    package var veteran: CategoryTerms

    package static let lianyungang = PoolingTerms(
        active: CategoryTerms(
            deductible: Fen(750_00), ceiling: Fen(6000_00), primary: Rate(basisPoints: 7000),
            secondary: Rate(basisPoints: 6500), tertiary: Rate(basisPoints: 6000)),
        retired: CategoryTerms(
            deductible: Fen(600_00), ceiling: Fen(6000_00), primary: Rate(basisPoints: 7500),
            secondary: Rate(basisPoints: 7000), tertiary: Rate(basisPoints: 6000)),
        veteran: CategoryTerms(
            deductible: Fen(600_00), ceiling: Fen(7000_00), primary: Rate(basisPoints: 7500),
            secondary: Rate(basisPoints: 7000), tertiary: Rate(basisPoints: 6000)))

    func terms(of status: PersonStatus) -> CategoryTerms {
        switch status {
        case .employee, .flexible, .resident: active
        case .retired, .flexibleRetired: retired
        case .veteran, .veteranWorker, .veteranCadre: veteran
        }
    }
}

package struct CategoryTerms: Hashable, Sendable {
    /// 起付标准, a year.
    package var deductible: Fen
    /// 最高支付限额 of the pool's payments, a year.
    package var ceiling: Fen
    /// 支付比例 by the level of the institution.
    package var primary: Rate
    package var secondary: Rate
    package var tertiary: Rate

    func rate(_ level: InstitutionLevel) -> Rate {
        switch level {
        case .primary: primary
        case .secondary: secondary
        case .tertiary: tertiary
        }
    }
}

/// Of `hosp_lv`: 01–04 tertiary, 05–07 secondary, 08–11 or none primary and ungraded.
package enum InstitutionLevel: Hashable, Sendable {
    case primary
    case secondary
    case tertiary
}
