import City
import Foundation
import Money
import Testing

/// A city that was written to a directory of its own and read back whole; the directory is gone by then.
struct WrittenCity {
    let census: CityCensus
    /// By path below the directory.
    private let files: [String: Data]

    init(_ specification: CitySpecification, as layout: CityLayout = .single) throws {
        let directory = WrittenCity.temporaryName()
        census = try City(specification).write(to: directory, as: layout)
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: directory) where name.hasSuffix(".csv") {
            files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))
        }
        self.files = files
        try FileManager.default.removeItem(atPath: directory)
    }

    static func temporaryName() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("city-\(UUID().uuidString)").path
    }

    func bytes(_ name: String) throws -> Data {
        try #require(files[name], "\(name)")
    }

    /// What stands in the directory, or in a folder of it.
    func names(in folder: String = "") throws -> [String] {
        let prefix = folder.isEmpty ? "" : folder + "/"
        let below = files.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count).prefix { $0 != "/" } }
        return Set(below).map(String.init).sorted()
    }

    /// The rows of a file; none if there is no such file.
    func rows(_ file: CityFile, in folder: String = "") throws -> [CsvRow] {
        guard let bytes = files[folder.isEmpty ? file.name : "\(folder)/\(file.name)"] else { return [] }
        // Bytes are split, not characters: rows are many, and no cell is quoted.
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        try #require(lines.popLast()?.isEmpty == true, "the last row ends with a line feed")
        let names = lines[0].split(separator: UInt8(ascii: ",")).map { String(Substring($0)) }
        let columns = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        return lines.dropFirst().map { line in
            CsvRow(
                columns: columns,
                cells: line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(Substring.init))
        }
    }
}

/// A row with its cells by column; no cell of a city is quoted.
struct CsvRow: Hashable {
    private let columns: [String: Int]
    let cells: [Substring]

    init(columns: [String: Int], cells: [Substring]) {
        self.columns = columns
        self.cells = cells
    }

    /// Empty if there is no such column.
    subscript(column: String) -> Substring {
        guard let index = columns[column], index < cells.count else { return "" }
        return cells[index]
    }

    func fen(_ column: String) throws -> Int64 {
        let text = self[column]
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        try #require(parts.count == 2 && parts[1].utf8.count == 2, "\(column) \(text) has two decimals")
        let magnitude = try #require(Int64(parts[0].drop { $0 == "-" } + parts[1]))
        return text.hasPrefix("-") ? -magnitude : magnitude
    }

    func date(_ column: String) throws -> CivilDate {
        try #require(CivilDate(String(self[column])), "\(column)")
    }

    static func == (left: CsvRow, right: CsvRow) -> Bool {
        left.cells == right.cells
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(cells)
    }
}

extension CitySpecification {
    /// Two years, in which the limits of the second are published late.
    static func city(
        people: Int = 300, from: String = "2023-01", to: String = "2024-12", seed: UInt64 = 1, settlements: Int = 15
    ) throws -> CitySpecification {
        let months = try #require(Month(from))...#require(Month(to))
        return CitySpecification(people: people, months: months, seed: seed, settlementsPerPerson: settlements)
    }
}
