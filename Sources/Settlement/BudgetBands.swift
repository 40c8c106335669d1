package import Money
package import Policy

/// 结余留用: of each band of the surplus its share, rounded once over all bands. A budget is not negative, bands ascend and
/// end at 100 % of the budget at most.
package func surplusKept(
    budget: Fen, recognised: Fen, bands: [ClearingBand], rounding: Rounding
) throws(MoneyOverflow) -> Fen {
    // Where the bands end, and what was spent, in ten-thousandths of a fen, so that nothing is rounded on the way.
    let spent = Int128(recognised.rawValue) * Int128(Rate.whole.basisPoints)
    var share: Int128 = 0
    var from: Int128 = 0
    for band in bands {
        let upTo = Int128(budget.rawValue) * Int128(band.upTo.basisPoints)
        share += max(0, upTo - max(from, spent)) * Int128(band.share.basisPoints)
        from = upTo
    }
    return try whole(share, "the surplus of \(budget) kept", rounding)
}

/// 超支分担: what the institution bears of the overspend when the fund has borne its share of each band, rounded once over
/// all bands. A budget is not negative, bands ascend and begin at 100 % of the budget.
package func overspendBorne(
    budget: Fen, recognised: Fen, bands: [ClearingBand], rounding: Rounding
) throws(MoneyOverflow) -> Fen {
    guard recognised > budget else { return .zero }
    let spent = Int128(recognised.rawValue) * Int128(Rate.whole.basisPoints)
    var share: Int128 = 0
    var from = Int128(budget.rawValue) * Int128(Rate.whole.basisPoints)
    for band in bands {
        let upTo = Int128(budget.rawValue) * Int128(band.upTo.basisPoints)
        share += max(0, min(upTo, spent) - from) * Int128(band.share.basisPoints)
        from = upTo
    }
    return try recognised - budget - whole(share, "the overspend of \(budget) borne by the fund", rounding)
}

/// Fen of an amount in hundred-millionths of a fen: ten-thousandths at a share in ten-thousandths.
private func whole(_ share: Int128, _ what: String, _ rounding: Rounding) throws(MoneyOverflow) -> Fen {
    let unit = Int128(Rate.whole.basisPoints) * Int128(Rate.whole.basisPoints)
    guard let fen = Int64(exactly: rounding.quotient(share, by: unit)) else { throw MoneyOverflow(operation: what) }
    return Fen(fen)
}
