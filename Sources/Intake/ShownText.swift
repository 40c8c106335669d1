/// A delivered text as a message may show it: what cannot be seen is escaped, what is long is cut.
func shown(_ bytes: Span<UInt8>, longest: Int = 40) -> String {
    var copy: [UInt8] = []
    for index in bytes.indices.prefix(4 * longest + 4) {
        copy.append(bytes[index])
    }
    var text = ""
    for (count, scalar) in String(decoding: copy, as: UTF8.self).unicodeScalars.enumerated() {
        guard count < longest else { return text + "…" }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
            text += scalar.escaped(asASCII: true)
        default:
            text.unicodeScalars.append(scalar)
        }
    }
    return text
}

/// Refuses a zero byte and what is not UTF-8.
func checkEncoding(_ text: Span<UInt8>) throws(IntakeFault) {
    for index in text.indices where text[index] == 0 {
        throw .zeroByte
    }
    do {
        _ = try UTF8Span(validating: text)
    } catch {
        throw .notUTF8
    }
}
