/// PostgreSQL's five-character error code. Judge errors by it alone, not by message or constraint name.
package struct SQLState: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let notNullViolation = SQLState(rawValue: "23502")
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let inFailedTransaction = SQLState(rawValue: "25P02")
    package static let serializationFailure = SQLState(rawValue: "40001")
    package static let deadlockDetected = SQLState(rawValue: "40P01")
    package static let insufficientPrivilege = SQLState(rawValue: "42501")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let undefinedColumn = SQLState(rawValue: "42703")
    package static let undefinedSchema = SQLState(rawValue: "3F000")
    package static let diskFull = SQLState(rawValue: "53100")
    package static let tooManyConnections = SQLState(rawValue: "53300")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    package static let queryCancelled = SQLState(rawValue: "57014")
    package static let adminShutdown = SQLState(rawValue: "57P01")
    package static let crashShutdown = SQLState(rawValue: "57P02")
    package static let cannotConnectNow = SQLState(rawValue: "57P03")

    /// The first two characters, as `23` for constraint violations.
    package var category: Substring { rawValue.prefix(2) }

    /// Whether the same work, done again later, may succeed.
    package var isTransient: Bool {
        switch self {
        case .serializationFailure, .deadlockDetected, .tooManyConnections, .lockNotAvailable, .adminShutdown,
            .crashShutdown, .cannotConnectNow:
            true
        default:
            category == "08"
        }
    }

    /// Whether the server's primary message of this code speaks of names and states only. Others may quote a value, as
    /// `invalid input syntax for type bigint: "…"` does.
    var hasSafeMessage: Bool {
        SQLState.safeCategories.contains(category)
    }

    private static let safeCategories: Set<Substring> = [
        "08", "0A", "23", "25", "26", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58",
    ]

    /// What PostgreSQL's manual calls the code, for the codes whose messages may quote a value.
    var conditionName: String {
        switch rawValue {
        case "21000": "cardinality violation"
        case "22001": "string data right truncation"
        case "22003": "numeric value out of range"
        case "22004": "null value not allowed"
        case "22007": "invalid datetime format"
        case "22008": "datetime field overflow"
        case "22012": "division by zero"
        case "22021": "character not in repertoire"
        case "22023": "invalid parameter value"
        case "22P02": "invalid text representation"
        case "22P03": "invalid binary representation"
        case "22P04": "bad COPY file format"
        case "P0001": "raised by a function"
        case "P0002": "no data found"
        case "P0004": "assertion failed"
        default: category == "22" ? "data exception" : "error"
        }
    }
}

extension SQLState: CustomStringConvertible {
    package var description: String { rawValue }
}
