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
    /// The rows, and behind them room that is kept filled with zeros: numbers are then stored without asking the array to
    /// grow, which is what the time of a COPY goes to otherwise.
    private var storage: [UInt8] = []
    /// How many bytes of the storage are rows. Stored, like `rowCount`: callers in other targets ask after each row, and
    /// a computed property would copy the whole value for them.
    package private(set) var byteCount = 0
    /// Where values of other types encode themselves before they are stored.
    private var scratch: [UInt8] = []
    private var fieldsLeft = 0
    private var lastRowStart = 0
    private(set) var columns = 0
    package private(set) var rowCount = 0
    private var firstFault: CopyFault?

    package init(reservingBytes capacity: Int = 0) {
        storage.reserveCapacity(capacity)
    }

    package var isEmpty: Bool { rowCount == 0 }

    /// Begins a row of so many columns.
    package mutating func row(_ columns: Int) {
        if fieldsLeft != 0 || columns != self.columns { checkBreak(columns) }
        rowCount += 1
        fieldsLeft = columns
        lastRowStart = byteCount
        store(Int16(truncatingIfNeeded: columns))
    }

    package mutating func append(_ value: Int64) {
        fieldsLeft &-= 1
        storeField(value)
    }

    package mutating func append(_ value: Int32) {
        fieldsLeft &-= 1
        storeField(value)
    }

    package mutating func append(_ value: Int16) {
        fieldsLeft &-= 1
        storeField(value)
    }

    package mutating func append(_ value: Bool) {
        fieldsLeft &-= 1
        storeField(value ? 1 as UInt8 : 0)
    }

    package mutating func appendNull() {
        fieldsLeft &-= 1
        store(-1 as Int32)
    }

    package mutating func append(text: String) {
        append(bytes: text.utf8.span)
    }

    /// The bytes must be UTF-8; the server refuses others.
    package mutating func append(text: Span<UInt8>) {
        append(bytes: text)
    }

    package mutating func append(bytes field: Span<UInt8>) {
        beginField(length: field.count)
        // The field's bytes are only read, and only within the closure.
        unsafe field.withUnsafeBytes { unsafe store($0) }
    }

    package mutating func append(bytes field: [UInt8]) {
        append(bytes: field.span)
    }

    package mutating func append(_ value: Int64?) {
        if let value { append(value) } else { appendNull() }
    }

    package mutating func append(_ value: Int32?) {
        if let value { append(value) } else { appendNull() }
    }

    package mutating func append(_ value: Int16?) {
        if let value { append(value) } else { appendNull() }
    }

    /// Any other type that can be sent, also an optional one.
    package mutating func append(_ value: some ParameterValue) {
        guard !value.isNull else { return appendNull() }
        scratch.removeAll(keepingCapacity: true)
        value.append(to: &scratch)
        append(bytes: scratch)
    }

    /// The row begun last, when all its fields are appended: rows can be sent one by one and in another order with
    /// ``CopyWriter/append(row:of:)``, as long as the buffer is not emptied.
    package var lastRow: RowPlace {
        RowPlace(start: UInt32(lastRowStart), length: UInt32(byteCount - lastRowStart))
    }

    /// Where a row stands in its buffer.
    package struct RowPlace: Sendable {
        package let start: UInt32
        package let length: UInt32
    }

    /// Appends a row of another buffer with as many columns.
    mutating func append(_ place: RowPlace, of rows: CopyBuffer) {
        if fieldsLeft != 0 || rows.columns != columns { checkBreak(rows.columns) }
        rowCount += 1
        let range = Int(place.start)..<Int(place.start) + Int(place.length)
        // Slicing checks that the place lies within the rows; the bytes are only read, and only within the closure.
        unsafe rows.withBytes { bytes in unsafe store(UnsafeRawBufferPointer(rebasing: bytes[range])) }
    }

    package mutating func removeAll() {
        byteCount = 0
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

    private mutating func beginField(length: Int) {
        fieldsLeft &-= 1
        if length > CopyBuffer.longestField { note(.fieldTooLong) }
        store(Int32(truncatingIfNeeded: length))
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
    /// A number in network order.
    mutating func store<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        let place = byteCount
        byteCount = place &+ MemoryLayout<Number>.size
        if byteCount > storage.count { extendStorage() }
        // The storage reaches to `byteCount` at least.
        unsafe storage.withUnsafeMutableBytes { buffer in
            unsafe buffer.storeBytes(of: number.bigEndian, toByteOffset: place, as: Number.self)
        }
    }

    /// A field: its length in four bytes, then the number, in network order.
    mutating func storeField<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        let place = byteCount
        let size = MemoryLayout<Number>.size
        byteCount = place &+ 4 &+ size
        if byteCount > storage.count { extendStorage() }
        // The storage reaches to `byteCount` at least.
        unsafe storage.withUnsafeMutableBytes { buffer in
            unsafe buffer.storeBytes(of: Int32(size).bigEndian, toByteOffset: place, as: Int32.self)
            unsafe buffer.storeBytes(of: number.bigEndian, toByteOffset: place &+ 4, as: Number.self)
        }
    }

    private mutating func store(_ bytes: UnsafeRawBufferPointer) {
        let place = byteCount
        byteCount += bytes.count
        if byteCount > storage.count { extendStorage() }
        // The storage reaches to `byteCount` at least, and the bytes are not its own.
        unsafe storage.withUnsafeMutableBytes { buffer in
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[place...]).copyMemory(from: bytes)
        }
    }

    /// Makes the storage reach beyond `byteCount`.
    mutating func extendStorage() {
        storage.append(contentsOf: repeatElement(0, count: byteCount - storage.count + CopyBuffer.room))
    }

    private static let room = 512

    /// Lends the bytes of the rows.
    func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        // The rows are the first `byteCount` bytes; they are lent until the body is done.
        unsafe storage.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<byteCount])) }
    }
}

extension CopyBuffer {
    /// A buffer that begins with the header of a COPY and expects rows of so many columns.
    init(headerFor columns: Int) {
        self.init(reservingBytes: 128 * 1024)
        self.columns = columns
        for byte in CopyFormat.signature { store(byte) }
        store(0 as Int32)
        store(0 as Int32)
    }

    mutating func appendTrailer() {
        store(CopyFormat.trailer)
    }

    /// Empties the bytes; the count of rows goes on.
    mutating func removeSent() {
        byteCount = 0
    }
}

/// What frames the rows of a binary COPY.
enum CopyFormat {
    /// `PGCOPY\n\377\r\n\0`
    static let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    /// Stands where a row would have its number of columns.
    static let trailer: Int16 = -1
}
