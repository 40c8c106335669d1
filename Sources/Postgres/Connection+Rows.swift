extension Connection {
    /// All rows of an answer, decoded one by one. For answers that fit in memory.
    ///
    /// - Throws: ``DatabaseError`` or the decoder's own error.
    package mutating func rows<T>(
        _ statement: Statement, _ parameters: (any ParameterValue)...,
        decode: (borrowing Row) throws -> T
    ) throws -> [T] {
        let result = try run(statement, parameters)
        guard result.status == .rows else { throw DatabaseError.misuse(statement, .rowsExpected) }
        var values: [T] = []
        values.reserveCapacity(result.rowCount)
        for index in 0..<result.rowCount {
            values.append(try result.withRow(index, of: statement, decode))
        }
        return values
    }

    /// The only row of an answer, `nil` if there is none. More than one is an error.
    ///
    /// - Throws: ``DatabaseError`` or the decoder's own error.
    package mutating func first<T>(
        _ statement: Statement, _ parameters: (any ParameterValue)...,
        decode: (borrowing Row) throws -> T
    ) throws -> T? {
        let result = try run(statement, parameters)
        guard result.status == .rows else { throw DatabaseError.misuse(statement, .rowsExpected) }
        guard result.rowCount <= 1 else { throw DatabaseError.tooManyRows(statement, count: result.rowCount) }
        return result.rowCount == 0 ? nil : try result.withRow(0, of: statement, decode)
    }

    /// Lends the rows one after the other as they arrive, in flat memory. For millions of rows COPY is faster.
    ///
    /// If the body throws, the query is cancelled, which also ends the transaction it runs in.
    /// - Throws: ``DatabaseError`` or the body's own error.
    package mutating func forEachRow(
        _ statement: Statement, _ parameters: (any ParameterValue)..., body: (borrowing Row) throws -> Void
    ) throws {
        try checkText(statement)
        guard session.sendForSingleRows(statement.sql.text, try list(statement, parameters)) else {
            throw lost(statement)
        }
        while let result = session.nextResult() {
            switch result.status {
            case .rows:
                do {
                    for index in 0..<result.rowCount { try result.withRow(index, of: statement, body) }
                } catch {
                    session.cancel()
                    session.drain()
                    throw error
                }
            case .done:
                session.drain()
                throw DatabaseError.misuse(statement, .rowsExpected)
            case .copyIn, .copyOut:
                abandonCopy(result.status)
                throw DatabaseError.misuse(statement, .copyElsewhere)
            case .failed:
                let error = failure(result, statement)
                session.drain()
                throw error
            }
        }
    }
}
