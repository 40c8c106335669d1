/// An amount of money in fen (分, 1/100 yuan). It may be negative: a refund or a taken-back credit.
///
/// Arithmetic never traps and never rounds by itself: overflow is thrown, and a product with a ``Rate`` names its
/// ``Rounding``. Literals read as yuan and fen, `Fen(750_00)`.
///
/// What is done with it for every row can be inlined by other targets, as with dates and identifiers: a call takes longer
/// than the sum.
@usableFromInline package struct Fen: Hashable, Sendable {
    @usableFromInline package let rawValue: Int64

    @inlinable package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    @inlinable package static var zero: Fen { Fen(0) }
}

/// A sum or product of money that does not fit 64 bits of fen (92 trillion yuan).
@usableFromInline package struct MoneyOverflow: Error, Hashable, CustomStringConvertible {
    package let operation: String

    @usableFromInline package init(operation: String) {
        self.operation = operation
    }

    @usableFromInline package var description: String {
        "\(operation) does not fit 64 bits of fen; one of the amounts cannot be right"
    }
}

extension Fen {
    @inlinable package static func + (left: Fen, right: Fen) throws(MoneyOverflow) -> Fen {
        let (sum, overflow) = left.rawValue.addingReportingOverflow(right.rawValue)
        guard !overflow else { throw MoneyOverflow(operation: "\(left.rawValue) + \(right.rawValue)") }
        return Fen(sum)
    }

    @inlinable package static func - (left: Fen, right: Fen) throws(MoneyOverflow) -> Fen {
        let (difference, overflow) = left.rawValue.subtractingReportingOverflow(right.rawValue)
        guard !overflow else { throw MoneyOverflow(operation: "\(left.rawValue) - \(right.rawValue)") }
        return Fen(difference)
    }

    @inlinable package static func += (left: inout Fen, right: Fen) throws(MoneyOverflow) {
        left = try left + right
    }

    @inlinable package static func -= (left: inout Fen, right: Fen) throws(MoneyOverflow) {
        left = try left - right
    }

    /// The opposite amount: what takes this one back.
    @inlinable package func negated() throws(MoneyOverflow) -> Fen {
        try .zero - self
    }

    /// This amount at `rate`, rounded once, in fen.
    package func times(_ rate: Rate, rounding: Rounding) throws(MoneyOverflow) -> Fen {
        let product = Int128(rawValue) * Int128(rate.basisPoints)
        guard let share = Int64(exactly: rounding.quotient(product, by: Int128(Rate.whole.basisPoints))) else {
            throw MoneyOverflow(operation: "\(rawValue) × \(rate)")
        }
        return Fen(share)
    }

    /// What a sum of products comes to, rounded once, as the money × days × rate of an interest. `divisor` must be positive.
    package init(
        _ dividend: Int128, dividedBy divisor: Int128, rounding: Rounding
    ) throws(MoneyOverflow) {
        precondition(divisor > 0, "a sum of products is divided by a positive number")
        guard let quotient = Int64(exactly: rounding.quotient(dividend, by: divisor)) else {
            throw MoneyOverflow(operation: "\(dividend) / \(divisor)")
        }
        self.init(quotient)
    }

    /// An equal part of this amount, rounded once. `parts` must be positive.
    package func divided(by parts: Int, rounding: Rounding) -> Fen {
        precondition(parts > 0, "money is divided into a positive number of parts")
        // A quotient by one or more is never larger than the dividend, so it fits again.
        return Fen(Int64(truncatingIfNeeded: rounding.quotient(Int128(rawValue), by: Int128(parts))))
    }
}

extension Fen: Comparable {
    @inlinable package static func == (left: Fen, right: Fen) -> Bool {
        left.rawValue == right.rawValue
    }

    @inlinable package static func < (left: Fen, right: Fen) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Fen: CustomStringConvertible {
    /// Yuan with two decimals, `-12.05`, as intake files and messages write it.
    @usableFromInline package var description: String {
        let (yuan, fen) = rawValue.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(rawValue < 0 ? "-" : "")\(yuan).\(fen < 10 ? "0" : "")\(fen)"
    }
}
