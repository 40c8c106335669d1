import Money
import Postgres

extension Row {
    /// An identifier; `table` names where it stands, for the error.
    borrowing func factID(_ column: Int, of table: String) throws -> FactID {
        guard let id = try optionalFactID(column, of: table) else { return FactID() }
        return id
    }

    borrowing func optionalFactID(_ column: Int, of table: String) throws -> FactID? {
        guard let text = try self[column, as: String?.self] else { return nil }
        guard let id = FactID(text.utf8) else { throw JobError.identifierTooLong(table: table) }
        return id
    }

    /// A moment that the statement gives as `extract(epoch FROM …)::bigint` of a `timestamp`.
    borrowing func civilTime(_ column: Int) throws(DatabaseError) -> CivilTime {
        CivilTime(secondNumber: try self[column, as: Int64.self] - secondsFrom1970To2000)
    }
}

private let secondsFrom1970To2000: Int64 = 946_684_800
