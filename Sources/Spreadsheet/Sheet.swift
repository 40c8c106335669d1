import CXlsxWriter

/// A sheet of a workbook. Rows are written downwards: a row that was left cannot be gone back to.
@safe package struct Sheet {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let name: String
    private let book: Workbook

    /// The workbook owns the sheet and is kept alive here.
    @unsafe init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, name: String, of book: Workbook) {
        unsafe self.sheet = unsafe sheet
        self.name = name
        self.book = book
    }

    package static let rowLimit = 1_048_576

    /// - Parameter width: in characters of the plain font; a Chinese one counts two.
    package func setWidth(ofColumn column: Int, _ width: Int) throws(SpreadsheetError) {
        try book.check(unsafe worksheet_set_column(sheet, UInt16(column), UInt16(column), Double(width), nil))
    }

    package func setHeight(ofRow row: Int, points: Int) throws(SpreadsheetError) {
        try book.check(unsafe worksheet_set_row(sheet, try place(row), Double(points), nil))
    }

    package func write(_ text: String, _ row: Int, _ column: Int, _ style: SheetStyle) throws(SpreadsheetError) {
        let row = try place(row)
        // Neither a NUL nor more than 32,767 characters fit a cell.
        let plain = String(text.unicodeScalars.filter { $0 != "\0" }.prefix(32_767).map(Character.init))
        if plain.isEmpty {
            try book.check(unsafe worksheet_write_blank(sheet, row, UInt16(column), book.format(style)))
        } else {
            try book.check(unsafe worksheet_write_string(sheet, row, UInt16(column), plain, book.format(style)))
        }
    }

    /// A decimal: `figure` of the smallest units, `divisor` of which are one, as 100 fen are a yuan.
    package func write(
        _ figure: Int64, dividedBy divisor: Int64, _ row: Int, _ column: Int, _ style: SheetStyle
    ) throws(SpreadsheetError) {
        try book.check(
            unsafe worksheet_write_number(
                sheet, try place(row), UInt16(column), try number(figure, divisor), book.format(style)))
    }

    /// A formula with the figure that it comes to.
    package func write(
        formula: String, result figure: Int64, dividedBy divisor: Int64, _ row: Int, _ column: Int,
        _ style: SheetStyle
    ) throws(SpreadsheetError) {
        try book.check(
            unsafe worksheet_write_formula_num(
                sheet, try place(row), UInt16(column), formula, book.format(style), try number(figure, divisor)))
    }

    /// A formula with the text that it comes to.
    package func write(
        formula: String, result text: String, _ row: Int, _ column: Int, _ style: SheetStyle
    ) throws(SpreadsheetError) {
        try book.check(
            unsafe worksheet_write_formula_str(
                sheet, try place(row), UInt16(column), formula, book.format(style), text))
    }

    /// Keeps the rows down to `row` in sight.
    package func freeze(above row: Int) throws(SpreadsheetError) {
        unsafe worksheet_freeze_panes(sheet, try place(row), 0)
    }

    /// What is printed: A4, so many pages side by side, the headings on every page and where there are several the first
    /// two columns too, page numbers below.
    package func setPrint(
        rows: Int, columns: Int, headingRow: Int, isAcross: Bool, pagesAcross: Int
    ) throws(SpreadsheetError) {
        unsafe worksheet_set_paper(sheet, 9)
        if isAcross { unsafe worksheet_set_landscape(sheet) }
        unsafe worksheet_fit_to_pages(sheet, UInt16(clamping: max(1, pagesAcross)), 0)
        if pagesAcross > 1 { try book.check(unsafe worksheet_repeat_columns(sheet, 0, 1)) }
        unsafe worksheet_set_margins(sheet, 0.55, 0.55, 0.7, 0.7)
        try book.check(unsafe worksheet_repeat_rows(sheet, try place(headingRow), try place(headingRow)))
        try book.check(
            unsafe worksheet_print_area(
                sheet, 0, 0, try place(max(0, rows - 1)), UInt16(max(0, columns - 1))))
        try book.check(unsafe worksheet_set_footer(sheet, "&C&P / &N"))
    }

    private func place(_ row: Int) throws(SpreadsheetError) -> UInt32 {
        guard row < Sheet.rowLimit else { throw .tooManyRows(sheet: name) }
        return UInt32(row)
    }

    /// The file format has no other numbers than floating ones. Within 15 digits the nearest one is written and read back
    /// as the same decimal; beyond, nothing is written.
    private func number(_ figure: Int64, _ divisor: Int64) throws(SpreadsheetError) -> Double {
        guard figure.magnitude < 1_000_000_000_000_000 else { throw .tooLarge(sheet: name, figure: figure) }
        return Double(figure) / Double(divisor)
    }
}
