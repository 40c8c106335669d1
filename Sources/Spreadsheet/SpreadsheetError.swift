/// A workbook that cannot be written.
package enum SpreadsheetError: Error, Hashable, Sendable {
    case failed(path: String, reason: String)
    /// The format knows 1,048,576 rows a sheet.
    case tooManyRows(sheet: String)
    /// Office programs keep 15 digits of a number.
    case tooLarge(sheet: String, figure: Int64)
}

extension SpreadsheetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .failed(let path, let reason): "the workbook \(path) cannot be written: \(reason)"
        case .tooManyRows(let sheet): "sheet \(sheet) has more rows than a sheet can hold; write it as CSV"
        case .tooLarge(let sheet, let figure):
            "sheet \(sheet): \(figure) has more than the 15 digits that a spreadsheet keeps; write it as CSV"
        }
    }
}
