/// The identifier of a fact as the core system delivered it (`clct_id`, `setl_id`, …): 0 to 64 bytes of UTF-8 without
/// NUL, held in place and ordered as text in byte order, which is PostgreSQL's order under `COLLATE "C"`.
///
/// The rows of a chunk are compared by it millions of times: eight big-endian words compare without looking elsewhere.
/// A shorter text is padded with zero bytes, which no identifier contains, so the order is the bytes' own.
@usableFromInline package struct FactID: Sendable {
    @usableFromInline package internal(set) var words: [8 of UInt64] = .init(repeating: 0)
    /// Length in bytes.
    @usableFromInline package internal(set) var count = 0

    @inlinable package static var capacity: Int { 64 }

    /// The empty identifier: the subject is about no single fact.
    @inlinable package init() {}

    /// `nil` if the text is longer than ``capacity`` bytes.
    @inlinable package init?(_ text: Span<UInt8>) {
        self.init(text.bytes)
    }

    /// `nil` if the text is longer than ``capacity`` bytes.
    @inlinable package init?(_ bytes: RawSpan) {
        let length = bytes.byteCount
        guard length <= FactID.capacity else { return nil }
        guard length >= 8 else {
            while count < length {
                append(bytes.unsafeLoad(fromByteOffset: count, as: UInt8.self))
            }
            return
        }
        let whole = length / 8
        for index in 0..<whole {
            // Eight bytes are there, as many times as they were counted; every bit pattern is a number.
            words[index] = UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index &* 8, as: UInt64.self))
        }
        let rest = length & 7
        if rest > 0 {
            // The last eight bytes, of which the first stand in the word before.
            let tail = bytes.unsafeLoadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
            words[whole] = UInt64(bigEndian: tail) << UInt64(64 &- rest &* 8)
        }
        count = length
    }

    /// `nil` if the text is longer than ``capacity`` bytes.
    package init?(_ text: some Collection<UInt8>) {
        guard text.count <= FactID.capacity else { return nil }
        for byte in text {
            append(byte)
        }
    }

    @inlinable package var isEmpty: Bool { count == 0 }

    /// How many words hold the text; the others are zero.
    @inlinable var wordCount: Int { (count + 7) / 8 }

    /// Lends the text.
    @inlinable package func withUTF8<R>(_ body: (Span<UInt8>) -> R) -> R {
        var bytes = words
        for index in 0..<wordCount {
            bytes[index] = words[index].bigEndian
        }
        // Every byte is a UInt8; the view lives as long as the words it is of.
        return body(bytes.span.bytes.extracting(first: count)._unsafeView(as: UInt8.self))
    }

    @inlinable package subscript(position: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: words[position / 8] >> UInt64(56 - position % 8 * 8))
    }

    @inlinable mutating func append(_ byte: UInt8) {
        words[count / 8] |= UInt64(byte) << UInt64(56 - count % 8 * 8)
        count += 1
    }
}

extension FactID: Comparable, Hashable {
    @inlinable package static func == (left: FactID, right: FactID) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.wordCount where left.words[index] != right.words[index] {
            return false
        }
        return true
    }

    @inlinable package static func < (left: FactID, right: FactID) -> Bool {
        for index in 0..<max(left.wordCount, right.wordCount) where left.words[index] != right.words[index] {
            return left.words[index] < right.words[index]
        }
        return left.count < right.count
    }

    @inlinable package func hash(into hasher: inout Hasher) {
        for index in 0..<wordCount {
            hasher.combine(words[index])
        }
    }
}

extension FactID: CustomStringConvertible {
    @usableFromInline package var description: String {
        String(decoding: (0..<count).map { self[$0] }, as: UTF8.self)
    }
}

extension FactID: ExpressibleByStringLiteral {
    /// For identifiers written in code, as the names of rules.
    @usableFromInline package init(stringLiteral text: StaticString) {
        precondition(text.utf8CodeUnitCount <= FactID.capacity, "an identifier has at most 64 bytes")
        self.init()
        text.withUTF8Buffer { bytes in
            for byte in bytes {
                append(byte)
            }
        }
    }
}
