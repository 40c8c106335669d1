import FoundationEssentials
import Glibc

/// Files that were looked at once and have to stay as they are, byte by byte. They lie in a folder `Golden` beside the tests.
///
/// With `SETTLE_TEST_RENEW=1` in the environment they are written anew instead of compared; look at what changed before it
/// is committed.
package struct Golden: Sendable {
    private let folder: String
    private let renews: Bool

    /// - Parameter file: of the tests.
    package init(beside file: StaticString, renews: Bool = Golden.isAskedToRenew) {
        let directory = "\(file)".split(separator: "/", omittingEmptySubsequences: false).dropLast()
        folder = directory.joined(separator: "/") + "/Golden"
        self.renews = renews
    }

    package init(in folder: String, renews: Bool) {
        self.folder = folder
        self.renews = renews
    }

    package static var isAskedToRenew: Bool { getenv("SETTLE_TEST_RENEW").map { String(cString: $0) } == "1" }

    /// What is to be said of a text that is another than the file's; `nil` if it is the same.
    package func complaint(about text: String, _ name: String) throws -> String? {
        let path = "\(folder)/\(name)"
        let isThere = FileManager.default.fileExists(atPath: path)
        let golden = isThere ? String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self) : ""
        // Two texts may be the same characters in other bytes.
        guard !isThere || Array(golden.utf8) != Array(text.utf8) else { return nil }
        if renews {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path))
            return nil
        }
        let difference = isThere ? Golden.difference(golden, text) : "  there is no such file yet"
        return """
            Golden/\(name) says otherwise:
            \(difference)
            If the new text is right, run the test again with SETTLE_TEST_RENEW=1 and look at what git says has changed.
            """
    }

    /// The lines between the first and the last that differ, at most a dozen of each text, with the line before them.
    package static func difference(_ golden: String, _ text: String) -> String {
        let (old, new) = (lines(golden), lines(text))
        var first = 0
        while first < min(old.count, new.count), old[first] == new[first] { first += 1 }
        var last = 0
        while last < min(old.count, new.count) - first, old[old.count - 1 - last] == new[new.count - 1 - last] {
            last += 1
        }
        func shown(_ sign: String, _ lines: ArraySlice<Substring>) -> [String] {
            let rest = lines.count - 12
            return lines.prefix(12).map { "\(sign) \(visible($0))" } + (rest > 0 ? ["  … and \(rest) lines more"] : [])
        }
        let context = first > 0 ? ["  \(visible(old[first - 1]))"] : []
        return
            (["  line \(first + 1):"] + context + shown("-", old[first..<(old.count - last)])
            + shown("+", new[first..<(new.count - last)])).joined(separator: "\n")
    }

    private static func lines(_ text: String) -> [Substring] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// What cannot be seen is written out, and a long line cut.
    private static func visible(_ line: Substring) -> String {
        let text = line.unicodeScalars.prefix(300).map {
            $0 == "\r" ? "\\r" : $0 == "\t" ? "\\t" : $0 == "\u{FEFF}" ? "\\u{FEFF}" : "\($0)"
        }
        return text.joined() + (line.unicodeScalars.count > 300 ? "…" : "")
    }
}
