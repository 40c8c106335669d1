package import Money

/// 征缴类型, `clct_type`.
package enum CollectionType: Int16, Hashable, Sendable, CaseIterable {
    case normal = 10
    case refund = 20
    /// 补缴.
    case backCollection = 30
    /// 一次性缴纳.
    case lumpSum = 32
    /// 基数补差.
    case baseDifference = 34
    /// 费率补差.
    case rateDifference = 35
    /// 退休人员统筹划入: a record of a credit, not a payment.
    case retireeCredit = 36
}

/// One contribution received (征缴到账), as far as crediting looks at it. Amounts are signed: differences and refunds
/// carry what they change.
package struct Contribution: Hashable, Sendable {
    /// `insutype`.
    package let insurance: Int16
    /// `nil` for a code the interface does not have.
    package let type: CollectionType?
    /// `clct_base`.
    package let base: Fen
    /// `psn_clct_amt`.
    package let ownPart: Fen
    /// `emp_clct_amt`.
    package let employerPart: Fen

    package init(insurance: Int16, type: CollectionType?, base: Fen, ownPart: Fen, employerPart: Fen) {
        self.insurance = insurance
        self.type = type
        self.base = base
        self.ownPart = ownPart
        self.employerPart = employerPart
    }

    /// The money that came with it.
    package var received: Fen {
        get throws(MoneyOverflow) { try ownPart + employerPart }
    }
}
