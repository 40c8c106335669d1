import Archive
import FoundationEssentials
import Testing

/// A directory of its own, gone with the suite's instance.
private final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/settle-archive-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // Nothing depends on it.
        }
    }

    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

private func contents(_ path: String, blockSize: Int = 1000) throws -> (name: String, bytes: [UInt8]) {
    var reader = try ZipReader(path)
    var block = [UInt8](repeating: 0, count: blockSize)
    var bytes: [UInt8] = []
    while true {
        let count = try reader.read(into: &block, at: 0..<blockSize)
        guard count > 0 else { return (reader.entryName, bytes) }
        bytes += block.prefix(count)
    }
}

@Suite struct `A zip file of one entry` {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    @Test(arguments: [0, 1, 999, 1000, 1001, 200_000])
    func `is read as it was written, whatever its size`(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 251) }
        let text = try folder.write(bytes, "text")
        try writeZip("\(folder.path)/a.zip", entry: "明细.txt", from: text)
        let read = try contents("\(folder.path)/a.zip")
        #expect(read.name == "明细.txt")
        #expect(read.bytes == bytes)
        #expect(try folder.names == ["a.zip", "text"])
    }

    @Test func `is the same bytes whenever it is written`() throws {
        let text = try folder.write(Array("a\tb\n".utf8), "text")
        try writeZip("\(folder.path)/a.zip", entry: "a.txt", from: text)
        try writeZip("\(folder.path)/b.zip", entry: "a.txt", from: text)
        #expect(try folder.read("a.zip") == folder.read("b.zip"))
    }

    @Test func `replaces the file that was there`() throws {
        let path = try folder.write([1, 2, 3], "a.zip")
        try writeZip(path, entry: "a.txt", from: try folder.write([65], "text"))
        #expect(try contents(path).bytes == [65])
    }

    @Test func `cannot be read where it is none`() throws {
        let path = try folder.write(Array("setl_id\t1\n".utf8), "a.zip")
        let error = #expect(throws: ArchiveError.self) { try contents(path) }
        #expect(
            error.map { "\($0)" } == "\(path): cannot be read as a zip file: Not a zip archive; deliver it again")
    }

    @Test func `cannot be read where it is missing`() throws {
        let path = "\(folder.path)/a.zip"
        let error = #expect(throws: ArchiveError.self) { try contents(path) }
        #expect(error.map { "\($0)" } == "\(path): cannot be read as a zip file: No such file; deliver it again")
    }

    @Test func `is refused when its bytes were damaged`() throws {
        let bytes = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 7919 >> 3) }
        try writeZip("\(folder.path)/a.zip", entry: "a.txt", from: try folder.write(bytes, "text"))
        var damaged = try folder.read("a.zip")
        damaged[damaged.count / 2] ^= 0xFF
        let path = try folder.write(damaged, "b.zip")
        #expect(throws: ArchiveError.self) { try contents(path) }
    }

    @Test func `is refused without an entry`() throws {
        // The end of central directory alone: an empty archive.
        let path = try folder.write([0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18), "a.zip")
        let error = #expect(throws: ArchiveError.self) { try contents(path) }
        #expect(error.map { "\($0)" } == "\(path): holds 0 files; put exactly one text file into the zip")
    }

    @Test func `cannot be written where there is no directory`() throws {
        let text = try folder.write([65], "text")
        let path = "\(folder.path)/none/a.zip"
        let error = #expect(throws: ArchiveError.self) { try writeZip(path, entry: "a.txt", from: text) }
        guard case .unwritable? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try folder.names == ["text"])
    }

    @Test func `cannot be written of a text that is missing, and leaves nothing behind`() throws {
        let path = "\(folder.path)/a.zip"
        #expect(throws: ArchiveError.self) { try writeZip(path, entry: "a.txt", from: "\(folder.path)/none") }
        #expect(try folder.names == [])
    }
}
