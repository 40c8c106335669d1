import Money

/// The middle of a group's values and how far they lie from it, by medians, which a few far ones do not move.
struct PeerSpread: Hashable {
    /// Of an even number of values the mean of the two in the middle, half up.
    let median: Int64
    /// The median of the distances from the median (绝对中位差). Where more than half are alike it would be zero, and whoever
    /// differs at all would be far: then it is 5 % of the median, at least one.
    let deviation: Int64

    /// - Parameter values: at least one.
    init(_ values: [Int64]) {
        median = PeerSpread.median(values)
        let middle = Int128(median)
        let found = PeerSpread.median(values.map { Int64(clamping: (Int128($0) - middle).magnitude) })
        let twentieth = Rounding.halfUp.quotient(Int128(middle.magnitude), by: 20)
        deviation = found > 0 ? found : max(1, Int64(truncatingIfNeeded: twentieth))
    }

    func distance(of value: Int64) -> Int128 { Int128((Int128(value) - Int128(median)).magnitude) }

    /// Beyond three times the median deviation, on either side.
    func isFar(_ value: Int64) -> Bool { distance(of: value) > 3 * Int128(deviation) }

    private static func median(_ values: [Int64]) -> Int64 {
        precondition(!values.isEmpty, "a median is of at least one value")
        let sorted = values.sorted()
        let sum = Int128(sorted[(sorted.count - 1) / 2]) + Int128(sorted[sorted.count / 2])
        return Int64(truncatingIfNeeded: Rounding.halfUp.quotient(sum, by: 2))
    }
}

/// A value of a member of a group that lies far from its peers.
struct FarFromPeers<Member> {
    let member: Member
    let value: Int64
    let spread: PeerSpread

    /// The far ones of a group.
    static func among(_ members: [(member: Member, value: Int64)]) -> [FarFromPeers] {
        guard !members.isEmpty else { return [] }
        let spread = PeerSpread(members.map(\.value))
        return members.filter { spread.isFar($0.value) }
            .map { FarFromPeers(member: $0.member, value: $0.value, spread: spread) }
    }

    /// Whether it is farther than another one, measured by the deviation of the group of each.
    func isFarther(than other: FarFromPeers) -> Bool? {
        let (mine, theirs) = (spread.distance(of: value), other.spread.distance(of: other.value))
        let (left, right) = (mine * Int128(other.spread.deviation), theirs * Int128(spread.deviation))
        if left != right { return left > right }
        return mine == theirs ? nil : mine > theirs
    }
}
