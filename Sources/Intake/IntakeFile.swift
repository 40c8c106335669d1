/// One file of the contract with the office's systems: its name, its columns, its key, and what a key delivered again
/// means. The table of all of them is ``all``.
package struct IntakeFile: Hashable, Sendable {
    /// What happens to a key that was delivered before.
    package enum History: Hashable, Sendable {
        /// The newer row replaces the older version from its batch on.
        case versioned
        /// The same id with other content is refused; `dated` names the column with the event's date or time.
        case event(dated: String)
    }

    package struct Column: Hashable, Sendable {
        package let name: String
        package let kind: CellKind
        /// May be empty, and may be left out of the header: not reported.
        package let isOptional: Bool
        /// Names and certificate numbers: the value never appears in a message.
        package let isConfidential: Bool

        static func required(_ name: String, _ kind: CellKind) -> Column {
            Column(name: name, kind: kind, isOptional: false, isConfidential: false)
        }

        static func optional(_ name: String, _ kind: CellKind) -> Column {
            Column(name: name, kind: kind, isOptional: true, isConfidential: false)
        }

        static func confidential(_ name: String, _ kind: CellKind) -> Column {
            Column(name: name, kind: kind, isOptional: true, isConfidential: true)
        }
    }

    /// A condition between two cells of a row.
    package enum Rule: Hashable, Sendable {
        /// If both are reported, `date` is not before `start`.
        case notBefore(date: String, start: String)
        /// Where `flag` is 1, `column` is reported.
        case flagNeeds(flag: String, column: String)
    }

    /// The table in schema `intake`; the file is called the same with `.csv`.
    package let table: String
    package let history: History
    package let key: [String]
    package let columns: [Column]
    package let rules: [Rule]

    init(_ table: String, _ history: History, key: [String], rules: [Rule] = [], columns: [Column]) {
        self.table = table
        self.history = history
        self.key = key
        self.columns = columns
        self.rules = rules
    }

    /// `contribution.csv`.
    package var name: String { table + ".csv" }

    package static func named(_ name: String) -> IntakeFile? {
        all.first { $0.name == name }
    }

    package func index(of column: String) -> Int? {
        columns.firstIndex { $0.name == column }
    }
}
