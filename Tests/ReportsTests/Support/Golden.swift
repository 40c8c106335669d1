import Foundation
import Testing

/// A file that was looked at once and has to stay as it is, byte by byte.
enum Golden {
    static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let path = try #require(Bundle.module.resourcePath) + "/Golden/\(name)"
        let isThere = FileManager.default.fileExists(atPath: path)
        let golden = isThere ? String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self) : ""
        guard golden != text else { return }
        let actual = FileManager.default.temporaryDirectory.path + "/\(name)"
        try Data(text.utf8).write(to: URL(filePath: actual))
        Issue.record(
            "\(name) is another; it is left at \(actual). Look at it, then put it into Tests/ReportsTests/Golden.",
            sourceLocation: sourceLocation)
    }
}
