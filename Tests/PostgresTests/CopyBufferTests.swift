import Testing

@testable import Postgres

@Suite struct `Rows for COPY` {
    @Test func `a row is its number of fields, then length and bytes of each`() {
        var buffer = CopyBuffer()
        buffer.row(11)
        buffer.append(Int64(1))
        buffer.append(Int32(-1))
        buffer.append(Int16(2))
        buffer.append(true)
        buffer.appendNull()
        buffer.append(text: "共")
        buffer.append(bytes: [7])
        buffer.append([Int64]())
        buffer.append(Int64?.none)
        buffer.append(Optional(Int32(3)))
        buffer.append(String?.none)
        let expected: [UInt8] =
            [0, 11] + [0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1] + [0, 0, 0, 4, 255, 255, 255, 255] + [0, 0, 0, 2, 0, 2]
            + [0, 0, 0, 1, 1] + [255, 255, 255, 255] + [0, 0, 0, 3, 0xE5, 0x85, 0xB1] + [0, 0, 0, 1, 7]
            + [0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20] + [255, 255, 255, 255]
            + [0, 0, 0, 4, 0, 0, 0, 3] + [255, 255, 255, 255]
        #expect(buffer.bytes == expected)
        #expect(buffer.byteCount == expected.count)
        #expect(buffer.rowCount == 1)
        #expect(buffer.fault == nil)
    }

    @Test func `spans of text and bytes are taken without a copy of their own`() {
        var buffer = CopyBuffer()
        let line: [UInt8] = Array("101,三级".utf8)
        let level = line[4...]
        buffer.row(2)
        buffer.append(text: level.span)
        buffer.append(bytes: line.span.extracting(0..<3))
        #expect(buffer.bytes == [0, 2, 0, 0, 0, 6] + Array("三级".utf8) + [0, 0, 0, 3] + Array("101".utf8))
    }

    @Test(arguments: 1...20)
    func `whatever the lengths, nothing is lost or overwritten`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var buffer = CopyBuffer()
        var expected: [UInt8] = []
        for _ in 0..<200 {
            let field = [UInt8](
                repeating: UInt8.random(in: 0...255, using: &random), count: Int.random(in: 0...700, using: &random))
            let number = Int64(bitPattern: random.next())
            buffer.row(3)
            buffer.append(bytes: field)
            buffer.append(number)
            buffer.append(Optional(field))
            expected.appendBigEndian(3 as Int16)
            expected.appendBigEndian(Int32(field.count))
            expected += field
            expected.appendBigEndian(8 as Int32)
            expected.appendBigEndian(number)
            expected.appendBigEndian(Int32(field.count))
            expected += field
        }
        #expect(buffer.bytes == expected, "seed \(seed)")
    }

    @Test func `emptied, it takes rows of another shape`() {
        var buffer = CopyBuffer(reservingBytes: 64)
        #expect(buffer.isEmpty)
        buffer.row(1)
        buffer.removeAll()
        #expect(buffer.isEmpty && buffer.byteCount == 0 && buffer.fault == nil)
        buffer.row(2)
        buffer.append(true)
        buffer.appendNull()
        #expect(buffer.fault == nil && buffer.rowCount == 1)
    }

    @Test func `a row with too few fields is named, also when it is the last`() {
        var buffer = CopyBuffer()
        buffer.row(2)
        buffer.append(true)
        #expect(buffer.fault == CopyFault(row: 1, columns: 2, reason: .fieldCount(given: 1)))
        #expect(!buffer.hasFault)
        buffer.row(2)
        buffer.append(true)
        buffer.append(true)
        #expect(buffer.fault == CopyFault(row: 1, columns: 2, reason: .fieldCount(given: 1)))
        #expect(buffer.hasFault)
    }

    @Test func `a row with too many fields is named`() {
        var buffer = CopyBuffer()
        for _ in 0..<2 {
            buffer.row(1)
            buffer.append(true)
        }
        buffer.appendNull()
        #expect(buffer.fault == CopyFault(row: 2, columns: 1, reason: .fieldCount(given: 2)))
    }

    @Test func `a row that announces another number of columns is named`() {
        var buffer = CopyBuffer()
        buffer.row(1)
        buffer.append(true)
        buffer.row(2)
        buffer.append(true)
        buffer.append(true)
        #expect(buffer.fault == CopyFault(row: 2, columns: 1, reason: .announced(2)))
    }

    @Test func `a field before the first row is found`() {
        var buffer = CopyBuffer()
        buffer.append(Int64(1))
        #expect(buffer.fault?.reason == .fieldBeforeRow)
        buffer.row(1)
        buffer.append(Int64(1))
        #expect(buffer.fault?.reason == .fieldBeforeRow)
    }
}

extension CopyBuffer {
    fileprivate var bytes: [UInt8] { withBytes { Array($0) } }
}
