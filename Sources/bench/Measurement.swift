/// What a side took over its repetitions, the scaled time of those that do a part.
struct Measurement: Codable {
    let job: String
    let unit: String
    let rows: Int64
    let side: SideName
    let seconds: [Double]
    let clientCPU: [Double]
    let serverCPU: [Double]
    let peakMemoryBytes: Int

    var median: Double { Measurement.median(seconds) }
    var fastest: Double { seconds.min() ?? 0 }
    var slowest: Double { seconds.max() ?? 0 }
    var rowsPerSecond: Double { median > 0 ? Double(rows) / median : 0 }
    var nanosecondsPerRow: Double { rows > 0 ? median * 1e9 / Double(rows) : 0 }
    var medianClientCPU: Double { Measurement.median(clientCPU) }
    var medianServerCPU: Double? { serverCPU.isEmpty ? nil : Measurement.median(serverCPU) }

    init(_ contest: Contest, _ side: Side, _ usages: [MeasuredProcess.Usage]) {
        job = contest.job
        unit = contest.unit
        rows = contest.rows
        self.side = side.name
        seconds = usages.map { $0.elapsed * side.scale }
        clientCPU = usages.map { $0.clientCPU * side.scale }
        serverCPU = usages.compactMap { usage in usage.serverCPU.map { $0 * side.scale } }
        peakMemoryBytes = usages.map(\.peakMemory).max() ?? 0
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

extension Contest {
    /// Lets the sides take turns, each round beginning with another one; without a round nothing is measured.
    func measure(repetitions: Int, _ bench: Workbench) throws -> [Measurement] {
        guard repetitions > 0 else { return [] }
        var usages = sides.map { _ in [MeasuredProcess.Usage]() }
        for round in 0..<repetitions {
            for turn in sides.indices {
                let index = (turn + round) % sides.count
                let side = sides[index]
                try side.prepare()
                let usage = try bench.measure(side.words, "\(job)-\(side.name.rawValue)")
                usages[index].append(usage)
                complain(
                    "  \(job), \(side.name.rawValue), \(round + 1) of \(repetitions): \(decimal(usage.elapsed, 2)) s")
            }
        }
        return sides.indices.map { Measurement(self, sides[$0], usages[$0]) }
    }
}
