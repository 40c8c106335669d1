package import Money

/// A table of typed columns. Its totals are part of it, with the figures they must equal.
package struct Table: Sendable {
    /// ASCII: the name of its file and sheet, as `institutions`.
    package let id: String
    package let title: Phrase
    package let columns: [Column]
    package let rows: TableRows
    package let note: Phrase?
    package let layout: Layout

    /// How the rows are shown to people.
    package enum Layout: Hashable, Sendable {
        case rows
        /// Each row as a notice on a page of its own.
        case notices(NoticeLayout)
    }

    package init(
        id: String, title: Phrase, columns: [Column], rows: TableRows, note: Phrase? = nil, layout: Layout = .rows
    ) {
        self.id = id
        self.title = title
        self.columns = columns
        self.rows = rows
        self.note = note
        self.layout = layout
    }
}

/// A notice made of a row: to whom, what is said, the cells, and who signs.
package struct NoticeLayout: Hashable, Sendable {
    /// The column that names who is addressed.
    package let heading: String
    /// Columns that stand out.
    package let emphasis: [String]
    package let opening: Phrase
    package let closing: Phrase
    package let signatures: [Phrase]

    package init(heading: String, emphasis: [String], opening: Phrase, closing: Phrase, signatures: [Phrase]) {
        self.heading = heading
        self.emphasis = emphasis
        self.opening = opening
        self.closing = closing
        self.signatures = signatures
    }
}

/// A column of a table.
package struct Column: Hashable, Sendable {
    /// ASCII, by the interface's name where there is one: the heading for programs.
    package let id: String
    package let heading: Phrase
    package let kind: ColumnKind
    package let total: ColumnTotal

    package init(_ id: String, _ heading: Phrase, _ kind: ColumnKind, total: ColumnTotal = .none) {
        self.id = id
        self.heading = heading
        self.kind = kind
        self.total = total
    }
}

/// What stands under a column.
package enum ColumnTotal: Hashable, Sendable {
    case none
    case sum
    /// The sum, which another source gives as well: fen or a count. A report whose sum is another one is not written.
    case equals(Int64, source: Phrase)

    package static func equals(_ amount: Fen, source: Phrase) -> ColumnTotal {
        .equals(amount.rawValue, source: source)
    }

    /// The figure that the sum must equal.
    package var expected: Int64? {
        if case .equals(let figure, _) = self { figure } else { nil }
    }
}

/// The rows of a table in their order, given one after the other as often as they are asked for.
package struct TableRows: Sendable {
    private let forEachRow: @Sendable (([Cell]) throws -> Void) throws -> Void

    package init(_ rows: [[Cell]]) {
        forEachRow = { body in
            for row in rows { try body(row) }
        }
    }

    /// Rows that are too many to be held; `forEach` gives the same ones each time.
    package init(streaming forEach: @escaping @Sendable (([Cell]) throws -> Void) throws -> Void) {
        forEachRow = forEach
    }

    func give(to body: ([Cell]) throws -> Void) throws {
        try forEachRow(body)
    }
}
