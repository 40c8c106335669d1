/// What can go wrong between the program and PostgreSQL. The cases carry data; ``description`` makes the text, in which
/// bound values and row contents never stand.
package indirect enum DatabaseError: Error {
    /// No connection could be made.
    case connect(ConnectFailure)
    /// The server refused the statement.
    case server(ServerFault)
    /// The connection broke while the statement ran. In a transaction nothing of it remains; outside, whether a single
    /// writing statement took effect is not known.
    case connectionLost(Statement, message: String, inTransaction: Bool)
    /// A value did not come as the program expects it.
    case decoding(DecodingFault)
    /// More than one row where at most one may come.
    case tooManyRows(Statement, count: Int)
    /// Rows for COPY that do not have the columns that were announced; nothing of the COPY remains.
    case copyRows(Statement, CopyFault)
    /// The statement does not do what the call is for, as `copyIn` with a SELECT.
    case misuse(Statement, Misuse)
    /// COMMIT was answered with ROLLBACK, because a statement before it had failed. Nothing remains.
    case transactionAborted(Statement)
    /// Whether the transaction was committed is not known. Look, then decide.
    case commitUnknown(Statement, CommitDoubt)
}

/// Why a connection could not be made. The text of libpq names host, port, database and user, never the password.
package struct ConnectFailure: Sendable {
    package enum Kind: Sendable {
        /// The settings are not of the form `key=value ...`; the text is withheld, as it may hold the password.
        case settings
        /// No server answers there.
        case noServer
        /// The server is starting up, shutting down or recovering.
        case notReady
        /// The server answers, but not to us: user, password, database, or no free connection.
        case refused
    }

    package let kind: Kind
    package let host: String
    package let port: String
    package let database: String
    package let user: String
    package let message: String
}

/// The server's answer to a statement that failed.
package struct ServerFault: Sendable {
    package let statement: Statement
    package let state: SQLState
    /// May quote values where ``SQLState/hasSafeMessage`` is false.
    package let message: String
    /// May quote values.
    package let detail: String?
    package let hint: String?
    /// May quote values.
    package let context: String?
    package let constraint: String?
    /// `schema.table`, where the server says so.
    package let table: String?
    package let column: String?
    /// ERROR, FATAL or PANIC.
    package let severity: String
}

package struct DecodingFault: Sendable {
    package enum Reason: Sendable {
        case null
        /// `found` names the type of the column.
        case type(found: String)
        /// The type is right, the bytes are not such a value.
        case value(found: String, byteCount: Int)
        case noSuchColumn(columnCount: Int)
        /// COPY gives no types, only lengths.
        case length(byteCount: Int)
        case malformed
    }

    package let statement: Statement
    /// Counted from 0, as in `row[0, as: Int64.self]`.
    package let column: Int
    /// `nil` in COPY, which carries no names.
    package let columnName: String?
    /// The Swift type asked for.
    package let expected: String
    package let reason: Reason
}

package struct CopyFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case fieldCount(given: Int)
        case announced(Int)
        case fieldBeforeRow
        case fieldTooLong
    }

    /// Counted from 1.
    package let row: Int
    package let columns: Int
    package let reason: Reason
}

package enum Misuse: Hashable, Sendable {
    case notCopyIn
    case notCopyOut
    case notBinaryCopy
    case copyElsewhere
    case columnCount(announced: Int, found: Int)
    case rowsExpected
    case tooManyParameters(Int)
    case zeroByte
    case nestedTransaction
    case transactionEndedInBody
}

package enum CommitDoubt: Hashable, Sendable {
    /// The connection broke between COMMIT and its answer.
    case connectionLost(message: String)
    /// The server answered COMMIT with a warning, or with an error that ended the session.
    case answered(SQLState, String)
}

extension DatabaseError {
    package var sqlState: SQLState? {
        guard case .server(let fault) = self else { return nil }
        return fault.state
    }

    /// The constraint that refused a row, for messages to people. Judge by ``sqlState``.
    package var constraint: String? {
        guard case .server(let fault) = self else { return nil }
        return fault.constraint
    }

    package var statement: Statement? {
        switch self {
        case .connect: nil
        case .server(let fault): fault.statement
        case .connectionLost(let statement, _, _): statement
        case .decoding(let fault): fault.statement
        case .tooManyRows(let statement, _): statement
        case .copyRows(let statement, _): statement
        case .misuse(let statement, _): statement
        case .transactionAborted(let statement): statement
        case .commitUnknown(let statement, _): statement
        }
    }

    /// Whether the same unit of work, begun anew on a new transaction or connection, may succeed. A commit whose outcome
    /// is unknown is not among them: look first.
    package var isTransient: Bool {
        switch self {
        case .connect(let failure): failure.kind == .noServer || failure.kind == .notReady
        case .server(let fault): fault.state.isTransient
        case .connectionLost: true
        case .decoding, .tooManyRows, .copyRows, .misuse, .transactionAborted, .commitUnknown: false
        }
    }

    package var isCommitUnknown: Bool {
        guard case .commitUnknown = self else { return false }
        return true
    }
}
