/// A statement's name, text and place in the source. Errors show the name and the place, never bound values.
///
/// ```swift
/// extension Statement {
///     static let closeRun = Statement("close run", "UPDATE run.run SET state = 'closed' WHERE run_id = $1")
/// }
/// try connection.execute(.closeRun, run.id)
/// ```
package struct Statement: Sendable {
    package let name: String
    package let sql: SQLText
    package let file: String
    package let line: UInt

    package init(_ name: StaticString, _ sql: SQLText, file: StaticString = #fileID, line: UInt = #line) {
        self.init(name: "\(name)", sql: sql, file: "\(file)", line: line)
    }

    init(name: String, sql: SQLText, file: String, line: UInt) {
        self.name = name
        self.sql = sql
        self.file = file
        self.line = line
    }
}

extension Statement: CustomStringConvertible {
    /// Where and what: `Jobs/Runs.swift:41: close run`.
    package var description: String { "\(file):\(line): \(name)" }
}
