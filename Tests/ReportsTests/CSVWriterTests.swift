import Money
import Reports
import Testing

@Suite struct `A table as CSV` {
    private func text(_ table: Table, _ reader: CSVWriter.Reader) throws -> String {
        var text = ""
        try CSVWriter(for: reader).write(table, of: "small") { text += $0 }
        return text
    }

    private func column(_ names: [String], _ kind: ColumnKind = .text) -> Table {
        Table(
            id: "t", title: Phrase("表", "Table"), columns: [Column("name", Phrase("名称", "Name"), kind)],
            rows: TableRows(names.map { [kind == .identifier ? .identifier($0) : .text($0)] }))
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"])
    func `runs no formula in an office program`(name: String) throws {
        for kind in [ColumnKind.text, .identifier] {
            let line = try text(column([name], kind), .people(.chinese))
            #expect(line.contains("'\(name)"), "\(line)")
        }
        #expect(try !text(column([name]), .programs).contains("'"))
    }

    @Test func `leaves negative figures the figures they are`() throws {
        let table = Table(
            id: "t", title: Phrase("表", "Table"), columns: [Column("a", Phrase("额", "Amount"), .money)],
            rows: TableRows([[.money(Fen(-1_234_56))]]))
        #expect(try text(table, .people(.chinese)) == "\u{FEFF}额\r\n-1234.56\r\n")
        #expect(try text(table, .programs) == "a\r\n-1234.56\r\n")
    }

    @Test func `quotes what would break a row`() throws {
        #expect(
            try text(column(["a,b", "a\"b", "a\nb", "a\r\nb", "ab"]), .programs)
                == "name\r\n\"a,b\"\r\n\"a\"\"b\"\r\n\"a\nb\"\r\n\"a\r\nb\"\r\nab\r\n")
    }

    @Test func `has a byte order mark, headings and totals for people`() throws {
        #expect(
            try text(SmallReport.table(), .people(.chinese))
                == """
                \u{FEFF}机构编码,机构名称,人次,拨付,比例,日期,结果\r
                000320700123456789,第一医院,1,1234568.00,0.6012,2023-01-31,\r
                001320700123456789,第二医院,2,-0.11,0.6012,2023-01-31,不等\r
                合计,,3,1234567.89,,,\r
                应等于：控制总数,,,1234567.89,,,\r

                """)
    }

    @Test func `has column names and rows only for programs`() throws {
        #expect(
            try text(SmallReport.table(), .programs)
                == """
                fixmedins_code,fixmedins_name,visits,payment,rate,day,answer\r
                000320700123456789,第一医院,1,1234568.00,0.6012,2023-01-31,\r
                001320700123456789,第二医院,2,-0.11,0.6012,2023-01-31,unequal\r

                """)
    }
}
