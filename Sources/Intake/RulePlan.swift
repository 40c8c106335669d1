/// A rule between two cells of a row, by their places.
struct RulePlan {
    private let rule: IntakeFile.Rule
    private let column: Int
    private let other: Int

    /// `nil` if the file has not the columns that the rule names.
    init?(_ rule: IntakeFile.Rule, in file: IntakeFile) {
        let (column, other) =
            switch rule {
            case .notBefore(let date, let start): (date, start)
            case .flagNeeds(let flag, let needed): (needed, flag)
            }
        guard let column = file.index(of: column), let other = file.index(of: other) else { return nil }
        self.rule = rule
        self.column = column
        self.other = other
    }

    /// The cell to report and its fault; `nil` if the row keeps the rule.
    func broken(by cells: [Cell]) -> (column: Int, fault: IntakeFault)? {
        let (cell, otherCell) = (cells[column], cells[other])
        switch rule {
        case .notBefore(_, let start):
            let isBefore = cell.isReported && otherCell.isReported && cell.number < otherCell.number
            return isBefore ? (column, .before(start: start)) : nil
        case .flagNeeds(let flag, _):
            return otherCell.number == 1 && !cell.isReported ? (column, .neededWhenSet(flag: flag)) : nil
        }
    }
}
