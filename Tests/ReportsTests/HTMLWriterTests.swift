import Money
import Reports
import Testing

@Suite struct `A report as a page` {
    private func page(_ report: Report, _ language: ReportLanguage = .chinese) throws -> String {
        var text = ""
        try HTMLWriter(language).write(report) { text += $0 }
        return text
    }

    @Test(arguments: SmallReport.hostileNames)
    func `takes no name for a part of itself`(name: String) throws {
        let calm = try page(SmallReport.report([.table(SmallReport.table(names: ["x", "y"]))]))
        let hostile = try page(SmallReport.report([.table(SmallReport.table(names: [name, "y"]))]))
        let escaped = name.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
        #expect(hostile == calm.replacing("<td class=\"t\">x</td>", with: "<td class=\"t\">\(escaped)</td>"))
    }

    @Test func `escapes the same in notices, charts, notes and heads`() throws {
        let name = "<b>&\"'"
        let both = Phrase(verbatim: name)
        let report = Report(
            kind: ReportKind(rawValue: "small"), title: both, period: .year(2023),
            origin: ReportOrigin(
                run: 1, instance: both, finishedAt: CivilTime(secondNumber: 0), rulesDigest: name, office: name),
            figures: [Figure(both, .text(name), note: both)],
            sections: [
                .notes(both, [both]), .signatures([both]),
                .chart(
                    Chart(
                        .bars, title: both, unit: .count, places: [both], series: [Chart.Series(both, [1])],
                        alternative: both)),
                .table(
                    Table(
                        id: "n", title: both, columns: [Column("a", both, .text)], rows: TableRows([[.text(name)]]),
                        note: both,
                        layout: .notices(
                            NoticeLayout(
                                heading: "b", emphasis: [], opening: both, closing: both, signatures: [both])))),
            ])
        #expect(try !page(report).contains("<b>"))
        #expect(try page(report).contains("&lt;b&gt;&amp;&quot;&#39;"))
    }

    @Test func `needs nothing but itself`() throws {
        let text = try page(SmallReport.report())
        for word in ["http:", "https:", "src=", "@import", "url(", "<link"] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(text.contains("default-src 'none'"))
    }

    @Test func `says each thing in one language`() throws {
        let english = try page(SmallReport.report(), .english)
        #expect(english.contains("<html lang=\"en\">"))
        let words = ["合计", "应等于", "相符", "制表", "运行", "筛选", "日期", "编制单位", "金额单位", "核对", "次"]
        #expect(words.filter(english.contains) == [])
    }
}
