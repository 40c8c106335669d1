import Intake
import Testing

/// A column of a file and something it must refuse.
struct BadCell: CustomTestStringConvertible {
    let file: IntakeFile
    let column: IntakeFile.Column
    let value: String
    let fault: IntakeFault

    var testDescription: String { "\(file.name) \(column.name) \(value.debugDescription)" }

    static let all: [BadCell] = IntakeFile.all.flatMap { file in
        file.columns.flatMap { column in
            column.kind.badValues.map { BadCell(file: file, column: column, value: $0.value, fault: $0.fault) }
        }
    }
}

@Suite struct `Every column refuses what is not of its kind` {
    @Test(arguments: BadCell.all)
    func `and names file, line, column and reason`(bad: BadCell) throws {
        let text = [bad.file.header, bad.file.row(), bad.file.row(bad.column.name, bad.value)].joined(separator: "\n")
        let delivered = try Delivered(bad.file, text)
        #expect(delivered.rows.map(\.line) == [2])
        let problem = try #require(delivered.problems.list.first)
        #expect(delivered.problems.list.count == 1)
        #expect(problem.file == bad.file.name)
        #expect(problem.line == 3)
        #expect(problem.column == bad.column.name)
        #expect(problem.fault == bad.fault)
        #expect((problem.value == nil) == bad.column.isConfidential)
    }

    @Test(arguments: IntakeFile.all)
    func `and one that is not UTF-8`(file: IntakeFile) throws {
        for column in file.columns {
            let before = Array("\(file.header)\n".utf8)
            let row = Array(file.row(column.name, "?").utf8).flatMap { $0 == UInt8(ascii: "?") ? [0xC3, 0x28] : [$0] }
            let delivered = try Delivered(file, bytes: before + row)
            #expect(delivered.problems.list.map(\.column) == [column.name])
            #expect(delivered.problems.list.map(\.fault) == [.notUTF8])
        }
    }

    @Test(arguments: IntakeFile.all)
    func `An empty cell is refused only where something is required`(file: IntakeFile) throws {
        for column in file.columns {
            let delivered = try Delivered(file, "\(file.header)\n\(file.row(column.name, "")),\n")
            #expect(delivered.messages.count == 1, "a field too many")
            let empty = try Delivered(file, "\(file.header)\n\(file.row(column.name, "\"\""))\n")
            let expected =
                column.isOptional
                ? [] : ["\(file.name):2: \(column.name): empty; write a value"]
            #expect(empty.messages == expected)
        }
    }

    @Test(arguments: IntakeFile.all)
    func `A row of good values is read`(file: IntakeFile) throws {
        let delivered = try Delivered(file, "\(file.header)\n\(file.row())")
        #expect(delivered.messages == [])
        #expect(delivered.rows.count == 1)
    }
}

@Suite struct `Values at the edge are taken` {
    @Test(arguments: [
        ("0", 0), ("0.00", 0), ("-0", 0), ("12", 12_00), ("12.5", 12_50), ("12.05", 12_05), ("-12.00", -12_00),
        ("1234.50", 1234_50), ("0012.00", 12_00), ("92233720368547758.07", Int64.max),
        ("-92233720368547758.08", Int64.min),
    ])
    func `Money in yuan becomes fen`(text: String, fen: Int64) throws {
        let file = IntakeFile.accountOpening
        let delivered = try Delivered(file, "\(file.header)\n\(file.row("balance", text))")
        #expect(delivered.messages == [])
        #expect(delivered.rows.first?.cells.last == "\(fen)")
    }

    @Test(arguments: [("1900-01-01", -36_524), ("2000-01-01", 0), ("2024-02-29", 8825), ("2199-12-31", 73_048)])
    func `A date becomes a day number`(text: String, day: Int) throws {
        let file = IntakeFile.accountOpening
        let delivered = try Delivered(file, "\(file.header)\n\(file.row("balance_date", text))")
        #expect(delivered.rows.first?.cells[1] == "\(day)")
    }

    @Test func `A time becomes seconds on the clocks of Asia/Shanghai`() throws {
        let file = IntakeFile.settlement
        let delivered = try Delivered(file, "\(file.header)\n\(file.row("setl_time", "2000-01-02 00:00:01"))")
        #expect(delivered.rows.first?.cells[6] == "86401")
    }

    @Test func `An identifier of 64 bytes and a name of 200 characters`() throws {
        let id = String(repeating: "A", count: 64)
        let name = String(repeating: "某", count: 200)
        let delivered = try Delivered(.person, "psn_no,psn_name,insu_admdvs\n\(id),\(name),320700")
        #expect(delivered.messages == [])
    }
}
