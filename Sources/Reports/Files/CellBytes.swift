import Money

// A cell as a tag and its value; whole numbers with the highest byte first, texts with their length before them.

extension [UInt8] {
    mutating func append(_ cell: Cell) {
        switch cell {
        case .text(let text): append(1, text)
        case .phrase(let phrase):
            append(2, phrase.chinese)
            append(text: phrase.english)
        case .identifier(let text): append(3, text)
        case .count(let count): append(4, count)
        case .money(let amount): append(5, amount.rawValue)
        case .rate(let rate): append(6, rate.basisPoints)
        case .date(let date): append(7, Int64(date.dayNumber))
        case .month(let month): append(8, Int64(month.firstDay.dayNumber))
        case .empty: append(0)
        }
    }

    mutating func append(big value: some FixedWidthInteger) {
        var shift = value.bitWidth
        while shift > 0 {
            shift -= 8
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    mutating func replace(at index: Int, big value: Int32) {
        for place in 0..<4 { self[index + place] = UInt8(truncatingIfNeeded: value >> (24 - 8 * place)) }
    }

    private mutating func append(_ tag: UInt8, _ text: String) {
        append(tag)
        append(text: text)
    }

    private mutating func append(_ tag: UInt8, _ value: Int64) {
        append(tag)
        append(big: value)
    }

    private mutating func append(text: String) {
        append(big: Int32(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}

/// Reads cells from the bytes they were written as. Who reads has seen to it that the bytes are there.
struct CellReader {
    private var bytes: [UInt8] = []
    private var position = 0

    /// Bytes that were not read yet.
    var left: Int { bytes.count - position }

    mutating func add(_ more: [UInt8]) {
        bytes.removeFirst(position)
        position = 0
        bytes += more
    }

    mutating func skip(_ count: Int) { position += count }

    mutating func byte() -> UInt8 {
        position += 1
        return bytes[position - 1]
    }

    mutating func int32() -> Int32 { Int32(truncatingIfNeeded: number(4)) }

    mutating func cell() -> Cell {
        switch byte() {
        case 1: .text(text())
        case 2: .phrase(Phrase(text(), text()))
        case 3: .identifier(text())
        case 4: .count(number(8))
        case 5: .money(Fen(number(8)))
        case 6: .rate(Rate(basisPoints: number(8)))
        case 7: .date(date())
        case 8: .month(date().month)
        default: .empty
        }
    }

    private mutating func number(_ count: Int) -> Int64 {
        var value: UInt64 = 0
        for _ in 0..<count { value = value << 8 | UInt64(byte()) }
        return Int64(bitPattern: value)
    }

    private mutating func date() -> CivilDate { CivilDate(dayNumber: Int32(truncatingIfNeeded: number(8))) }

    private mutating func text() -> String {
        let count = Int(int32())
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }
}
