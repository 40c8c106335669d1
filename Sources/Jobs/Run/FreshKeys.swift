import Postgres
import Synchronization

extension Statement {
    fileprivate static let freshKeys = Statement(
        "fresh keys", "SELECT fresh_table::bigint, ledger_index::bigint FROM ledger.fresh_keys()")

    fileprivate static let buildAlone = Statement("build alone", "SET max_parallel_maintenance_workers = 0")

    fileprivate static let buildFreshKey = Statement(
        "build fresh key", "SELECT ledger.build_fresh_key($1::bigint::oid, $2::bigint::oid)")
}

/// The keys and indexes that ``FreshTables`` need to join the ledger. They are built when every chunk is committed, several
/// at the same time, each in a transaction of its own: a run that is resumed goes on with those that are missing.
final class FreshKeys: Sendable {
    /// Numbers (`oid`) of a table and of the ledger's index that it gets its like of.
    private struct Key {
        let table: Int64
        let index: Int64
    }

    private let context: JobContext
    private let lease: Lease
    /// Not begun; what takes longest comes last.
    private let waiting: Mutex<[Key]>
    private let count: Int

    /// How often a key is tried when the server or the network gives way.
    private static let tries = 3

    init(_ context: JobContext, _ lease: Lease, _ connection: inout Connection) throws {
        self.context = context
        self.lease = lease
        let keys = try connection.rows(.freshKeys) { row throws(DatabaseError) in
            Key(table: try row[0, as: Int64.self], index: try row[1, as: Int64.self])
        }
        count = keys.count
        waiting = Mutex(keys.reversed())
    }

    /// Builds them, unless the operator asks to stop; each that stands already costs a look.
    func build() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(context.workers, count) {
                group.addTask { try self.work() }
            }
            try await group.waitForAll()
        }
    }

    private func work() throws {
        var connection = try connect()
        while !context.stop.isRequested, let key = waiting.withLock({ $0.popLast() }) {
            var tries = 1
            while true {
                do {
                    try build(key, &connection)
                    break
                } catch let error where tries < Self.tries && error.mayPass {
                    tries += 1
                    connection = try connect()
                }
            }
        }
    }

    private func connect() throws(DatabaseError) -> Connection {
        var connection = try context.connectWorker()
        // Where every worker has a key, the server's own helpers would only be in their way.
        if count >= context.workers { _ = try connection.execute(.buildAlone) }
        return connection
    }

    private func build(_ key: Key, _ connection: inout Connection) throws {
        try connection.work("build fresh key") { connection in
            try lease.hold(&connection)
            _ = try connection.first(.buildFreshKey, key.table, key.index) { row throws(DatabaseError) in
                row.columnCount
            }
        }
        try lease.beat(&connection)
    }
}
