import Books
import Money

/// The sums of a run that its vouchers are made of.
struct CreditSums: Hashable, Sendable {
    var income: [IncomeKind: Fen] = [:]
    var entries: [CreditOrigin: Fen] = [:]

    init(_ totals: [ControlTotal]) throws(MoneyOverflow) {
        for total in totals {
            switch total.measure {
            case "received":
                if let kind = IncomeKind(rawValue: total.item) {
                    try income[kind, default: .zero] += total.count.amount
                }
            default:
                for origin in CreditOrigin.allCases
                where total.measure == "posted.\(origin.rawValue)" || total.measure == "taken_back.\(origin.rawValue)" {
                    try entries[origin, default: .zero] += total.count.amount
                }
            }
        }
    }
}

/// 月末记账凭证。 The vouchers of a month-end:
/// contributions received (收付实现制); their division between the two funds, where what is not credited to accounts goes
/// to the pooling fund (二（三）); retirees' credits, which move money from the pooling fund (二（四）); openings.
func creditVouchers(_ sums: CreditSums) throws -> [Voucher] {
    let (employer, own) = (sums.income[.employer] ?? .zero, sums.income[.own] ?? .zero)
    let flexible = sums.income[.flexible] ?? .zero
    let received = try employer + own + flexible
    let credited = sums.entries[.contribution] ?? .zero
    let retirees = sums.entries[.retiree] ?? .zero
    let opening = sums.entries[.opening] ?? .zero
    let vouchers = [
        try Voucher(
            .contributionReceipt,
            [
                .debit(.incomeDeposits, received), .credit(.employerContributions, employer),
                .credit(.ownContributions, own), .credit(.flexibleContributions, flexible),
            ]),
        try Voucher(
            .contributionSplit,
            [
                .debit(.employerContributions, employer), .debit(.ownContributions, own),
                .debit(.flexibleContributions, flexible), .credit(.personalAccountFund, credited),
                .credit(.poolingFund, try received - credited),
            ]),
        try Voucher(.retireeCredit, [.debit(.poolingFund, retirees), .credit(.personalAccountFund, retirees)]),
        try Voucher(.accountOpening, [.debit(.fiscalDeposits, opening), .credit(.personalAccountFund, opening)]),
    ]
    return vouchers.compactMap(\.self)
}
