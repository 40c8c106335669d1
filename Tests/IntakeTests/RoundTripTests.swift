import Intake
import Money
import Testing

/// Good cells at random, as text and as the reader should give them back.
private struct RandomCells {
    var random: SplitMix64

    mutating func cell(of kind: CellKind) -> (text: String, value: String) {
        switch kind {
        case .person:
            let number = identifier()
            return (number, "\(PersonID(number: number).rawValue)")
        case .text: return same(identifier())
        case .name: return same(name())
        case .relation: return same(pick(["spouse", "parent", "child"]))
        case .money: return money(pick([-1, 1]))
        case .amountNotNegative: return money(1)
        case .date:
            let date = CivilDate(dayNumber: Int32.random(in: -36_524...73_048, using: &random))
            return ("\(date)", "\(date.dayNumber)")
        case .month:
            let month = Month(monthNumber: Int32.random(in: 1990 * 12...2099 * 12 + 11, using: &random))
            return ("\(month)", "\(month.firstDay.dayNumber)")
        case .time:
            let time = CivilTime(secondNumber: Int64.random(in: -315_532_800...3_155_759_999, using: &random))
            return ("\(time)", "\(time.secondNumber)")
        case .year: return same("\(Int.random(in: 1990...2099, using: &random))")
        case .code: return same("\(Int.random(in: 1...9999, using: &random))")
        case .longCode: return same("\(Int.random(in: 10...999_999, using: &random))")
        case .contributionType: return same(pick(["10", "20", "30", "32", "34", "35", "36"]))
        case .institutionType: return same(pick(["1", "2"]))
        case .count: return same("\(Int.random(in: -999_999...999_999, using: &random))")
        case .flag, .validity: return same(pick(["0", "1"]))
        }
    }

    mutating func pick<T>(_ values: [T]) -> T {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    private func same(_ text: String) -> (text: String, value: String) { (text, text) }

    private mutating func money(_ sign: Int64) -> (text: String, value: String) {
        let bits = Int.random(in: 0...62, using: &random)
        let fen = sign * Int64.random(in: 0...(1 << bits), using: &random)
        let text = "\(Fen(fen))"
        // `12.00` may also be written `12`, and `12.50` as `12.5`.
        let short =
            text.hasSuffix(".00") ? String(text.dropLast(3)) : text.hasSuffix("0") ? String(text.dropLast()) : text
        return (Bool.random(using: &random) ? text : short, "\(fen)")
    }

    private mutating func identifier() -> String {
        (0...Int.random(in: 0...15, using: &random)).map { _ in pick(["A", "z", "0", "9", "-", "号", "\"", ",", "."]) }
            .joined()
    }

    private mutating func name() -> String {
        (0...Int.random(in: 0...20, using: &random)).map { _ in
            pick(["张", "a", " ", "\"", ",", "\n", "\r", "\r\n", "\t", "🏥", "é"])
        }.joined()
    }
}

@Suite struct `What is written comes back` {
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `for any rows, column order, quoting, line ends and blocks`(seed: UInt64) throws {
        var cells = RandomCells(random: SplitMix64(seed: seed))
        let file = cells.pick(IntakeFile.all)
        let written = file.columns.indices.filter { index in
            !file.columns[index].isOptional || cells.pick([true, true, false])
        }.shuffled(using: &cells.random)
        let lineEnd = cells.pick(["\n", "\r\n"])
        var text =
            cells.pick(["", "\u{FEFF}"]) + written.map { file.columns[$0].name }.joined(separator: ",") + lineEnd
        var expected: [[String?]] = []
        for _ in 0..<cells.pick([0, 1, 7, 40]) {
            var row = [String?](repeating: nil, count: file.columns.count)
            var fields: [String] = []
            for index in written {
                let column = file.columns[index]
                guard !column.isOptional || cells.pick([true, false]) || !file.rules.isEmpty && column.kind == .text
                else {
                    fields.append(cells.pick(["", "\"\""]))
                    continue
                }
                let cell = cells.cell(of: column.kind)
                fields.append(cells.quoted(cell.text))
                row[index] = cell.value
            }
            guard keepsRules(row, file) else { continue }
            expected.append(row)
            text += fields.joined(separator: ",") + lineEnd
        }
        if cells.pick([true, false]), !expected.isEmpty { text.removeLast(1) }
        for blockSize in [.max, Int(seed % 17) + 1] {
            let delivered = try Delivered(file, text, blockSize: blockSize)
            #expect(delivered.messages == [], "seed \(seed), blocks of \(blockSize)")
            #expect(delivered.rows.map(\.cells) == expected, "seed \(seed), blocks of \(blockSize)")
        }
    }

    private func keepsRules(_ row: [String?], _ file: IntakeFile) -> Bool {
        func value(_ name: String) -> Int? { file.index(of: name).flatMap { row[$0] }.flatMap(Int.init) }
        return file.rules.allSatisfy { rule in
            switch rule {
            case .notBefore(let date, let start): value(date) ?? .max >= value(start) ?? .min
            case .flagNeeds(let flag, let column): value(flag) != 1 || file.index(of: column).flatMap { row[$0] } != nil
            }
        }
    }
}

extension RandomCells {
    /// In quotation marks where it must be, and sometimes where it need not.
    mutating func quoted(_ text: String) -> String {
        let mustBe = text.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
        return mustBe || pick([true, false, false])
            ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
            : text
    }
}

/// A small generator of numbers that are the same for the same seed.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
