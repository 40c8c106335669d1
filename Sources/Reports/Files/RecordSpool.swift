package import Files

/// Records laid aside on disk while they are read, to be written from there in every form: what is read once need not be
/// held, and all forms say the same. They are gone with whoever reads them last.
package struct RecordSpool {
    private let file: ScratchFile
    private var bytes: [UInt8] = []

    /// - Throws: `FileError` where there is no room for temporary files.
    package init() throws(FileError) {
        file = try ScratchFile()
    }

    package mutating func add(_ record: Record) throws(FileError) {
        bytes.append(contentsOf: [0, 0, 0, 0])
        let start = bytes.count
        bytes.append(record.hasPage ? 1 : 0)
        bytes.append(big: Int32(record.details.count))
        append([record.row])
        for rows in record.details { append(rows) }
        bytes.replace(at: start - 4, big: Int32(bytes.count - start))
        if bytes.count >= 1 << 20 { try flush() }
    }

    /// All that was added.
    package consuming func rows() throws(FileError) -> RecordRows {
        try flush()
        let file = file
        return RecordRows { wanted, body in
            var reader = SpoolReader(file)
            while let record = try reader.next(wanted) { try body(record) }
        }
    }

    /// Rows with their length before them, by which they can be passed over.
    private mutating func append(_ rows: [[Cell]]) {
        bytes.append(contentsOf: [0, 0, 0, 0])
        let start = bytes.count
        bytes.append(big: Int32(rows.count))
        for row in rows {
            bytes.append(big: Int32(row.count))
            for cell in row { bytes.append(cell) }
        }
        bytes.replace(at: start - 4, big: Int32(bytes.count - start))
    }

    private mutating func flush() throws(FileError) {
        try file.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// Reads what a spool holds from its beginning.
private struct SpoolReader {
    private let file: ScratchFile
    private var cells = CellReader()
    /// Of the first byte that has not been read from the file.
    private var offset = 0

    init(_ file: ScratchFile) {
        self.file = file
    }

    /// `nil` at the end.
    mutating func next(_ wanted: RecordRows.Wanted) throws -> Record? {
        guard try reach(4) else { return nil }
        guard try reach(Int(cells.int32())) else { return nil }
        let hasPage = cells.byte() == 1
        let count = Int(cells.int32())
        let row = rows()
        let details = (0..<count).map { wanted.holds(detail: $0) ? rows() : passOver() }
        return Record(row: row.first ?? [], details: details, hasPage: hasPage)
    }

    private mutating func rows() -> [[Cell]] {
        _ = cells.int32()
        return (0..<Int(cells.int32())).map { _ in
            (0..<Int(cells.int32())).map { _ in cells.cell() }
        }
    }

    private mutating func passOver() -> [[Cell]] {
        cells.skip(Int(cells.int32()))
        return []
    }

    /// Whether so many bytes are there.
    private mutating func reach(_ count: Int) throws(FileError) -> Bool {
        if cells.left < count {
            let more = try file.read(max(1 << 20, count), at: offset)
            offset += more.count
            cells.add(more)
        }
        return cells.left >= count
    }
}
