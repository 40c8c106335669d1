import CXlsxWriter

/// An XLSX file being written row by row, in memory that does not grow with its rows.
///
/// All that deals with libxlsxwriter stands in this target. The library owns sheets and formats until the workbook is
/// closed, and copies every text it is given.
@safe package final class Workbook {
    private let path: String
    private var book: UnsafeMutablePointer<lxw_workbook>?
    private var formats: [UnsafeMutablePointer<lxw_format>] = unsafe []

    /// - Parameters:
    ///   - path: a temporary name; who calls renames it when it is closed.
    ///   - createdAt: seconds since the Unix epoch that the file says it was made at.
    package init(_ path: String, title: String, createdAt: Int64) throws(SpreadsheetError) {
        self.path = path
        var options = unsafe lxw_workbook_options()
        unsafe options.constant_memory = UInt8(LXW_TRUE.rawValue)
        guard let book = unsafe workbook_new_opt(path, &options) else {
            throw .failed(path: path, reason: "out of memory")
        }
        unsafe self.book = unsafe book
        for style in SheetStyle.allCases {
            guard let format = unsafe workbook_add_format(book) else {
                throw .failed(path: path, reason: "out of memory")
            }
            unsafe style.set(format)
            unsafe formats.append(format)
        }
        unsafe try setProperties(book, title: title, createdAt: createdAt)
    }

    deinit {
        // A workbook that was not closed is assembled to be freed; who calls removes the file.
        if let book = unsafe book { _ = unsafe workbook_close(book) }
    }

    private func setProperties(
        _ book: UnsafeMutablePointer<lxw_workbook>, title: String, createdAt: Int64
    ) throws(SpreadsheetError) {
        // The library copies the properties before the closure ends.
        let answer = unsafe title.withCString { title in
            var properties = unsafe lxw_doc_properties()
            unsafe properties.title = unsafe UnsafeMutablePointer(mutating: title)
            unsafe properties.created = time_t(createdAt)
            return unsafe workbook_set_properties(book, &properties)
        }
        try check(answer)
    }

    /// - Parameter name: shown on the tab; what a tab may not hold is left out, and it is cut to 31 characters.
    package func addSheet(_ name: String) throws(SpreadsheetError) -> Sheet {
        let plain = String(name.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
        guard let book = unsafe book, let sheet = unsafe workbook_add_worksheet(book, plain) else {
            throw .failed(path: path, reason: "a sheet cannot be named \(plain)")
        }
        return unsafe Sheet(sheet, name: plain, of: self)
    }

    /// Assembles the file.
    package func close() throws(SpreadsheetError) {
        guard let book = unsafe book else { return }
        // The library frees the workbook whether or not it can be written.
        unsafe self.book = nil
        try check(unsafe workbook_close(book))
    }

    @unsafe func format(_ style: SheetStyle) -> UnsafeMutablePointer<lxw_format> { unsafe formats[style.rawValue] }

    func check(_ answer: lxw_error) throws(SpreadsheetError) {
        guard answer != LXW_NO_ERROR else { return }
        throw .failed(path: path, reason: unsafe String(cString: lxw_strerror(answer)))
    }
}
