/// In what form a report is written.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    /// A page to read, print and sign.
    case html
    /// A workbook to reckon with.
    case xlsx
    /// A file a table, for people.
    case csv
    /// A file a table, for programs: no byte order mark, plain values, column names as headings.
    case data

    fileprivate func fileName(_ report: Report, _ table: Table?) -> String {
        let stem = table.map { "\(report.name)-\($0.id)" } ?? report.name
        return switch self {
        case .html: "\(stem).html"
        case .xlsx: "\(stem).xlsx"
        case .csv: "\(stem).csv"
        case .data: "\(stem).data.csv"
        }
    }

    /// The files of a report in this form, in order.
    func fileNames(of report: Report) -> [String] {
        switch self {
        case .html, .xlsx: [fileName(report, nil)]
        case .csv, .data: report.tables.map { fileName(report, $0) }
        }
    }
}
