import Intake
import Postgres

/// Turns the cells of a delivered row into the fields of a row of its table, in the binary form of COPY.
struct RowEncoder {
    /// What fills a column, as little as is needed for every row.
    private struct Field {
        let form: StoredColumn.Form
        let source: Int
        /// Stored as true if not reported.
        let isValidity: Bool
    }

    private let fields: [Field]

    init(for table: StoredTable) {
        fields = table.columns.map { column in
            Field(form: column.form, source: column.source, isValidity: column.kind == .validity)
        }
    }

    /// The delivered columns and the one in front of them.
    var columnCount: Int { fields.count + 1 }

    /// Appends the reader's current row with `first` in front.
    func encode(_ reader: borrowing IntakeReader, first: Int64, into buffer: inout CopyBuffer) {
        buffer.row(fields.count + 1)
        buffer.append(first)
        reader.withRow { cells, bytes in
            for field in fields {
                let cell = cells[field.source]
                guard cell.isReported else {
                    if field.isValidity { buffer.append(true) } else { buffer.appendNull() }
                    continue
                }
                switch field.form {
                case .bigint: buffer.append(cell.number)
                case .integer, .date: buffer.append(Int32(truncatingIfNeeded: cell.number))
                case .smallint: buffer.append(Int16(truncatingIfNeeded: cell.number))
                case .boolean: buffer.append(cell.number != 0)
                case .timestamp: buffer.append(cell.number * 1_000_000)
                case .text: buffer.append(text: bytes.extracting(cell.place))
                }
            }
        }
    }
}
