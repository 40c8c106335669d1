extension Connection {
    /// Sends rows with COPY ... FROM STDIN (FORMAT binary). If the body throws, nothing of the COPY remains.
    ///
    /// - Parameter columns: the number of columns of each row; the server's must be the same.
    /// - Returns: the number of rows the server took.
    /// - Throws: ``DatabaseError`` or the body's own error.
    @discardableResult
    package mutating func copyIn(
        _ statement: Statement, columns: Int, _ write: (inout CopyWriter) throws -> Void
    ) throws -> Int {
        try beginCopy(statement, .copyIn, columns: columns)
        var writer = CopyWriter(session, statement, columns: columns)
        do {
            try write(&writer)
            try writer.finish()
        } catch {
            _ = session.endCopy(error: "the program gave up the COPY")
            let refusal = lastFailure(statement)
            // A lost connection is found while writing; why it was lost, the server may have said before.
            if case .connectionLost? = error as? DatabaseError, let refusal { throw refusal }
            throw error
        }
        guard session.endCopy(error: nil) else { throw lost(statement) }
        guard let result = session.nextResult() else { throw lost(statement) }
        let rows = result.affectedRows
        let error = result.status == .failed ? failure(result, statement) : nil
        session.drain()
        if let error { throw error }
        return rows
    }

    /// Reads the rows of COPY ... TO STDOUT (FORMAT binary) one after the other, in flat memory.
    ///
    /// If the body throws, the query is cancelled, which also ends the transaction it runs in.
    /// - Returns: the number of rows read.
    /// - Throws: ``DatabaseError`` or the body's own error.
    @discardableResult
    package mutating func copyOut(
        _ statement: Statement, columns: Int, _ read: (inout CopyRow) throws -> Void
    ) throws -> Int {
        try beginCopy(statement, .copyOut, columns: columns)
        var row = CopyRow(statement, columns: columns)
        var rows = 0
        do {
            while try row.next(from: session) {
                try read(&row)
                rows += 1
            }
        } catch {
            session.cancel()
            abandonCopy(.copyOut)
            throw error
        }
        if let error = lastFailure(statement) { throw error }
        try row.checkEnd()
        return rows
    }

    private mutating func beginCopy(
        _ statement: Statement, _ direction: QueryResult.Status, columns: Int
    ) throws(DatabaseError) {
        try checkText(statement)
        let result = session.run(statement.sql.text, ParameterList([]))
        let misuse: Misuse? =
            if result.status == .failed {
                throw failure(result, statement)
            } else if result.status != direction {
                direction == .copyIn ? .notCopyIn : .notCopyOut
            } else if !result.isBinary {
                .notBinaryCopy
            } else if result.columnCount != columns {
                .columnCount(announced: columns, found: result.columnCount)
            } else {
                nil
            }
        guard let misuse else { return }
        abandonCopy(result.status)
        throw .misuse(statement, misuse)
    }

    /// Ends a COPY that was begun, if one was, and reads its answers away.
    func abandonCopy(_ status: QueryResult.Status) {
        if status == .copyIn { _ = session.endCopy(error: "not a COPY for the program") }
        if status == .copyOut { session.discardCopy() }
        session.drain()
    }

    /// Reads the answers to the end; the first error among them.
    private func lastFailure(_ statement: Statement) -> DatabaseError? {
        var error: DatabaseError?
        while let result = session.nextResult() {
            if result.status == .failed {
                if error == nil { error = failure(result, statement) }
                if !session.isOpen { break }
            }
        }
        if error == nil, !session.isOpen { return lost(statement) }
        return error
    }
}
