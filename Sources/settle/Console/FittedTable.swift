/// A table within 80 columns: one of its columns takes as many lines as it needs.
struct FittedTable {
    private let alignments: [TextTable.Alignment]
    private let fitted: Int
    private var rows: [[String]] = []

    /// - Parameter fitted: the column that gives way.
    init(_ alignments: [TextTable.Alignment], fitted: Int) {
        self.alignments = alignments
        self.fitted = fitted
    }

    mutating func add(_ cells: String...) {
        rows.append(cells)
    }

    var text: String {
        let others = alignments.indices.filter { $0 != fitted }
        let taken = others.reduce(0) { sum, column in sum + (rows.map { displayWidth($0[column]) }.max() ?? 0) }
        // The indent, and two spaces between columns. Amounts are never cut, so the room has a least.
        let room = max(20, ExplainPage.width - 2 - 2 * others.count - taken)
        var table = TextTable(alignments)
        for row in rows {
            for (index, line) in wrapped(row[fitted], width: room).enumerated() {
                var cells = index == 0 ? row : Array(repeating: "", count: row.count)
                cells[fitted] = line
                table.add(cells)
            }
        }
        return table.text()
    }
}
