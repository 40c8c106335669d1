import Money
import Postgres

extension Connection {
    /// A transaction whose body's own error comes out as it was thrown; the others as ``TransactionError``.
    mutating func work<R>(_ name: StaticString, _ body: (inout Connection) throws -> R) throws -> R {
        do {
            return try transaction(name, body)
        } catch .body(let error) {
            throw error
        }
    }
}

extension CopyRow {
    mutating func date() throws(DatabaseError) -> CivilDate {
        CivilDate(dayNumber: try int32())
    }

    mutating func optionalDate() throws(DatabaseError) -> CivilDate? {
        try optionalInt32().map(CivilDate.init(dayNumber:))
    }

    /// A month, which stands in the database as its first day.
    mutating func month() throws(DatabaseError) -> Month {
        try date().month
    }

    mutating func fen() throws(DatabaseError) -> Fen {
        Fen(try int64())
    }
}

extension CopyRow {
    /// An identifier; `table` names where it stands, for the error.
    mutating func factID(_ table: String) throws -> FactID {
        var id: FactID?
        try lend { id = FactID($0) }
        guard let id else { throw JobError.identifierTooLong(table: table) }
        return id
    }

    mutating func optionalFactID(_ table: String) throws -> FactID? {
        var id: FactID?
        guard try lendOptional({ id = FactID($0) }) else { return nil }
        guard let id else { throw JobError.identifierTooLong(table: table) }
        return id
    }
}
