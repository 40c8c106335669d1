import Crypto

/// The key of a discrepancy: the first 63 bits of the SHA-256 of its class, item, institution and settlement, so that the
/// same difference found again, by whatever run, is the same.
///
/// The SQL function `run.discrepancy_id` computes the same.
package struct DiscrepancyID: Hashable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// - Parameters:
    ///   - name: the class as `run.discrepancy` has it, as `counter`.
    ///   - item: the amount that differs, by its interface name.
    ///   - settlement: `setl_id`; empty where the difference is about a statement's totals.
    package init(class name: String, item: String, institution: String, settlement: String) {
        // U+001F stands in no identifier, so no two differences share a text.
        let text = [name, item, institution, settlement].joined(separator: "\u{1F}")
        let bits = SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // Eight bytes, big-endian, without the top bit.
        rawValue = Int64(bits & UInt64(Int64.max))
    }
}

extension DiscrepancyID: CustomStringConvertible {
    package var description: String { "\(rawValue)" }
}
