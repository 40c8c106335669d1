import Postgres
import Testing

@Suite(.database) struct `A connection` {
    @Test func `knows its server and its process`() throws {
        var connection = try TestDatabase.connect()
        let (isOpen, version, process) = (connection.isOpen, connection.serverVersion, connection.backendPID)
        #expect(isOpen)
        #expect(version >= 150_000)
        let pid = try connection.first(Statement("pid", "SELECT pg_backend_pid()")) { row in
            try row[0, as: Int32.self]
        }
        #expect(pid == process)
        let settings = try connection.first(
            Statement("settings", "SELECT current_setting('client_encoding'), current_setting('application_name')")
        ) { row in
            [try row[0, as: String.self], try row[1, as: String.self]]
        }
        #expect(settings == ["UTF8", "settle-tests"])
    }

    @Test func `counts the rows a statement touched`() throws {
        var connection = try TestDatabase.connect()
        #expect(try connection.execute(Statement("make", "CREATE TEMP TABLE touched (id bigint)")) == 0)
        let add = Statement("add", "INSERT INTO touched SELECT * FROM unnest($1::bigint[])")
        #expect(try connection.execute(add, [1, 2, 3] as [Int64]) == 3)
        #expect(try connection.execute(add, [] as [Int64]) == 0)
        #expect(try connection.execute(Statement("change", "UPDATE touched SET id = -id WHERE id > $1"), Int64(1)) == 2)
    }

    @Test(arguments: [
        "'; DROP TABLE intake.person; --", "$1", "\\", "\u{1F469}\u{200D}\u{1F469}", "某人", "", " ", "a'b\"c", "%s",
    ])
    func `a parameter is a value, whatever it says`(text: String) throws {
        var connection = try TestDatabase.connect()
        let back = try connection.first(Statement("echo", "SELECT $1::text"), text) { row in
            try row[0, as: String.self]
        }
        #expect(back == text)
    }

    @Test func `a name from outside is a name, whatever it says`() throws {
        var connection = try TestDatabase.connect()
        let name = #"x" (id int); DROP SCHEMA public CASCADE; --"#
        try connection.execute(Statement("make", "CREATE TABLE \(identifier: name) (id bigint)"))
        let found = try connection.first(
            Statement("find", "SELECT count(*) FROM pg_class WHERE relname = $1"), name
        ) { row in try row[0, as: Int64.self] }
        #expect(found == 1)
    }

