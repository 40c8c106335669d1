import FoundationEssentials
import Postgres

/// All measurements of a run, for people and for programs.
struct BenchReport {
    private static let settingNames = [
        "server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_level", "shared_buffers", "work_mem",
        "maintenance_work_mem", "effective_cache_size", "max_wal_size", "checkpoint_timeout", "random_page_cost",
        "max_parallel_workers",
    ]

    /// Of the server, as they stand.
    static func settings() throws -> [(name: String, value: String)] {
        var connection = try Connection(ConnectionSettings())
        return try settingNames.map { name in
            let value = try connection.first(Statement("setting", "SELECT current_setting($1)"), name) {
                row throws(DatabaseError) in try row[0, as: String.self]
            }
            return (name, value ?? "")
        }
    }

    let settings: [(name: String, value: String)]
    let city: CityOptions
    let repetitions: Int
    var measurements: [Measurement] = []

    /// How many times as long as another side the measured one takes; `nil` without that side.
    private func ratio(_ measurement: Measurement, to side: SideName) -> Double? {
        let other = measurements.first {
            $0.job == measurement.job && $0.rows == measurement.rows && $0.side == side
        }
        guard let other, other.median > 0 else { return nil }
        return measurement.median / other.median
    }

    var markdown: String {
        var text = "\(city.people) people, seed \(city.seed), \(repetitions) repetitions, sides taking turns. "
        text += "PostgreSQL: " + settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ") + ".\n\n"
        text += """
            | job | rows | side | median s | fastest–slowest | rows/s | ns/row | × floor | × SQL | peak MB | client CPU s \
            | server CPU s |
            |---|---|---|---|---|---|---|---|---|---|---|---|

            """
        for measurement in measurements {
            let server = measurement.medianServerCPU.map { decimal($0, 2) } ?? "–"
            let cells = [
                measurement.job, "\(measurement.rows) \(measurement.unit)", measurement.side.rawValue,
                decimal(measurement.median, 2),
                "\(decimal(measurement.fastest, 2))–\(decimal(measurement.slowest, 2))",
                decimal(measurement.rowsPerSecond, 0), decimal(measurement.nanosecondsPerRow, 0),
                ratio(measurement, to: .floor).map { decimal($0, 2) } ?? "–",
                ratio(measurement, to: .sql).map { decimal($0, 2) } ?? "–",
                decimal(Double(measurement.peakMemoryBytes) / 1_048_576, 0), decimal(measurement.medianClientCPU, 2),
                server,
            ]
            text += "| \(cells.joined(separator: " | ")) |\n"
        }
        text += """

            Below 1 is faster. The row loop does a tenth and is multiplied by ten. Between turns what a run wrote is taken away \
            (by TRUNCATE where nothing stood before, else by DELETE and VACUUM), then a checkpoint is made; no cache is \
            dropped. Peak memory and client CPU are of the program alone (wait4), server CPU of all processes of the server.

            """
        return text
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try encoder.encode(
            Document(
                people: city.people, seed: city.seed, repetitions: repetitions,
                settings: Dictionary(uniqueKeysWithValues: settings.map { ($0.name, $0.value) }),
                measurements: measurements.map {
                    Document.Entry(
                        measurement: $0, medianSeconds: $0.median, rowsPerSecond: $0.rowsPerSecond,
                        timesFloor: ratio($0, to: .floor), timesSQL: ratio($0, to: .sql))
                }))
    }

    private struct Document: Codable {
        let people: Int
        let seed: Int
        let repetitions: Int
        let settings: [String: String]
        let measurements: [Entry]

        struct Entry: Codable {
            let measurement: Measurement
            let medianSeconds: Double
            let rowsPerSecond: Double
            let timesFloor: Double?
            let timesSQL: Double?
        }
    }
}

/// A measured number, rounded; no money is ever written this way.
func decimal(_ value: Double, _ places: Int) -> String {
    var factor = 1.0
    for _ in 0..<places { factor *= 10 }
    let scaled = Int((value * factor).rounded())
    guard places > 0 else { return "\(scaled)" }
    let digits = String(repeating: "0", count: max(0, places + 1 - "\(scaled)".count)) + "\(scaled)"
    return "\(digits.dropLast(places)).\(digits.suffix(places))"
}
