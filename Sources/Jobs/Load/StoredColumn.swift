import Intake

/// A column of a table in schema `intake`, and the column of the delivered file that fills it.
struct StoredColumn {
    /// The column's type, as far as its binary form goes.
    enum Form {
        case bigint, integer, smallint, boolean, text
        /// Days since 2000-01-01.
        case date
        /// Microseconds since 2000-01-01; the cell counts seconds.
        case timestamp
    }

    let name: String
    let form: Form
    /// The place of the delivered column in the contract.
    let source: Int
    let kind: CellKind

    /// The columns that a delivered column fills: one, but both the key and the number of a person in their own row.
    static func columns(for column: IntakeFile.Column, at source: Int, of file: IntakeFile) -> [StoredColumn] {
        let stored = StoredColumn(
            name: name(of: column), form: form(of: column.kind), source: source, kind: column.kind)
        guard file == .person, column.kind == .person else { return [stored] }
        return [stored, StoredColumn(name: column.name, form: .text, source: source, kind: .text)]
    }

    /// Tables say the unit of money and the meaning of keys where files use the interface's names.
    private static func name(of column: IntakeFile.Column) -> String {
        switch column.kind {
        case .money, .amountNotNegative: column.name + "_fen"
        case .person: column.name.dropLast("psn_no".count) + "person_id"
        case .month: "covered_month"
        case .validity: "valid"
        case .text, .name, .relation, .date, .time, .year, .code, .longCode, .contributionType, .institutionType,
            .count, .flag:
            column.name
        }
    }

    private static func form(of kind: CellKind) -> Form {
        switch kind {
        case .person, .money, .amountNotNegative, .count: .bigint
        case .longCode: .integer
        case .year, .code, .contributionType, .institutionType: .smallint
        case .flag, .validity: .boolean
        case .text, .name, .relation: .text
        case .date, .month: .date
        case .time: .timestamp
        }
    }
}
