/// A rate in basis points (1/10 000): 2 % is `Rate(basisPoints: 200)`.
package struct Rate: Hashable, Sendable {
    package let basisPoints: Int64

    package init(basisPoints: Int64) {
        self.basisPoints = basisPoints
    }

    /// 100 %.
    package static let whole = Rate(basisPoints: 10_000)
}

extension Rate: Comparable {
    package static func < (left: Rate, right: Rate) -> Bool {
        left.basisPoints < right.basisPoints
    }
}

extension Rate: CustomStringConvertible {
    /// Percent without needless zeros: `2%`, `2.5%`, `0.35%`.
    package var description: String {
        let (percent, rest) = basisPoints.magnitude.quotientAndRemainder(dividingBy: 100)
        let sign = basisPoints < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(percent)%" }
        let fraction = rest.isMultiple(of: 10) ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
        return "\(sign)\(percent).\(fraction)%"
    }
}
