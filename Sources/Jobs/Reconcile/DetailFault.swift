/// What is wrong with a row of a detail file (3202), with what to write instead.
package enum DetailFault: Error, Hashable, Sendable {
    case notUTF8
    case fieldCount(Int)
    case header
    case lineTooLong
    case nothing
    case required
    case tooLong(Int)
    case controlCharacter
    case surroundingSpace
    case readAsEmpty
    case notMoney
    case tooManyDecimals
    case tooLarge
    case notFlag
    case otherContentOnLine(Int64)
}

extension DetailFault {
    package var reason: String {
        switch self {
        case .notUTF8: "not UTF-8"
        case .fieldCount(let count): "\(count) fields where a row has 7"
        case .header: "a header"
        case .lineTooLong: "the line is longer than 4096 bytes"
        case .nothing: "nothing between two tabs"
        case .required: "empty"
        case .tooLong(let count): "\(count) bytes long, more than 64"
        case .controlCharacter: "holds a control character"
        case .surroundingSpace: "begins or ends with a space"
        case .readAsEmpty: "the text null, which would be read as empty"
        case .notMoney: "not an amount of money"
        case .tooManyDecimals: "more than two decimals"
        case .tooLarge: "does not fit 64 bits of fen"
        case .notFlag: "not a flag"
        case .otherContentOnLine(let line): "the same settlement stands on line \(line) with other content"
        }
    }

    package var remedy: String {
        switch self {
        case .notUTF8: "write the file in UTF-8"
        case .fieldCount: "write \(DetailRow.columns.joined(separator: ", ")), separated by tabs"
        case .header: "take the line out, the file has rows only"
        case .lineTooLong: "end each row with a line feed"
        case .nothing: "write null for an empty field"
        case .required: "write a value"
        case .tooLong, .readAsEmpty: "write the identifier as the platform issued it"
        case .controlCharacter: "write printable characters only"
        case .surroundingSpace: "take the space away"
        case .notMoney, .tooManyDecimals: "write yuan with at most two decimals, as 12.34"
        case .tooLarge: "look at the amount; it cannot be right"
        case .notFlag: "write 0, or 1 on the row of a refund"
        case .otherContentOnLine: "deliver one of the two"
        }
    }
}

/// A fault and the column it stands in; no column where it is about the whole line.
package struct DetailCellFault: Error, Hashable, Sendable {
    package let column: String?
    /// As it may be shown; not for persons.
    package let value: String?
    package let fault: DetailFault

    init(column: String?, value: String?, fault: DetailFault) {
        self.column = column
        self.value = column == "psn_no" ? nil : value
        self.fault = fault
    }
}

/// Where in a delivered file something is wrong:
///
///     H1.zip:3: medfee_sumamt "1,5": not an amount of money; write yuan with at most two decimals, as 12.34
package struct DetailProblem: Hashable, Sendable {
    package let file: String
    package let line: Int64
    package let cell: DetailCellFault

    package init(file: String, line: Int64, cell: DetailCellFault) {
        self.file = file
        self.line = line
        self.cell = cell
    }
}

extension DetailProblem: CustomStringConvertible {
    package var description: String {
        let subject = [cell.column, cell.value.map { "\"\($0)\"" }].compactMap(\.self).joined(separator: " ")
        return ["\(file):\(line)", subject, "\(cell.fault.reason); \(cell.fault.remedy)"]
            .filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// A delivered text as a message may show it: what cannot be seen is escaped, what is long is cut.
func shownText(_ text: String) -> String {
    var shown = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
        guard count < 40 else { return shown + "…" }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: shown += scalar.escaped(asASCII: true)
        default: shown.unicodeScalars.append(scalar)
        }
    }
    return shown
}
