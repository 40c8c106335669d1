/// Why a report is not written. Nothing of it is left behind.
package enum ReportError: Error, Hashable, Sendable {
    /// The rows do not come to the figure that they must equal.
    case totalDiffers(TotalDifference)
    case width(table: String, row: Int64, cells: Int, columns: Int)
    case kind(table: String, column: String, row: Int64)
    case overflow(table: String, column: String)
    /// A template of the program cannot be read.
    case template(String, reason: String)
    /// The list of the reports in a directory is not one that this program wrote.
    case index(path: String)
}

/// A total and the figure it must equal.
package struct TotalDifference: Hashable, Sendable {
    /// Kind and period.
    package let report: String
    package let table: String
    package let column: String
    /// What the rows come to, as people read it.
    package let rows: String
    package let expected: String
    package let source: Phrase
}

extension ReportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .totalDiffers(let total):
            "report \(total.report), table \(total.table), column \(total.column): the rows come to \(total.rows), "
                + "\(total.source.english) says \(total.expected). The report is not written; find the cause first."
        case .width(let table, let row, let cells, let columns):
            "table \(table), row \(row) has \(cells) cells for \(columns) columns"
        case .kind(let table, let column, let row):
            "table \(table), column \(column), row \(row) has a value of another kind than its column"
        case .overflow(let table, let column):
            "table \(table), column \(column): the sum does not fit 64 bits; one of the rows cannot be right"
        case .template(let name, let reason):
            "the template \(name) cannot be read: \(reason)"
        case .index(let path):
            "\(path) is not a list of reports that this program wrote; move it away and write the reports again."
        }
    }

    /// Whether the figures are at fault, and not the program or a file.
    package var isDifference: Bool {
        if case .totalDiffers = self { true } else { false }
    }
}
