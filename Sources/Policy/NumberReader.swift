/// Reads the one spelling of a figure: an optional minus, then decimal digits without a needless zero.
///
/// YAML would read 0750 as 488 (octal) or 750 and 7.5e4 as a float, each by its own dialect. Here every other spelling
/// is refused, with the spelling that was probably meant.
struct NumberReader {
    let unit: RuleUnit

    func read(_ scalar: YamlScalar) throws(Refusal) -> Int64 {
        let text = scalar.text
        guard scalar.isPlain else { throw Refusal(fault: .quoted, instead: plain(text)) }
        if let fault = spellingFault(text) { throw Refusal(fault: fault, instead: suggestion(for: text, fault)) }
        guard let value = Int64(text) else { throw Refusal(fault: .tooLarge, instead: nil) }
        return value
    }

    struct Refusal: Error {
        let fault: NumberFault
        /// The spelling that would be read, if the text says clearly which number was meant.
        let instead: String?
    }

    private func spellingFault(_ text: String) -> NumberFault? {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard let first = digits.utf8.first, isDigit(first) || first == UInt8(ascii: ".") else { return .notANumber }
        let lower = digits.lowercased()
        if lower.hasPrefix("0x") || lower.hasPrefix("0o") || lower.hasPrefix("0b") { return .notDecimal }
        if text.hasSuffix("%") { return .percent }
        if digits.contains("_") { return .underscore }
        if digits.contains(",") { return .separator }
        if isFraction(lower.prefix { $0 != "e" }), isExponent(lower.drop { $0 != "e" }.dropFirst()) { return .exponent }
        guard isFraction(digits) else { return .notANumber }
        if digits.contains(".") { return .fraction }
        if text.hasPrefix("+") { return .plusSign }
        if digits.utf8.count > 1, first == UInt8(ascii: "0") { return .leadingZero }
        // A zero has no sign.
        return text == "-0" ? .notANumber : nil
    }

    /// Digits with at most one point among them.
    private func isFraction(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 2 && text.utf8.contains(where: isDigit)
            && parts.allSatisfy { $0.utf8.allSatisfy(isDigit) }
    }

    private func isExponent(_ text: Substring) -> Bool {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text
        return !digits.isEmpty && digits.utf8.allSatisfy(isDigit)
    }

    private func suggestion(for text: String, _ fault: NumberFault) -> String? {
        switch fault {
        case .underscore: plain(text.filter { $0 != "_" })
        case .separator: plain(text.filter { $0 != "," })
        case .plusSign: plain(String(text.dropFirst()))
        case .leadingZero: plain(withoutLeadingZeros(text))
        case .percent: unit == .basisPoints ? hundredfold(String(text.dropLast().filter { $0 != " " })) : nil
        // A fraction is yuan where fen are asked for, or percent where basis points are: both a hundredfold. But 0.02
        // may be 2 % as well as 0.02 %, and a guess would be the wrong rate.
        case .fraction where unit == .basisPoints && (text.hasPrefix("0") || text.hasPrefix(".")):
            "basis points (2 % is 200)"
        case .fraction: unit == .basisPoints || unit.isMoney ? hundredfold(text) : nil
        case .notDecimal: decimal(text)
        case .quoted, .exponent, .tooLarge, .notANumber: nil
        }
    }

    /// `text` if it would be read, so that no suggestion is refused in its turn.
    private func plain(_ text: String) -> String? {
        spellingFault(text) == nil && Int64(text) != nil ? text : nil
    }

    private func withoutLeadingZeros(_ text: String) -> String {
        let sign = text.hasPrefix("-") ? "-" : ""
        let digits = text.dropFirst(sign.count).drop { $0 == "0" }
        return digits.isEmpty ? "0" : sign + digits
    }

    private func hundredfold(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return nil }
        var decimals = parts.count == 2 ? String(parts[1]) : ""
        while decimals.count > 2, decimals.hasSuffix("0") { decimals.removeLast() }
        guard decimals.count <= 2 else { return nil }
        return plain(withoutLeadingZeros(parts[0] + decimals + String(repeating: "0", count: 2 - decimals.count)))
    }

    private func decimal(_ text: String) -> String? {
        let radix = ["0x": 16, "0o": 8, "0b": 2][text.prefix(2).lowercased()]
        return radix.flatMap { Int64(text.dropFirst(2), radix: $0) }.map { "\($0)" }
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
