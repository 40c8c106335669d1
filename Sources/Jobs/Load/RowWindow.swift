import Intake
import Money
import Postgres

/// Rows of one file that wait to be sent together, encoded already, in a flat piece of memory.
struct RowWindow {
    /// What is stored in front of the delivered columns.
    enum First {
        case batch(Int64)
        /// The line on which the row stands in its file.
        case line
    }

    private let table: StoredTable
    private let encoder: RowEncoder
    private let first: First
    private let size: LoadWindow
    private var bytes: CopyBuffer
    private var order = RowOrder()

    init(for table: StoredTable, first: First, size: LoadWindow) {
        self.table = table
        self.first = first
        self.size = size
        encoder = RowEncoder(for: table)
        bytes = CopyBuffer(reservingBytes: size.bytes + (64 << 10))
    }

    var isEmpty: Bool { order.count == 0 }
    var isFull: Bool { bytes.byteCount >= size.bytes || order.count >= size.rows }
    var columnCount: Int { encoder.columnCount }
    /// Months as their first day, or years, of the rows; see ``StoredTable/Partitioning``.
    var partitions: [Int32] { order.partitions }

    mutating func append(_ reader: borrowing IntakeReader) {
        let first =
            switch first {
            case .batch(let number): number
            case .line: Int64(reader.line)
            }
        encoder.encode(reader, first: first, into: &bytes)
        let person = table.person.map { reader.cells[$0].number } ?? 0
        order.append(bytes.lastRow, person: person, partition: partition(of: reader))
    }

    /// To be called when the window is filled, before its rows are sent.
    mutating func arrange() {
        order.arrange()
    }

    /// Sends some of the rows, as much as goes over at once. Returns false when none is left.
    mutating func send(to writer: inout CopyWriter) throws(DatabaseError) -> Bool {
        var sent = 0
        while sent < RowWindow.pieceSize {
            guard let row = order.next() else { return false }
            try writer.append(row: row, of: bytes)
            sent += Int(row.length)
        }
        return true
    }

    mutating func removeAll() {
        bytes.removeAll()
        order.removeAll()
    }

    /// What a ``CopyWriter`` collects before it sends.
    private static let pieceSize = 64 << 10

    private func partition(of reader: borrowing IntakeReader) -> Int32 {
        switch table.partitioning {
        case .none: 0
        case .byMonth(let column): Int32(truncatingIfNeeded: reader.cells[column].number)
        case .byYear(let column): Int32(CivilTime(secondNumber: reader.cells[column].number).date.year)
        }
    }
}
