/// A subject (会计科目) as the database names it.
package struct LedgerSubject: Hashable, Sendable {
    /// As `2101`; detail subjects carry four more digits.
    package let code: String
    package let name: String
    package let englishName: String
    package let subjectClass: SubjectClass

    package init(code: String, name: String, englishName: String, subjectClass: SubjectClass) {
        self.code = code
        self.name = name
        self.englishName = englishName
        self.subjectClass = subjectClass
    }
}

/// 会计要素 of the 社会保险基金会计制度: what a subject is, and so on which side its balance stands.
package enum SubjectClass: String, Hashable, Sendable, CaseIterable {
    /// 资产.
    case asset
    /// 负债.
    case liability
    /// 净资产.
    case equity
    /// 收入.
    case income
    /// 支出.
    case expenditure

    /// The side on which the subject grows.
    package var side: Voucher.Line.Side {
        switch self {
        case .asset, .expenditure: .debit
        case .liability, .equity, .income: .credit
        }
    }
}

/// A designated institution (定点医药机构) by which a subject is held.
package struct LedgerInstitution: Hashable, Sendable {
    /// `fixmedins_code`.
    package let code: String
    /// The newest name; empty if none was delivered.
    package let name: String

    package init(code: String, name: String) {
        self.code = code
        self.name = name
    }
}
