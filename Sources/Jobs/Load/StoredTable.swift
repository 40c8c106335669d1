import Intake
import Money
import Postgres

/// The table in schema `intake` that a file of the contract is loaded into.
struct StoredTable {
    /// How the table is partitioned, by a column of the file.
    enum Partitioning {
        case none
        case byMonth(column: Int)
        case byYear(column: Int)
    }

    let file: IntakeFile
    /// All columns but `batch_id`.
    let columns: [StoredColumn]
    let key: [StoredColumn]
    let content: [StoredColumn]
    let partitioning: Partitioning
    /// The place of `psn_no` in the contract, if the file has one that names a person.
    let person: Int?
    /// The column with the event's date or time; `nil` if rows are versioned.
    let dated: StoredColumn?

    init(_ file: IntakeFile) {
        self.file = file
        let columns = file.columns.enumerated().flatMap { index, column in
            StoredColumn.columns(for: column, at: index, of: file)
        }
        self.columns = columns
        let isKey = { (column: StoredColumn) in
            file.key.contains(file.columns[column.source].name) && !(file == .person && column.form == .text)
        }
        key = columns.filter(isKey)
        content = columns.filter { !isKey($0) }
        person = file.columns.firstIndex { $0.kind == .person }
        dated =
            switch file.history {
            case .versioned: nil
            case .event(let dated): columns.first { file.columns[$0.source].name == dated }
            }
        partitioning =
            if file == .contribution, let month = file.columns.firstIndex(where: { $0.kind == .month }) {
                .byMonth(column: month)
            } else if file == .settlement, let dated {
                .byYear(column: dated.source)
            } else {
                .none
            }
    }

    var isEvent: Bool { dated != nil }

    var name: SQLText { "intake.\(identifier: file.table)" }

    /// The table of the transaction that rows are brought to before they are compared.
    var stage: SQLText { "pg_temp.\(identifier: "stage_" + file.table)" }

    /// The lines of the stage whose key was delivered before.
    var known: SQLText { "pg_temp.\(identifier: "known_" + file.table)" }
}

extension Sequence<StoredColumn> {
    /// The names, parted by commas; each with `prefix`, as `stage.`, in front.
    func list(_ prefix: SQLText = "") -> SQLText {
        var text: SQLText = ""
        for (index, column) in enumerated() {
            let comma: SQLText = index == 0 ? "" : ", "
            text = "\(text)\(comma)\(prefix)\(identifier: column.name)"
        }
        return text
    }
}
