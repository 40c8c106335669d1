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
