import Money
import Readers
import Testing

@testable import Reports

/// Two persons with bookings, and one with nothing.
enum SmallRecords {
    static let records = [
        record("甲", Fen(3_00), [Fen(1_00), Fen(2_00)]), record("乙", Fen(-5), [Fen(-5)]),
        Record(row: [.text("丙"), .money(.zero), .empty], details: [[], []], hasPage: false),
    ]

    static func record(_ name: String, _ sum: Fen, _ amounts: [Fen]) -> Record {
        Record(
            row: [.text(name), .money(sum), .date(CivilDate(dayNumber: 8431))],
            details: [amounts.map { [.text(name), .money($0)] }, []])
    }

    static func report(
        _ source: RecordRows = RecordRows(records), isListed: Bool = true, sum: Fen = Fen(2_95),
        bookings: Fen = Fen(2_95),
        subject: String = "U"
    ) -> Report {
        let books = Phrase("账簿", "the books")
        let name = Column("name", Phrase("姓名", "Name"), .text)
        let set = RecordSet(
            source,
            records: Table(
                id: "persons", title: Phrase("人员", "Persons"),
                columns: [
                    name, Column("sum", Phrase("合计", "Sum"), .money, total: .equals(sum, source: books)),
                    Column("day", Phrase("日期", "Day"), .date),
                ], rows: source.records),
            details: [
                Table(
                    id: "bookings", title: Phrase("明细", "Bookings"),
                    columns: [
                        name, Column("amount", Phrase("金额", "Amount"), .money, total: .equals(bookings, source: books)),
                    ], rows: source.details(0)),
                Table(
                    id: "notes", title: Phrase("备注", "Notes"), columns: [name], rows: source.details(1)),
            ], listed: isListed ? ["name", "sum"] : [],
            page: RecordPage(
                title: Phrase("对账单", "Statement"), facts: ["name"],
                parts: [
                    .figures(Phrase("合计", "Sums"), ["sum", "day"]),
                    .rows(of: "bookings", columns: ["amount"], isLeftOutIfEmpty: false),
                    .rows(of: "notes", columns: ["name"], isLeftOutIfEmpty: true),
                ], closing: [Phrase("已结账。", "Closed.")], signatures: [Phrase("盖章", "Seal")]))
        return Report(
            kind: ReportKind(rawValue: "records"), title: Phrase("对账单", "Statements"), period: .year(2023),
            subject: ReportSubject("unit", subject, label: Phrase("单位 \(subject)", "unit \(subject)")),
            origin: SmallReport.origin, figures: [Figure(Phrase("人数", "People"), .count(3))],
            sections: [.records(set)])
    }

    static func spooled(_ records: [Record]) throws -> RecordRows {
        var spool = try RecordSpool()
        for record in records { try spool.add(record) }
        return try spool.rows()
    }
}

@Suite struct `Records on pages of their own` {
    private func page(_ report: Report) throws -> String {
        var text = ""
        try HTMLWriter(.chinese).write(report) { text += $0 }
        return text
    }

    @Test func `come after a list of all, and only where there is something to say`() throws {
        let text = try page(SmallRecords.report())
        #expect(text.contains("<td class=\"t\">丙</td>"))
        #expect(text.split(separator: "<article class=\"record\">").count == 3)
        #expect(text.contains("<dt>姓名</dt><dd>甲</dd>") && text.contains("<dt>姓名</dt><dd>乙</dd>"))
        #expect(!text.contains("<dt>姓名</dt><dd>丙</dd>") && !text.contains("<h3>备注</h3>"))
        #expect(text.contains("<header class=\"cover\">") == false && text.contains("<header>"))
    }

    @Test func `stand alone where there is no list`() throws {
        let text = try page(SmallRecords.report(isListed: false))
        #expect(!text.contains("<header") && !text.contains("<table data-sortable"))
        #expect(text.split(separator: "<article class=\"record\">").count == 3)
    }

    @Test(arguments: [true, false]) func `are not written where a sum is another, listed or not`(isListed: Bool) throws
    {
        for report in [
            SmallRecords.report(isListed: isListed, sum: Fen(2_94)),
            SmallRecords.report(isListed: isListed, bookings: Fen(2_96)),
        ] {
            let error = #expect(throws: ReportError.self) { try page(report) }
            #expect(error?.isDifference == true)
        }
    }

    @Test func `are rows of a table each in workbooks and CSV`() throws {
        let folder = try Folder()
        let report = SmallRecords.report()
        let paths = try ReportFolder(folder.path, language: .chinese).write(report, as: ReportFormat.allCases)
        #expect(paths.count == 8)
        #expect(
            try folder.text("records-2023-unit-U-bookings.csv") == "\u{FEFF}姓名,金额\r\n甲,1.00\r\n甲,2.00\r\n乙,-0.05\r\n"
                + "合计,2.95\r\n应等于：账簿,2.95\r\n")
        let book = try Workbook.read("\(folder.path)/records-2023-unit-U.xlsx", in: folder.path)
        #expect(book.contains("B8 f '=ROUND(SUM(B5:B7),2)' = 2.95"))
    }

    @Test func `fit their window and a sheet of paper`() throws {
        let folder = try Folder()
        let browser = try Browser.look(at: ["records": page(SmallRecords.report())], in: folder.path)
        #expect(browser.faults == [] && browser.views.count == 4)
    }
}

