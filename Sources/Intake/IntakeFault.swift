/// What is wrong with a delivered file, row or cell. Each case has a reason and says what to write instead.
package enum IntakeFault: Error, Hashable, Sendable {
    // The file and its header.
    case emptyFile
    case unknownColumn(known: [String])
    case columnTwice
    case columnMissing

    // The row as CSV.
    case emptyLine
    case fieldCount(found: Int, expected: Int)
    case quoteInsideField
    case textAfterQuote
    case unterminatedQuote
    case bareCarriageReturn
    case rowTooLong(limit: Int)

    // The cell.
    case notUTF8
    case zeroByte
    case required
    case controlCharacter
    case surroundingSpace
    case bytes(found: Int, limit: Int)
    case characters(limit: Int)
    case notOneOf([String])
    case notMoney
    case exponent
    case thousandsSeparator
    case plusSign
    case noWholeYuan
    case noDecimals
    case tooManyDecimals
    case moneyTooLarge
    case belowZero
    case notDate
    case notMonth
    case notTime
    case notYear
    case noSuchDate
    case noSuchMonth
    case noSuchTime
    case yearOutOfRange(first: Int, last: Int)
    case notCode(first: Int, last: Int)
    case notCount

    // Two cells of a row.
    case before(start: String)
    case neededWhenSet(flag: String)

    // Other rows of the delivery, and of earlier ones.
    case otherContentOnLine(Int)
    case otherContentInBatch(Int64)
    case sharedPersonKey
}

extension IntakeFault {
    package var reason: String {
        switch self {
        case .emptyFile: "the file is empty"
        case .unknownColumn: "not a column of this file"
        case .columnTwice: "stands twice in the header"
        case .columnMissing: "missing from the header"
        case .emptyLine: "the line is empty"
        case .fieldCount(let found, let expected): "\(found) fields where the header has \(expected)"
        case .quoteInsideField: "a quotation mark inside a field that does not begin with one"
        case .textAfterQuote: "text after the closing quotation mark of a field"
        case .unterminatedQuote: "a quotation mark opens a field and nothing closes it"
        case .bareCarriageReturn: "a carriage return that no line feed follows"
        case .rowTooLong(let limit): "the row is longer than \(limit) bytes; the rest of the file was not checked"
        case .notUTF8: "not UTF-8"
        case .zeroByte: "holds a zero byte"
        case .required: "empty"
        case .controlCharacter: "holds a control character"
        case .surroundingSpace: "begins or ends with a space"
        case .bytes(let found, let limit): "\(found) bytes long, more than \(limit)"
        case .characters(let limit): "longer than \(limit) characters"
        case .notOneOf: "not one of the values known"
        case .notMoney: "not an amount of money"
        case .exponent: "an exponent"
        case .thousandsSeparator: "a comma in a number"
        case .plusSign: "a plus sign"
        case .noWholeYuan: "no digit before the decimal point"
        case .noDecimals: "a decimal point and nothing after it"
        case .tooManyDecimals: "more than two decimals"
        case .moneyTooLarge: "does not fit 64 bits of fen"
        case .belowZero: "below zero"
        case .notDate: "not a date"
        case .notMonth: "not a month"
        case .notTime: "not a time"
        case .notYear: "not a year"
        case .noSuchDate: "there is no such date"
        case .noSuchMonth: "there is no such month"
        case .noSuchTime: "there is no such time of day"
        case .yearOutOfRange(let first, let last): "the year is not one of \(first) to \(last)"
        case .notCode(let first, let last): "not a code between \(first) and \(last)"
        case .notCount: "not a whole number"
        case .before(let start): "before \(start)"
        case .neededWhenSet(let flag): "empty, though \(flag) is 1"
        case .otherContentOnLine(let line): "the same key stands on line \(line) with other content"
        case .otherContentInBatch(let batch): "delivered in batch \(batch) with other content"
        case .sharedPersonKey: "has the internal key of another person number"
        }
    }

    package var remedy: String {
        switch self {
        case .emptyFile: "write at least the header, or leave the file out"
        case .unknownColumn(let known): "the columns are \(known.joined(separator: ", "))"
        case .columnTwice: "keep one of the two"
        case .columnMissing: "add the column"
        case .emptyLine: "take the line out"
        case .fieldCount: "write one field for each column, and quote a field that holds a comma"
        case .quoteInsideField: "put the whole field in quotation marks and write each inner one twice"
        case .textAfterQuote: "end the field after its closing quotation mark, and write an inner one twice"
        case .unterminatedQuote: "close the field"
        case .bareCarriageReturn: "end lines with a line feed, or quote the field"
        case .rowTooLong: "look for a quotation mark that is not closed"
        case .notUTF8: "write the file in UTF-8"
        case .zeroByte: "take it out"
        case .required: "write a value"
        case .controlCharacter: "write printable characters only"
        case .surroundingSpace: "take the space away"
        case .bytes: "write the identifier as the platform issued it"
        case .characters: "shorten it"
        case .notOneOf(let known): "write one of \(known.joined(separator: ", "))"
        case .notMoney, .exponent, .noDecimals, .tooManyDecimals: "write yuan with at most two decimals, as 12.34"
        case .thousandsSeparator: "write 1234.50, not 1,234.50"
        case .plusSign: "write 12.34, and -12.34 for what is taken back"
        case .noWholeYuan: "write 0.50, not .50"
        case .moneyTooLarge: "look at the amount; it cannot be right"
        case .belowZero: "write an amount of 0.00 or more"
        case .notDate, .noSuchDate: "write YYYY-MM-DD, as 2023-01-31"
        case .notMonth, .noSuchMonth: "write YYYY-MM, as 2023-01"
        case .notTime, .noSuchTime: "write YYYY-MM-DD HH:MM:SS, as 2023-01-31 23:59:59"
        case .notYear: "write four digits, as 2022"
        case .yearOutOfRange: "look at the year"
        case .notCode: "write the national code, digits only"
        case .notCount: "write digits only, with a minus sign in front if below zero"
        case .before: "exchange the two dates, or leave the later one empty where it may be"
        case .neededWhenSet: "name the original that the row takes back"
        case .otherContentOnLine: "deliver one of the two"
        case .otherContentInBatch: "events are never replaced: deliver a new row with its own id (refund, difference)"
        case .sharedPersonKey: "deliver neither of the two and report the case; the key is a digest of the number"
        }
    }
}
