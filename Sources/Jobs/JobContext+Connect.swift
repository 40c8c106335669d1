import Postgres

extension Statement {
    fileprivate static let interpretExpressions = Statement("interpret expressions", "SET jit = off")
}

extension JobContext {
    /// A connection for the queries of a run: the server does not compile their expressions, which takes it longer than it
    /// saves, whatever it estimates.
    func connect() throws(DatabaseError) -> Connection {
        var connection = try Connection(settings)
        try connection.execute(.interpretExpressions)
        return connection
    }
}
