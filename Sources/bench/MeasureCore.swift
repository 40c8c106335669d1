import ArgumentParser
import CAllocations
import Money
import Policy
import Settlement

/// The pure core alone, on one core: no database, no reading of rows.
struct MeasureCore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "core",
        abstract: "Measure adjudication and crediting alone: operations per second on one core, allocations for each.")

    @Option(help: "Seconds for each measurement, about.")
    var seconds = 1.0

    @Option(help: "Measurements of each, of which the median counts.")
    var repetitions = 5

    func validate() throws {
        guard seconds > 0, repetitions > 0 else { throw ValidationError("--seconds and --repetitions are positive") }
    }

    func run() throws {
        let facts = try CoreFacts(.load())
        print("| operation | per second | ns | allocations |\n|---|---|---|---|")
        try show("adjudicate one claim") { count in try facts.adjudicate(count) }
        try show("settle one claim of a year of 20") { count in try facts.settleYears(count) }
        try show("credit one contribution") { count in try facts.credit(count) }
        try show("standing of a month, three rows of enrolment") { count in facts.standings(count) }
    }

    /// - Parameter body: does `count` operations, and answers with something that depends on all of them.
    private func show(_ name: String, _ body: (Int) throws -> Int64) throws {
        let clock = ContinuousClock()
        var count = 2_000
        var checksum = try body(count)
        // As many as take the time asked for.
        while true {
            let begun = clock.now
            checksum &+= try body(count)
            let elapsed = (clock.now - begun).seconds
            if elapsed > seconds / 10 {
                count = max(1, Int(Double(count) * seconds / elapsed))
                break
            }
            count *= 4
        }
        var times: [Double] = []
        let before = allocations_so_far()
        for _ in 0..<repetitions {
            let begun = clock.now
            checksum &+= try body(count)
            times.append((clock.now - begun).seconds)
        }
        let allocations = Double(allocations_so_far() - before) / Double(count * repetitions)
        let median = times.sorted()[times.count / 2] / Double(count)
        let counted = before < 0 ? "–" : decimal(allocations, 3)
        print("| \(name) | \(decimal(1 / median, 0)) | \(decimal(median * 1e9, 1)) | \(counted) |")
        // Said, so that no work can be left out as useless.
        complain("  \(name): \(count) operations, checksum \(checksum)")
    }
}
