import Intake
import Money
import Postgres

/// Rows of one file that wait to be sent together, in a flat piece of memory.
///
/// They are sent in the order of partition and person: so facts of one person come to lie together in the table, as
/// far as one chunk reaches, and keys arrive in the order of their index.
struct RowChunk {
    /// A row: its fields stand in ``bytes`` from `start` on, each with its length before it.
    private struct Row {
        let partition: Int32
        let start: Int32
        let person: Int64
        let line: Int
    }

    private let table: StoredTable
    private var bytes: [UInt8] = []
    private var rows: [Row] = []
    /// Months as their first day, or years, of the rows; see ``StoredTable/Partitioning``.
    private(set) var partitions: Set<Int32> = []
    private var lastPartition: Int32?

    private static let fullSize = 64 << 20
    private static let nullLength = UInt16.max

    init(for table: StoredTable) {
        self.table = table
        bytes.reserveCapacity(RowChunk.fullSize + (64 << 10))
    }

    var isEmpty: Bool { rows.isEmpty }
    var isFull: Bool { bytes.count >= RowChunk.fullSize }

    mutating func append(_ reader: borrowing IntakeReader<DeliveredFile.Blocks>) {
        let partition = partition(of: reader)
        if partition != lastPartition {
            partitions.insert(partition)
            lastPartition = partition
        }
        let person = table.person.map { reader.cells[$0].number } ?? 0
        rows.append(Row(partition: partition, start: Int32(bytes.count), person: person, line: reader.line))
        for index in table.columns.indices {
            append(reader, table.columns[index].form, table.columns[index].source, table.columns[index].kind)
        }
    }

    /// Sends the rows, each with `batch` in front, or with its line if there is no batch, and is empty then.
    mutating func send(batch: Int64?, to writer: inout CopyWriter) throws(DatabaseError) {
        rows.sort { left, right in
            left.partition != right.partition
                ? left.partition < right.partition
                : left.person != right.person ? left.person < right.person : left.start < right.start
        }
        let bytes = bytes.span
        let columnCount = table.columns.count
        for row in rows {
            try writer.row(columnCount + 1)
            writer.append(batch ?? Int64(row.line))
            var index = Int(row.start)
            for _ in 0..<columnCount {
                let length = UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
                index += 2
                if length == RowChunk.nullLength {
                    writer.appendNull()
                } else {
                    writer.append(bytes: bytes.extracting(index..<index + Int(length)))
                    index += Int(length)
                }
            }
        }
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        partitions.removeAll()
        lastPartition = nil
    }

    private func partition(of reader: borrowing IntakeReader<DeliveredFile.Blocks>) -> Int32 {
        switch table.partitioning {
        case .none: 0
        case .byMonth(let column): Int32(truncatingIfNeeded: reader.cells[column].number)
        case .byYear(let column): Int32(CivilTime(secondNumber: reader.cells[column].number).date.year)
        }
    }

    private mutating func append(
        _ reader: borrowing IntakeReader<DeliveredFile.Blocks>, _ form: StoredColumn.Form, _ source: Int,
        _ kind: CellKind
    ) {
        let cell = reader.cells[source]
        guard cell.isReported else {
            if kind == .validity { return append(UInt8(1)) }
            return appendLength(RowChunk.nullLength)
        }
        switch form {
        case .bigint: append(cell.number)
        case .integer, .date: append(Int32(truncatingIfNeeded: cell.number))
        case .smallint: append(Int16(truncatingIfNeeded: cell.number))
        case .boolean: append(UInt8(truncatingIfNeeded: cell.number))
        case .timestamp: append(cell.number * 1_000_000)
        case .text:
            reader.withBytes(of: source) { text in
                // Identifiers and names are far shorter than 64 KiB, as the reader has seen to.
                appendLength(UInt16(truncatingIfNeeded: text.count))
                bytes.append(addingCapacity: text.count) { span in
                    for index in text.indices { span.append(text[index]) }
                }
            }
        }
    }

    private mutating func append(_ value: some FixedWidthInteger & BitwiseCopyable) {
        appendLength(UInt16(value.bitWidth / 8))
        bytes.appendBigEndian(value)
    }

    private mutating func appendLength(_ length: UInt16) {
        bytes.appendBigEndian(length)
    }
}
