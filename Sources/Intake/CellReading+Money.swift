import Money

/// Money in yuan, `1234.50`, `-12.00`, `12`, as fen. No sign but a minus, no separators, no exponent.
func readMoney(_ text: Span<UInt8>) throws(IntakeFault) -> Int64 {
    let isNegative = text[0] == ASCII.minus
    var index = isNegative ? 1 : 0
    // The amount is built below zero, where there is room for one fen more.
    var fen: Int64 = 0
    var decimals = -1
    let digitsStart = index
    while index < text.count {
        let byte = text[index]
        if byte == ASCII.point, decimals < 0 {
            guard index > digitsStart else { throw .noWholeYuan }
            decimals = 0
        } else {
            guard let digit = ASCII.digit(byte) else { throw moneyFault(byte) }
            fen = try shifted(fen, digit)
            if decimals >= 0 { decimals += 1 }
        }
        index += 1
    }
    guard index > digitsStart else { throw .notMoney }
    switch decimals {
    case -1: fen = try shifted(shifted(fen, 0), 0)
    case 0: throw .noDecimals
    case 1: fen = try shifted(fen, 0)
    case 2: break
    default: throw .tooManyDecimals
    }
    guard !isNegative else { return fen }
    guard fen != .min else { throw .moneyTooLarge }
    return -fen
}

private func shifted(_ fen: Int64, _ digit: UInt8) throws(IntakeFault) -> Int64 {
    let (tenfold, overflow) = fen.multipliedReportingOverflow(by: 10)
    let (sum, overflowAgain) = tenfold.subtractingReportingOverflow(Int64(digit))
    guard !overflow, !overflowAgain else { throw .moneyTooLarge }
    return sum
}

private func moneyFault(_ byte: UInt8) -> IntakeFault {
    switch byte {
    case UInt8(ascii: "e"), UInt8(ascii: "E"): .exponent
    case ASCII.comma: .thousandsSeparator
    case UInt8(ascii: "+"): .plusSign
    default: .notMoney
    }
}
