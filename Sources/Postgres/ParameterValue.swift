/// A value that can be sent: as a parameter `$1` or as a field of COPY, in PostgreSQL's binary format.
///
/// ```swift
/// extension CivilDate: ParameterValue {
///     package static var typeOID: UInt32 { TypeOID.date }
///     package func append(to bytes: inout [UInt8]) { dayNumber.append(to: &bytes) }
/// }
/// ```
package protocol ParameterValue: Sendable {
    static var typeOID: UInt32 { get }
    /// Nothing is appended for a null.
    var isNull: Bool { get }
    /// Appends the binary form, without its length.
    func append(to bytes: inout [UInt8])
}

extension ParameterValue {
    package var isNull: Bool { false }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
    package static var typeOID: UInt32 { Wrapped.typeOID }

    package var isNull: Bool {
        guard let value = self else { return true }
        return value.isNull
    }

    package func append(to bytes: inout [UInt8]) {
        if let value = self { value.append(to: &bytes) }
    }
}

extension Int16: ParameterValue {
    package static var typeOID: UInt32 { TypeOID.int2 }
    package func append(to bytes: inout [UInt8]) { bytes.appendBigEndian(self) }
}

extension Int32: ParameterValue {
    package static var typeOID: UInt32 { TypeOID.int4 }
    package func append(to bytes: inout [UInt8]) { bytes.appendBigEndian(self) }
}

extension Int64: ParameterValue {
    package static var typeOID: UInt32 { TypeOID.int8 }
    package func append(to bytes: inout [UInt8]) { bytes.appendBigEndian(self) }
}

extension Bool: ParameterValue {
    package static var typeOID: UInt32 { TypeOID.bool }
    package func append(to bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
}

extension String: ParameterValue {
    package static var typeOID: UInt32 { TypeOID.text }
    package func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
}

/// `[UInt8]` is `bytea`; arrays of other elements are SQL arrays.
extension Array: ParameterValue where Element: ArrayElement {
    package static var typeOID: UInt32 { Element.arrayTypeOID }
    package func append(to bytes: inout [UInt8]) { Element.append(array: self, to: &bytes) }
}

/// A type whose numbers or texts stand for it in the database, as a state or a code, needs no more than
/// `extension RunState: ParameterValue, ColumnValue {}`.
extension ParameterValue where Self: RawRepresentable, RawValue: ParameterValue {
    package static var typeOID: UInt32 { RawValue.typeOID }
    package func append(to bytes: inout [UInt8]) { rawValue.append(to: &bytes) }
}
