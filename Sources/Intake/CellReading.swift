/// Reads a cell that is not empty. Returns its number, see ``CellKind``; zero for text.
func readCell(_ text: Span<UInt8>, as kind: CellKind) throws(IntakeFault) -> Int64 {
    switch kind {
    case .person:
        try checkIdentifier(text)
        return PersonID(number: text).rawValue
    case .text:
        try checkIdentifier(text)
        return 0
    case .name:
        try checkName(text)
        return 0
    case .relation:
        guard equal(text, "spouse") || equal(text, "parent") || equal(text, "child") else {
            throw .notOneOf(["spouse", "parent", "child"])
        }
        return 0
    case .money: return try readMoney(text)
    case .amountNotNegative:
        let fen = try readMoney(text)
        guard fen >= 0 else { throw .belowZero }
        return fen
    case .date: return try readDate(text)
    case .month: return try readMonth(text)
    case .time: return try readTime(text)
    case .year: return try readYear(text)
    case .code: return try readCode(text, from: 1, to: 9999)
    case .longCode: return try readCode(text, from: 10, to: 999_999)
    case .contributionType: return try readCode(text, among: [10, 20, 30, 32, 34, 35, 36])
    case .institutionType: return try readCode(text, among: [1, 2])
    case .flag, .validity: return try readCode(text, among: [0, 1])
    case .count: return try readCount(text)
    }
}

/// Digits only, without leading zeros, so that one code has one spelling.
private func readCode(_ text: Span<UInt8>, from first: Int, to last: Int) throws(IntakeFault) -> Int64 {
    guard text.count <= 6, text[0] != UInt8(ascii: "0"), let code = digits(text, 0, text.count),
        first <= code, code <= last
    else { throw .notCode(first: first, last: last) }
    return Int64(code)
}

private func readCode(_ text: Span<UInt8>, among known: StaticCodes) throws(IntakeFault) -> Int64 {
    guard text.count <= 2, text.count == 1 || text[0] != UInt8(ascii: "0"), let code = digits(text, 0, text.count),
        known.contains(code)
    else { throw .notOneOf(known.listed) }
    return Int64(code)
}

private func readCount(_ text: Span<UInt8>) throws(IntakeFault) -> Int64 {
    let isNegative = text[0] == ASCII.minus
    let start = isNegative ? 1 : 0
    guard (1...12).contains(text.count - start), let magnitude = digits(text, start, text.count - start) else {
        throw .notCount
    }
    return Int64(isNegative ? -magnitude : magnitude)
}

private func equal(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { buffer in
        buffer.indices.allSatisfy { buffer[$0] == text[$0] }
    }
}
