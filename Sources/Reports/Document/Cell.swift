package import Money

/// A value in a table.
package enum Cell: Hashable, Sendable {
    case text(String)
    /// A word that the program knows in both languages.
    case phrase(Phrase)
    /// A code or number that is no quantity: never reckoned with, never shortened.
    case identifier(String)
    case count(Int64)
    case money(Fen)
    case rate(Rate)
    case date(CivilDate)
    case month(Month)
    /// Nothing is known, or nothing is to be said; it is no zero.
    case empty
}

/// What the cells of a column are.
package enum ColumnKind: Hashable, Sendable {
    case text
    case identifier
    case count
    case money
    /// Money in capital characters (大写); as numbers where programs read.
    case capitals
    case rate
    case date

    /// Whether such a cell may stand in such a column.
    func holds(_ cell: Cell) -> Bool {
        switch cell {
        case .empty: true
        case .text, .phrase: self == .text
        case .identifier: self == .identifier
        case .count: self == .count
        case .money: self == .money || self == .capitals
        case .rate: self == .rate
        case .date, .month: self == .date
        }
    }

    /// Whether the cells are set to the right, figure under figure.
    var isNumeric: Bool {
        switch self {
        case .count, .money, .rate: true
        case .text, .identifier, .capitals, .date: false
        }
    }
}
