/// How much of what others commit a transaction sees.
package enum Isolation: Sendable {
    case readCommitted
    case repeatableRead
    case serializable
}

extension Connection {
    /// Begins a transaction, lends the connection to the body, and commits, or rolls back if the body throws.
    ///
    /// ```swift
    /// try connection.transaction("post chunk") { connection in
    ///     try connection.execute(.moveCursor, run.id, chunk.last)
    /// }
    /// ```
    /// - Throws: the failure, as one of four kinds. Whether COMMIT took effect may be unknown, see
    ///   ``DatabaseError/commitUnknown(_:_:)``; then ask the database before doing anything again.
    @discardableResult
    package mutating func transaction<R, E>(
        _ name: StaticString, isolation: Isolation? = nil, readOnly: Bool = false, file: StaticString = #fileID,
        line: UInt = #line, _ body: (inout Connection) throws(E) -> R
    ) throws(TransactionError<E>) -> R {
        let isolationText: SQLText =
            switch isolation {
            case nil: ""
            case .readCommitted: " ISOLATION LEVEL READ COMMITTED"
            case .repeatableRead: " ISOLATION LEVEL REPEATABLE READ"
            case .serializable: " ISOLATION LEVEL SERIALIZABLE"
            }
        let accessText: SQLText = readOnly ? " READ ONLY" : ""
        func statement(_ sql: SQLText) -> Statement {
            Statement(name: "\(name)", sql: sql, file: "\(file)", line: line)
        }
        do {
            try begin(statement("BEGIN\(isolationText)\(accessText)"))
        } catch {
            throw .begin(error)
        }
        let result: R
        do {
            result = try body(&self)
        } catch {
            isInTransaction = false
            // A lost connection cannot carry a rollback and needs none.
            guard isOpen else { throw .body(error) }
            do {
                _ = try run(statement("ROLLBACK"), [])
            } catch let rollbackError {
                throw .rollback(rollbackError, after: error)
            }
            throw .body(error)
        }
        isInTransaction = false
        do {
            try commit(statement("COMMIT"))
        } catch {
            throw .commit(error)
        }
        return result
    }

    private mutating func begin(_ statement: Statement) throws(DatabaseError) {
        guard !isInTransaction, session.transactionStatus == .none || session.transactionStatus == .lost else {
            throw .misuse(statement, .nestedTransaction)
        }
        _ = try run(statement, [])
        isInTransaction = true
    }

    private mutating func commit(_ statement: Statement) throws(DatabaseError) {
        // Lost before COMMIT was sent is no doubt: the server has rolled back.
        guard isOpen else {
            throw .connectionLost(statement, message: session.errorMessage, inTransaction: true)
        }
        guard session.transactionStatus != .none else { throw .misuse(statement, .transactionEndedInBody) }
        let fault = commitFault?.strike()
        if fault == .beforeCommit { session.cut() }
        let noticeCount = session.noticeCount
        let result = session.runScript(statement.sql.text)
        let warning = session.notices(since: noticeCount).first(where: \.isWarning)
        if fault == .afterCommit { session.cut() }
        guard session.isOpen else {
            if let answer = result.fault(of: statement), fault == nil {
                throw .commitUnknown(statement, .answered(answer.state, answer.safeMessage))
            }
            throw .commitUnknown(statement, .connectionLost(message: session.errorMessage))
        }
        guard result.status == .done else { throw failure(result, statement) }
        guard result.commandTag == "COMMIT" else { throw .transactionAborted(statement) }
        if let warning {
            throw .commitUnknown(statement, .answered(warning.state, warning.safeMessage))
        }
    }
}
