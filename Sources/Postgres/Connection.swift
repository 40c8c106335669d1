/// One connection to PostgreSQL. One task owns it; its calls block the task until the server has answered.
///
/// Statements are prepared at their first use, parameters and answers travel in binary format.
/// ```swift
/// var connection = try Connection(ConnectionSettings())
/// let ids = try connection.rows(.openRuns) { row in try row[0, as: Int64.self] }
/// ```
package struct Connection: ~Copyable, @unchecked Sendable {
    // Unchecked: the session has no other owner and no home thread. Whatever changes it is `mutating`, so one task at a
    // time; what is not only reads fields that libpq sets when it connects, and its error state.
    let session: Session
    let commitFault: CommitFault?
    var isInTransaction = false
    /// Names of the statements prepared on this connection.
    private var preparedNames: [PreparedKey: String] = [:]
    private var preparedCount = 0

    private struct PreparedKey: Hashable {
        let sql: SQLText
        let types: [UInt32]
    }

    package init(_ settings: ConnectionSettings = ConnectionSettings()) throws(DatabaseError) {
        session = try Session(settings)
        commitFault = settings.commitFault
    }

    /// `false` once a statement has found the connection lost.
    package var isOpen: Bool { session.isOpen }

    /// The server process, as in `pg_stat_activity.pid`.
    package var backendPID: Int32 { session.backendPID }

    /// As 150004 for 15.4.
    package var serverVersion: Int32 { session.serverVersion }

    /// What the server said beside its answers since the last call, at most the last hundred.
    package mutating func takeNotices() -> [Notice] { session.takeNotices() }

    /// For other tasks, to stop the statement that this connection waits for; `nil` when the connection is lost.
    package func canceller() -> Canceller? { session.canceller() }
}

extension Connection {
    /// Runs a statement for its effect.
    ///
    /// - Returns: the number of rows inserted, updated, deleted, or selected.
    @discardableResult
    package mutating func execute(
        _ statement: Statement, _ parameters: (any ParameterValue)...
    ) throws(DatabaseError) -> Int {
        try run(statement, parameters).affectedRows
    }

    /// Runs several statements in one text, without parameters: migrations only. Outside a transaction they are one.
    ///
    /// - Parameter name: the file's name; errors show it with the line.
    package mutating func script(_ sql: String, name: String) throws(DatabaseError) {
        let statement = Statement(name: "script", sql: SQLText(file: sql), file: name, line: 1)
        try checkText(statement)
        let result = session.runScript(sql)
        switch result.status {
        case .done, .rows: return
        case .copyIn, .copyOut:
            session.drain()
            throw .misuse(statement, .copyElsewhere)
        case .failed:
            let line = result.field(.position).flatMap { UInt($0) }.map { position in
                sql.unicodeScalars.prefix(Int(position) - 1).count { $0 == "\n" } + 1
            }
            throw failure(result, Statement(name: "script", sql: statement.sql, file: name, line: UInt(line ?? 1)))
        }
    }
}

extension Connection {
    /// Runs a statement whose whole answer is kept.
    mutating func run(
        _ statement: Statement, _ values: [any ParameterValue]
    ) throws(DatabaseError) -> QueryResult {
        try checkText(statement)
        let parameters = try list(statement, values)
        guard statement.sql.isConstant else {
            return try checked(session.run(statement.sql.text, parameters), statement)
        }
        let key = PreparedKey(sql: statement.sql, types: parameters.types)
        let name = if let known = preparedNames[key] { known } else { try prepare(statement, key) }
        let result = session.runPrepared(name, parameters)
        if result.isPreparationVoid { preparedNames[key] = nil }
        return try checked(result, statement)
    }

    private mutating func prepare(_ statement: Statement, _ key: PreparedKey) throws(DatabaseError) -> String {
        preparedCount += 1
        let name = "s\(preparedCount)"
        let result = session.prepare(name, statement.sql.text, types: key.types)
        guard result.status == .done else { throw failure(result, statement) }
        preparedNames[key] = name
        return name
    }

    /// The result of a statement that succeeded and is no COPY.
    private func checked(_ result: consuming QueryResult, _ statement: Statement) throws(DatabaseError) -> QueryResult {
        switch result.status {
        case .done, .rows: return result
        case .failed: throw failure(result, statement)
        case .copyIn, .copyOut:
            session.drain()
            throw .misuse(statement, .copyElsewhere)
        }
    }

    /// What a failed result says.
    func failure(_ result: borrowing QueryResult, _ statement: Statement) -> DatabaseError {
        if let fault = result.fault(of: statement) { return .server(fault) }
        return lost(statement)
    }

    func lost(_ statement: Statement) -> DatabaseError {
        .connectionLost(statement, message: session.errorMessage, inTransaction: isInTransaction)
    }

    func checkText(_ statement: Statement) throws(DatabaseError) {
        // C strings end at a zero byte; the server would run the part before it.
        guard !statement.sql.text.utf8.contains(0) else { throw .misuse(statement, .zeroByte) }
    }

    func list(_ statement: Statement, _ values: [any ParameterValue]) throws(DatabaseError) -> ParameterList {
        guard values.count <= 65_535 else { throw .misuse(statement, .tooManyParameters(values.count)) }
        return ParameterList(values)
    }
}
