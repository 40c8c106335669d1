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
            .chart(SmallReport.shares), .table(SmallReport.notices), .signatures([Phrase("制表", "Prepared by")]),
        ])
    }

    private func pages(_ report: Report, _ language: ReportLanguage, in folder: Folder) throws -> [String: String] {
        let reports = try ReportFolder(folder.path, language: language)
        _ = try reports.write(report, as: ReportFormat.allCases)
        _ = try reports.writeIndex(adding: [report], as: ReportFormat.allCases, glance: SmallReport.glance)
        return ["report": try folder.text("small-2023-01.html"), "index": try folder.text("index.html")]
    }

    @Test(arguments: ReportLanguage.allCases)
    func `complains of nothing, is as wide as its place, and every character has a font`(
        language: ReportLanguage
    ) throws {
        let folder = try Folder()
        let browser = try Browser.look(at: try pages(manyRows, language, in: folder), in: folder.path)
        #expect(browser.faults == [])
        #expect(browser.views.count == 8)
        for setting in [Browser.Setting.light, .dark, .unscripted, .paper] {
            let view = try #require(browser["report", setting])
            #expect(view.width == (setting == .paper ? 688 : 1280))
            // Seven columns of a table that is long enough, where a script may run.
            #expect(view.sorting == ([.light, .dark].contains(setting) ? 7 : 0))
            #expect(view.rows >= 23 && view.characters > 100)
        }
    }

    @Test func `is printed across where what comes first is wide, else only what is wide`() throws {
        func table(_ id: String, columns: Int) -> Section {
            let names = (0..<columns).map { Column("c\($0)", Phrase("金额\($0)", "Amount \($0)"), .money) }
            let row = names.map { _ in Cell.money(Fen(123_456_789_01)) }
            return .table(
                Table(id: id, title: Phrase("表\(id)", "Table \(id)"), columns: names, rows: TableRows([row])))
        }
        let folder = try Folder()
        let some = SmallReport.report([table("a", columns: 4), table("b", columns: 9), table("c", columns: 3)])
        let most = SmallReport.report([table("b", columns: 9), table("a", columns: 4), table("c", columns: 3)])
        let settings = [Browser.Setting.paper, .across]
        var browser = try Browser.look(
            at: try pages(some, .chinese, in: folder).filter { $0.key == "report" }, as: settings, in: folder.path)
        #expect(browser.faults == [])
        #expect(browser.views.map { [$0.width, $0.rows] } == [[688, 2], [1016, 1]])
        browser = try Browser.look(
            at: try pages(most, .chinese, in: folder).filter { $0.key == "report" }, as: settings, in: folder.path)
        #expect(browser.faults == [])
        #expect(browser.views.map { [$0.width, $0.rows] } == [[1016, 3]])
    }

    @Test func `holds the figures of a large city on paper, whichever way the table lies`() throws {
        let kinds: [[ColumnKind]] = [
            [.text] + Array(repeating: .money, count: 5), [.date] + Array(repeating: .money, count: 5),
            [.identifier] + Array(repeating: .count, count: 9), [.text, .text] + Array(repeating: .money, count: 4),
            [.text, .identifier, .count] + Array(repeating: .money, count: 5),
            [.identifier, .text] + Array(repeating: .money, count: 8),
            [.identifier, .text, .text, .identifier, .date, .count, .count] + Array(repeating: .money, count: 4),
        ]
        let tables = kinds.enumerated().map { number, kinds -> Section in
            let columns = kinds.enumerated().map { index, kind in
                Column("c\(index)", Phrase("个人账户差", "Account, difference"), kind, total: kind == .money ? .sum : .none)
            }
            let row = kinds.map { kind -> Cell in
                switch kind {
                case .text: .text("连云港市海州区示例第31社区卫生服务中心")
                case .identifier: .identifier("H32070000046")
                case .count: .count(1_000_000)
                // A year of the city, or what a month of it clears.
                case .money: .money(kinds.count > 8 ? Fen(-123_456_789_01) : Fen(-1_234_567_890_12))
                case .rate: .rate(Rate(basisPoints: 10_000))
                case .date: .date(CivilDate(dayNumber: 8431))
                case .capitals: .money(.zero)
                }
            }
            return .table(
                Table(
                    id: "t\(number)", title: Phrase("表\(number)", "Table \(number)"), columns: columns,
                    rows: TableRows([row, row])))
        }
        for language in ReportLanguage.allCases {
            let folder = try Folder()
            let pages = try pages(SmallReport.report(tables), language, in: folder)
            let browser = try Browser.look(at: ["report": try #require(pages["report"])], in: folder.path)
            #expect(browser.faults == [])
            #expect(browser["report", .paper]?.rows == 8 && browser["report", .across]?.rows == 6)
        }
    }

    @Test(arguments: [
        ("<div style='width:2000px'>x</div>", "the page is wider than its place"),
        ("<section id='s'><p style='width:9px'>xxxxxxxxx</p></section>", "section#s p is wider than its place"),
        ("<p id='p' style='color:#aaa'>grey</p>", "p#p “grey” (2.32) is hard to read"),
        // An unassigned code point and one for private use, which no font is asked to have.
        ("<p id='p'>中\u{0380}文</p>", "p#p U+0380 is in no font"),
        ("<style>p::after{content:'\u{F0123}'}</style><p id='p'>x</p>", "p#p U+F0123 is in no font"),
        ("<input placeholder='\u{0380}'>", "input U+0380 is in no font"),
        (
            "<svg viewBox='0 0 90 20'><text x='0' y='15'>ab</text><text x='5' y='15'>c</text></svg>",
            "svg “ab” “c” overlaps"
        ),
        ("<script>nothing()</script>", "ReferenceError: nothing is not defined"),
    ])
    func `is found out`(body: String, fault: String) throws {
        let folder = try Folder()
        let page = "<!doctype html><html><head></head><body>\(body)</body></html>"
        let browser = try Browser.look(at: ["page": page], as: [.light], in: folder.path)
        #expect(browser.faults.contains { $0.contains(fault) }, "\(browser.faults)")
    }
}
