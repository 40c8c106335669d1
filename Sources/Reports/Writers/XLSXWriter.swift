import Money
import Spreadsheet

/// Writes a report as a workbook: a sheet for each table, the head above its rows, the totals below them as formulas with
/// our own figures beside.
package struct XLSXWriter: Sendable {
    private let language: ReportLanguage

    package init(_ language: ReportLanguage) {
        self.language = language
    }

    /// - Parameter path: a temporary name, which who calls makes the file's own when this returns.
    package func write(_ report: Report, to path: String) throws {
        let book = try Workbook(
            path, title: "\(say(report.title)) \(say(report.about))",
            createdAt: report.origin.finishedAt.unixSeconds)
        for table in report.tables {
            try TableSheet(table, of: report, language, try book.addSheet(say(table.title))).write()
        }
        try book.close()
    }

    private func say(_ phrase: Phrase) -> String { phrase.text(in: language) }
}

/// One table on its sheet.
private struct TableSheet {
    private let table: Table
    private let report: Report
    private let language: ReportLanguage
    private let sheet: Sheet

    /// Title and two lines of facts stand above the headings.
    private static let headingRow = 3

    init(_ table: Table, of report: Report, _ language: ReportLanguage, _ sheet: Sheet) {
        self.table = table
        self.report = report
        self.language = language
        self.sheet = sheet
    }

    func write() throws {
        try writeHead()
        var row = TableSheet.headingRow + 1
        let first = row
        let totals = try table.walk(of: report.name) { cells in
            for (column, cell) in cells.enumerated() { try write(cell, row, column) }
            row += 1
        }
        if table.hasTotals, totals.rowCount > 0 {
            row = try writeTotals(totals, rows: first...(row - 1), at: row)
        }
        if table.hasChecks, totals.rowCount > 0 {
            try sheet.write(say(ReportWords.mustEqual) + table.sources(in: language), row + 1, 0, .soft)
            row += 2
        }
        if let note = table.note {
            try sheet.write(say(note), row + 1, 0, .soft)
            row += 2
        }
        try sheet.setPrint(
            rows: row, columns: table.columns.count, headingRow: TableSheet.headingRow,
            isAcross: table.columns.count > 6,
            pagesAcross: (widths.reduce(0, +) + TableSheet.legibleWidth - 1) / TableSheet.legibleWidth)
    }

    private func writeHead() throws {
        let origin = report.origin
        for (index, width) in widths.enumerated() { try sheet.setWidth(ofColumn: index, width) }
        try sheet.setHeight(ofRow: 0, points: 26)
        try sheet.write("\(say(report.title))　\(say(table.title))　\(say(report.about))", 0, 0, .title)
        let facts = [
            [origin.office, "\(say(ReportWords.run)) \(origin.run)（\(say(origin.instance))）"],
            [
                "\(origin.finishedAt)", "\(say(ReportWords.rules)) \(origin.rulesDigest.prefix(12))",
                say(ReportWords.unit),
            ],
        ]
        for (index, line) in facts.enumerated() {
            try sheet.write(line.compactMap(\.self).joined(separator: "　"), index + 1, 0, .soft)
        }
        try sheet.setHeight(ofRow: 2, points: 22)
        for (index, column) in table.columns.enumerated() {
            let style: SheetStyle =
                column.kind.isNumeric ? .numberHeading : isBesideFigures(index) ? .headingBeside : .heading
            try sheet.write(say(column.heading), TableSheet.headingRow, index, style)
        }
        try sheet.freeze(above: TableSheet.headingRow + 1)
    }

    private func write(_ cell: Cell, _ row: Int, _ column: Int) throws {
        let kind = table.columns[column].kind
        switch cell {
        case .count(let count): try sheet.write(count, dividedBy: 1, row, column, .count)
        case .money(let amount) where kind == .money:
            try sheet.write(amount.rawValue, dividedBy: 100, row, column, .money)
        case .rate(let rate): try sheet.write(rate.basisPoints, dividedBy: 10_000, row, column, .rate)
        case .date(let date):
            // Spreadsheets count days from 1899-12-30.
            try sheet.write(Int64(date.dayNumber) + 36_526, dividedBy: 1, row, column, .date)
        case .money, .text, .phrase, .identifier, .month:
            try sheet.write(
                cell.shown(in: language, as: kind), row, column, isBesideFigures(column) ? .textBeside : .text)
        case .empty: break
        }
    }

