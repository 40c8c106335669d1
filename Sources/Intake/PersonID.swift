import Crypto

/// The internal key of a person: the first 63 bits of the SHA-256 of the person number (`psn_no`, UTF-8).
///
/// A digest needs no look-up while facts are loaded and is the same on every engine and in every order of loading.
/// The SQL function `intake.person_id` computes the same. Two numbers could share a key; the loader refuses the second.
package struct PersonID: Hashable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    package init(number: Span<UInt8>) {
        var hash = SHA256()
        number.withUnsafeBytes { hash.update(bufferPointer: $0) }
        // The first eight bytes, big-endian, without the top bit.
        var leading: UInt64 = 0
        for byte in hash.finalize().prefix(8) {
            leading = leading << 8 | UInt64(byte)
        }
        rawValue = Int64(leading & UInt64(Int64.max))
    }

    package init(number: String) {
        self.init(number: Array(number.utf8).span)
    }
}

extension PersonID: Comparable {
    package static func < (left: PersonID, right: PersonID) -> Bool {
        left.rawValue < right.rawValue
    }
}
