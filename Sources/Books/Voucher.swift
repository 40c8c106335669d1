package import Money

/// 记账凭证: lines whose debits equal their credits. A voucher that does not balance cannot be made.
package struct Voucher: Hashable, Sendable {
    package let kind: VoucherKind
    package let lines: [Line]

    /// One side of a voucher. A correction stands in red: a negative amount on the side it corrects.
    package struct Line: Hashable, Sendable {
        package enum Side: Hashable, Sendable {
            case debit
            case credit
        }

        package let subject: Subject
        package let side: Side
        package let amount: Fen
        /// `fixmedins_code`, on subjects held by institution.
        package let institution: String?

        package static func debit(_ subject: Subject, _ amount: Fen, institution: String? = nil) -> Line {
            Line(subject: subject, side: .debit, amount: amount, institution: institution)
        }

        package static func credit(_ subject: Subject, _ amount: Fen, institution: String? = nil) -> Line {
            Line(subject: subject, side: .credit, amount: amount, institution: institution)
        }
    }

    /// - Parameter lines: lines of zero are left out.
    /// - Returns: `nil` if nothing is left: there is nothing to book.
    package init?(_ kind: VoucherKind, _ lines: [Line]) throws(LedgerError) {
        let moving = lines.filter { $0.amount != .zero }
        guard !moving.isEmpty else { return nil }
        self.kind = kind
        self.lines = moving
        let difference = try LedgerError.catchingOverflow { () throws(MoneyOverflow) in
            try total(of: .debit) - total(of: .credit)
        }
        guard difference == .zero else { throw .unbalanced(kind, difference: difference) }
    }

    package func total(of side: Line.Side) throws(MoneyOverflow) -> Fen {
        var total = Fen.zero
        for line in lines where line.side == side {
            try total += line.amount
        }
        return total
    }

    /// What a subject grows by on its credit side.
    package func netCredit(of subject: Subject) throws(MoneyOverflow) -> Fen {
        var net = Fen.zero
        for line in lines where line.subject == subject {
            switch line.side {
            case .credit: try net += line.amount
            case .debit: try net -= line.amount
            }
        }
        return net
    }
}

/// What a voucher is about.
package enum VoucherKind: String, Hashable, Sendable, CaseIterable {
    /// 征缴收入到账.
    case contributionReceipt = "contribution_receipt"
    /// 缴费分账: income is divided between the two funds.
    case contributionSplit = "contribution_split"
    /// 退休人员划入.
    case retireeCredit = "retiree_credit"
    /// 个人账户期初余额.
    case accountOpening = "account_opening"
    /// 门诊结算应付.
    case outpatientBenefits = "outpatient_benefits"
    /// 个人账户其他收支.
    case accountUse = "account_use"
    /// 待遇支出转入基金.
    case benefitsToFunds = "benefits_to_funds"
    /// 拨付定点机构.
    case institutionPayment = "institution_payment"
    /// 扣留质量保证金.
    case depositHeld = "deposit_held"
    /// 个人账户计息.
    case accountInterest = "account_interest"
    /// 年度清算：结余留用与超支分担.
    case annualClearing = "annual_clearing"
    /// 质量保证金返还与扣减.
    case depositDecided = "deposit_decided"

    /// 摘要.
    package var summary: String {
        switch self {
        case .contributionReceipt: "收到职工基本医疗保险费"
        case .contributionSplit: "保险费划分：个人账户与统筹基金"
        case .retireeCredit: "退休人员个人账户由统筹基金划入"
        case .accountOpening: "个人账户期初余额转入"
        case .outpatientBenefits: "应付定点机构门诊费用"
        case .accountUse: "个人账户其他收支"
        case .benefitsToFunds: "待遇支出转入统筹基金与个人账户基金"
        case .institutionPayment: "拨付定点机构费用"
        case .depositHeld: "扣留定点机构质量保证金"
        case .accountInterest: "个人账户年度计息"
        case .annualClearing: "年度清算：结余留用与超支分担"
        case .depositDecided: "按考核结果返还或扣减质量保证金"
        }
    }
}
