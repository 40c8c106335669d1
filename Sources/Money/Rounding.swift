/// How a quotient becomes whole fen. Each case treats `-x` as the mirror of `x`, so that a refund takes back exactly
/// what the payment gave.
package enum Rounding: String, Hashable, Sendable, CaseIterable {
    /// 四舍五入: half a fen goes away from zero, as PostgreSQL rounds `numeric`.
    case halfUp = "half_up"
    /// 舍去: what is less than a fen is dropped.
    case down

    /// `dividend / divisor`; the divisor must be positive.
    package func quotient(_ dividend: Int128, by divisor: Int128) -> Int128 {
        let (whole, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
        switch self {
        case .down: return whole
        case .halfUp: return 2 * rest.magnitude >= divisor.magnitude ? whole + rest.signum() : whole
        }
    }
}
