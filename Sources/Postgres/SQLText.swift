/// The text of a statement, made of literals of the program only: values travel as parameters (`$1`), never as text.
///
/// Where PostgreSQL takes no parameters (COPY of a query, DDL), integers and quoted identifiers may be interpolated:
/// ```swift
/// "COPY (SELECT id FROM intake.settlement WHERE person_id >= \(literal: first)) TO STDOUT (FORMAT binary)"
/// "CREATE TABLE ledger.\(identifier: partition) PARTITION OF ledger.account_entry FOR VALUES IN (\(literal: month))"
/// ```
/// There is no interpolation of free text, so no value can change what a statement means.
package struct SQLText: Hashable, Sendable {
    package let text: String
    /// Whether the text is the same at every use; only such statements are worth preparing.
    package let isConstant: Bool

    /// The whole text of a file of the program, as a migration.
    init(file text: String) {
        self.text = text
        isConstant = false
    }

    fileprivate init(joined parts: [SQLText], separator: SQLText) {
        text = parts.map(\.text).joined(separator: separator.text)
        isConstant = false
    }
}

extension [SQLText] {
    /// The parts one after the other, as a list of values: made in one pass, however long.
    package func joined(separator: SQLText) -> SQLText {
        SQLText(joined: self, separator: separator)
    }
}

extension SQLText: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) {
        self.text = text
        isConstant = true
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        isConstant = stringInterpolation.isConstant
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var isConstant = true

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        /// A negative number stands in brackets: `x -\(literal: -1)` would otherwise begin a comment.
        package mutating func appendInterpolation(literal value: Int64) {
            isConstant = false
            if value >= 0 {
                text += String(value)
            } else if value == .min {
                // Read as the negation of a number too big for bigint, the lowest bigint would become numeric.
                text += "(-9223372036854775807 - 1)"
            } else {
                text += "(\(value))"
            }
        }

        /// An array of `bigint`, as one constant: a list of constants the server would read and weigh one by one.
        package mutating func appendInterpolation(literals values: some Sequence<Int64>) {
            isConstant = false
            text += "'{"
            var isFirst = true
            for value in values {
                if !isFirst { text += "," }
                text += String(value)
                isFirst = false
            }
            text += "}'::bigint[]"
        }

        package mutating func appendInterpolation(literal value: Int32) {
            appendInterpolation(literal: Int64(value))
        }

        package mutating func appendInterpolation(literal value: Int) {
            appendInterpolation(literal: Int64(value))
        }

        /// The name in double quotes, its own quotes doubled.
        package mutating func appendInterpolation(identifier name: String) {
            isConstant = false
            text += "\""
            for character in name.unicodeScalars {
                text += character == "\"" ? "\"\"" : String(character)
            }
            text += "\""
        }

        package mutating func appendInterpolation(_ part: SQLText) {
            isConstant = isConstant && part.isConstant
            text += part.text
        }
    }
}
