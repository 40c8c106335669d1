import Money
import Readers
import Reports
import Testing

/// Pages in the browser that people use, without a network.
@Suite(.serialized) struct `A page in a browser` {
    private var manyRows: Report {
        let names = (0..<12).map { "某市某区某某街道社区卫生服务中心第\($0)分院" }
        return SmallReport.report([
            .notes(Phrase("下一步", "Next"), [Phrase("核对。", "Check.")]),
            .table(SmallReport.table(names: names + SmallReport.hostileNames)), .chart(SmallReport.chart),
            .table(SmallReport.notices), .signatures([Phrase("制表", "Prepared by")]),
        ])
    }

    @Test(arguments: [(1280, 900), (794, 1123)], ReportLanguage.allCases)
    func `complains of nothing and is as wide as its window`(size: (Int, Int), language: ReportLanguage) throws {
        let folder = try Folder()
        _ = try ReportFolder(folder.path, language: language).write(manyRows, as: [.html])
        let page = try Browser.open(
            try folder.text("small-2023-01.html"), width: size.0, height: size.1, in: folder.path)
        #expect(page.console == [])
        #expect((page.width, page.wide, page.sorting) == (size.0, "", 7))
        #expect(page.fits)
    }

    @Test func `fits a sheet of paper as it is printed`() throws {
        let folder = try Folder()
        _ = try ReportFolder(folder.path, language: .chinese).write(manyRows, as: [.html])
        let page = try Browser.print(try folder.text("small-2023-01.html"), in: folder.path)
        #expect((page.width, page.wide, page.fits) == (688, "", true))
    }

    @Test func `lists reports without a complaint`() throws {
        let folder = try Folder()
        let reports = try ReportFolder(folder.path, language: .chinese)
        _ = try reports.write(manyRows, as: ReportFormat.allCases)
        _ = try reports.writeIndex(adding: [manyRows], as: ReportFormat.allCases, glance: SmallReport.glance)
        let page = try Browser.open(try folder.text("index.html"), width: 1280, height: 900, in: folder.path)
        #expect((page.console, page.wide, page.fits) == ([], "", true))
    }

    @Test func `is found out where it is too wide or complains`() throws {
        let folder = try Folder()
        let page = try Browser.open(
            "<!doctype html><html><body><div style='width:2000px'>x</div><script>nothing()</script></body></html>",
            width: 794, height: 600, in: folder.path)
        #expect(!page.fits && page.console.count == 1, "\(page)")
    }
}
