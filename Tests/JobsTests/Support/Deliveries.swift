import City
import FoundationEssentials
import Money
import Testing

/// Months as an operator types them.
func months(_ range: ClosedRange<String>) throws -> ClosedRange<Month> {
    try #require(Month(range.lowerBound))...#require(Month(range.upperBound))
}

/// The directory of a city's facts.
func writtenCity(
    people: Int, months range: ClosedRange<String>, seed: UInt64, as layout: CityLayout = .single
) throws -> String {
    let path = try Scratch.path("city")
    let city = try City(CitySpecification(people: people, months: try months(range), seed: seed))
    _ = try city.write(to: path, as: layout)
    return path
}

/// Cuts the rows of every file of a directory at random into `count` deliveries; about one row in ten comes in two of
/// them, as it does when an office sends a file again.
func cut(_ directory: String, into count: Int, by random: inout SplitMix64) throws -> [String] {
    var deliveries = Array(repeating: [String: String](), count: count)
    for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() {
        let text = String(decoding: try Data(contentsOf: URL(filePath: "\(directory)/\(name)")), as: UTF8.self)
        var lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)[...]
        if lines.count <= 1 { lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...] }
        guard let header = lines.popFirst() else { continue }
        for line in lines {
            var places = [Int.random(in: 0..<count, using: &random)]
            if Int.random(in: 0..<10, using: &random) == 0 { places.append(Int.random(in: 0..<count, using: &random)) }
            for place in Set(places) {
                deliveries[place][name, default: "\(header)\n"] += "\(line)\n"
            }
        }
    }
    return try deliveries.filter { !$0.isEmpty }.map { try Scratch.directory($0) }
}

/// The deliveries of a city written by month of arrival, in order.
func monthlyDeliveries(_ directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted().map { "\(directory)/\($0)" }
}
