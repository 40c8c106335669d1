import Money

/// The sums under a table while its rows go by.
struct TableTotals {
    private let table: Table
    private(set) var rowCount: Int64 = 0
    /// By column; `nil` where nothing is summed.
    private(set) var sums: [Int64?]

    fileprivate init(_ table: Table) {
        self.table = table
        sums = table.columns.map { $0.total == .none ? nil : 0 }
    }

    fileprivate mutating func add(_ row: [Cell]) throws(ReportError) {
        rowCount += 1
        guard row.count == table.columns.count else {
            throw .width(table: table.id, row: rowCount, cells: row.count, columns: table.columns.count)
        }
        for (index, cell) in row.enumerated() {
            let column = table.columns[index]
            guard column.kind.holds(cell) else {
                throw .kind(table: table.id, column: column.id, row: rowCount)
            }
            guard let sum = sums[index] else { continue }
            let (total, overflow) = sum.addingReportingOverflow(cell.quantity)
            guard !overflow else { throw .overflow(table: table.id, column: column.id) }
            sums[index] = total
        }
    }

    fileprivate func check(of report: String) throws(ReportError) {
        for (index, column) in table.columns.enumerated() {
            guard case .equals(let expected, let source) = column.total, let sum = sums[index] else { continue }
            guard sum == expected else {
                throw .totalDiffers(
                    TotalDifference(
                        report: report, table: table.id, column: column.id, rows: column.kind.text(sum),
                        expected: column.kind.text(expected), source: source))
            }
        }
    }

    /// The total of a column as a cell.
    func cell(_ index: Int) -> Cell {
        sums[index].map(table.columns[index].kind.cell) ?? .empty
    }
}

extension Table {
    /// Gives the rows, then their totals, which have been compared with what they must equal.
    ///
    /// - Throws: ``ReportError``, or what the rows or the body throw.
    func walk(of report: String, _ body: ([Cell]) throws -> Void) throws -> TableTotals {
        var totals = TableTotals(self)
        try rows.give { row in
            try totals.add(row)
            try body(row)
        }
        try totals.check(of: report)
        return totals
    }

    /// Whether it needs the long side of a sheet of paper: its figures, however large, stand on one line each.
    var isWide: Bool { layout == .rows && usualCharacters >= 100 }

    /// Whether it needs small print to stand upright.
    var isDense: Bool { !isWide && usualCharacters >= 72 }

    private var usualCharacters: Int { columns.reduce(0) { $0 + $1.kind.usualCharacters } }

    var hasTotals: Bool { columns.contains { $0.total != .none } }

    var hasChecks: Bool { columns.contains { $0.total.expected != nil } }

    /// Where the figures that totals must equal come from, each source once.
    func sources(in language: ReportLanguage) -> String {
        var texts: [String] = []
        for column in columns {
            guard case .equals(_, let source) = column.total else { continue }
            let text = source.text(in: language)
            if !texts.contains(text) { texts.append(text) }
        }
        return texts.joined(separator: language == .chinese ? "；" : "; ")
    }
}

extension Cell {
    /// What the cell adds to its column's sum.
    fileprivate var quantity: Int64 {
        switch self {
        case .count(let count): count
        case .money(let amount): amount.rawValue
        case .text, .phrase, .identifier, .rate, .date, .month, .empty: 0
        }
    }
}

extension ColumnKind {
    /// What a cell takes, by and large: a city's money is up to `99,999,999,999.99`, and text goes on below.
    fileprivate var usualCharacters: Int {
        switch self {
        case .text: 12
        case .identifier: 14
        case .count: 9
        case .money: 17
        case .capitals: 30
        case .rate: 8
        case .date: 10
        }
    }

    /// A sum or expected figure of such a column.
    func cell(_ figure: Int64) -> Cell {
        switch self {
        case .money, .capitals: .money(Fen(figure))
        case .text, .identifier, .count, .rate, .date: .count(figure)
        }
    }

    fileprivate func text(_ figure: Int64) -> String {
        switch self {
        case .money, .capitals: "\(Fen(figure))"
        case .text, .identifier, .count, .rate, .date: "\(figure)"
        }
    }
}
