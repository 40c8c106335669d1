/// The persons of the city in slices, so small that the server joins and sorts each in its memory: what a report over
/// millions of rows takes then grows with the rows alone, and does not hang on what the planner expects of them.
///
/// A person's key is a digest, so slices of the same width hold about the same number of persons.
struct PersonSlices {
    /// Lowest and highest key of each, ascending; together they hold every key.
    let ranges: [ClosedRange<Int64>]

    static let usualRows: Int64 = 50_000
    private static let limit: Int64 = 4096

    /// - Parameters:
    ///   - rows: about how many are read of all persons together.
    ///   - each: about how many of a slice; positive.
    init(forRows rows: Int64, each: Int64) {
        let count = min(max(rows, 0) / each + 1, PersonSlices.limit)
        let width = Int64.max / count
        ranges = (0..<count).map { slice in
            (slice == 0 ? Int64.min : width * slice)...(slice == count - 1 ? Int64.max : width * (slice + 1) - 1)
        }
    }
}
