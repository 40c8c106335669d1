package import Money

/// Parts of a whole in proportion to weights, in whole fen that add up to it: each its whole fen first, and the fen left
/// over to the largest remainders, of equal ones to the first. A weight below zero counts as none.
///
/// - Parameter whole: not negative.
/// - Returns: one part for each weight; `nil` for all if there is no weight to go by.
package func proportionalParts(of whole: Fen, weights: [Fen]) throws(MoneyOverflow) -> [Fen?] {
    let counted = weights.map { max(.zero, $0) }
    var total = Fen.zero
    for weight in counted { try total += weight }
    guard total > .zero else { return weights.map { _ in nil } }
    var parts: [Int64] = []
    var remainders: [(index: Int, rest: Int128)] = []
    var left = whole.rawValue
    for (index, weight) in counted.enumerated() {
        let (part, rest) = (Int128(whole.rawValue) * Int128(weight.rawValue))
            .quotientAndRemainder(dividingBy: Int128(total.rawValue))
        // A part is never larger than the whole, so it fits again.
        parts.append(Int64(truncatingIfNeeded: part))
        remainders.append((index, rest))
        left -= parts[index]
    }
    remainders.sort { ($1.rest, $0.index) < ($0.rest, $1.index) }
    for (index, _) in remainders.prefix(Int(left)) { parts[index] += 1 }
    return parts.map { Fen($0) }
}
