import Money
import Postgres

extension Statement {
    static let openPeriod = Statement(
        "open period", "INSERT INTO ledger.period (month, state) VALUES ($1, 'open') ON CONFLICT (month) DO NOTHING")

    static let closePeriods = Statement(
        "close periods",
        """
        UPDATE ledger.period SET state = 'closed', closed_by_run = $2, closed_at = $3
        WHERE state = 'open' AND month <= $1
        """)

    static let isPeriodClosed = Statement(
        "is period closed", "SELECT month FROM ledger.period WHERE month = $1 AND state = 'closed'")

    static let lastClosedPeriod = Statement(
        "last closed period", "SELECT max(month) FROM ledger.period WHERE state = 'closed'")
}

/// Opens and closes the months of the books.
enum PeriodStore {
    static func open(_ month: Month, _ connection: inout Connection) throws {
        _ = try connection.execute(.openPeriod, month)
    }

    /// Closes every open month up to `month`.
    static func close(upTo month: Month, by run: Run, at time: PostgresTimestamp, _ connection: inout Connection) throws
    {
        _ = try connection.execute(.closePeriods, month, run.id, time)
    }

    static func isClosed(_ month: Month, _ connection: inout Connection) throws -> Bool {
        try connection.first(.isPeriodClosed, month) { row throws(DatabaseError) in try row[0, as: Month.self] } != nil
    }

    /// The last month whose books are closed; all before it are too.
    static func lastClosed(_ connection: inout Connection) throws -> Month? {
        try connection.first(.lastClosedPeriod) { row throws(DatabaseError) in try row[0, as: Month?.self] } ?? nil
    }
}
