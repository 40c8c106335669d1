/// The rows of a CSV file (RFC 4180) from a stream of bytes: UTF-8 with or without a byte order mark, lines ended by
/// LF or CR LF, quoted fields with anything inside.
///
/// One block of bytes is held, whatever the size of the file; a row is a list of places in it. Nothing is allocated
/// for a row.
struct CSVReader: ~Copyable {
    enum Row: Equatable {
        /// ``CSVReader/row`` has its fields.
        case row
        /// The row that begins on ``line`` is not CSV. Reading goes on after it.
        case fault(IntakeFault)
        case end
    }

    /// Longer rows are refused, so that a quotation mark left open does not swallow a file.
    static var longestRow: Int { 64 * 1024 }

    private(set) var block: [UInt8]
    /// The fields of the current row, as places in ``block``.
    private(set) var row = RowScan()
    /// The physical line on which the current row begins, from 1.
    private(set) var line = 0
    // Asked once a block, so that what is done for every row need not know its type.
    private var source: any ByteSource
    private var nextLine = 1
    /// What is not read yet lies from here...
    private var start = 0
    /// ...to here, followed by a line feed that is not part of the file: it stops every search.
    private var end = 0
    private var isSourceAtEnd = false

    /// `blockSize` is raised to what the longest row needs.
    init(_ source: some ByteSource, blockSize: Int = 256 * 1024) {
        self.source = source
        block = [UInt8](repeating: ASCII.lineFeed, count: max(blockSize, 2 * Self.longestRow) + 1)
    }

    /// Reads up to a byte order mark, if there is one, and past it.
    mutating func skipByteOrderMark() throws {
        while end - start < 3, !isSourceAtEnd {
            try fill()
        }
        if end - start >= 3, block[start] == 0xEF, block[start + 1] == 0xBB, block[start + 2] == 0xBF {
            start += 3
        }
    }

    mutating func next() throws -> Row {
        line = nextLine
        while true {
            switch row.scan(block, from: start, to: end, isLast: isSourceAtEnd) {
            case .row(let after, let lines):
                guard after - start <= Self.longestRow else { return stop(.rowTooLong(limit: Self.longestRow)) }
                start = after
                nextLine += lines
                row.undoubleQuotes(in: &block)
                return .row
            case .unfinished:
                guard end - start <= Self.longestRow else { return stop(.rowTooLong(limit: Self.longestRow)) }
                guard !isSourceAtEnd else {
                    return .end
                }
                try fill()
            case .fault(.unterminatedQuote, _, _):
                return stop(.unterminatedQuote)
            case .fault(let fault, let index, let lines):
                start = index
                nextLine += lines
                try skipLine()
                return .fault(fault)
            }
        }
    }

    /// Gives the rest of the file up: where its rows begin can no longer be told.
    private mutating func stop(_ fault: IntakeFault) -> Row {
        (start, end, isSourceAtEnd) = (0, 0, true)
        return .fault(fault)
    }

    /// Goes to the line after the faulty byte, at which ``start`` stands by now.
    private mutating func skipLine() throws {
        while true {
            while start < end {
                start += 1
                if block[start - 1] == ASCII.lineFeed {
                    nextLine += 1
                    return
                }
            }
            guard !isSourceAtEnd else { return }
            try fill()
        }
    }

    /// Moves what is not read yet to the front and reads more behind it.
    private mutating func fill() throws {
        if start > 0 {
            for index in start..<end {
                block[index - start] = block[index]
            }
            end -= start
            start = 0
        }
        let count = try source.read(into: &block, at: end..<block.count - 1)
        end += count
        isSourceAtEnd = count == 0
        block[end] = ASCII.lineFeed
    }
}
