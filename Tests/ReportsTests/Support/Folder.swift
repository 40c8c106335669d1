import FoundationEssentials
import Glibc
import Synchronization

/// A directory of a test, gone with it.
final class Folder: Sendable {
    let path: String

    private static let count = Atomic(0)

    init() throws {
        let number = Folder.count.add(1, ordering: .relaxed).newValue
        path = FileManager.default.temporaryDirectory.path + "/settle-reports-\(getpid())-\(number)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("\(path) stays: \(error)") }
    }

    /// In order.
    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(path)/\(name)")) }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }
}
