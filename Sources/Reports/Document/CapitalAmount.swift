package import Money

extension Fen {
    /// 大写: the amount in capital characters as payment documents write it (正确填写票据和结算凭证的基本规定):
    /// `1680.32` is 壹仟陆佰捌拾元零叁角贰分.
    ///
    /// 整 stands after 元 when nothing follows it. Zeros within a number are one 零; where the yuan end in zero and jiao
    /// follow, 零 stands before them.
    package var capitals: String {
        let (yuan, fen) = rawValue.magnitude.quotientAndRemainder(dividingBy: 100)
        let (jiao, rest) = (Int(fen / 10), Int(fen % 10))
        var text = rawValue < 0 ? "负" : ""
        if yuan > 0 || fen == 0 { text += wholeNumber(yuan) + "元" }
        guard fen > 0 else { return text + "整" }
        if yuan > 0, jiao == 0 || yuan % 10 == 0 { text += digits[0] }
        if jiao > 0 { text += digits[jiao] + "角" }
        if rest > 0 { text += digits[rest] + "分" }
        return text
    }
}

private let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

private func wholeNumber(_ number: UInt64) -> String {
    guard number > 0 else { return digits[0] }
    // 亿 counts in eight digits, 万 in four: what is above is a number of its own.
    for (unit, name, below) in [(100_000_000, "亿", 10_000_000), (10_000, "万", 1_000)] as [(UInt64, String, UInt64)]
    where number >= unit {
        let (high, low) = number.quotientAndRemainder(dividingBy: unit)
        guard low > 0 else { return wholeNumber(high) + name }
        return wholeNumber(high) + name + (low < below ? digits[0] : "") + wholeNumber(low)
    }
    var text = ""
    var isAfterZero = false
    for (unit, name) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] as [(UInt64, String)] {
        let digit = Int(number / unit % 10)
        guard digit > 0 else {
            isAfterZero = !text.isEmpty
            continue
        }
        text += (isAfterZero ? digits[0] : "") + digits[digit] + name
        isAfterZero = false
    }
    return text
}
