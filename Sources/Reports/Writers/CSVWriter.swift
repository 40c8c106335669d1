/// Writes a table as CSV (RFC 4180).
package struct CSVWriter: Sendable {
    package enum Reader: Hashable, Sendable {
        /// Headings and words in the language; a byte order mark, by which office programs know UTF-8; totals with the
        /// figures they must equal; nothing that an office program would take for a formula.
        case people(ReportLanguage)
        /// Column names as headings, plain values, rows only.
        case programs
    }

    private let reader: Reader

    package init(for reader: Reader) {
        self.reader = reader
    }

    /// - Parameter report: name of the report, for errors.
    package func write(_ table: Table, of report: String, to put: (String) throws -> Void) throws {
        switch reader {
        case .programs:
            try put(CSVLine.text(table.columns.map(\.id)))
            _ = try table.walk(of: report) { row in try put(CSVLine.text(row.map(\.plain))) }
        case .people(let language):
            try put("\u{FEFF}")
            try put(CSVLine.text(table.columns.map { CSVLine.harmless($0.heading.text(in: language)) }))
            let totals = try table.walk(of: report) { row in
                try put(CSVLine.text(row.enumerated().map { text($1, table.columns[$0].kind, language) }))
            }
            guard table.hasTotals else { return }
            let sums = table.columns.indices.map { text(totals.cell($0), table.columns[$0].kind, language) }
            try put(CSVLine.text(labelled(sums, ReportWords.total.text(in: language))))
            guard table.hasChecks else { return }
            let expected = table.columns.map { column in
                column.total.expected.map { text(column.kind.cell($0), column.kind, language) } ?? ""
            }
            try put(
                CSVLine.text(labelled(expected, ReportWords.mustEqual.text(in: language) + table.sources(in: language)))
            )
        }
    }

    private func text(_ cell: Cell, _ kind: ColumnKind, _ language: ReportLanguage) -> String {
        switch cell {
        // Figures begin with a minus sign where they are negative, and are meant to be figures.
        case .count, .money, .rate:
            kind == .capitals ? cell.shown(in: language, as: kind) : cell.plain
        case .text, .phrase, .identifier, .date, .month, .empty:
            CSVLine.harmless(cell.shown(in: language, as: kind))
        }
    }

    /// A line that begins with what it is, where the first column has nothing to say.
    private func labelled(_ cells: [String], _ label: String) -> [String] {
        guard let first = cells.first else { return [] }
        return [first.isEmpty ? label : first] + cells.dropFirst()
    }
}
