import City
import Foundation
import Money
import Testing

/// A city written to a directory of its own, read back as plainly as can be; the directory goes when the value does.
final class WrittenCity: Sendable {
    let directory: String
    let census: CityCensus

    init(_ specification: CitySpecification, as layout: CityLayout = .single) throws {
        directory = WrittenCity.temporaryName()
        census = try City(specification).write(to: directory, as: layout)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    static func temporaryName() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("city-\(UUID().uuidString)").path
    }

    func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))
    }

    func names(in folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(folder)").sorted()
    }

    /// The rows of a file by column; none if there is no such file.
    func rows(_ file: CityFile, in folder: String = "") throws -> [[String: String]] {
        let path = "\(directory)/\(folder)/\(file.name)"
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        var lines = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        try #require(lines.popLast() == "", "the last row ends with a line feed")
        let columns = lines[0].split(separator: ",").map(String.init)
        return lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(uniqueKeysWithValues: zip(columns, cells))
        }
    }
}

extension CitySpecification {
    /// The months of the demo, and those in which the limits of 2024 are published.
    static func city(
        people: Int = 300, from: String = "2023-01", to: String = "2024-12", seed: UInt64 = 1
    ) throws -> CitySpecification {
        let months = try #require(Month(from))...#require(Month(to))
        return CitySpecification(people: people, months: months, seed: seed)
    }
}

/// Yuan with two decimals as fen.
func fen(_ text: String?) throws -> Int64 {
    let text = try #require(text)
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    try #require(parts.count == 2 && parts[1].count == 2, "\(text) has two decimals")
    let magnitude = try #require(Int64(parts[0].drop { $0 == "-" } + parts[1]))
    return text.hasPrefix("-") ? -magnitude : magnitude
}
