import Files
import FoundationEssentials
import Glibc
import Testing

@Suite(.serialized, .scratch) struct `A file appears whole or not at all` {
    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test func `under its name when all is written, and the old one stays until then`() throws {
        let folder = try Scratch.directory(["a": "old"])
        let path = "\(folder)/a"
        do {
            let file = try WholeFile(path)
            try file.write([UInt8]("new ".utf8))
            #expect(try text(path) == "old")
            try file.write([UInt8]("text".utf8))
            try file.finish()
        }
        #expect(try text(path) == "new text")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }

    @Test func `and leaves nothing behind when it is given up`() throws {
        let folder = try Scratch.directory(["a": "old"])
        do {
            let file = try WholeFile("\(folder)/a")
            try file.write([1, 2, 3])
        }
        #expect(try text("\(folder)/a") == "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }

    @Test func `and is refused where it cannot be`() throws {
        let folder = try Scratch.directory(["a": "old"])
        symlink("\(folder)/a", "\(folder)/link")
        for (path, reason) in [
            ("\(folder)/none/a", "No such file or directory"), (folder, "it is there and not a regular file"),
            ("\(folder)/link", "it is there and not a regular file"),
            ("/dev/null", "it is there and not a regular file"),
        ] {
            let error = #expect(throws: FileError.self) { try WholeFile(path) }
            #expect(
                error?.description
                    == "\(path): cannot be written: \(reason); name a file in a directory that is there and writable.")
        }
        #expect(try text("\(folder)/a") == "old")
    }

    @Test func `and a full disk is an error`() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        let error = #expect(throws: FileError.self) { try writeAll([1], to: descriptor, "standard output") }
        #expect(error == .notWritable(path: "standard output", reason: "No space left on device"))
    }
}
