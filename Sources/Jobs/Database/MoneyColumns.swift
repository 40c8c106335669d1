package import Money
import Postgres

extension CivilDate: ParameterValue, ColumnValue {
    package static var typeOID: UInt32 { TypeOID.date }

    package func append(to bytes: inout [UInt8]) { dayNumber.append(to: &bytes) }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> CivilDate? {
        cell.bigEndian(as: Int32.self).map(CivilDate.init(dayNumber:))
    }
}

/// A month stands in the database as its first day.
extension Month: ParameterValue, ColumnValue {
    package static var typeOID: UInt32 { TypeOID.date }

    package func append(to bytes: inout [UInt8]) { firstDay.append(to: &bytes) }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> Month? {
        CivilDate.decode(cell, typeOID: typeOID).flatMap { $0.day == 1 ? $0.month : nil }
    }
}

extension Fen: ParameterValue, ColumnValue {
    package static var typeOID: UInt32 { TypeOID.int8 }

    package func append(to bytes: inout [UInt8]) { rawValue.append(to: &bytes) }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> Fen? {
        cell.bigEndian(as: Int64.self).map(Fen.init)
    }
}

extension FactID: ParameterValue {
    package static var typeOID: UInt32 { TypeOID.text }

    package func append(to bytes: inout [UInt8]) {
        for position in 0..<count {
            bytes.append(self[position])
        }
    }
}

extension CopyBuffer {
    mutating func append(_ id: FactID) {
        id.withUTF8 { append(text: $0) }
    }
}
