/// Rows in the binary form of COPY, as a plain value: filled by one task, sent by another with
/// ``CopyWriter/append(rows:)``.
///
/// ```swift
/// var buffer = CopyBuffer()
/// buffer.row(3)
/// buffer.append(person.id)
/// buffer.append(text: "101")
/// buffer.appendNull()
/// ```
/// The field's width must be the column's: an `Int32` for an `integer`. A row with more or fewer fields than it announced
/// is found when the rows are sent, and nothing of the COPY remains.
package struct CopyBuffer: Sendable {
    @usableFromInline var bytes: [UInt8]
    @usableFromInline var fieldsLeft = 0
    private(set) var columns = 0
    package private(set) var rowCount = 0
    private var firstFault: CopyFault?

    package init(reservingBytes capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    package var byteCount: Int { bytes.count }

    package var isEmpty: Bool { rowCount == 0 }

    /// Begins a row of so many columns.
    package mutating func row(_ columns: Int) {
        if fieldsLeft != 0 || columns != self.columns { checkBreak(columns) }
        rowCount += 1
        fieldsLeft = columns
        bytes.appendBigEndian(Int16(truncatingIfNeeded: columns))
    }

    @inlinable package mutating func append(_ value: Int64) {
        fieldsLeft &-= 1
        bytes.appendField(value)
    }

    @inlinable package mutating func append(_ value: Int32) {
        fieldsLeft &-= 1
        bytes.appendField(value)
    }

    @inlinable package mutating func append(_ value: Int16) {
        fieldsLeft &-= 1
        bytes.appendField(value)
    }

    @inlinable package mutating func append(_ value: Bool) {
        fieldsLeft &-= 1
        bytes.appendField(value ? 1 as UInt8 : 0)
    }

    @inlinable package mutating func appendNull() {
        fieldsLeft &-= 1
        bytes.appendBigEndian(-1 as Int32)
    }

    package mutating func append(text: String) {
        append(bytes: text.utf8.span)
    }

    /// The bytes must be UTF-8; the server refuses others.
    package mutating func append(text: Span<UInt8>) {
        append(bytes: text)
    }

    package mutating func append(bytes field: Span<UInt8>) {
        beginField(byteCount: field.count)
        bytes.append(contentsOf: field)
    }

    package mutating func append(bytes field: [UInt8]) {
        beginField(byteCount: field.count)
        bytes += field
    }

    /// Any other type that can be sent, also an optional one.
    package mutating func append(_ value: some ParameterValue) {
        guard !value.isNull else { return appendNull() }
        let place = bytes.count
        beginField(byteCount: 0)
        value.append(to: &bytes)
        bytes.setLength(at: place)
        if bytes.count - place > CopyBuffer.longestField { note(.fieldTooLong) }
    }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        fieldsLeft = 0
        columns = 0
        rowCount = 0
        firstFault = nil
    }

    /// What is wrong with the rows so far, if they end here.
    var fault: CopyFault? {
        if firstFault == nil, fieldsLeft != 0 { return breakFault }
        return firstFault
    }

    /// Whether a row begun so far is known to be wrong.
    var hasFault: Bool { firstFault != nil }

    /// PostgreSQL's limit for a value, and far below where a length would not fit its four bytes.
    private static let longestField = 1 << 30

    private mutating func beginField(byteCount: Int) {
        fieldsLeft &-= 1
        if byteCount > CopyBuffer.longestField { note(.fieldTooLong) }
        bytes.appendBigEndian(Int32(truncatingIfNeeded: byteCount))
    }

    /// The row before is incomplete, or the new one has another number of columns than the first.
    private mutating func checkBreak(_ columns: Int) {
        if fieldsLeft != 0, firstFault == nil { firstFault = breakFault }
        if rowCount == 0 {
            self.columns = columns
        } else if columns != self.columns, firstFault == nil {
            firstFault = CopyFault(row: rowCount + 1, columns: self.columns, reason: .announced(columns))
        }
    }

    private var breakFault: CopyFault {
        rowCount == 0
            ? CopyFault(row: 0, columns: columns, reason: .fieldBeforeRow)
            : CopyFault(row: rowCount, columns: columns, reason: .fieldCount(given: columns - fieldsLeft))
    }

    private mutating func note(_ reason: CopyFault.Reason) {
        if firstFault == nil { firstFault = CopyFault(row: rowCount, columns: columns, reason: reason) }
    }
}

extension CopyBuffer {
    /// A buffer that begins with the header of a COPY and expects rows of so many columns.
    init(headerFor columns: Int) {
        self.init(reservingBytes: 128 * 1024)
        self.columns = columns
        bytes += CopyFormat.signature
        bytes.appendBigEndian(0 as Int32)
        bytes.appendBigEndian(0 as Int32)
    }

    mutating func appendTrailer() {
        bytes.appendBigEndian(CopyFormat.trailer)
    }

    /// Empties the bytes; the count of rows goes on.
    mutating func removeSent() {
        bytes.removeAll(keepingCapacity: true)
    }
}

/// What frames the rows of a binary COPY.
enum CopyFormat {
    /// `PGCOPY\n\377\r\n\0`
    static let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    /// Stands where a row would have its number of columns.
    static let trailer: Int16 = -1
}
