/// A row of a binary COPY TO STDOUT, lent to the body of ``Connection/copyOut(_:columns:_:)``. Fields are read from left
/// to right; those left unread are passed over.
///
/// ```swift
/// try connection.copyOut(.settlements, columns: 3) { row in
///     let id = try row.int64()
///     let code = try row.string()
///     let refundOf = try row.optionalInt64()
/// }
/// ```
/// COPY carries no types, only lengths: an `integer` read as `int64` is found, a timestamp read as `int64` is not.
@safe package struct CopyRow: ~Copyable {
    private var chunk = CopyChunk()
    // The bytes of `chunk` and how far they are read: `position <= end`, and `base` has `end` bytes. They change together
    // with the chunk, in `next`.
    private var base: UnsafeRawPointer?
    private var position = 0
    private var end = 0
    private var fieldsLeft = 0
    private let columns: Int
    private let statement: Statement
    private var isHeaderRead = false
    private var isTrailerRead = false

    init(_ statement: Statement, columns: Int) {
        self.statement = statement
        self.columns = columns
    }
}

extension CopyRow {
    package mutating func int64() throws(DatabaseError) -> Int64 { try number() }
    package mutating func int32() throws(DatabaseError) -> Int32 { try number() }
    package mutating func int16() throws(DatabaseError) -> Int16 { try number() }
    package mutating func bool() throws(DatabaseError) -> Bool { try number(as: UInt8.self) != 0 }
    package mutating func optionalInt64() throws(DatabaseError) -> Int64? { try optionalNumber() }
    package mutating func optionalInt32() throws(DatabaseError) -> Int32? { try optionalNumber() }
    package mutating func optionalInt16() throws(DatabaseError) -> Int16? { try optionalNumber() }

    package mutating func optionalBool() throws(DatabaseError) -> Bool? {
        try optionalNumber(as: UInt8.self).map { $0 != 0 }
    }

    package mutating func string() throws(DatabaseError) -> String {
        guard let string = try optionalString() else { throw nullFault("String") }
        return string
    }

    package mutating func optionalString() throws(DatabaseError) -> String? {
        guard let text = try optionalBytes({ (count: $0.byteCount, string: $0.text()) }) else { return nil }
        guard let string = text.string else {
            throw fault(columns - fieldsLeft - 1, "String", .value(found: "text", byteCount: text.count))
        }
        return string
    }

    /// Lends the field's bytes, for decoders that need no copy.
    package mutating func bytes<R>(_ body: (RawSpan) -> R) throws(DatabaseError) -> R {
        guard let result = try optionalBytes(body) else { throw nullFault("bytes") }
        return result
    }

    package mutating func optionalBytes<R>(_ body: (RawSpan) -> R) throws(DatabaseError) -> R? {
        guard let length = try beginField("bytes"), let base = unsafe base else { return nil }
        let start = position
        position += length
        // `beginField` saw that so many bytes are there; the chunk is not replaced during the call.
        return unsafe body(UnsafeRawBufferPointer(start: base + start, count: length).bytes)
    }

    /// Lends the field's bytes. For identifiers, of which a row has many: a closure that returns nothing needs no type
    /// looked up.
    package mutating func lend(_ body: (RawSpan) -> Void) throws(DatabaseError) {
        guard try lendOptional(body) else { throw nullFault("bytes") }
    }

    /// The same for a column that may be null: `false` for a null, and the body is not called.
    package mutating func lendOptional(_ body: (RawSpan) -> Void) throws(DatabaseError) -> Bool {
        guard let length = try beginField("bytes"), let base = unsafe base else { return false }
        let start = position
        position += length
        // As in `optionalBytes`.
        unsafe body(UnsafeRawBufferPointer(start: base + start, count: length).bytes)
        return true
    }

    /// Lends what is left of the row as it came: of each field its length, big-endian in four bytes, and its bytes.
    package mutating func rest<R>(_ body: (RawSpan) -> R) throws(DatabaseError) -> R {
        let start = position
        while fieldsLeft > 0 { try skip() }
        guard let base = unsafe base else { throw fault(columns - fieldsLeft, "the rest of a row", .malformed) }
        // `skip` saw that every field is there; the chunk is not replaced during the call.
        return unsafe body(UnsafeRawBufferPointer(start: base + start, count: position - start).bytes)
    }

    /// Passes over one field.
    package mutating func skip() throws(DatabaseError) {
        position += try beginField("a field") ?? 0
    }
}

