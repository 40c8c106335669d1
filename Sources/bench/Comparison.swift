/// Compares what our run wrote with what the SQL peer writes, before any time counts.
struct Comparison {
    let job: String
    let bench: Workbench

    /// Reads `what|rows|differences` lines of a comparing file.
    ///
    /// - Throws: ``BenchError/mismatch(job:what:rows:differences:)``.
    func expectEqual(_ file: String, _ variables: [String: String] = [:]) throws {
        try bench.run(bench.psql(file, variables: variables), file)
        try expectNone(bench.lines(of: file))
    }

    /// - Parameter lines: `what|rows|differences`, at least one; other lines are passed over.
    func expectNone(_ lines: [Substring]) throws {
        var compared = 0
        for line in lines {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            guard cells.count == 3, let rows = Int64(cells[1]), let differences = Int64(cells[2]) else { continue }
            compared += 1
            guard differences == 0 else {
                throw BenchError.mismatch(job: job, what: String(cells[0]), rows: rows, differences: differences)
            }
            complain("  \(job): \(rows) \(cells[0]) equal to the fen")
        }
        guard compared > 0 else { throw BenchError.nothingToMeasure("\(job): the comparison said nothing") }
    }
}
