import Postgres

/// The rows of a window in the order in which they are sent: by partition, then by person, then as they came.
///
/// So the facts of a person come to lie together in the table, as far as one window reaches, and keys arrive in the order
/// of their index.
///
/// Sorting is spread over the sending, so that the server never waits for it: ``arrange()`` only brings the rows into
/// buckets by the leading bits of the person's key, and a bucket is sorted when it is due. Keys are digests, so the
/// buckets come out even; were they not, only the spreading would suffer.
struct RowOrder {
    private struct Row {
        let person: Int64
        let place: CopyBuffer.RowPlace
        /// The number of its partition, as first met until the rows are arranged, then in order.
        var partition: Int32
    }

    private var rows: [Row] = []
    /// Months as their first day, or years; see ``StoredTable/Partitioning``. In the order in which they were met.
    private(set) var partitions: [Int32] = []
    private var lastNumber = 0
    /// Where each bucket ends once the rows are arranged.
    private var bucketEnds: [Int] = []
    private var dueBucket = 0
    private var sentCount = 0

    private static let bucketCount = 1024

    var count: Int { rows.count }

    mutating func append(_ place: CopyBuffer.RowPlace, person: Int64, partition: Int32) {
        if partitions.isEmpty || partitions[lastNumber] != partition {
            if let number = partitions.firstIndex(of: partition) {
                lastNumber = number
            } else {
                lastNumber = partitions.count
                partitions.append(partition)
            }
        }
        rows.append(Row(person: person, place: place, partition: Int32(truncatingIfNeeded: lastNumber)))
    }

    /// No row is appended after it until ``removeAll()``.
    mutating func arrange() {
        guard !rows.isEmpty else { return }
        let sorted = partitions.sorted()
        let ranks = partitions.map { partition in Int32(sorted.firstIndex(of: partition) ?? 0) }
        // As many buckets of a partition as keep their number near `bucketCount`, a power of two: so many leading bits.
        var bits = 0
        while sorted.count << (bits + 1) <= RowOrder.bucketCount { bits += 1 }
        // The key has 63 bits.
        let shift = 63 - bits
        func bucket(_ row: Row) -> Int { Int(row.partition) << bits | Int(row.person >> Int64(shift)) }

        var counts = [Int](repeating: 0, count: sorted.count << bits)
        for index in rows.indices {
            rows[index].partition = ranks[Int(rows[index].partition)]
            counts[bucket(rows[index])] += 1
        }
        var ends: [Int] = []
        ends.reserveCapacity(counts.count)
        for count in counts { ends.append((ends.last ?? 0) + count) }
        // Every row is exchanged with the one that stands where it belongs, until the place holds one of its bucket.
        var next = zip(ends, counts).map { end, count in end - count }
        for number in ends.indices {
            while next[number] < ends[number] {
                let own = bucket(rows[next[number]])
                if own != number { rows.swapAt(next[number], next[own]) }
                next[own] += 1
            }
        }
        bucketEnds = ends
    }

    /// The next row to send; `nil` when all are sent.
    mutating func next() -> CopyBuffer.RowPlace? {
        guard sentCount < rows.count else { return nil }
        while dueBucket < bucketEnds.count, sentCount == (dueBucket == 0 ? 0 : bucketEnds[dueBucket - 1]) {
            // At the beginning of a bucket, which may be empty.
            rows[sentCount..<bucketEnds[dueBucket]].sort { left, right in
                left.person != right.person ? left.person < right.person : left.place.start < right.place.start
            }
            dueBucket += 1
        }
        defer { sentCount += 1 }
        return rows[sentCount].place
    }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        partitions.removeAll()
        bucketEnds.removeAll()
        (lastNumber, dueBucket, sentCount) = (0, 0, 0)
    }
}
