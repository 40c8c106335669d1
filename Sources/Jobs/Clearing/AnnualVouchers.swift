import Books
import Money
import Policy
import Settlement

/// 年度清算凭证。 The vouchers of an annual clearing: surplus kept and overspend borne, which end in the pooling fund; and
/// deposits given back, with those forfeited, which are other income and end in the pooling fund too. Overspend that
/// institutions bear stands in red.
func annualVouchers(_ rows: [InstitutionYear], _ terms: ClearingTerms) throws -> [CitedVoucher] {
    var (kept, borne, forfeited) = (Fen.zero, Fen.zero, Fen.zero)
    var sums: [(institution: String, adjustment: Fen, returned: Fen, decided: Fen)] = []
    for row in rows {
        try kept += row.surplusKept
        try borne += row.overspendBorne
        try forfeited += row.depositForfeited
        if sums.last?.institution != row.key.institution {
            sums.append((row.key.institution, .zero, .zero, .zero))
        }
        let index = sums.count - 1
        try sums[index].adjustment += row.adjustment
        try sums[index].returned += row.depositReturned
        try sums[index].decided += row.depositReturned + row.depositForfeited
    }
    let net = try kept - borne
    let adjustments: [Voucher.Line] =
        [.debit(.outpatientPoolingBenefits, kept), .debit(.outpatientPoolingBenefits, try borne.negated())]
        + sums.map { .credit(.payableToInstitutions, $0.adjustment, institution: $0.institution) }
        + [.debit(.poolingFund, net), .credit(.outpatientPoolingBenefits, net)]
    let deposits: [Voucher.Line] =
        sums.map { .debit(.temporaryReceipts, $0.decided, institution: $0.institution) }
        + sums.map { .credit(.payableToInstitutions, $0.returned, institution: $0.institution) }
        + [.credit(.otherIncome, forfeited), .debit(.otherIncome, forfeited), .credit(.poolingFund, forfeited)]
    let citations = terms.citations
    return [
        try Voucher(.annualClearing, adjustments).map {
            CitedVoucher(voucher: $0, article: citations.budget ?? citations.poolDepositRate)
        },
        try Voucher(.depositDecided, deposits).map {
            CitedVoucher(voucher: $0, article: citations.assessment ?? citations.poolDepositRate)
        },
    ].compactMap(\.self)
}
