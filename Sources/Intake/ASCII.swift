/// The bytes that mean something in a delivered file.
enum ASCII {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let minus = UInt8(ascii: "-")
    static let point = UInt8(ascii: ".")
    static let colon = UInt8(ascii: ":")
    static let delete: UInt8 = 0x7F

    /// 0 to 9, or `nil` if the byte is not a digit.
    @inline(__always)
    static func digit(_ byte: UInt8) -> UInt8? {
        let value = byte &- 0x30
        return value < 10 ? value : nil
    }
}

/// The number that `count` digits make, from `start` on; `nil` if one of them is not a digit or the text is shorter.
@inline(__always)
func digits(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
    guard start + count <= text.count else { return nil }
    var value = 0
    for index in start..<start + count {
        guard let digit = ASCII.digit(text[index]) else { return nil }
        value = value * 10 + Int(digit)
    }
    return value
}
