import Testing

@testable import Jobs

@Suite struct `Slices of persons` {
    @Test(arguments: [Int64(-1), 0, 1, 49_999, 50_000, 50_001, 1_000_000, 20_000_000, .max])
    func `hold every key once`(rows: Int64) {
        let ranges = PersonSlices(forRows: rows, each: 50_000).ranges
        #expect(ranges.first?.lowerBound == .min && ranges.last?.upperBound == .max)
        for (range, next) in zip(ranges, ranges.dropFirst()) { #expect(range.upperBound + 1 == next.lowerBound) }
        #expect(Int64(ranges.count) == min(max(rows, 0) / 50_000 + 1, 4096))
    }

    @Test func `are of the same width`() {
        // Of the keys that there are, from zero on.
        let widths = PersonSlices(forRows: 300_000, each: 50_000).ranges.map { $0.upperBound - max(0, $0.lowerBound) }
        #expect(widths.count == 7 && (widths.max() ?? 0) - (widths.min() ?? 0) < 10)
    }
}
