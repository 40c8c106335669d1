import Books
import Money
import Policy
import Settlement

/// 清算凭证。 The vouchers of a monthly clearing: what is paid out, and what is held of what was payable, each by
/// institution. A deposit that falls with a refund stands in red.
func clearingVouchers(
    _ movements: [(key: InstitutionFund, movement: ClearingMovement)], _ terms: ClearingTerms
) throws -> [CitedVoucher] {
    var sums: [(institution: String, payment: Fen, deposit: Fen)] = []
    for (key, movement) in movements {
        if sums.last?.institution != key.institution { sums.append((key.institution, .zero, .zero)) }
        try sums[sums.count - 1].payment += movement.payment
        try sums[sums.count - 1].deposit += movement.deposit
    }
    var (paid, payments, deposits) = (Fen.zero, [Voucher.Line](), [Voucher.Line]())
    for sum in sums {
        try paid += sum.payment
        payments.append(.debit(.payableToInstitutions, sum.payment, institution: sum.institution))
        deposits.append(.debit(.payableToInstitutions, sum.deposit, institution: sum.institution))
    }
    payments.append(.credit(.expenditureDeposits, paid))
    deposits += sums.map { .credit(.temporaryReceipts, $0.deposit, institution: $0.institution) }
    let article = terms.citations.poolDepositRate
    return [try Voucher(.institutionPayment, payments), try Voucher(.depositHeld, deposits)]
        .compactMap(\.self).map { CitedVoucher(voucher: $0, article: article) }
}
