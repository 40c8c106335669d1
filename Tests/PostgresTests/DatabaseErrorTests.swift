import Testing

@testable import Postgres

private let closeRun = Statement("close run", "UPDATE run.run SET state = $1", file: "Jobs/Runs.swift", line: 41)

private func server(
    _ state: String, _ message: String, detail: String? = nil, constraint: String? = nil
) -> DatabaseError {
    .server(
        ServerFault(
            statement: closeRun, state: SQLState(rawValue: state), message: message, detail: detail, hint: nil,
            context: nil, constraint: constraint, table: "run.run", column: nil, severity: "ERROR"))
}

private func connect(_ kind: ConnectFailure.Kind, host: String = "/run/postgresql") -> DatabaseError {
    .connect(
        ConnectFailure(
            kind: kind, host: host, port: "5432", database: "settle", user: "batch", message: "it was not possible"))
}

private func decoding(_ reason: DecodingFault.Reason, name: String? = "amount_fen") -> DatabaseError {
    .decoding(
        DecodingFault(statement: closeRun, column: 2, columnName: name, expected: "Int64", reason: reason))
}

/// An error, whether trying again may help, and its whole text.
struct Message: CustomTestStringConvertible {
    let error: DatabaseError
    let isTransient: Bool
    let text: String

    init(_ error: DatabaseError, isTransient: Bool = false, _ text: String) {
        self.error = error
        self.isTransient = isTransient
        self.text = text
    }

    var testDescription: String { text }
}

