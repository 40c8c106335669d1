/// An element of a one-dimensional SQL array without nulls, sent and read as a Swift array.
///
/// For a type of your own, conform it to ``ParameterValue`` and ``ColumnValue`` first, then give `arrayTypeOID`.
package protocol ArrayElement: Sendable {
    static var arrayTypeOID: UInt32 { get }
    static func append(array: [Self], to bytes: inout [UInt8])
    static func acceptsArray(_ typeOID: UInt32) -> Bool
    static func decodeArray(_ cell: RawSpan, typeOID: UInt32) -> [Self]?
}

extension ArrayElement where Self: ParameterValue {
    /// Dimensions, whether there are nulls, element type; length and lower bound of the dimension; the elements.
    package static func append(array: [Self], to bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(array.isEmpty ? 0 : 1))
        bytes.appendBigEndian(Int32(0))
        bytes.appendBigEndian(Self.typeOID)
        guard !array.isEmpty else { return }
        bytes.appendBigEndian(Int32(array.count))
        bytes.appendBigEndian(Int32(1))
        for element in array {
            let place = bytes.count
            bytes.appendBigEndian(Int32(0))
            element.append(to: &bytes)
            bytes.setLength(at: place)
        }
    }
}

extension ArrayElement {
    package static func acceptsArray(_ typeOID: UInt32) -> Bool { typeOID == arrayTypeOID }
}

extension ArrayElement where Self: ColumnValue {
    package static func decodeArray(_ cell: RawSpan, typeOID: UInt32) -> [Self]? {
        guard let dimensions = cell.bigEndian(at: 0, as: Int32.self),
            let elementType = cell.bigEndian(at: 8, as: UInt32.self), Self.accepts(elementType)
        else { return nil }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let count = cell.bigEndian(at: 12, as: Int32.self), count >= 0 else { return nil }
        var elements: [Self] = []
        var offset = 20
        for _ in 0..<count {
            guard let length = cell.bigEndian(at: offset, as: Int32.self), length >= 0,
                cell.byteCount - offset - 4 >= Int(length)
            else { return nil }
            let end = offset + 4 + Int(length)
            guard let element = Self.decode(cell.extracting(offset + 4..<end), typeOID: elementType) else { return nil }
            elements.append(element)
            offset = end
        }
        return elements
    }
}

extension Int32: ArrayElement {
    package static var arrayTypeOID: UInt32 { TypeOID.int4Array }

    package static func acceptsArray(_ typeOID: UInt32) -> Bool {
        typeOID == TypeOID.int4Array || typeOID == TypeOID.int2Array
    }
}

extension Int64: ArrayElement {
    package static var arrayTypeOID: UInt32 { TypeOID.int8Array }

    package static func acceptsArray(_ typeOID: UInt32) -> Bool {
        typeOID == TypeOID.int8Array || Int32.acceptsArray(typeOID)
    }
}

extension String: ArrayElement {
    package static var arrayTypeOID: UInt32 { TypeOID.textArray }

    package static func acceptsArray(_ typeOID: UInt32) -> Bool {
        typeOID == TypeOID.textArray || typeOID == TypeOID.varcharArray || typeOID == TypeOID.nameArray
    }
}

/// Bytes are no SQL array but one `bytea`.
extension UInt8: ArrayElement {
    package static var arrayTypeOID: UInt32 { TypeOID.bytea }
    package static func append(array: [UInt8], to bytes: inout [UInt8]) { bytes += array }
    package static func decodeArray(_ cell: RawSpan, typeOID: UInt32) -> [UInt8]? { cell.bytes() }
}
