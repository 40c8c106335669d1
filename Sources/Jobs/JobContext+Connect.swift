import Postgres

extension Statement {
    fileprivate static let interpretExpressions = Statement("interpret expressions", "SET jit = off")

    fileprivate static let commitWithoutWaiting = Statement(
        "commit without waiting", "SET synchronous_commit = off")

    fileprivate static let askAlone = Statement("ask alone", "SET max_parallel_workers_per_gather = 0")
}

extension JobContext {
    /// A connection for the queries of a run: the server does not compile their expressions, which takes it longer than it
    /// saves, whatever it estimates.
    func connect() throws(DatabaseError) -> Connection {
        var connection = try Connection(settings)
        try connection.execute(.interpretExpressions)
        return connection
    }

    /// One for a worker of a run. Its commits do not wait for the disk: those that a crash of the server takes away are the
    /// latest, each with its checkpoint, and the run that is resumed does them again. The commit that completes a run waits,
    /// and by then all before it are on disk.
    func connectWorker() throws(DatabaseError) -> Connection {
        var connection = try connectAlone()
        try Lease.dropSleeper(&connection)
        try connection.execute(.commitWithoutWaiting)
        return connection
    }

    /// One for what is asked beside other workers: the server's helpers would take the processors from these, and make it
    /// think that to read a whole table is cheap.
    func connectAlone() throws(DatabaseError) -> Connection {
        var connection = try connect()
        try connection.execute(.askAlone)
        return connection
    }
}
