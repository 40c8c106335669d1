/// Records with rows of their own, as persons with their movements: a table with a row for each record, tables with the
/// rows of all records, and on paper a page for each record.
package struct RecordSet: Sendable {
    package let records: Table
    package let details: [Table]
    /// Columns of the records that are listed before the pages, with their totals; empty if there is no list.
    package let listed: [String]
    package let page: RecordPage
    let source: RecordRows

    /// - Parameters:
    ///   - records: a table of the source's ``RecordRows/records``.
    ///   - details: tables of its ``RecordRows/details(_:)``, in their order.
    package init(_ source: RecordRows, records: Table, details: [Table], listed: [String], page: RecordPage) {
        self.source = source
        self.records = records
        self.details = details
        self.listed = listed
        self.page = page
    }

    var tables: [Table] { [records] + details }

    /// The list before the pages; `nil` if there is none.
    var list: Table? {
        guard !listed.isEmpty else { return nil }
        let places = records.places(of: listed)
        return Table(
            id: records.id, title: records.title, columns: places.map { records.columns[$0] },
            rows: TableRows(streaming: { body in
                try records.rows.give { row in try body(places.map { row[$0] }) }
            }), note: records.note)
    }
}

/// The page of a record.
package struct RecordPage: Sendable {
    package let title: Phrase
    /// Columns of the record that say whose page it is.
    package let facts: [String]
    package let parts: [Part]
    /// What stands below, the same on every page.
    package let closing: [Phrase]
    package let signatures: [Phrase]

    package init(title: Phrase, facts: [String], parts: [Part], closing: [Phrase], signatures: [Phrase]) {
        self.title = title
        self.facts = facts
        self.parts = parts
        self.closing = closing
        self.signatures = signatures
    }

    package enum Part: Sendable {
        /// Columns of the record, as figures side by side; what is empty is left out.
        case figures(Phrase, [String])
        /// The record's rows of a table, in some of its columns.
        case rows(of: String, columns: [String], isLeftOutIfEmpty: Bool)
    }
}

/// A record, and its rows of each of the other tables.
package struct Record: Hashable, Sendable {
    package let row: [Cell]
    package let details: [[[Cell]]]
    /// Whether there is anything to put on a page.
    package let hasPage: Bool

    package init(row: [Cell], details: [[[Cell]]], hasPage: Bool = true) {
        self.row = row
        self.details = details
        self.hasPage = hasPage
    }
}

/// Records in their order, given one after the other as often as they are asked for.
package struct RecordRows: Sendable {
    /// Which rows are wanted; others may be left out.
    enum Wanted {
        case all
        case records
        case details(Int)

        func holds(detail: Int) -> Bool {
            switch self {
            case .all: true
            case .records: false
            case .details(let index): index == detail
            }
        }
    }

    private let forEach: @Sendable (Wanted, (Record) throws -> Void) throws -> Void

    init(_ forEach: @escaping @Sendable (Wanted, (Record) throws -> Void) throws -> Void) {
        self.forEach = forEach
    }

    package init(_ records: [Record]) {
        forEach = { _, body in
            for record in records { try body(record) }
        }
    }

    /// A row for each record.
    package var records: TableRows {
        TableRows(streaming: { body in try forEach(.records) { try body($0.row) } })
    }

    /// All records' rows of one of the other tables.
    package func details(_ index: Int) -> TableRows {
        TableRows(streaming: { body in
            try forEach(.details(index)) { record in
                for row in record.details[index] { try body(row) }
            }
        })
    }

    func give(to body: (Record) throws -> Void) throws {
        try forEach(.all, body)
    }
}

extension Table {
    /// Where the columns stand.
    func places(of ids: [String]) -> [Int] {
        ids.compactMap { id in columns.firstIndex { $0.id == id } }
    }
}
