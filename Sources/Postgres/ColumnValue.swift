/// A value that can be read from a column, in PostgreSQL's binary format.
///
/// ```swift
/// extension CivilDate: ColumnValue {
///     package static func decode(_ cell: RawSpan, typeOID: UInt32) -> CivilDate? {
///         cell.bigEndian(as: Int32.self).map(CivilDate.init(dayNumber:))
///     }
/// }
/// ```
package protocol ColumnValue {
    /// Whether columns of this type are read; the type sent as a parameter, unless said otherwise.
    static func accepts(_ typeOID: UInt32) -> Bool
    /// `nil` if the bytes are not such a value. The type is one that was accepted.
    static func decode(_ cell: RawSpan, typeOID: UInt32) -> Self?
}

extension ColumnValue where Self: ParameterValue {
    package static func accepts(_ typeOID: UInt32) -> Bool { typeOID == Self.typeOID }
}

extension Int16: ColumnValue {
    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> Int16? { cell.bigEndian(as: Int16.self) }
}

extension Int32: ColumnValue {
    package static func accepts(_ typeOID: UInt32) -> Bool { typeOID == TypeOID.int4 || typeOID == TypeOID.int2 }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> Int32? {
        typeOID == TypeOID.int4
            ? cell.bigEndian(as: Int32.self)
            : cell.bigEndian(as: Int16.self).map(Int32.init)
    }
}

extension Int64: ColumnValue {
    package static func accepts(_ typeOID: UInt32) -> Bool {
        typeOID == TypeOID.int8 || Int32.accepts(typeOID)
    }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> Int64? {
        typeOID == TypeOID.int8
            ? cell.bigEndian(as: Int64.self)
            : Int32.decode(cell, typeOID: typeOID).map(Int64.init)
    }
}

extension Bool: ColumnValue {
    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> Bool? {
        switch cell.bigEndian(as: UInt8.self) {
        case 0: false
        case 1: true
        default: nil
        }
    }
}

extension String: ColumnValue {
    package static func accepts(_ typeOID: UInt32) -> Bool {
        switch typeOID {
        case TypeOID.text, TypeOID.varchar, TypeOID.name, TypeOID.bpchar, TypeOID.char: true
        default: false
        }
    }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> String? { cell.text() }
}

extension Array: ColumnValue where Element: ArrayElement {
    package static func accepts(_ typeOID: UInt32) -> Bool { Element.acceptsArray(typeOID) }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> [Element]? {
        Element.decodeArray(cell, typeOID: typeOID)
    }
}

extension ColumnValue where Self: RawRepresentable, RawValue: ColumnValue {
    package static func accepts(_ typeOID: UInt32) -> Bool { RawValue.accepts(typeOID) }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> Self? {
        RawValue.decode(cell, typeOID: typeOID).flatMap(Self.init(rawValue:))
    }
}

/// Both directions at once: `accepts` would else be inherited twice.
extension ColumnValue where Self: ParameterValue, Self: RawRepresentable, RawValue: ColumnValue {
    package static func accepts(_ typeOID: UInt32) -> Bool { RawValue.accepts(typeOID) }
}
