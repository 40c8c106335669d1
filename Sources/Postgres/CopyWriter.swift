/// Sends rows to a running COPY FROM STDIN, lent to the body of ``Connection/copyIn(_:columns:_:)``.
///
/// ```swift
/// try connection.copyIn(.newEntries, columns: 2) { writer in
///     for entry in entries {
///         try writer.row(2)
///         writer.append(entry.personID)
///         writer.append(entry.amount)
///     }
/// }
/// ```
/// What was appended is sent when a row begins after 64 KiB, and at the end.
package struct CopyWriter: ~Copyable {
    private let session: Session
    private let statement: Statement
    private let columns: Int
    private var sentRows = 0
    private var buffer: CopyBuffer

    init(_ session: Session, _ statement: Statement, columns: Int) {
        self.session = session
        self.statement = statement
        self.columns = columns
        buffer = CopyBuffer(headerFor: columns)
    }

    /// Rows begun or appended so far.
    package var rowCount: Int { sentRows + buffer.rowCount }

    /// Begins a row of so many columns, the number announced to `copyIn`.
    package mutating func row(_ columns: Int) throws(DatabaseError) {
        if buffer.byteCount >= CopyWriter.flushSize {
            try checkRows()
            try flush()
        }
        buffer.row(columns)
        if columns != self.columns || buffer.hasFault { try checkAnnounced(columns) }
    }

    package mutating func append(_ value: Int64) { buffer.append(value) }
    package mutating func append(_ value: Int32) { buffer.append(value) }
    package mutating func append(_ value: Int16) { buffer.append(value) }
    package mutating func append(_ value: Bool) { buffer.append(value) }
    package mutating func appendNull() { buffer.appendNull() }
    package mutating func append(text: String) { buffer.append(text: text) }
    package mutating func append(text: Span<UInt8>) { buffer.append(text: text) }
    package mutating func append(bytes: Span<UInt8>) { buffer.append(bytes: bytes) }
    package mutating func append(bytes: [UInt8]) { buffer.append(bytes: bytes) }
    package mutating func append(_ value: Int64?) { buffer.append(value) }
    package mutating func append(_ value: Int32?) { buffer.append(value) }
    package mutating func append(_ value: some ParameterValue) { buffer.append(value) }

    /// Sends rows that were encoded elsewhere.
    package mutating func append(rows: CopyBuffer) throws(DatabaseError) {
        guard !rows.isEmpty || rows.fault != nil else { return }
        try checkRows()
        if let fault = rows.fault { throw .copyRows(statement, fault) }
        guard rows.columns == columns else {
            throw .copyRows(statement, CopyFault(row: rowCount + 1, columns: columns, reason: .announced(rows.columns)))
        }
        try flush()
        try send(rows)
        sentRows += rows.rowCount
    }

    /// Appends a row of a buffer that was filled elsewhere, ``CopyBuffer/lastRow`` when it was the last.
    package mutating func append(row: CopyBuffer.RowPlace, of rows: borrowing CopyBuffer) throws(DatabaseError) {
        if buffer.byteCount >= CopyWriter.flushSize {
            try checkRows()
            try flush()
        }
        if let fault = rows.fault { throw .copyRows(statement, fault) }
        buffer.append(row, of: rows)
        if rows.columns != columns || buffer.hasFault { try checkAnnounced(rows.columns) }
    }

    /// Whether the server is still busy with what it was sent, so that sending more would make the program wait. Who has
    /// other work to do does that first.
    package var wouldWait: Bool { !session.canSend }

    private static let flushSize = 64 * 1024

    /// Sends what is left and the trailer.
    mutating func finish() throws(DatabaseError) {
        try checkRows()
        buffer.appendTrailer()
        try flush()
    }

    private func checkRows() throws(DatabaseError) {
        if let fault = buffer.fault { throw .copyRows(statement, fault) }
    }

    private func checkAnnounced(_ columns: Int) throws(DatabaseError) {
        if buffer.hasFault, let fault = buffer.fault { throw .copyRows(statement, fault) }
        throw .copyRows(statement, CopyFault(row: rowCount, columns: self.columns, reason: .announced(columns)))
    }

    private mutating func flush() throws(DatabaseError) {
        try send(buffer)
        buffer.removeSent()
    }

    private func send(_ rows: CopyBuffer) throws(DatabaseError) {
        // The bytes are lent until libpq has copied or sent them.
        guard unsafe rows.withBytes({ unsafe session.send($0) }) else {
            throw .connectionLost(statement, message: session.errorMessage, inTransaction: true)
        }
    }
}
