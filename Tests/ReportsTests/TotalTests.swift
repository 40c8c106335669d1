import Money
import Reports
import Testing

@Suite struct `A report whose rows do not come to what they must` {
    @Test(arguments: ReportFormat.allCases)
    func `is not written, and the one before it stays`(format: ReportFormat) throws {
        let folder = try Folder()
        let reports = try ReportFolder(folder.path, language: .chinese)
        let good = SmallReport.report([.table(SmallReport.table())])
        let path = try #require(try reports.write(good, as: [format]).first)
        let name = String(path.dropFirst(folder.path.utf8.count + 1))
        let before = try folder.bytes(name)
        let bad = SmallReport.report([.table(SmallReport.table(expected: Fen(1_234_567_90)))])
        let error = #expect(throws: ReportError.self) { try reports.write(bad, as: [format]) }
        #expect(
            error?.description == """
                report small-2023-01, table institutions, column payment: the rows come to 1234567.89, control totals says \
                1234567.90. The report is not written; find the cause first.
                """)
        #expect(error?.isDifference == true)
        #expect(try folder.bytes(name) == before)
        #expect(try folder.names == [name])
    }

    private func table(_ kind: ColumnKind, _ rows: [[Cell]], _ total: ColumnTotal = .sum) -> Report {
        SmallReport.report([
            .table(
                Table(
                    id: "t", title: Phrase("表", "Table"), columns: [Column("a", Phrase("甲", "A"), kind, total: total)],
                    rows: TableRows(rows)))
        ])
    }

    @Test func `or that is no table at all, is named`() throws {
        let folder = try Folder()
        let reports = try ReportFolder(folder.path, language: .english)
        for (report, text) in [
            (table(.count, [[.count(1)], []]), "table t, row 2 has 0 cells for 1 columns"),
            (table(.count, [[.money(.zero)]]), "table t, column a, row 1 has a value of another kind than its column"),
            (
                table(.count, [[.count(.max)], [.count(1)]]),
                "table t, column a: the sum does not fit 64 bits; one of the rows cannot be right"
            ),
            (
                table(.count, [[.count(1)]], .equals(2, source: Phrase("凭证", "the vouchers"))),
                "report small-2023-01, table t, column a: the rows come to 1, the vouchers says 2. The report is not "
                    + "written; find the cause first."
            ),
        ] {
            let error = #expect(throws: ReportError.self) { try reports.write(report, as: [.html]) }
            #expect(error?.description == text)
            #expect(try folder.names.isEmpty)
        }
    }

    @Test func `while an empty table is zero in all`() throws {
        let folder = try Folder()
        let reports = try ReportFolder(folder.path, language: .chinese)
        let empty = table(.money, [], .equals(Fen.zero, source: Phrase("凭证", "the vouchers")))
        #expect(try reports.write(empty, as: ReportFormat.allCases).count == 4)
        #expect(try folder.text("small-2023-01.html").contains("<p class=\"none\">无</p>"))
    }
}
