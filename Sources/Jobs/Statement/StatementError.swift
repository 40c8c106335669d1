package import Money

/// Why there is no statement.
package enum StatementError: Error, Hashable, Sendable {
    /// Nothing has been delivered about the person; the number stays out of the text.
    case unknownPerson
    /// No night and no month-end of the year has completed yet; `reached` is the last month that any has reached.
    case notReachedYet(year: Int, reached: Month?)
    /// The account has neither a balance nor a movement in the year, and there is no settlement.
    case nothingInYear(Int)
    /// The lines do not come to what the ledger keeps as their sum.
    case doesNotTie(year: Int, [StatementDifference])
    /// The same of one of many, by internal key.
    case oneDoesNotTie(person: Int64, year: Int, [StatementDifference])
    /// Nobody was enrolled with the unit in the year.
    case unknownUnit(String, year: Int)
    /// The database role is none that sees names and numbers in full.
    case mayNotName(role: String)
}

/// Two figures of a statement that must be equal.
package struct StatementDifference: Hashable, Sendable {
    package enum Figure: Hashable, Sendable {
        /// The closing of the year before against what was posted before the year.
        case carriedForward
        /// A column of `ledger.account_year`.
        case account(AccountYearColumn)
        /// A column of `ledger.accumulator`.
        case pooling(PoolingColumn)
    }

    package let figure: Figure
    /// What the lines come to: fen, or a number of visits.
    package let lines: Int64
    /// What the ledger keeps; `nil` if it has no row.
    package let ledger: Int64?

    package init(_ figure: Figure, lines: Int64, ledger: Int64?) {
        self.figure = figure
        self.lines = lines
        self.ledger = ledger
    }

    var holds: Bool { lines == ledger }

    package var linesText: String { text(lines) }

    /// `nil` if the ledger has no row.
    package var ledgerText: String? { ledger.map(text) }

    private func text(_ value: Int64) -> String {
        figure == .pooling(.visits) ? "\(value)" : "\(Fen(value))"
    }
}

extension StatementDifference.Figure {
    /// The table that keeps the figure.
    package var table: String {
        switch self {
        case .carriedForward, .account: "ledger.account_year"
        case .pooling: "ledger.accumulator"
        }
    }

    /// The column as `report` names it; the table's adds the unit.
    package var column: String {
        switch self {
        case .carriedForward: AccountYearColumn.closing.rawValue
        case .account(let column): column.rawValue
        case .pooling(let column): column.rawValue
        }
    }

    private var place: String {
        "\(column) in \(table)" + (self == .carriedForward ? " of the year before" : "")
    }

    fileprivate func text(lines: String, kept: String?) -> String {
        "\(place): the lines come to \(lines), " + (kept.map { "kept is \($0)" } ?? "and there is no row")
    }
}

extension StatementError {
    package var exitCode: ExitCode {
        switch self {
        case .unknownPerson, .nothingInYear, .unknownUnit, .mayNotName: .refused
        case .notReachedYet: .tryLater
        case .doesNotTie, .oneDoesNotTie: .doesNotTie
        }
    }
}

extension StatementError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownPerson:
            "nothing has been delivered about this person. Check the number (psn_no), or load the file that holds it."
        case .notReachedYet(let year, let reached):
            "nothing of \(year) is settled yet (\(reached.map { "settled through \($0)" } ?? "no night or month-end is done")). "
                + "`settle run-due` does what is due."
        case .nothingInYear(let year):
            "the account has no balance and no movement in \(year), and no settlement of that year. Check the year; "
                + "facts that have arrived and are not settled yet show after `settle run-due`."
        case .doesNotTie(let year, let differences):
            untied("the statement of \(year) does not tie and is not given out:", differences)
        case .oneDoesNotTie(let person, let year, let differences):
            untied(
                "the statement of person \(person) of \(year) does not tie, and none of the unit is given out:",
                differences)
        case .unknownUnit(let unit, let year):
            "nobody was enrolled with unit \(unit) in \(year). Check the number (emp_no), or load the enrolment.csv that "
                + "holds it."
        case .mayNotName(let role):
            "names and numbers in full are for members of \(PersonNaming.role), and the database role \(role) is none. "
                + "Leave out --unmasked, or have who administers the database run GRANT \(PersonNaming.role) TO \(role); "
                + "nothing is written."
        }
    }

    private func untied(_ heading: String, _ differences: [StatementDifference]) -> String {
        ([heading] + differences.map { "  " + $0.figure.text(lines: $0.linesText, kept: $0.ledgerText) }
            + ["Find the cause first: `settle explain` recomputes settlements and credits from the facts."])
            .joined(separator: "\n")
    }
}
