extension [UInt8] {
    /// Appends the number in network order.
    @inlinable
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

    /// Appends one field of COPY: its length in four bytes, then the number, in network order.
    @inlinable
    mutating func appendField<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        let size = MemoryLayout<Number>.size
        append(addingCapacity: 4 + size) { span in
            // The span has room for both, all its bytes are written, and every byte is a value.
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                let bytes = UnsafeMutableRawBufferPointer(buffer)
                unsafe bytes.storeBytes(of: Int32(size).bigEndian, as: Int32.self)
                unsafe bytes.storeBytes(of: number.bigEndian, toByteOffset: 4, as: Number.self)
                count = 4 + size
            }
        }
    }

    @inlinable
    package mutating func append(contentsOf span: Span<UInt8>) {
        // The bytes are only read, and only within the closure.
        unsafe span.withUnsafeBufferPointer { buffer in unsafe append(contentsOf: buffer) }
    }

    /// Writes into the four bytes at `place` the length of what was appended after them.
    mutating func setLength(at place: Int) {
        let length = UInt32(truncatingIfNeeded: count - place - 4)
        for index in 0..<4 {
            self[place + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(index)))
        }
    }
}
