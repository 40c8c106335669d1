import CLibpq

/// One row of an answer, lent to a decoder. Columns are counted from 0.
///
/// ```swift
/// try connection.rows(.openRuns) { row in
///     Run(id: try row[0, as: Int64.self], closedAt: try row[1, as: PostgresTimestamp?.self])
/// }
/// ```
@safe package struct Row: ~Copyable {
    private let handle: OpaquePointer?
    private let index: Int32
    package let columnCount: Int
    private let statement: Statement

    /// The caller keeps the result alive while it lends the row.
    @unsafe init(handle: OpaquePointer?, index: Int32, columnCount: Int, statement: Statement) {
        unsafe self.handle = unsafe handle
        self.index = index
        self.columnCount = columnCount
        self.statement = statement
    }

    package subscript<Value: ColumnValue>(column: Int, as type: Value.Type) -> Value {
        get throws(DatabaseError) {
            guard let value = try self[column, as: Value?.self] else {
                throw fault(column, "\(Value.self)", .null)
            }
            return value
        }
    }

    package subscript<Value: ColumnValue>(column: Int, as type: Value?.Type) -> Value? {
        get throws(DatabaseError) {
            guard column >= 0, column < columnCount else {
                throw fault(column, "\(Value.self)", .noSuchColumn(columnCount: columnCount))
            }
            // In the calls below the result is alive while the row is lent, and row and column are within its bounds.
            let typeOID = unsafe PQftype(handle, Int32(column))
            guard Value.accepts(typeOID) else {
                throw fault(column, "\(Value.self)", .type(found: TypeOID.name(of: typeOID)))
            }
            guard unsafe PQgetisnull(handle, index, Int32(column)) == 0 else { return nil }
            let length = unsafe Int(PQgetlength(handle, index, Int32(column)))
            // libpq keeps `length` bytes there until the result is freed; the span does not leave this function.
            let cell = unsafe UnsafeRawBufferPointer(start: PQgetvalue(handle, index, Int32(column)), count: length)
            guard let value = unsafe Value.decode(cell.bytes, typeOID: typeOID) else {
                throw fault(
                    column, "\(Value.self)", .value(found: TypeOID.name(of: typeOID), byteCount: length))
            }
            return value
        }
    }

    package func isNull(_ column: Int) throws(DatabaseError) -> Bool {
        guard column >= 0, column < columnCount else {
            throw fault(column, "a column", .noSuchColumn(columnCount: columnCount))
        }
        // The result is alive while the row is lent; within bounds by the guard.
        return unsafe PQgetisnull(handle, index, Int32(column)) == 1
    }

    private func fault(_ column: Int, _ expected: String, _ reason: DecodingFault.Reason) -> DatabaseError {
        // libpq answers nil for a column that is not there; the name is copied at once.
        let name = unsafe PQfname(handle, Int32(clamping: column)).map { unsafe String(cString: $0) }
        return .decoding(
            DecodingFault(
                statement: statement, column: column, columnName: name, expected: expected, reason: reason))
    }
}