extension CopyRow {
    @inline(__always)
    private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
        as type: Number.Type = Number.self
    ) throws(DatabaseError) -> Number {
        let size = MemoryLayout<Number>.size
        guard fieldsLeft > 0, end &- position >= 4 &+ size, let base = unsafe base else {
            throw numberFault("\(type)", size)
        }
        // The guard saw room for a length and a number; every bit pattern is a number.
        guard unsafe Int32(bigEndian: base.loadUnaligned(fromByteOffset: position, as: Int32.self)) == size else {
            throw numberFault("\(type)", size)
        }
        let number = unsafe Number(bigEndian: base.loadUnaligned(fromByteOffset: position &+ 4, as: type))
        position &+= 4 &+ size
        fieldsLeft &-= 1
        return number
    }

    @inline(__always)
    private mutating func optionalNumber<Number: FixedWidthInteger & BitwiseCopyable>(
        as type: Number.Type = Number.self
    ) throws(DatabaseError) -> Number? {
        // A null is a length of -1, looked for only where a field can begin.
        guard fieldsLeft > 0, end &- position >= 4, let base = unsafe base,
            unsafe base.loadUnaligned(fromByteOffset: position, as: Int32.self) == -1
        else { return try number(as: type) }
        position &+= 4
        fieldsLeft &-= 1
        return nil
    }

    /// The field's length, its bytes being there; `nil` for a null. The field counts as read.
    private mutating func beginField(_ expected: String) throws(DatabaseError) -> Int? {
        guard fieldsLeft > 0 else { throw fault(columns, expected, .noSuchColumn(columnCount: columns)) }
        guard let length = loadLength(), length >= -1, end - position - 4 >= Int(length) else {
            throw fault(columns - fieldsLeft, expected, .malformed)
        }
        position += 4
        fieldsLeft -= 1
        return length == -1 ? nil : Int(length)
    }

    private func loadLength() -> Int32? {
        guard end - position >= 4, let base = unsafe base else { return nil }
        // Four bytes are there by the guard.
        return unsafe Int32(bigEndian: base.loadUnaligned(fromByteOffset: position, as: Int32.self))
    }

    /// Why no number of this size stands at the position.
    private func numberFault(_ expected: String, _ size: Int) -> DatabaseError {
        let column = columns - fieldsLeft
        guard fieldsLeft > 0 else { return fault(column, expected, .noSuchColumn(columnCount: columns)) }
        guard let length = loadLength() else { return fault(column, expected, .malformed) }
        if length == -1 { return fault(column, expected, .null) }
        guard length != size else { return fault(column, expected, .malformed) }
        return fault(column, expected, .length(byteCount: Int(length)))
    }

    /// The field that was just read is null.
    private func nullFault(_ expected: String) -> DatabaseError {
        fault(columns - fieldsLeft - 1, expected, .null)
    }

    private func fault(_ column: Int, _ expected: String, _ reason: DecodingFault.Reason) -> DatabaseError {
        .decoding(
            DecodingFault(statement: statement, column: column, columnName: nil, expected: expected, reason: reason))
    }
}

extension CopyRow {
    /// Goes to the next row; `false` when the COPY is read. A server's error shows in the statement's answer, after it.
    mutating func next(from session: Session) throws(DatabaseError) -> Bool {
        while fieldsLeft > 0 { try skip() }
        while position == end {
            guard session.receive(into: &chunk) == .data else { return false }
            unsafe base = unsafe chunk.base
            position = 0
            end = chunk.count
            if !isHeaderRead { try readHeader() }
        }
        guard !isTrailerRead, end - position >= 2, let base = unsafe base else { throw fault(0, "a row", .malformed) }
        // Two bytes are there by the guard.
        let found = unsafe Int16(bigEndian: base.loadUnaligned(fromByteOffset: position, as: Int16.self))
        position += 2
        if found == CopyFormat.trailer {
            isTrailerRead = true
            return try next(from: session)
        }
        guard found == columns else { throw .misuse(statement, .columnCount(announced: columns, found: Int(found))) }
        fieldsLeft = columns
        return true
    }

    /// The server said it was done: the trailer must have come.
    func checkEnd() throws(DatabaseError) {
        guard isTrailerRead else { throw fault(0, "the trailer", .malformed) }
    }

    /// Signature, flags, and an extension that is passed over.
    private mutating func readHeader() throws(DatabaseError) {
        let signatureSize = CopyFormat.signature.count
        guard end >= signatureSize + 8, let base = unsafe base else { throw fault(0, "the header", .malformed) }
        // The header's fixed part is there by the guard.
        let header = unsafe UnsafeRawBufferPointer(start: base, count: signatureSize + 8)
        let extensionSize = unsafe Int32(
            bigEndian: header.loadUnaligned(fromByteOffset: signatureSize + 4, as: Int32.self))
        guard unsafe header.starts(with: CopyFormat.signature), extensionSize >= 0,
            end - signatureSize - 8 >= Int(extensionSize)
        else { throw fault(0, "the header", .malformed) }
        position = signatureSize + 8 + Int(extensionSize)
        isHeaderRead = true
    }
}
