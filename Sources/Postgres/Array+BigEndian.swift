extension [UInt8] {
    /// Appends the number in network order.
    package mutating func appendBigEndian<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        let size = MemoryLayout<Number>.size
        append(addingCapacity: size) { span in
            // The span has room for `size` bytes, all of them are written, and every byte is a value.
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                unsafe UnsafeMutableRawBufferPointer(buffer).storeBytes(of: number.bigEndian, as: Number.self)
                count = size
            }
        }
    }

    /// Writes into the four bytes at `place` the length of what was appended after them.
    mutating func setLength(at place: Int) {
        let length = UInt32(truncatingIfNeeded: count - place - 4)
        for index in 0..<4 {
            self[place + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(index)))
        }
    }
}
