import Testing

@testable import Jobs

/// Rows of a chunk as the server gives them where every month has a partition of its own.
@Suite struct `What is read partition by partition is put together by person` {
    private struct Row: Hashable {
        let person: Int64
        /// Where it stood among all.
        let place: Int
    }

    private func rows(_ persons: [Int64]) -> [Row] {
        persons.enumerated().map { Row(person: $1, place: $0) }
    }

    /// What a sort that keeps the order of equal rows makes of it.
    private func inOrder(_ rows: [Row]) -> [Row] {
        rows.sorted { ($0.person, $0.place) < ($1.person, $1.place) }
    }

    @Test(arguments: [
        [], [7], [7, 7, 7], [1, 2, 3], [3, 2, 1], [1, 2, 3, 1, 2, 3], [2, 2, 1, 1, 2], [0, Int64.max, 0, Int64.max],
    ])
    func `rows of one person stay in the order in which they came`(persons: [Int64]) {
        #expect(rows(persons).mergedByPerson(\.person) == inOrder(rows(persons)))
    }

    /// One partition, as many as are merged, one more, and rows in no order at all.
    @Test(arguments: [1, 2, 13, 64, 65, 2_000], 1...5 as ClosedRange<UInt64>)
    func `however many partitions there are`(partitions: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var persons: [Int64] = []
        for _ in 0..<partitions {
            let count = Int.random(in: 0..<max(2, 4_000 / partitions), using: &random)
            persons += (0..<count).map { _ in Int64.random(in: 0..<200, using: &random) }.sorted()
        }
        let rows = rows(persons)
        #expect(rows.mergedByPerson(\.person) == inOrder(rows), "\(partitions) partitions, seed \(seed)")
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `what is out of order is sorted, what is in order is left`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var numbers = (0..<Int.random(in: 0...40, using: &random)).map { _ in Int.random(in: 0..<9, using: &random) }
        let sorted = numbers.sorted()
        numbers.sortIfNeeded(by: <)
        #expect(numbers == sorted, "seed \(seed)")
        numbers.sortIfNeeded(by: <)
        #expect(numbers == sorted, "seed \(seed)")
    }
}
