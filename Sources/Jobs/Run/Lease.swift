import Money
import Postgres

extension Statement {
    static let tryOwnerLock = Statement("try owner lock", "SELECT pg_try_advisory_lock(7320221)")

    static let unlockOwner = Statement("unlock owner", "SELECT pg_advisory_unlock(7320221)")

    private static let holder: SQLText = """
        SELECT l.fence, l.owner, l.since, h.beat_at, h.beat_at < clock_timestamp() - make_interval(secs => $1::integer)
        FROM run.lease l JOIN run.heartbeat h USING (name) WHERE l.name = 'ledger'
        """

    static let readLease = Statement("read lease", holder)

    static let lockLease = Statement("lock lease", "\(holder) FOR UPDATE OF l")

    static let dropSleeper = Statement("drop sleeper", "SET idle_in_transaction_session_timeout = '600s'")

    static let takeLease = Statement(
        "take lease",
        "UPDATE run.lease SET fence = $1, owner = $2, since = clock_timestamp() WHERE name = 'ledger'")

    static let refreshStatistics = Statement("refresh statistics", "SELECT run.refresh_statistics()")

    static let beat = Statement("beat", "UPDATE run.heartbeat SET beat_at = clock_timestamp() WHERE name = 'ledger'")

    static let holdFence = Statement(
        "hold fence", "SELECT fence FROM run.lease WHERE name = 'ledger' AND fence = $1 FOR SHARE")

    static let holdFenceAlone = Statement(
        "hold fence alone", "SELECT fence FROM run.lease WHERE name = 'ledger' AND fence = $1 FOR UPDATE")

    static let releaseLease = Statement(
        "release lease",
        "UPDATE run.lease SET owner = NULL, since = NULL WHERE name = 'ledger' AND fence = $1")
}

/// The right to write runs, held by one process at a time.
///
/// Two things make it: a lock of the owner's session, which the server drops the moment the owner dies, so that a
/// killed run can be resumed at once; and a fencing number that every chunk checks in its own transaction, so that an
/// owner who was only asleep and lost the lease to another cannot commit any more. The times compared are all the
/// server's.
struct Lease: Sendable {
    let fence: Int64

    /// An owner silent for so long has lost the lease even if its session still stands.
    static let silenceSeconds: Int32 = 600

    /// Takes the lease or says who has it.
    ///
    /// - Parameter owner: host and process, for people.
    static func take(_ connection: inout Connection, owner: String) throws -> Lease {
        let isAlone =
            try connection.first(.tryOwnerLock) { row throws(DatabaseError) in try row[0, as: Bool.self] } ?? false
        func find(_ statement: Statement, _ connection: inout Connection) throws -> Holder {
            guard let found = try connection.first(statement, silenceSeconds, decode: Holder.init) else {
                throw JobError.schemaIncomplete("run.lease has no row 'ledger'")
            }
            if !isAlone, !found.isSilent {
                throw JobError.leased(owner: found.owner ?? "unknown", since: found.since, beat: found.beat)
            }
            return found
        }
        // An owner in the middle of a chunk holds the row: who comes second need not wait for it to be told.
        _ = try find(.readLease, &connection)
        return try connection.work("take lease") { connection in
            let found = try find(.lockLease, &connection)
            let lease = Lease(fence: found.fence + 1)
            _ = try connection.execute(.takeLease, lease.fence, owner)
            _ = try connection.execute(.beat)
            return lease
        }
    }

    /// Has the server look at tables that have changed much, before queries over all of them are planned; the lease keeps
    /// other runs from changing them meanwhile.
    static func refreshStatistics(_ connection: inout Connection) throws {
        _ = try connection.first(.refreshStatistics) { row throws(DatabaseError) in row.columnCount }
    }

    /// Has the server drop this connection if the program falls asleep in a transaction for as long as an owner may be
    /// silent: what it holds would keep the next owner out.
    static func dropSleeper(_ connection: inout Connection) throws(DatabaseError) {
        try connection.execute(.dropSleeper)
    }

    /// Holds off a new owner until the transaction ends; throws if there is one already.
    func hold(_ connection: inout Connection) throws {
        let held = try connection.first(.holdFence, fence) { row throws(DatabaseError) in try row[0, as: Int64.self] }
        guard held != nil else { throw JobError.leaseLost }
    }

    /// The same, and waits until whatever holds the lease has ended: a transaction whose COMMIT was not answered may still
    /// be at it, and is there or not there for good only then.
    func holdAlone(_ connection: inout Connection) throws {
        let held = try connection.first(.holdFenceAlone, fence) { row throws(DatabaseError) in
            try row[0, as: Int64.self]
        }
        guard held != nil else { throw JobError.leaseLost }
    }

    /// A sign of life, between transactions.
    func beat(_ connection: inout Connection) throws {
        _ = try connection.execute(.beat)
    }

    func release(_ connection: inout Connection) throws {
        _ = try connection.execute(.releaseLease, fence)
        _ = try connection.first(.unlockOwner) { row throws(DatabaseError) in try row[0, as: Bool.self] }
    }

    /// What the lease's row says of its last owner.
    private struct Holder {
        let fence: Int64
        let owner: String?
        let since: PostgresTimestamp?
        let beat: PostgresTimestamp
        let isSilent: Bool

        init(_ row: borrowing Row) throws(DatabaseError) {
            fence = try row[0, as: Int64.self]
            owner = try row[1, as: String?.self]
            since = try row[2, as: PostgresTimestamp?.self]
            beat = try row[3, as: PostgresTimestamp.self]
            isSilent = try row[4, as: Bool.self]
        }
    }
}
