/// Why a transaction did not end as it should, the four failures kept apart. `E` is what the body throws.
package enum TransactionError<E: Error>: Error {
    /// It could not begin; the body did not run.
    case begin(DatabaseError)
    /// The body threw and the transaction is rolled back.
    case body(E)
    /// The body threw and then the rollback failed. Nothing is committed; the connection is of no more use.
    case rollback(DatabaseError, after: E)
    /// The body ran and its work is not committed, or not known to be: see ``DatabaseError/commitUnknown(_:_:)``.
    case commit(DatabaseError)
}

/// The failure of a transaction whatever its body throws: `catch let error as any TransactionFailure`. A body that throws
/// nothing gives a `TransactionError<Never>`, one that throws anything a `TransactionError<any Error>`.
package protocol TransactionFailure: Error, CustomStringConvertible {
    var databaseError: DatabaseError? { get }
    var isTransient: Bool { get }
    var isCommitUnknown: Bool { get }
    /// What the body threw.
    var bodyError: (any Error)? { get }
}

extension TransactionError: TransactionFailure {
    package var bodyError: (any Error)? {
        switch self {
        case .begin, .commit: nil
        case .body(let error), .rollback(_, let error): error
        }
    }

    /// What went wrong with the database: the body's own error if it is a ``DatabaseError``.
    package var databaseError: DatabaseError? {
        switch self {
        case .begin(let error), .commit(let error): error
        case .body(let error): error as? DatabaseError
        case .rollback(let error, let bodyError): bodyError as? DatabaseError ?? error
        }
    }

    /// Whether the whole transaction, run anew, may succeed.
    package var isTransient: Bool { databaseError?.isTransient ?? false }

    package var isCommitUnknown: Bool { databaseError?.isCommitUnknown ?? false }
}

extension TransactionError {
    package var description: String {
        switch self {
        case .begin(let error), .commit(let error): "\(error)"
        case .body(let error): "\(error)"
        case .rollback(let error, let bodyError): "\(bodyError) The rollback failed too: \(error)"
        }
    }
}