@Suite struct `Records laid aside` {
    private func read(_ rows: RecordRows) throws -> [String] {
        var lines: [String] = []
        for table in [SmallRecords.report(rows).tables[0], SmallRecords.report(rows).tables[1]] {
            try CSVWriter(for: .programs).write(table, of: "records") { lines.append($0) }
        }
        return lines
    }

    @Test func `are given as often as they are asked for, and the same as those that were held`() throws {
        let rows = try SmallRecords.spooled(SmallRecords.records)
        #expect(try read(rows) == read(RecordRows(SmallRecords.records)))
        #expect(try read(rows) == read(rows))
        let folders = [try Folder(), try Folder()]
        for (folder, source) in zip(folders, [rows, RecordRows(SmallRecords.records)]) {
            _ = try ReportFolder(folder.path, language: .english).write(
                SmallRecords.report(source), as: [.html, .xlsx])
        }
        for name in try folders[0].names { #expect(try folders[0].bytes(name) == folders[1].bytes(name), "\(name)") }
    }

    @Test func `may be none`() throws {
        var text = ""
        let report = SmallRecords.report(try SmallRecords.spooled([]), sum: .zero, bookings: .zero)
        try HTMLWriter(.chinese).write(report) { text += $0 }
        #expect(!text.contains("<article"))
    }

    /// Cells of every kind, texts with anything in them, records longer than what is read at a time.
    @Test(arguments: 1...30) func `come back cell by cell`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let records = (0..<Int.random(in: 1...300, using: &random)).map { _ in
            let longest = Int.random(in: 0...40, using: &random) == 0 ? 200_000 : 40
            return Record(
                row: cells(&random, longest), details: [rows(&random), rows(&random)],
                hasPage: Bool.random(using: &random))
        }
        let spooled = try SmallRecords.spooled(records)
        var all: [Record] = []
        try spooled.give { all.append($0) }
        #expect(all == records, "seed \(seed)")
        #expect(try held(spooled.records) == records.map(\.row), "seed \(seed)")
        for detail in 0..<2 {
            #expect(try held(spooled.details(detail)) == records.flatMap { $0.details[detail] }, "seed \(seed)")
        }
    }

    private func held(_ rows: TableRows) throws -> [[Cell]] {
        var held: [[Cell]] = []
        try rows.give { held.append($0) }
        return held
    }

    private func rows(_ random: inout SplitMix64) -> [[Cell]] {
        (0..<Int.random(in: 0...5, using: &random)).map { _ in cells(&random, 40) }
    }

    private func cells(_ random: inout SplitMix64, _ longest: Int) -> [Cell] {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
            let number = Int64(bitPattern: random.next())
            let day = CivilDate(dayNumber: Int32.random(in: -30_000...900_000, using: &random))
            return switch random.next() % 9 {
            case 0: .text(text(&random, longest))
            case 1: .phrase(Phrase(text(&random, longest), text(&random, 5)))
            case 2: .identifier(text(&random, 30))
            case 3: .count(number)
            case 4: .money(Fen(number))
            case 5: .rate(Rate(basisPoints: number))
            case 6: .date(day)
            case 7: .month(day.month)
            default: .empty
            }
        }
    }

    private func text(_ random: inout SplitMix64, _ longest: Int) -> String {
        let letters = ["a", "字", "\0", "\n", "𠮷", "é", "\"", ","]
        return (0..<Int.random(in: 0...longest, using: &random)).map { _ in
            letters[Int(random.next() % UInt64(letters.count))]
        }.joined()
    }
}

@Suite struct `The name of a report's file` {
    @Test(arguments: [
        ("3207005000003", "3207005000003"), ("../../etc", "_2e_2e_2f_2e_2e_2fetc"), ("a b", "a_20b"),
        ("a_20b", "a_5f20b"),
        ("a-b", "a_2db"), ("单位", "_e5_8d_95_e4_bd_8d"), ("", ""),
    ])
    func `holds nothing that a path or an address would take for its own`(unit: String, id: String) {
        #expect(ReportSubject("unit", unit, label: Phrase("", "")).id == "unit-\(id)")
    }

    @Test func `tells reports of one kind and period apart, in the list too`() throws {
        let folder = try Folder()
        let reports = try ReportFolder(folder.path, language: .chinese)
        for unit in ["V", "U", "V"] {
            let report = SmallRecords.report(subject: unit)
            _ = try reports.write(report, as: [.html])
            _ = try reports.writeIndex(adding: [report], as: [.html], glance: SmallReport.glance)
        }
        let page = try folder.text("index.html")
        let links = page.split(separator: "href=\"").dropFirst().compactMap { $0.split(separator: "\"").first }
        #expect(links == ["records-2023-unit-U.html", "records-2023-unit-V.html"])
        #expect(page.contains(">单位 U</td>") && page.contains(">网页</a>"))
    }
}
