/// What a cell may hold, and how its text becomes a value.
///
/// | kind | number of the ``Cell`` |
/// |---|---|
/// | `person` | internal person key, see ``PersonID`` |
/// | `text`, `name`, `relation` | none; the bytes stand for themselves |
/// | `money` | fen |
/// | `date` | days since 2000-01-01 |
/// | `month` | the same count, for the first day of the month |
/// | `time` | seconds since 2000-01-01 00:00:00, Asia/Shanghai |
/// | the others | the number written |
package enum CellKind: Hashable, Sendable, CaseIterable {
    /// A person number (`psn_no`): an identifier, stored as its internal key.
    case person
    /// An identifier or a code of letters and digits, up to 64 bytes.
    case text
    /// Free text, up to 200 characters.
    case name
    /// `spouse`, `parent`, `child`.
    case relation
    /// Yuan with at most two decimals, of either sign.
    case money
    /// Yuan with at most two decimals, not below zero.
    case amountNotNegative
    /// `YYYY-MM-DD`, 1900 to 2199.
    case date
    /// `YYYY-MM`, 1990 to 2099.
    case month
    /// `YYYY-MM-DD HH:MM:SS`, 1990 to 2099.
    case time
    /// A year, 1990 to 2099.
    case year
    /// A code of one to four digits.
    case code
    /// A code of two to six digits (`med_type`).
    case longCode
    /// A type of contribution (征缴类型): 10, 20, 30, 32, 34, 35, 36.
    case contributionType
    /// 1 medical institution, 2 retail pharmacy.
    case institutionType
    /// A whole number of either sign, up to twelve digits.
    case count
    /// 0 or 1.
    case flag
    /// 0 withdraws the row; 1 or nothing keeps it.
    case validity
}

extension CellKind {
    /// Whether the value is the cell's bytes rather than a number.
    package var isText: Bool {
        switch self {
        case .text, .name, .relation: true
        case .person, .money, .amountNotNegative, .date, .month, .time, .year, .code, .longCode, .contributionType,
            .institutionType, .count, .flag, .validity:
            false
        }
    }
}