    /// The sums as formulas; below, what they must equal, and a formula that compares the two.
    private func writeTotals(_ totals: TableTotals, rows: ClosedRange<Int>, at row: Int) throws -> Int {
        for (index, column) in table.columns.enumerated() {
            guard let sum = totals.sums[index], column.kind.isNumeric else {
                try sheet.write(index == 0 ? say(ReportWords.total) : "", row, index, .totalText)
                continue
            }
            let span = "SUM(\(name(index, rows.lowerBound)):\(name(index, rows.upperBound)))"
            try sheet.write(
                formula: column.kind == .money ? "=ROUND(\(span),2)" : "=\(span)", result: sum,
                dividedBy: divisor(column), row, index, column.kind == .money ? .totalMoney : .totalCount)
        }
        guard table.hasChecks else { return row + 1 }
        for (index, column) in table.columns.enumerated() {
            guard let expected = column.total.expected else { continue }
            try sheet.write(
                expected, dividedBy: divisor(column), row + 1, index,
                column.kind == .money ? .checkMoney : .checkCount)
        }
        try labelFirst(row + 1, say(ReportWords.equal))
        for (index, column) in table.columns.enumerated() where column.total.expected != nil {
            let (agrees, differs) = (say(ReportWords.agrees), say(ReportWords.differs))
            try sheet.write(
                formula: "=IF(\(name(index, row))=\(name(index, row + 1)),\"\(agrees)\",\"\(differs)\")",
                result: agrees, row + 2, index, .checkAnswer)
        }
        try labelFirst(row + 2, say(ReportWords.check))
        return row + 3
    }

    private func labelFirst(_ row: Int, _ text: String) throws {
        guard table.columns.first?.total.expected == nil else { return }
        try sheet.write(text, row, 0, .checkText)
    }

    private func divisor(_ column: Column) -> Int64 { column.kind == .money ? 100 : 1 }

    /// `C5` of column 2 and row 4.
    private func name(_ column: Int, _ row: Int) -> String {
        var letters = ""
        var rest = column + 1
        while rest > 0 {
            let (quotient, letter) = (rest - 1).quotientAndRemainder(dividingBy: 26)
            letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(letter))) + letters
            rest = quotient
        }
        return "\(letters)\(row + 1)"
    }

    private func isBesideFigures(_ column: Int) -> Bool { column > 0 && table.columns[column - 1].kind.isNumeric }

    /// Of the columns. On a narrow table the first column of text is wider, so that title and facts are not cut where the
    /// table ends.
    private var widths: [Int] {
        var widths = table.columns.map { width(of: $0) }
        // What stands last is often a sentence, which would be cut where the printed part ends.
        if table.columns.count > 1, table.columns.last?.kind == .text { widths[widths.count - 1] += 30 }
        let missing = TableSheet.leastWidth - widths.reduce(0, +)
        if missing > 0, !widths.isEmpty { widths[table.columns.firstIndex { $0.kind == .text } ?? 0] += missing }
        return widths
    }

    private static let leastWidth = 84

    /// How many characters side by side a page across can be read with.
    private static let legibleWidth = 240

    /// Room for the heading and for what usually stands in such a column; a Chinese character is as wide as two others.
    private func width(of column: Column) -> Int {
        let heading = say(column.heading).unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
        let usual =
            switch column.kind {
            case .text: 26
            case .identifier: 18
            case .count: 11
            case .money: 17
            case .capitals: 46
            case .rate: 10
            case .date: 12
            }
        return max(heading + 3, usual)
    }

    private func say(_ phrase: Phrase) -> String { phrase.text(in: language) }
}
