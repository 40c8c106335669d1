internal import Money

/// A mapping of a pack: budgets by institution or level, shares by band.
package struct RuleTable: Hashable, Sendable {
    package let shape: TableShape
    /// In the order of the file; each key once.
    package let entries: [Entry]

    package struct Entry: Hashable, Sendable {
        /// A code, a level's name, or basis points.
        package let key: String
        /// Fen or basis points, as the shape says; never negative.
        package let value: Int64
    }
}

/// What stands on the two sides of a table.
package enum TableShape: Hashable, Sendable {
    /// `fixmedins_code` → fen a year.
    case budgetByInstitution
    /// Level → fen a year.
    case budgetByLevel
    /// Upper end of spending ÷ budget, at most 100 % → share of the surplus that the institution keeps; ascending.
    case surplusBands
    /// Upper end of spending ÷ budget, above 100 % → share of the overspend that the fund bears; ascending.
    case overspendBands
    /// `fixmedins_code` → score, 10000 at most.
    case scoreByInstitution
    /// Least score → share of the deposit that is given back.
    case returnByScore

    /// What a key is.
    package enum Key: Hashable, Sendable {
        case institution
        case level
        case basisPoints
    }

    package var key: Key {
        switch self {
        case .budgetByInstitution, .scoreByInstitution: .institution
        case .budgetByLevel: .level
        case .surplusBands, .overspendBands, .returnByScore: .basisPoints
        }
    }

    /// A table as it would be written.
    var example: String {
        switch self {
        case .budgetByInstitution: "{H32070300001: 120000000}"
        case .budgetByLevel: "{primary: 400000000, secondary: 300000000}"
        case .surplusBands: "{8500: 0, 10000: 10000}"
        case .overspendBands: "{11000: 7000, 12000: 3000}"
        case .scoreByInstitution: "{H32070300001: 9500}"
        case .returnByScore: "{9000: 10000, 8000: 8000, 0: 5000}"
        }
    }

    package var isMoney: Bool {
        switch self {
        case .budgetByInstitution, .budgetByLevel: true
        case .surplusBands, .overspendBands, .scoreByInstitution, .returnByScore: false
        }
    }
}

extension RuleTable {
    /// The entries of a table whose values are shares, by the rate that each key is, in the order of the file.
    var rates: [(key: Rate, value: Rate)] {
        entries.compactMap { entry in
            Int64(entry.key).map { (Rate(basisPoints: $0), Rate(basisPoints: entry.value)) }
        }
    }
}
