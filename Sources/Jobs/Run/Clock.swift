package import Money
package import Postgres

/// Where a job learns what time it is. Only the command looks at the machine's clock; tests say what they like.
package struct Clock: Sendable {
    private let readUnixSeconds: @Sendable () -> Int64

    /// - Parameter unixSeconds: seconds since the Unix epoch, UTC.
    package init(unixSeconds: @escaping @Sendable () -> Int64) {
        readUnixSeconds = unixSeconds
    }

    /// The calendar date in the business zone.
    package var today: CivilDate { CivilTime(unixSeconds: readUnixSeconds()).date }

    package var now: PostgresTimestamp { PostgresTimestamp(unixSeconds: readUnixSeconds()) }
}
