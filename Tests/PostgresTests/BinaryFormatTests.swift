import Postgres
import Testing

/// One value and its bytes on the wire.
struct Encoding: CustomTestStringConvertible {
    let value: any ParameterValue
    let typeOID: UInt32
    let bytes: [UInt8]

    init(_ value: any ParameterValue, _ typeOID: UInt32, _ bytes: [UInt8]) {
        self.value = value
        self.typeOID = typeOID
        self.bytes = bytes
    }

    var testDescription: String { "\(type(of: value)) \(value)" }
}

private func decoded<Value: ColumnValue>(_ bytes: [UInt8], _ typeOID: UInt32, as type: Value.Type) -> Value? {
    Value.decode(bytes.span.bytes, typeOID: typeOID)
}

private enum Level: String, ParameterValue, ColumnValue {
    case tertiary = "03"
}

private enum Attempt: Int32, ParameterValue, ColumnValue {
    case first = 1
}

@Suite struct `Binary format` {
    @Test(arguments: [
        Encoding(Int16(-2), TypeOID.int2, [0xFF, 0xFE]),
        Encoding(Int32(258), TypeOID.int4, [0, 0, 1, 2]),
        Encoding(Int64.min, TypeOID.int8, [0x80, 0, 0, 0, 0, 0, 0, 0]),
        Encoding(true, TypeOID.bool, [1]),
        Encoding(false, TypeOID.bool, [0]),
        Encoding("共", TypeOID.text, [0xE5, 0x85, 0xB1]),
        Encoding("", TypeOID.text, []),
        Encoding([0, 255] as [UInt8], TypeOID.bytea, [0, 255]),
        Encoding(Optional(Int16(1)), TypeOID.int2, [0, 1]),
        Encoding(Optional<String>.none, TypeOID.text, []),
        Encoding(PostgresTimestamp(microseconds: 1), TypeOID.timestamptz, [0, 0, 0, 0, 0, 0, 0, 1]),
        Encoding(Level.tertiary, TypeOID.text, [0x30, 0x33]),
        Encoding(Attempt.first, TypeOID.int4, [0, 0, 0, 1]),
        Encoding([] as [Int64], TypeOID.int8Array, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20]),
        Encoding(
            ["a", ""], TypeOID.textArray,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0x61, 0, 0, 0, 0]),
        Encoding(
            [Int32(5)], TypeOID.int4Array,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 5]),
    ])
    func `values are encoded as the manual says`(encoding: Encoding) {
        var bytes: [UInt8] = [9]
        encoding.value.append(to: &bytes)
        #expect(Array(bytes.dropFirst()) == encoding.bytes)
        #expect(type(of: encoding.value).typeOID == encoding.typeOID)
    }

    @Test func `only an optional without a value is null`() {
        let none: Int64? = nil
        let noneWithin: Int64?? = .some(.none)
        #expect(none.isNull)
        #expect(noneWithin.isNull)
        #expect(!Optional("").isNull)
        #expect(!Int64(0).isNull)
        #expect(![UInt8]().isNull)
    }

    @Test func `integers are read from narrower columns, never from wider ones`() {
        #expect(Int64.accepts(TypeOID.int8) && Int64.accepts(TypeOID.int4) && Int64.accepts(TypeOID.int2))
        #expect(!Int32.accepts(TypeOID.int8) && Int32.accepts(TypeOID.int4) && Int32.accepts(TypeOID.int2))
        #expect(!Int16.accepts(TypeOID.int4) && Int16.accepts(TypeOID.int2))
        #expect(!Int64.accepts(TypeOID.numeric) && !Int64.accepts(TypeOID.text))
        #expect(decoded([0xFF, 0xFE], TypeOID.int2, as: Int64.self) == -2)
        #expect(decoded([0xFF, 0xFF, 0xFF, 0xFD], TypeOID.int4, as: Int64.self) == -3)
        #expect(decoded([1, 0], TypeOID.int2, as: Int32.self) == 256)
    }

    @Test func `bytes of another length are no number`() {
        #expect(decoded([0, 0, 0, 0], TypeOID.int8, as: Int64.self) == nil)
        #expect(decoded([0, 0, 0, 0, 0], TypeOID.int4, as: Int32.self) == nil)
        #expect(decoded([], TypeOID.int2, as: Int16.self) == nil)
        #expect(decoded([2], TypeOID.bool, as: Bool.self) == nil)
        #expect(decoded([1], TypeOID.timestamptz, as: PostgresTimestamp.self) == nil)
    }

    @Test func `bytes that are not UTF-8 are no text`() {
        #expect(decoded([0xE5, 0x85, 0xB1], TypeOID.text, as: String.self) == "共")
        #expect(decoded([0xE5, 0x85], TypeOID.text, as: String.self) == nil)
        #expect(decoded([], TypeOID.text, as: String.self)?.isEmpty == true)
    }

    @Test func `a raw value that has no case is no value`() {
        #expect(decoded([0x30, 0x33], TypeOID.varchar, as: Level.self) == .tertiary)
        #expect(decoded([0x30, 0x34], TypeOID.varchar, as: Level.self) == nil)
        #expect(Level.accepts(TypeOID.varchar) && !Level.accepts(TypeOID.int4))
        #expect(decoded([0, 1], TypeOID.int2, as: Attempt.self) == .first)
    }

    @Test(arguments: 1...50)
    func `arrays come back as they were sent`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let numbers = (0..<Int.random(in: 0...20, using: &random)).map { _ in Int64(bitPattern: random.next()) }
        let words = numbers.map { String($0, radix: 36) }
        var bytes: [UInt8] = []
        numbers.append(to: &bytes)
        #expect(decoded(bytes, TypeOID.int8Array, as: [Int64].self) == numbers)
        // However it is cut off, it is refused and nothing is read behind its end.
        for end in 0..<bytes.count {
            let part = Array(bytes[..<end])
            #expect(decoded(part, TypeOID.int8Array, as: [Int64].self) == nil, "seed \(seed), cut off at \(end)")
        }
        bytes = []
        words.append(to: &bytes)
        #expect(decoded(bytes, TypeOID.textArray, as: [String].self) == words)
    }

    @Test func `an array with a null or a second dimension is refused`() {
        let withNull: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 23, 0, 0, 0, 1, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF]
        #expect(decoded(withNull, TypeOID.int4Array, as: [Int32].self) == nil)
        let twoDimensions: [UInt8] = [
            0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1,
        ]
        #expect(decoded(twoDimensions, TypeOID.int4Array, as: [Int32].self) == nil)
    }

    @Test(arguments: [
        (Int64(0), Int64(946_684_800)), (999_999, 946_684_800), (1_000_000, 946_684_801), (-1, 946_684_799),
        (-1_000_000, 946_684_799), (-1_000_001, 946_684_798),
    ])
    func `a moment counts from the year 2000, fractions cut off towards the past`(microseconds: Int64, unix: Int64) {
        #expect(PostgresTimestamp(microseconds: microseconds).unixSeconds == unix)
        #expect(PostgresTimestamp(unixSeconds: unix) <= PostgresTimestamp(microseconds: microseconds))
        #expect(PostgresTimestamp(unixSeconds: unix + 1) > PostgresTimestamp(microseconds: microseconds))
    }
}
