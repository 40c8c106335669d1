internal import Crypto

/// The text of a rule file as it was used, kept with every run.
package struct RuleSource: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case pack
        case site
    }

    package let kind: Kind
    /// The name of the pack or site.
    package let name: String
    package let text: String

    /// SHA-256 of the text, 64 hexadecimal digits.
    package var digest: String { RuleSource.hexadecimal(SHA256.hash(data: Array(text.utf8))) }

    /// SHA-256 over several sources in order, each with its kind, name and length, so that no two different lists
    /// of files have the same bytes.
    static func digest(of sources: [RuleSource]) -> String {
        var hash = SHA256()
        for source in sources {
            hash.update(data: Array("\(source.kind.rawValue) \(source.name) \(source.text.utf8.count)\n".utf8))
            hash.update(data: Array(source.text.utf8))
        }
        return hexadecimal(hash.finalize())
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined()
    }
}
