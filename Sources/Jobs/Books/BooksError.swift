package import Books
import Money
import Postgres

/// Why a page of the books cannot be shown.
package enum BooksError: Error, Hashable, Sendable {
    case unknownSubject(String, known: [String])
    /// No institution of this code was delivered, and nothing stands under it.
    case unknownInstitution(String)
    /// The subject has no institutions under it.
    case notHeldByInstitution(LedgerSubject)
    /// The database role may not read the views.
    case mayNotRead
}

extension BooksError {
    package var exitCode: ExitCode { .refused }
}

extension BooksError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownSubject(let code, let known):
            "there is no subject \(code); the chart of accounts has \(known.joined(separator: ", "))."
        case .unknownInstitution(let code):
            "there is no institution \(code); write its fixmedins_code as in institution.csv."
        case .notHeldByInstitution(let subject):
            "subject \(subject.code) \(subject.name) is not held by institution; ask without --institution."
        case .mayNotRead:
            "this database role may not read the books. Connect as a member of settle_report or settle_batch."
        }
    }
}

extension LedgerError {
    package var exitCode: ExitCode {
        switch self {
        case .turnoversDiffer, .openingsDiffer: .doesNotTie
        case .unbalanced, .unknownSubject, .overflow: .bug
        }
    }
}

extension Connection {
    /// Lends the connection to a body that reads one state of the books through schema `report` and writes nothing.
    mutating func readBooks<R>(_ name: StaticString, _ body: (inout Connection) throws -> R) throws -> R {
        try Migrator().verify(&self)
        do {
            return try transaction(name, isolation: .repeatableRead, readOnly: true, body)
        } catch .body(let error as DatabaseError) where error.sqlState == .insufficientPrivilege {
            throw BooksError.mayNotRead
        } catch .body(let error) {
            throw error
        }
    }
}
