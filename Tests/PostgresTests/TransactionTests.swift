import Postgres
import Testing

private let count = Statement("count", "SELECT count(*) FROM posted")
private let post = Statement("post", "INSERT INTO posted VALUES ($1)", file: "A.swift", line: 9)

private struct Refusal: Error, Equatable {}

extension Connection {
    /// The rows of `posted` as this connection sees them.
    fileprivate mutating func postedCount() throws -> Int64 {
        try first(count) { row in try row[0, as: Int64.self] } ?? -1
    }

    fileprivate mutating func makePosted() throws {
        try script("CREATE TEMP TABLE posted (id bigint PRIMARY KEY)", name: "posted.sql")
    }
}

/// A committed table that other connections see too; each test has its own.
private func makeTable(_ name: String, _ connection: inout Connection) throws -> (post: Statement, count: Statement) {
    try connection.execute(Statement("make", "CREATE TABLE \(identifier: name) (id bigint PRIMARY KEY)"))
    return (
        Statement("post", "INSERT INTO \(identifier: name) VALUES ($1)", file: "A.swift", line: 9),
        Statement("count", "SELECT count(*) FROM \(identifier: name)")
    )
}

/// Waits until the server has noticed that the broken connection is gone, then counts.
private func settledCount(_ statement: Statement, after pid: Int32) throws -> Int64? {
    var observer = try TestDatabase.connect()
    let alive = Statement("alive", "SELECT 1 FROM pg_stat_activity WHERE pid = $1")
    while try observer.execute(alive, pid) == 1 {}
    return try observer.first(statement) { row in try row[0, as: Int64.self] }
}

@Suite(.database) struct `A transaction` {
    @Test func `commits what the body did and returns what it returned`() throws {
        var connection = try TestDatabase.connect()
        try connection.makePosted()
        let result = try connection.transaction("post one") { connection in
            try connection.execute(post, Int64(1))
            return "done"
        }
        #expect(result == "done")
        #expect(try connection.postedCount() == 1)
    }

