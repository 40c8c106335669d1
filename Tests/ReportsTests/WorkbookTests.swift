import Money
import Readers
import Reports
import Testing

@Suite struct `A report as a workbook` {
    private func read(_ table: Table) throws -> [String] {
        let folder = try Folder()
        let reports = try ReportFolder(folder.path, language: .chinese)
        let path = try #require(try reports.write(SmallReport.report([.table(table)]), as: [.xlsx]).first)
        return try Workbook.read(path, in: folder.path).split(separator: "\n").map(String.init)
    }

    @Test func `has numbers as numbers, identifiers as text, and sums as formulas with our own figures below`() throws {
        let lines = try read(SmallReport.table())
        for line in [
            "A5 s '000320700123456789' @", "C5 n 1 #,##0", "D5 n 1234568 #,##0.00", "D6 n -0.11 #,##0.00",
            "E5 n 0.6012 0.00%", "C7 f '=SUM(C5:C6)' = 3 #,##0", "D7 f '=ROUND(SUM(D5:D6),2)' = 1234567.89 #,##0.00",
            "D8 n 1234567.89 #,##0.00", "D9 f '=IF(D7=D8,\"相符\",\"不符\")' = '相符'",
        ] {
            #expect(lines.contains(line), "\(line)\n\(lines.joined(separator: "\n"))")
        }
    }

    @Test func `takes no name for a formula`() throws {
        let lines = try read(SmallReport.table(names: SmallReport.hostileNames))
        #expect(lines.count { $0.hasPrefix("B") && $0.contains(" f ") } == 0)
        #expect(lines.contains { $0.hasPrefix("B9 s '=HYPERLINK(\"http://x\",\"y\")'") })
    }

    @Test(arguments: [Int64(1), 99, 1_01, 123_456_789_012_34, 999_999_999_999_99, -999_999_999_999_99])
    func `keeps every fen`(fen: Int64) throws {
        let table = Table(
            id: "t", title: Phrase("表", "Table"), columns: [Column("a", Phrase("额", "Amount"), .money)],
            rows: TableRows([[.money(Fen(fen))]]))
        let line = try #require(try read(table).first { $0.hasPrefix("A5 ") })
        let number = try #require(line.split(separator: " ").dropFirst(2).first)
        var text = "\(Fen(fen))"
        while text.hasSuffix("0") { text.removeLast() }
        #expect(number == (text.hasSuffix(".") ? text.dropLast() : text[...]))
    }

    @Test func `is refused where a spreadsheet would lose digits`() throws {
        let folder = try Folder()
        let table = Table(
            id: "t", title: Phrase("表", "Table"), columns: [Column("a", Phrase("额", "Amount"), .money)],
            rows: TableRows([[.money(Fen(1_000_000_000_000_000))]]))
        let error = #expect(throws: (any Error).self) {
            try ReportFolder(folder.path, language: .chinese).write(SmallReport.report([.table(table)]), as: [.xlsx])
        }
        #expect(
            error.map { "\($0)" }
                == "sheet 表: 1000000000000000 has more than the 15 digits that a spreadsheet keeps; write it as CSV")
        #expect(try folder.names.isEmpty)
    }

    @Test func `holds a million rows in flat memory`() throws {
        let folder = try Folder()
        let count = Int64(1_000_000)
        let peak = PeakMemory()
        let table = Table(
            id: "t", title: Phrase("表", "Table"),
            columns: [
                Column("a", Phrase("号", "Number"), .identifier), Column("n", Phrase("名称", "Name"), .text),
                Column("b", Phrase("额", "Amount"), .money, total: .equals(Fen(count), source: Phrase("数", "count"))),
            ],
            rows: TableRows(streaming: { body in
                for number in 0..<count {
                    if number.isMultiple(of: 20_000) { peak.look() }
                    try body([.identifier("3207\(number)"), .text("某人\(number)"), .money(Fen(1))])
                }
                peak.look()
            }))
        _ = try ReportFolder(folder.path, language: .chinese).write(
            SmallReport.report([.table(table)]), as: [.xlsx, .csv])
        peak.look()
        #expect(try folder.text("small-2023-01-t.csv").utf8.count { $0 == UInt8(ascii: "\n") } == 1_000_003)
        #expect(try folder.bytes("small-2023-01.xlsx").count > 5_000_000)
        // Other tests run in the same process; a row held would take ten times as much.
        #expect(peak.growth < 100_000_000, "\(peak.growth)")
    }
}
