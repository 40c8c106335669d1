/// 参保人员类别, as far as crediting and pooling tell them apart.
package enum InsuredCategory: String, Hashable, Sendable, CaseIterable {
    /// 在职职工.
    case active
    /// 灵活就业人员: working, pays the whole contribution.
    case flexible
    /// 退休人员, flexible retirees among them.
    case retired
    /// 建国前老工人: retired, with figures of their own in pooling.
    case veteran

    /// Whether the account is credited by the rule for retirees.
    package var isRetired: Bool {
        switch self {
        case .active, .flexible: false
        case .retired, .veteran: true
        }
    }

    package var poolingCategory: PoolingCategory {
        switch self {
        case .active, .flexible: .active
        case .retired: .retired
        case .veteran: .veteran
        }
    }
}

/// The rows of the table in 二（一）.
package enum PoolingCategory: String, Hashable, Sendable, CaseIterable {
    case active
    case retired
    case veteran
}

/// 医疗机构级别, the columns of the table in 二（一）.
package enum InstitutionLevel: String, Hashable, Sendable, CaseIterable {
    /// 一级及以下.
    case primary
    case secondary
    case tertiary
}