@Suite struct `Errors of the database` {
    @Test(arguments: [
        Message(
            connect(.settings),
            "The connection settings cannot be read. Write them as `host=... port=... dbname=... user=...` or as "
                + "`postgresql://user@host/database`, or leave them empty and set PGHOST, PGDATABASE, PGUSER."),
        Message(
            connect(.noServer), isTransient: true,
            "database settle at /run/postgresql, port 5432, user batch: no connection: it was not possible. "
                + "Check PGHOST and PGPORT, and whether the server runs."),
        Message(
            connect(.notReady, host: ""), isTransient: true,
            "database settle at (default), port 5432, user batch: no connection: it was not possible. "
                + "Try again when the server has started."),
        Message(
            connect(.refused),
            "database settle at /run/postgresql, port 5432, user batch: no connection: it was not possible. "
                + "Check user, password, database and the server's pg_hba.conf."),
        Message(
            .connectionLost(closeRun, message: "server closed the connection", inTransaction: true),
            isTransient: true,
            "Jobs/Runs.swift:41: close run: the connection was lost, the transaction is rolled back: "
                + "server closed the connection. Try again."),
        Message(
            .connectionLost(closeRun, message: "server closed the connection", inTransaction: false),
            isTransient: true,
            "Jobs/Runs.swift:41: close run: the connection was lost: server closed the connection. "
                + "Whether the statement took effect is not known: look, then try again."),
        Message(
            server("23505", "duplicate key value violates unique constraint \"run_pkey\"", constraint: "run_pkey"),
            "Jobs/Runs.swift:41: close run: duplicate key value violates unique constraint \"run_pkey\" "
                + "(SQLSTATE 23505)."),
        Message(
            server("40001", "could not serialize access due to concurrent update"), isTransient: true,
            "Jobs/Runs.swift:41: close run: could not serialize access due to concurrent update (SQLSTATE 40001). "
                + "Try again."),
        Message(
            server("42501", "permission denied for table run"),
            "Jobs/Runs.swift:41: close run: permission denied for table run (SQLSTATE 42501). "
                + "Grant it, or connect as the role that has it."),
        Message(
            server("42P01", "relation \"run.run\" does not exist"),
            "Jobs/Runs.swift:41: close run: relation \"run.run\" does not exist (SQLSTATE 42P01). "
                + "Bring the database to the program's version."),
        Message(
            server("53100", "could not extend file: No space left on device"),
            "Jobs/Runs.swift:41: close run: could not extend file: No space left on device (SQLSTATE 53100). "
                + "Free space on the server's disk."),
        Message(
            server("22P02", "invalid input syntax for type bigint: \"320700199001011234\""),
            "Jobs/Runs.swift:41: close run: invalid text representation (SQLSTATE 22P02)."),
        Message(
            server("P0001", "某人 has no account"),
            "Jobs/Runs.swift:41: close run: raised by a function (SQLSTATE P0001)."),
        Message(
            decoding(.null),
            "Jobs/Runs.swift:41: close run: column 2 (amount_fen) is null, expected Int64. "
                + "Ask for Int64?, or exclude nulls."),
        Message(
            decoding(.type(found: "numeric")),
            "Jobs/Runs.swift:41: close run: column 2 (amount_fen) is numeric, expected Int64. "
                + "Cast it in the statement."),
        Message(
            decoding(.value(found: "bigint", byteCount: 8)),
            "Jobs/Runs.swift:41: close run: column 2 (amount_fen), 8 bytes of bigint, is no Int64."),
        Message(
            decoding(.noSuchColumn(columnCount: 2), name: nil),
            "Jobs/Runs.swift:41: close run: there is no column 2, expected Int64. "
                + "The row has 2 columns, counted from 0."),
        Message(
            decoding(.length(byteCount: 4), name: nil),
            "Jobs/Runs.swift:41: close run: column 2 has 4 bytes, expected Int64. Cast it in the statement."),
        Message(
            decoding(.malformed, name: nil),
            "Jobs/Runs.swift:41: close run: column 2 is cut off, expected Int64. The COPY data are damaged."),
        Message(
            .tooManyRows(closeRun, count: 2),
            "Jobs/Runs.swift:41: close run: 2 rows came where at most one may. Ask by a unique key."),
        Message(
            .copyRows(closeRun, CopyFault(row: 17, columns: 3, reason: .fieldCount(given: 2))),
            "Jobs/Runs.swift:41: close run: row 17 has 2 fields, expected 3. Nothing was copied."),
        Message(
            .copyRows(closeRun, CopyFault(row: 17, columns: 3, reason: .announced(2))),
            "Jobs/Runs.swift:41: close run: row 17 announces 2 columns, expected 3. Nothing was copied."),
        Message(
            .copyRows(closeRun, CopyFault(row: 0, columns: 3, reason: .fieldBeforeRow)),
            "Jobs/Runs.swift:41: close run: a field was appended before the first row was begun. "
                + "Nothing was copied."),
        Message(
            .copyRows(closeRun, CopyFault(row: 1, columns: 3, reason: .fieldTooLong)),
            "Jobs/Runs.swift:41: close run: row 1 has a field of more than 1 GB. Nothing was copied."),
        Message(
            .misuse(closeRun, .columnCount(announced: 2, found: 3)),
            "Jobs/Runs.swift:41: close run: the COPY has 3 columns, the program expects 2."),
        Message(
            .transactionAborted(closeRun),
            "Jobs/Runs.swift:41: close run: the server rolled back, because a statement before COMMIT had failed. "
                + "Let that statement's error leave the transaction."),
        Message(
            .commitUnknown(closeRun, .connectionLost(message: "no message")),
            "Jobs/Runs.swift:41: close run: the answer to COMMIT was lost: no message. "
                + "Whether the transaction was committed is not known: look, then decide."),
        Message(
            .commitUnknown(closeRun, .answered(SQLState(rawValue: "01000"), "could not commit on a worker")),
            "Jobs/Runs.swift:41: close run: the answer to COMMIT was: could not commit on a worker "
                + "(SQLSTATE 01000). Whether the transaction was committed is not known: look, then decide."),
    ])
    func `say where, what and what to do`(message: Message) {
        #expect("\(message.error)" == message.text)
        #expect(message.error.isTransient == message.isTransient)
    }

    @Test(arguments: [
        (Misuse.notCopyIn, "copyIn needs COPY ... FROM STDIN"), (.notCopyOut, "copyOut needs COPY ... TO STDOUT"),
        (.notBinaryCopy, "the COPY must say (FORMAT binary)"),
        (.copyElsewhere, "COPY from or to the program needs copyIn or copyOut"),
        (.rowsExpected, "the statement gives no rows; use execute"),
        (.tooManyParameters(65_536), "65536 parameters; PostgreSQL takes 65535"),
        (.zeroByte, "the statement's text has a zero byte"),
        (.nestedTransaction, "a transaction is already open on this connection"),
        (.transactionEndedInBody, "the body ended its transaction itself; leave COMMIT and ROLLBACK to it"),
    ])
    func `a call that does not fit its statement is named`(misuse: Misuse, text: String) {
        #expect("\(DatabaseError.misuse(closeRun, misuse))" == "Jobs/Runs.swift:41: close run: \(text).")
    }

