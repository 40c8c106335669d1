package import Money
import Postgres

/// Why there is nothing to explain.
package enum ExplainError: Error, Hashable, Sendable {
    case unknownSettlement(String)
    /// Nothing has been delivered about the person; the number stays out of the text.
    case unknownPerson
    /// The settlement has arrived and no completed night has looked at it yet.
    case notSettledYet(String, settledThrough: CivilDate?)
    /// No month-end has completed yet, so no month has been credited.
    case notCreditedYet(Month)
    /// The database role may not read facts and results.
    case mayNotRead
}

extension ExplainError {
    package var exitCode: ExitCode {
        switch self {
        case .unknownSettlement, .unknownPerson, .mayNotRead: .refused
        case .notSettledYet, .notCreditedYet: .tryLater
        }
    }
}

extension ExplainError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownSettlement(let id):
            "no settlement \(id) has been delivered. Check the number (setl_id), or load the file that holds it."
        case .unknownPerson:
            "nothing has been delivered about this person. Check the number (psn_no), or load the file that holds it."
        case .notSettledYet(let id, let date):
            "settlement \(id) has arrived and is not settled yet (\(date.map { "settled through \($0)" } ?? "no night is done")). "
                + "`settle run-due` settles it."
        case .notCreditedYet(let month):
            "no month-end is done, so nothing is credited for \(month) yet. `settle run-due` does what is due."
        case .mayNotRead:
            "this database role may not read facts and results. Connect as a member of settle_batch; nothing is written."
        }
    }
}

extension Connection {
    /// Lends the connection to a body that looks at one state of the database and writes nothing.
    mutating func look<R>(_ name: StaticString, _ body: (inout Connection) throws -> R) throws -> R {
        do {
            return try transaction(name, isolation: .repeatableRead, readOnly: true, body)
        } catch .body(let error as DatabaseError) where error.isRefusedAccess {
            throw ExplainError.mayNotRead
        } catch .body(let error) {
            throw error
        }
    }
}

extension DatabaseError {
    fileprivate var isRefusedAccess: Bool {
        if case .server(let fault) = self { fault.state == .insufficientPrivilege } else { false }
    }
}