    @Test func `rolls back when the body throws, and passes its error on with its type`() throws {
        var connection = try TestDatabase.connect()
        try connection.makePosted()
        let error = #expect(throws: TransactionError<Refusal>.self) {
            try connection.transaction("post one") { (connection: inout Connection) throws(Refusal) -> Bool in
                do { try connection.execute(post, Int64(1)) } catch { Issue.record(error) }
                throw Refusal()
            }
        }
        guard case .body(Refusal())? = error else {
            Issue.record("not the body's error: \(String(describing: error))")
            return
        }
        #expect(try connection.postedCount() == 0)
        try connection.transaction("post again") { connection in try connection.execute(post, Int64(1)) }
        #expect(try connection.postedCount() == 1)
    }

    @Test func `a refused statement that leaves the body rolls back`() throws {
        var connection = try TestDatabase.connect()
        try connection.makePosted()
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("post twice") { connection in
                try connection.execute(post, Int64(1))
                try connection.execute(post, Int64(1))
            }
        }
        guard case .body? = error else {
            Issue.record("not the body's error: \(String(describing: error))")
            return
        }
        #expect(error?.databaseError?.sqlState == .uniqueViolation)
        #expect(
            error.map { "\($0)" }
                == "A.swift:9: post: duplicate key value violates unique constraint \"posted_pkey\" (SQLSTATE 23505).")
        #expect(try connection.postedCount() == 0)
    }

    @Test func `a refusal that the body kept to itself is found at COMMIT`() throws {
        var connection = try TestDatabase.connect()
        try connection.makePosted()
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("hide it", file: "A.swift", line: 5) { connection in
                try connection.execute(post, Int64(1))
                do {
                    try connection.execute(post, Int64(1))
                    Issue.record("the same id was taken twice")
                } catch {
                    #expect("\(error)".hasSuffix("(SQLSTATE 23505)."))
                }
            }
        }
        guard case .commit(.transactionAborted)? = error else {
            Issue.record("not an aborted transaction: \(String(describing: error))")
            return
        }
        #expect(
            error.map { "\($0)" }
                == "A.swift:5: hide it: the server rolled back, because a statement before COMMIT had failed. "
                + "Let that statement's error leave the transaction.")
        #expect(try connection.postedCount() == 0)
    }

    @Test func `a deferred constraint that fails at COMMIT is certain, not unknown`() throws {
        var connection = try TestDatabase.connect()
        try connection.script(
            "CREATE TEMP TABLE posted (id bigint CONSTRAINT once UNIQUE DEFERRABLE INITIALLY DEFERRED)",
            name: "posted.sql")
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("post twice") { connection in
                try connection.execute(post, Int64(1))
                try connection.execute(post, Int64(1))
            }
        }
        guard case .commit(.server(let fault))? = error else {
            Issue.record("not a refusal at COMMIT: \(String(describing: error))")
            return
        }
        #expect(fault.state == .uniqueViolation)
        #expect(error?.isCommitUnknown == false)
        #expect(try connection.postedCount() == 0)
    }

    @Test func `a warning at COMMIT means unknown`() throws {
        var connection = try TestDatabase.connect()
        try connection.script(
            """
            CREATE TEMP TABLE posted (id bigint);
            CREATE FUNCTION pg_temp.warn() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE WARNING 'id % could not be sent', NEW.id; RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON posted DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION pg_temp.warn();
            """, name: "warn.sql")
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("post one", file: "A.swift", line: 5) { connection in
                try connection.execute(post, Int64(42))
            }
        }
        #expect(error?.isCommitUnknown == true)
        #expect(error?.isTransient == false)
        #expect(
            error.map { "\($0)" }
                == "A.swift:5: post one: the answer to COMMIT was: error (SQLSTATE 01000). "
                + "Whether the transaction was committed is not known: look, then decide.")
        // Looking decides it, and what was said is still there to be read.
        #expect(try connection.postedCount() == 1)
        let messages = connection.takeNotices().map(\.message)
        #expect(messages == ["id 42 could not be sent"])
    }

    @Test func `a warning before COMMIT means nothing for it`() throws {
        var connection = try TestDatabase.connect()
        try connection.transaction("warn") { connection in
            try connection.script("DO $$ BEGIN RAISE WARNING 'early'; END $$", name: "warn.sql")
        }
        let messages = connection.takeNotices().map(\.message)
        #expect(messages == ["early"])
    }

    @Test func `cannot begin within another`() throws {
        var connection = try TestDatabase.connect()
        try connection.makePosted()
        try connection.transaction("outer") { connection in
            do {
                try connection.transaction("inner", file: "A.swift", line: 5) { _ in Issue.record("the body ran") }
            } catch {
                #expect("\(error)" == "A.swift:5: inner: a transaction is already open on this connection.")
            }
            try connection.execute(post, Int64(1))
        }
        #expect(try connection.postedCount() == 1)
    }

    @Test func `a body that ends the transaction itself is found out`() throws {
        var connection = try TestDatabase.connect()
        for sql: SQLText in ["COMMIT", "ROLLBACK"] {
            let error = #expect(throws: TransactionError<any Error>.self) {
                try connection.transaction("end it", file: "A.swift", line: 5) { connection in
                    try connection.execute(Statement("end", sql))
                }
            }
            #expect(
                error.map { "\($0)" }
                    == "A.swift:5: end it: the body ended its transaction itself; leave COMMIT and ROLLBACK to it.")
        }
    }

    @Test func `cannot begin on a lost connection`() throws {
        var connection = try TestDatabase.connect()
        var other = try TestDatabase.connect()
        try other.execute(Statement("end", "SELECT pg_terminate_backend($1)"), connection.backendPID)
        let error = #expect(throws: TransactionError<Never>.self) {
            try connection.transaction("late") { _ in Issue.record("the body ran") }
        }
        guard case .begin? = error else {
            Issue.record("it began: \(String(describing: error))")
            return
        }
        #expect(error?.isTransient == true)
    }

    @Test func `a connection lost in the body is the body's error, and nothing remains`() throws {
        var connection = try TestDatabase.connect()
        let (post, count) = try makeTable("lost in the body", &connection)
        let pid = connection.backendPID
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("post one") { connection in
                try connection.execute(post, Int64(1))
                var other = try TestDatabase.connect()
                try other.execute(Statement("end", "SELECT pg_terminate_backend($1)"), pid)
                try connection.execute(post, Int64(2))
            }
        }
        guard case .body? = error else {
            Issue.record("not the body's error: \(String(describing: error))")
            return
        }
        #expect(error?.isTransient == true)
        #expect(error?.isCommitUnknown == false)
        #expect(try settledCount(count, after: pid) == 0)
    }

    @Test func `a loss that the body kept to itself is certain: COMMIT was not sent`() throws {
        var connection = try TestDatabase.connect()
        let (post, count) = try makeTable("kept to itself", &connection)
        let pid = connection.backendPID
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("post one", file: "A.swift", line: 5) { connection in
                try connection.execute(post, Int64(1))
                var other = try TestDatabase.connect()
                try other.execute(Statement("end", "SELECT pg_terminate_backend($1)"), pid)
                do {
                    try connection.execute(post, Int64(2))
                    Issue.record("the connection was not lost")
                } catch {
                    #expect("\(error)".contains("post"))
                }
            }
        }
        guard case .commit(let failure)? = error else {
            Issue.record("not a failure to commit: \(String(describing: error))")
            return
        }
        #expect(
            "\(failure)".hasPrefix("A.swift:5: post one: the connection was lost, the transaction is rolled back: "))
        #expect(error?.isCommitUnknown == false)
        #expect(error?.isTransient == true)
        #expect(try settledCount(count, after: pid) == 0)
    }

    @Test func `a rollback that fails is told beside the body's error`() throws {
        var connection = try TestDatabase.connect()
        let pid = connection.backendPID
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("refuse") { _ in
                var other = try TestDatabase.connect()
                try other.execute(Statement("end", "SELECT pg_terminate_backend($1)"), pid)
                throw Refusal()
            }
        }
        guard case .rollback(let failure, after: let cause)? = error else {
            Issue.record("the rollback did not fail: \(String(describing: error))")
            return
        }
        #expect(cause is Refusal)
        #expect(failure.isTransient)
    }

    @Test func `a server that ends the session at COMMIT leaves it unknown`() throws {
        var connection = try TestDatabase.connect()
        let (post, count) = try makeTable("ended at commit", &connection)
        let pid = connection.backendPID
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("post one") { connection in
                try connection.execute(post, Int64(1))
                var other = try TestDatabase.connect()
                try other.execute(Statement("end", "SELECT pg_terminate_backend($1)"), pid)
            }
        }
        #expect(error?.isCommitUnknown == true)
        // Looking decides it: here the session had ended before.
        #expect(try settledCount(count, after: pid) == 0)
    }

    @Test func `two that change the same row under repeatable read: one may try again`() throws {
        var connection = try TestDatabase.connect()
        var other = try TestDatabase.connect()
        try connection.script(
            "CREATE TABLE balance (fen bigint); INSERT INTO balance VALUES (1)", name: "balance.sql")
        let add = Statement("add", "UPDATE balance SET fen = fen + 1")
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("add", isolation: .repeatableRead) { connection in
                _ = try connection.execute(Statement("look", "SELECT fen FROM balance"))
                try other.execute(add)
                try connection.execute(add)
            }
        }
        #expect(error?.databaseError?.sqlState == .serializationFailure)
        #expect(error?.isTransient == true)
    }

    @Test(arguments: [Isolation.readCommitted, .repeatableRead, .serializable])
    func `runs at the level it is asked for, writing only if it may`(isolation: Isolation) throws {
        var connection = try TestDatabase.connect()
        try connection.makePosted()
        let show = Statement(
            "show", "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
        let shown = try connection.transaction("look", isolation: isolation, readOnly: true) { connection in
            try connection.first(show) { row in [try row[0, as: String.self], try row[1, as: String.self]] }
        }
        #expect(shown == [isolation.name, "on"])
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("write", isolation: isolation, readOnly: true) { connection in
                try connection.script("CREATE TABLE written (id bigint)", name: "written.sql")
            }
        }
        #expect(error?.databaseError?.sqlState == SQLState(rawValue: "25006"))
    }
}

