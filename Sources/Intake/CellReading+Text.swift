import Money

/// In characters.
private let longestName = 200

/// An identifier or code. It is compared byte by byte later, so what cannot be seen is not let in.
func checkIdentifier(_ text: Span<UInt8>) throws(IntakeFault) {
    guard text.count <= FactID.capacity else { throw .bytes(found: text.count, limit: FactID.capacity) }
    for index in text.indices where text[index] < ASCII.space || text[index] >= ASCII.delete {
        try checkUnusual(text)
        break
    }
    guard !isSpace(text, at: 0), !endsWithSpace(text) else { throw .surroundingSpace }
}

/// Free text: anything but a zero byte and what is not UTF-8, which are found earlier.
func checkName(_ text: Span<UInt8>) throws(IntakeFault) {
    guard text.count > longestName else { return }
    var characters = 0
    // Every byte but the continuation bytes of UTF-8 begins a character.
    for index in text.indices where text[index] & 0xC0 != 0x80 {
        characters += 1
    }
    guard characters <= longestName else { throw .characters(limit: longestName) }
}

/// Refuses the control characters U+0000 to U+001F and U+007F to U+009F.
private func checkUnusual(_ text: Span<UInt8>) throws(IntakeFault) {
    for index in text.indices {
        let byte = text[index]
        let isSecondSet = byte == 0xC2 && index + 1 < text.count && text[index + 1] < 0xA0
        guard byte >= ASCII.space, byte != ASCII.delete, !isSecondSet else { throw .controlCharacter }
    }
}

/// The space, the no-break space U+00A0 and the ideographic space U+3000.
private func isSpace(_ text: Span<UInt8>, at index: Int) -> Bool {
    switch text[index] {
    case ASCII.space: true
    case 0xC2: index + 1 < text.count && text[index + 1] == 0xA0
    case 0xE3: index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] == 0x80
    default: false
    }
}

private func endsWithSpace(_ text: Span<UInt8>) -> Bool {
    let count = text.count
    return text[count - 1] == ASCII.space || (count >= 2 && text[count - 1] == 0xA0 && isSpace(text, at: count - 2))
        || (count >= 3 && text[count - 1] == 0x80 && isSpace(text, at: count - 3))
}