    @Test func `a statement with a zero byte is refused before it is sent`() throws {
        var connection = try TestDatabase.connect()
        let error = try #require(throws: DatabaseError.self) {
            try connection.execute(Statement("cut", "SELECT 1\0 WHERE false", file: "A.swift", line: 1))
        }
        #expect("\(error)" == "A.swift:1: cut: the statement's text has a zero byte.")
    }

    @Test func `text with a zero byte is refused by the server and not shown`() throws {
        var connection = try TestDatabase.connect()
        let error = try #require(throws: DatabaseError.self) {
            try connection.execute(Statement("echo", "SELECT $1::text", file: "A.swift", line: 1), "secret\0")
        }
        #expect("\(error)" == "A.swift:1: echo: character not in repertoire (SQLSTATE 22021).")
    }

    @Test func `the same text with other parameter types is another prepared statement`() throws {
        var connection = try TestDatabase.connect()
        let type = Statement("type", "SELECT pg_typeof($1)::text")
        var names: [String?] = []
        for _ in 0..<2 {
            names.append(try connection.first(type, Int64(1)) { row in try row[0, as: String.self] })
            names.append(try connection.first(type, Int16(1)) { row in try row[0, as: String.self] })
            names.append(try connection.first(type, "1") { row in try row[0, as: String.self] })
        }
        #expect(names == ["bigint", "smallint", "text", "bigint", "smallint", "text"])
        let prepared = try connection.first(
            Statement("prepared", "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%typeof%'")
        ) { row in try row[0, as: Int64.self] }
        // The three, and the one that asks.
        #expect(prepared == 4)
    }

    @Test func `a text that changes is not prepared`() throws {
        var connection = try TestDatabase.connect()
        for number in 1...5 { try connection.execute(Statement("number", "SELECT 'changing', \(literal: number)")) }
        let prepared = try connection.first(
            Statement("prepared", "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%changing%'")
        ) { row in try row[0, as: Int64.self] }
        // The one that asks.
        #expect(prepared == 1)
    }

    @Test func `a prepared statement that the server forgot or cannot use any more is prepared again`() throws {
        var connection = try TestDatabase.connect()
        try connection.execute(Statement("make", "CREATE TEMP TABLE changing (a bigint)"))
        let all = Statement("all", "SELECT * FROM changing")
        #expect(try connection.execute(all) == 0)
        try connection.execute(Statement("change", "ALTER TABLE changing ADD b text"))
        #expect(throws: DatabaseError.self) { try connection.execute(all) }
        #expect(try connection.execute(all) == 0)
        try connection.execute(Statement("forget", "DEALLOCATE ALL"))
        #expect(throws: DatabaseError.self) { try connection.execute(all) }
        #expect(try connection.execute(all) == 0)
    }

    @Test func `a refused statement is named without its values`() throws {
        var connection = try TestDatabase.connect()
        try connection.execute(
            Statement("make", "CREATE TEMP TABLE keyed (id text CONSTRAINT keyed_once PRIMARY KEY CHECK (id <> ''))"))
        let add = Statement("add key", "INSERT INTO keyed VALUES ($1)", file: "A.swift", line: 7)
        try connection.execute(add, "secret")
        let error = try #require(throws: DatabaseError.self) { try connection.execute(add, "secret") }
        #expect(
            "\(error)"
                == "A.swift:7: add key: duplicate key value violates unique constraint \"keyed_once\" (SQLSTATE 23505)."
        )
        #expect(error.sqlState == .uniqueViolation)
        #expect(error.constraint == "keyed_once")
        #expect(error.debugDescription.contains("detail: Key (id)=(secret) already exists."))
        #expect(throws: DatabaseError.self) { try connection.execute(add, "") }
        #expect(throws: DatabaseError.self) { try connection.execute(add, Optional<String>.none) }
        // The connection goes on.
        #expect(try connection.execute(add, "other") == 1)
    }

    @Test func `a value of the wrong form is not shown`() throws {
        var connection = try TestDatabase.connect()
        let error = try #require(throws: DatabaseError.self) {
            try connection.execute(
                Statement("cast", "SELECT $1::text::bigint", file: "A.swift", line: 1), "320700199001011234X")
        }
        #expect("\(error)" == "A.swift:1: cast: invalid text representation (SQLSTATE 22P02).")
        #expect(error.debugDescription.contains("320700199001011234X"))
    }

    @Test func `a call of the wrong kind is refused and the connection goes on`() throws {
        var connection = try TestDatabase.connect()
        try connection.execute(Statement("make", "CREATE TEMP TABLE wrong (id bigint)"))
        for sql: SQLText in ["COPY wrong TO STDOUT", "COPY wrong FROM STDIN"] {
            let error = try #require(throws: DatabaseError.self) {
                try connection.execute(Statement("copy", sql, file: "A.swift", line: 1))
            }
            #expect("\(error)" == "A.swift:1: copy: COPY from or to the program needs copyIn or copyOut.")
            #expect(throws: DatabaseError.self) { try connection.forEachRow(Statement("copy", sql)) { _ in } }
            #expect(throws: DatabaseError.self) { try connection.script("\(sql.text)", name: "copy.sql") }
        }
        #expect(throws: DatabaseError.self) {
            try connection.rows(Statement("no rows", "DELETE FROM wrong")) { row in row.columnCount }
        }
        #expect(throws: DatabaseError.self) {
            try connection.first(Statement("no rows", "DELETE FROM wrong")) { row in row.columnCount }
        }
        #expect(throws: DatabaseError.self) { try connection.forEachRow(Statement("no", "DELETE FROM wrong")) { _ in } }
        #expect(throws: DatabaseError.self) { try connection.execute(Statement("two", "SELECT 1; SELECT 2")) }
        #expect(try connection.execute(Statement("still there", "SELECT 1")) == 1)
    }

    @Test func `many values travel as one array`() throws {
        var connection = try TestDatabase.connect()
        let many = [Int64](repeating: 1, count: 70_000)
        let sum = try connection.first(Statement("sum", "SELECT sum(x)::bigint FROM unnest($1::bigint[]) x"), many) {
            row in try row[0, as: Int64.self]
        }
        #expect(sum == 70_000)
    }

    @Test func `notices are kept for whoever asks, the last hundred`() throws {
        var connection = try TestDatabase.connect()
        try connection.script(
            "DO $$ BEGIN RAISE WARNING 'careful'; FOR i IN 1..120 LOOP RAISE NOTICE 'n%', i; END LOOP; END $$",
            name: "notices.sql")
        let notices = connection.takeNotices()
        #expect(notices.count == 100)
        #expect(notices.last?.message == "n120")
        #expect(notices.last?.severity == "NOTICE")
        let more = connection.takeNotices()
        #expect(more.isEmpty)
    }

    @Test func `a script names its file and line`() throws {
        var connection = try TestDatabase.connect()
        try connection.script("CREATE TEMP TABLE one (id bigint);\nINSERT INTO one VALUES (1);", name: "0001_one.sql")
        let error = try #require(throws: DatabaseError.self) {
            try connection.script("-- 注释\nSELECT 1;\nSELECT missing\nFROM one;", name: "0002_two.sql")
        }
        #expect(
            "\(error)"
                == "0002_two.sql:3: script: column \"missing\" does not exist (SQLSTATE 42703). "
                + "Bring the database to the program's version.")
        try connection.script("", name: "0003_empty.sql")
    }

    @Test func `a script is all or nothing`() throws {
        var connection = try TestDatabase.connect()
        #expect(throws: DatabaseError.self) {
            try connection.script("CREATE TABLE half_done (id bigint); SELECT 1/0;", name: "0001_half.sql")
        }
        let found = try connection.first(Statement("find", "SELECT to_regclass('half_done')::text")) { row in
            try row[0, as: String?.self]
        }
        #expect(found == .some(nil))
    }

    @Test func `a connection that the server ends is found lost at the next statement`() throws {
        var connection = try TestDatabase.connect()
        var other = try TestDatabase.connect()
        try other.execute(Statement("end", "SELECT pg_terminate_backend($1)"), connection.backendPID)
        let first = try #require(throws: DatabaseError.self) { try connection.execute(Statement("one", "SELECT 1")) }
        #expect(first.isTransient)
        let isOpen = connection.isOpen
        #expect(!isOpen)
        let second = try #require(throws: DatabaseError.self) {
            try connection.execute(Statement("two", "SELECT 2", file: "A.swift", line: 2))
        }
        #expect(second.isTransient)
        #expect("\(second)".hasPrefix("A.swift:2: two: the connection was lost"))
    }

    @Test func `another task may cancel what a connection waits for`() async throws {
        var connection = try TestDatabase.connect()
        let found = connection.canceller()
        let canceller = try #require(found)
        let pid = connection.backendPID
        async let cancellation: Void = cancel(canceller, whenAsleep: pid)
        let error = #expect(throws: DatabaseError.self) {
            try connection.execute(Statement("sleep", "SELECT pg_sleep(600)"))
        }
        try await cancellation
        #expect(error?.sqlState == .queryCancelled)
        #expect(try connection.execute(Statement("still there", "SELECT 1")) == 1)
    }

    @Test func `a database that is not there is a refusal, not a matter of time`() throws {
        let database = try #require(TestDatabase.current)
        let error = try #require(throws: DatabaseError.self) {
            _ = try Connection(ConnectionSettings("\(database.conninfo) dbname=nowhere"))
        }
        #expect(!error.isTransient)
        #expect("\(error)".contains("database nowhere at "))
        #expect("\(error)".hasSuffix("Check user, password, database and the server's pg_hba.conf."))
    }

    @concurrent private func cancel(_ canceller: Canceller, whenAsleep pid: Int32) async throws {
        var observer = try TestDatabase.connect()
        let asleep = Statement(
            "asleep", "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'")
        while try observer.execute(asleep, pid) == 0 {}
        canceller.cancel()
    }
}
