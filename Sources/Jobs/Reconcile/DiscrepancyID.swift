import Crypto

/// The key of a discrepancy: a digest of what differs and where, so that the same difference found again is the same.
struct DiscrepancyID: Hashable, Sendable {
    /// 63 bits of SHA-256.
    let rawValue: Int64

    /// - Parameters:
    ///   - item: the amount that differs, by its interface name, or the span of a statement.
    ///   - settlement: empty where the difference is about no single settlement.
    init(class name: String, item: String, institution: String, settlement: String) {
        let text = [name, item, institution, settlement].joined(separator: "\u{1F}")
        let bits = SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rawValue = Int64(bits >> 1)
    }
}
