/// Where the bytes of a file come from, in blocks of any size.
package protocol ByteSource {
    /// Writes the next bytes to the front of `places` in `block`. Returns how many; zero only when there are no more.
    mutating func read(into block: inout [UInt8], at places: Range<Int>) throws -> Int
}

/// Bytes that are in memory already, handed out in blocks of a given size.
package struct ByteArraySource: ByteSource {
    private let bytes: [UInt8]
    private let blockSize: Int
    private var position = 0

    /// `blockSize` must be positive.
    package init(_ bytes: [UInt8], blockSize: Int = .max) {
        precondition(blockSize > 0, "a block of no bytes would mean the end")
        self.bytes = bytes
        self.blockSize = blockSize
    }

    package mutating func read(into block: inout [UInt8], at places: Range<Int>) -> Int {
        let count = min(blockSize, bytes.count - position, places.count)
        block.replaceSubrange(places.prefix(count), with: bytes[position..<position + count])
        position += count
        return count
    }
}
