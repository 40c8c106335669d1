/// The fields of one CSV row, as places in a block of bytes.
struct RowScan {
    struct Field {
        var start: Int
        var end: Int
        /// Whether quotation marks in it stand doubled.
        let holdsQuote: Bool
    }

    enum Outcome {
        /// The next row begins at `after`, `lines` physical lines further down.
        case row(after: Int, lines: Int)
        /// The block ends before the row does.
        case unfinished
        /// Found at the byte `at`, after `lines` line breaks within the row.
        case fault(IntakeFault, at: Int, lines: Int)
    }

    /// Without the quotation marks around them.
    private(set) var fields: [Field] = []
    private var lowest: UInt8 = 0xFF
    private var highest: UInt8 = 0
    private var holdsDoubledQuote = false

    init() {
        fields.reserveCapacity(32)
    }

    /// Whether no byte is zero or outside ASCII; then no field needs a look at its encoding.
    var isPlain: Bool { lowest > 0 && highest < 0x80 }

    /// Finds the fields of the row that begins at `start`. A line feed must stand at `end`, which is not part of the
    /// file: it stops every search. `isLast` says that no more bytes will come.
    mutating func scan(_ block: [UInt8], from start: Int, to end: Int, isLast: Bool) -> Outcome {
        guard start < end else { return .unfinished }
        let bytes = block.span
        var (index, breaks) = (start, 0)
        fields.removeAll(keepingCapacity: true)
        (lowest, highest, holdsDoubledQuote) = (0xFF, 0, false)
        while true {
            let outcome =
                bytes[index] == ASCII.quote
                ? scanQuoted(bytes, &index, &breaks, end, isLast) : scanPlain(bytes, &index, breaks)
            if let outcome { return outcome }
            switch bytes[index] {
            case ASCII.comma:
                index += 1
            case ASCII.lineFeed:
                if index == end, !isLast { return .unfinished }
                return .row(after: min(index + 1, end), lines: breaks + 1)
            case ASCII.carriageReturn:
                if index + 1 == end, !isLast { return .unfinished }
                guard bytes[index + 1] == ASCII.lineFeed, index + 1 < end else {
                    return .fault(.bareCarriageReturn, at: index, lines: breaks)
                }
                return .row(after: index + 2, lines: breaks + 1)
            default:
                return .fault(.textAfterQuote, at: index, lines: breaks)
            }
        }
    }

    /// Goes to the byte that ends a field without quotation marks. Returns an outcome only if there is a fault.
    @inline(__always)
    private mutating func scanPlain(_ bytes: Span<UInt8>, _ index: inout Int, _ breaks: Int) -> Outcome? {
        let start = index
        var highest = highest
        // Nearly every byte is above the comma; what is not is looked at closely.
        while true {
            let byte = bytes[index]
            if byte <= ASCII.comma {
                if byte == ASCII.comma || byte == ASCII.lineFeed || byte == ASCII.carriageReturn { break }
                if byte == ASCII.quote { return .fault(.quoteInsideField, at: index, lines: breaks) }
                lowest = min(lowest, byte)
            }
            highest = max(highest, byte)
            index += 1
        }
        self.highest = highest
        fields.append(Field(start: start, end: index, holdsQuote: false))
        return nil
    }

    /// Goes past the quotation mark that closes a field. Returns an outcome only if there is none.
    private mutating func scanQuoted(
        _ bytes: Span<UInt8>, _ index: inout Int, _ breaks: inout Int, _ end: Int, _ isLast: Bool
    ) -> Outcome? {
        let start = index + 1
        var holdsQuote = false
        index = start
        while true {
            let byte = bytes[index]
            if byte == ASCII.quote {
                if index + 1 == end, !isLast { return .unfinished }
                guard bytes[index + 1] == ASCII.quote, index + 1 < end else { break }
                holdsQuote = true
                index += 1
            } else if byte == ASCII.lineFeed {
                if index == end { return isLast ? .fault(.unterminatedQuote, at: end, lines: breaks) : .unfinished }
                breaks += 1
            }
            lowest = min(lowest, byte)
            highest = max(highest, byte)
            index += 1
        }
        fields.append(Field(start: start, end: index, holdsQuote: holdsQuote))
        holdsDoubledQuote = holdsDoubledQuote || holdsQuote
        index += 1
        return nil
    }

    /// Writes the doubled quotation marks of the fields once. The row can not be scanned again after it.
    mutating func undoubleQuotes(in block: inout [UInt8]) {
        guard holdsDoubledQuote else { return }
        for number in fields.indices where fields[number].holdsQuote {
            var written = fields[number].start
            var index = written
            while index < fields[number].end {
                let byte = block[index]
                block[written] = byte
                written += 1
                index += byte == ASCII.quote ? 2 : 1
            }
            fields[number].end = written
        }
    }
}