    @Test(arguments: [
        ("08006", true), ("40001", true), ("40P01", true), ("53300", true), ("55P03", true), ("57P01", true),
        ("57P02", true), ("57P03", true), ("57014", false), ("53100", false), ("23505", false), ("25P02", false),
    ])
    func `what may succeed later is known by its SQLSTATE`(state: String, isTransient: Bool) {
        #expect(SQLState(rawValue: state).isTransient == isTransient)
    }

    @Test func `details stand in the debug description only`() {
        let error = server(
            "23505", "duplicate key value violates unique constraint \"run_pkey\"",
            detail: "Key (psn_no)=(320700199001011234) already exists.", constraint: "run_pkey")
        #expect(!"\(error)".contains("3207"))
        #expect(
            error.debugDescription == """
                Jobs/Runs.swift:41: close run: duplicate key value violates unique constraint "run_pkey" (SQLSTATE 23505).
                message: duplicate key value violates unique constraint "run_pkey"
                detail: Key (psn_no)=(320700199001011234) already exists.
                table: run.run
                statement: UPDATE run.run SET state = $1
                """)
        #expect(error.sqlState == .uniqueViolation)
        #expect(error.constraint == "run_pkey")
        #expect(error.statement?.name == "close run")
    }

    @Test func `the four failures of a transaction are kept apart`() {
        let failure = server("40001", "could not serialize access")
        let text = "Jobs/Runs.swift:41: close run: could not serialize access (SQLSTATE 40001). Try again."
        #expect("\(TransactionError<Refusal>.begin(failure))" == text)
        #expect("\(TransactionError<Refusal>.commit(failure))" == text)
        #expect("\(TransactionError<Refusal>.body(Refusal()))" == "the body refuses.")
        #expect(
            "\(TransactionError<Refusal>.rollback(failure, after: Refusal()))"
                == "the body refuses. The rollback failed too: \(text)")
        #expect(TransactionError<Refusal>.begin(failure).isTransient)
        #expect(TransactionError<any Error>.body(failure).isTransient)
        #expect(!TransactionError<Refusal>.body(Refusal()).isTransient)
        #expect(TransactionError<Refusal>.body(Refusal()).databaseError == nil)
        #expect(TransactionError<Refusal>.rollback(failure, after: Refusal()).bodyError is Refusal)
        #expect(TransactionError<Refusal>.commit(failure).bodyError == nil)
        let unknown = DatabaseError.commitUnknown(closeRun, .connectionLost(message: ""))
        #expect(TransactionError<Refusal>.commit(unknown).isCommitUnknown)
        #expect(!TransactionError<Refusal>.commit(unknown).isTransient)
        #expect(!TransactionError<Refusal>.commit(failure).isCommitUnknown)
    }

    @Test func `settings never show their password`() {
        let settings = ConnectionSettings("host=db password=secret", applicationName: "settle")
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!"\(settings) \(String(reflecting: settings)) \(dumped)".contains("secret"))
        #expect("\(settings)" == "connection settings of settle")
    }

    @Test(arguments: ["host=nowhere password=my secret", "secret", "postgresql://a:secret%zz@b", "host=a\0 secret"])
    func `settings that cannot be read are refused without being quoted`(conninfo: String) throws {
        let error = try #require(throws: DatabaseError.self) { _ = try Connection(ConnectionSettings(conninfo)) }
        #expect(error.description.hasPrefix("The connection settings cannot be read."))
        #expect(!error.debugDescription.contains("secret"))
    }

    @Test func `a server that is not there is named with its place`() throws {
        let error = try #require(throws: DatabaseError.self) {
            _ = try Connection(
                ConnectionSettings("host=/nonexistent port=6543 dbname=city user=batch password=secret"))
        }
        #expect(
            error.description
                == "database city at /nonexistent, port 6543, user batch: no connection: connection to server on "
                + "socket \"/nonexistent/.s.PGSQL.6543\" failed: No such file or directory. "
                + "Check PGHOST and PGPORT, and whether the server runs.")
        #expect(error.isTransient)
        #expect(!error.debugDescription.contains("secret"))
    }
}

private struct Refusal: Error, CustomStringConvertible {
    var description: String { "the body refuses." }
}
