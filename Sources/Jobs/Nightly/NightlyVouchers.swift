import Books
import Money
import Settlement

/// 每日记账凭证。 The vouchers of a night: what institutions are owed for the fund and for accounts, by institution; other
/// uses of accounts; and the transfer of these to the two funds, so that the personal account fund stays the sum of all
/// accounts.
func nightlyVouchers(_ totals: [ControlTotal]) throws -> [Voucher] {
    var lines: [Voucher.Line] = []
    var (pool, account) = (Fen.zero, Fen.zero)
    for total in totals where total.measure == "institution.pool" {
        try pool += total.count.amount
    }
    for total in totals where total.measure == "institution.account" {
        try account += total.count.amount
    }
    lines = [.debit(.outpatientPoolingBenefits, pool), .debit(.personalAccountBenefits, account)]
    let institutions = totals.filter { $0.measure.hasPrefix("institution.") }
    for (institution, parts) in Dictionary(grouping: institutions, by: \.item).sorted(by: { $0.key < $1.key }) {
        let owed = try parts.sum(prefixes: "institution.").amount
        lines.append(.credit(.payableToInstitutions, owed, institution: institution))
    }

    var (uses, toFund) = ([Voucher.Line](), [Voucher.Line]())
    for total in totals where total.measure == "entry.use" {
        guard let movement = Int16(total.item).flatMap(AccountMovement.init(rawValue:)) else { continue }
        let moved = total.count.amount
        let subject = movement.counterSubject
        if movement.takesAway {
            let paid = try moved.negated()
            uses += [.debit(subject, paid), .credit(.expenditureDeposits, paid)]
            toFund += [.debit(.personalAccountFund, paid), .credit(subject, paid)]
        } else {
            uses += [.debit(.incomeDeposits, moved), .credit(subject, moved)]
            toFund += [.debit(subject, moved), .credit(.personalAccountFund, moved)]
        }
    }
    toFund += [
        .debit(.poolingFund, pool), .credit(.outpatientPoolingBenefits, pool),
        .debit(.personalAccountFund, account), .credit(.personalAccountBenefits, account),
    ]
    return [
        try Voucher(.outpatientBenefits, lines), try Voucher(.accountUse, uses), try Voucher(.benefitsToFunds, toFund),
    ].compactMap(\.self)
}

extension AccountMovement {
    /// Where the other side of a movement outside settlements stands before it goes to the personal account fund.
    fileprivate var counterSubject: Subject {
        switch self {
        case .transferredIn, .inherited: .transferIncome
        case .yearlyInterest: .interestIncome
        case .credit, .settlementRefund, .specialAdjustment, .backEntry, .carriedIn: .otherIncome
        case .transferredOut: .transferExpenditure
        case .spending, .premium: .personalAccountBenefits
        case .closedOut, .carriedOut, .toHeirs: .otherExpenditure
        }
    }
}
