/// A chunk of work: all persons whose key lies in a closed range.
///
/// Keys are digests, spread evenly over 63 bits, so equal ranges hold about equally many persons and nobody has to be
/// asked where the borders are.
package struct PersonRange: Hashable, Sendable {
    /// From 0.
    package let number: Int32
    package let first: Int64
    package let last: Int64

    /// The `number`-th of `count` equal ranges over all keys.
    package init(number: Int32, of count: Int32) {
        precondition(count > 0 && (0..<count).contains(number), "a chunk lies within its plan")
        self.number = number
        first = PersonRange.border(number, of: count)
        last = number + 1 == count ? Int64.max : PersonRange.border(number + 1, of: count) - 1
    }

    /// A range as it was kept.
    init(number: Int32, first: Int64, last: Int64) {
        self.number = number
        self.first = first
        self.last = last
    }

    /// How many chunks hold about `chunkSize` persons each.
    package static func count(forPeople people: Int64, chunkSize: Int) -> Int32 {
        Int32(clamping: max(1, (people + Int64(chunkSize) - 1) / Int64(chunkSize)))
    }

    private static func border(_ number: Int32, of count: Int32) -> Int64 {
        Int64((UInt128(number) << 63) / UInt128(count))
    }
}
