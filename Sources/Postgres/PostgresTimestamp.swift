/// A moment as `timestamptz` keeps it: microseconds since 2000-01-01 00:00:00 UTC, whatever the session's time zone.
package struct PostgresTimestamp: Hashable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(unixSeconds: Int64) {
        self.init(microseconds: (unixSeconds - PostgresTimestamp.unixSecondsOf2000) * 1_000_000)
    }

    /// Seconds since the Unix epoch, fractions cut off towards the past.
    package var unixSeconds: Int64 {
        let second = microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
        return second + PostgresTimestamp.unixSecondsOf2000
    }

    private static let unixSecondsOf2000: Int64 = 946_684_800
}

extension PostgresTimestamp: Comparable {
    package static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension PostgresTimestamp: ParameterValue, ColumnValue {
    package static var typeOID: UInt32 { TypeOID.timestamptz }

    package func append(to bytes: inout [UInt8]) { microseconds.append(to: &bytes) }

    package static func decode(_ cell: RawSpan, typeOID: UInt32) -> PostgresTimestamp? {
        cell.bigEndian(as: Int64.self).map(PostgresTimestamp.init(microseconds:))
    }
}
