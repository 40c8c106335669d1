import Jobs
import Settlement

// What codes of crediting are called in an explanation.

extension ExplainLanguage {
    /// - Parameter code: `clct_type`.
    func name(_ type: CollectionType?, code: Int16) -> String {
        let name =
            switch type {
            case .normal: self("正常缴费", "normal payment")
            case .refund: self("退费", "refund")
            case .backCollection: self("补缴", "back collection")
            case .lumpSum: self("一次性缴纳", "lump sum")
            case .baseDifference: self("基数补差", "base difference")
            case .rateDifference: self("费率补差", "rate difference")
            case .retireeCredit: self("退休人员统筹划入", "retiree's credit from the pool")
            case nil: self("未知类型", "unknown type")
            }
        return self("\(name)（\(code)）", "\(name) (\(code))")
    }

    func name(_ reason: NotDue) -> String {
        switch reason {
        case .otherInsurance: self("属于其他险种，不计入", "of another insurance, not credited")
        case .typeNotCredited: self("该征缴类型不计入个人账户", "this type of collection is not credited")
        case .inAdvance: self("预缴，所属月份月末时计入", "paid in advance, credited by the month-end of its month")
        case .zero: self("计入金额为零", "the credit comes to zero")
        case .notEnrolled: self("当月未参保，没有应计入的金额", "not enrolled in the month, nothing is due")
        case .dead: self("当月在死亡之后，没有应计入的金额", "the month is after the person's death, nothing is due")
        }
    }

    func name(_ reason: CreditException) -> String { reason.englishTitle }

    func remedy(_ reason: CreditException) -> String { reason.englishRemedy }
}
