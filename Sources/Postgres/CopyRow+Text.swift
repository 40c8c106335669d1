extension CopyRow {
    /// Lends a text field's UTF-8, for decoders that need no `String`, see ``lend(_:)``.
    package mutating func lendUTF8(_ body: (Span<UInt8>) -> Void) throws(DatabaseError) {
        // Every byte is a UInt8; the view lives as long as the bytes it is lent.
        try lend { field in unsafe body(field._unsafeView(as: UInt8.self)) }
    }
}