extension Isolation {
    fileprivate var name: String {
        switch self {
        case .readCommitted: "read committed"
        case .repeatableRead: "repeatable read"
        case .serializable: "serializable"
        }
    }
}

@Suite(.database) struct `A commit made to fail` {
    @Test func `before it is sent: unknown to the program, nothing in the database`() throws {
        let fault = CommitFault(number: 1, .beforeCommit)
        var connection = try TestDatabase.connect(commitFault: fault)
        let (post, count) = try makeTable("fails before", &connection)
        let pid = connection.backendPID
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("post one") { connection in try connection.execute(post, Int64(1)) }
        }
        #expect(error?.isCommitUnknown == true)
        #expect(fault.hasStruck)
        let isOpen = connection.isOpen
        #expect(!isOpen)
        #expect(try settledCount(count, after: pid) == 0)
    }

    @Test func `after it took effect: unknown to the program, all in the database`() throws {
        let fault = CommitFault(number: 1, .afterCommit)
        var connection = try TestDatabase.connect(commitFault: fault)
        let (post, count) = try makeTable("fails after", &connection)
        let pid = connection.backendPID
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("post one") { connection in try connection.execute(post, Int64(1)) }
        }
        #expect(error?.isCommitUnknown == true)
        let isOpen = connection.isOpen
        #expect(!isOpen)
        #expect(try settledCount(count, after: pid) == 1)
        #expect(throws: DatabaseError.self) { try connection.execute(post, Int64(2)) }
    }

    @Test(arguments: CommitFault.Moment.allCases)
    func `the count is shared by all connections made with it`(moment: CommitFault.Moment) throws {
        let fault = CommitFault(number: 3, moment)
        var one = try TestDatabase.connect(commitFault: fault)
        var other = try TestDatabase.connect(commitFault: fault)
        #expect(fault.commitCount == 0)
        try one.transaction("one") { _ in }
        try other.transaction("two") { _ in }
        #expect(!fault.hasStruck)
        // One that does not reach its COMMIT is not counted.
        #expect(throws: TransactionError<any Error>.self) { try other.transaction("none") { _ in throw Refusal() } }
        #expect(throws: TransactionError<Never>.self) { try one.transaction("three") { _ in } }
        #expect(fault.hasStruck)
        try other.transaction("four") { _ in }
        #expect(fault.commitCount == 4)
    }
}
