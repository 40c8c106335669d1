import Books
import Money
import Policy
import Settlement

/// 年终记账凭证: what the proof posted that the books do not know yet, and the year's interest.
///
/// What the proof restored is in the books already: the run that wrote it first booked it.
func yearEndVouchers(
    _ plan: YearEndPlan, _ totals: [ControlTotal], by rules: RuleSet
) throws -> [CitedVoucher] {
    var proven: [Voucher] = []
    if plan.cause != .alteredLedger {
        proven = try creditVouchers(try CreditSums(totals)) + nightlyVouchers(totals)
    }
    let interest = try totals.sum("entry.interest").amount
    let paid = try Voucher(
        .accountInterest,
        [
            .debit(.fiscalDeposits, interest), .credit(.interestIncome, interest), .debit(.interestIncome, interest),
            .credit(.personalAccountFund, interest),
        ])
    return (proven + [paid].compactMap(\.self)).map {
        CitedVoucher(voucher: $0, article: plan.article(of: $0.kind, by: rules))
    }
}

extension YearEndPlan {
    /// The article that a voucher cites.
    fileprivate func article(of voucher: VoucherKind, by rules: RuleSet) -> String {
        switch voucher {
        case .accountInterest: interest.citations.method
        case .outpatientBenefits, .accountUse, .benefitsToFunds, .institutionPayment, .depositHeld, .annualClearing,
            .depositDecided:
            rules.pack.notice
        case .contributionReceipt, .contributionSplit, .retireeCredit, .accountOpening:
            credit?.article(of: voucher) ?? rules.pack.notice
        }
    }
}
