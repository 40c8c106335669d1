extension RawSpan {
    /// The whole cell as one number in network order, `nil` if it has another length.
    package func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(as type: Number.Type) -> Number? {
        guard byteCount == MemoryLayout<Number>.size else { return nil }
        return bigEndian(at: 0, as: type)
    }

    /// The number in network order that begins at `offset`, `nil` if the bytes end before it does.
    package func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number?
    {
        guard offset >= 0, byteCount - offset >= MemoryLayout<Number>.size else { return nil }
        // Within bounds by the guard; every bit pattern is a number.
        return unsafe Number(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: type))
    }

    /// The bytes as UTF-8, `nil` if they are not.
    package func text() -> String? {
        // The bytes are only read, and only within the closure.
        unsafe withUnsafeBytes { bytes in unsafe String(validating: bytes, as: UTF8.self) }
    }

    package func bytes() -> [UInt8] {
        // The bytes are copied before the closure ends.
        unsafe withUnsafeBytes { bytes in unsafe [UInt8](bytes) }
    }
}
