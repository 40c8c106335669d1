extension DatabaseError: CustomStringConvertible {
    /// Where, what, what to do; without values.
    package var description: String {
        switch self {
        case .connect(let failure): failure.description
        case .server(let fault): fault.description
        case .connectionLost(let statement, let message, true):
            "\(statement): the connection was lost, the transaction is rolled back: \(message). Try again."
        case .connectionLost(let statement, let message, false):
            "\(statement): the connection was lost: \(message). "
                + "Whether the statement took effect is not known: look, then try again."
        case .decoding(let fault): fault.description
        case .tooManyRows(let statement, let count):
            "\(statement): \(count) rows came where at most one may. Ask by a unique key."
        case .copyRows(let statement, let fault):
            "\(statement): \(fault). Nothing was copied."
        case .misuse(let statement, let misuse):
            "\(statement): \(misuse)."
        case .transactionAborted(let statement):
            "\(statement): the server rolled back, because a statement before COMMIT had failed. "
                + "Let that statement's error leave the transaction."
        case .commitUnknown(let statement, let doubt):
            "\(statement): \(doubt). Whether the transaction was committed is not known: look, then decide."
        }
    }
}

extension DatabaseError: CustomDebugStringConvertible {
    /// The description and whatever else the server said; it may quote values and does not belong into a log.
    package var debugDescription: String {
        guard case .server(let fault) = self else { return description }
        var lines = [description, "message: \(fault.message)"]
        for (name, text) in [
            ("detail", fault.detail), ("hint", fault.hint), ("context", fault.context), ("table", fault.table),
            ("column", fault.column), ("statement", fault.statement.sql.text),
        ] {
            if let text { lines.append("\(name): \(text)") }
        }
        return lines.joined(separator: "\n")
    }
}

extension ConnectFailure: CustomStringConvertible {
    package var description: String {
        guard kind != .settings else {
            return "The connection settings cannot be read. Write them as `host=... port=... dbname=... user=...` or "
                + "as `postgresql://user@host/database`, or leave them empty and set PGHOST, PGDATABASE, PGUSER."
        }
        let place =
            "database \(named(database)) at \(named(host)), port \(named(port)), user \(named(user))"
        return "\(place): no connection: \(message). \(advice)"
    }

    private var advice: String {
        switch kind {
        case .settings, .refused: "Check user, password, database and the server's pg_hba.conf."
        case .noServer: "Check PGHOST and PGPORT, and whether the server runs."
        case .notReady: "Try again when the server has started."
        }
    }

    private func named(_ text: String) -> String {
        text.isEmpty ? "(default)" : text
    }
}

extension ServerFault: CustomStringConvertible {
    package var description: String {
        ["\(statement): \(safeMessage) (SQLSTATE \(state)).", advice].compactMap { $0 }.joined(separator: " ")
    }

    /// The message, or where that may quote values, what the manual calls the code.
    var safeMessage: String { state.hasSafeMessage ? message : state.conditionName }

    private var advice: String? {
        switch state {
        case _ where state.isTransient: "Try again."
        case .insufficientPrivilege: "Grant it, or connect as the role that has it."
        case .undefinedTable, .undefinedColumn, .undefinedSchema: "Bring the database to the program's version."
        case .diskFull: "Free space on the server's disk."
        default: nil
        }
    }
}

extension DecodingFault: CustomStringConvertible {
    package var description: String {
        let place = columnName.map { "column \(column) (\($0))" } ?? "column \(column)"
        return switch reason {
        case .null: "\(statement): \(place) is null, expected \(expected). Ask for \(expected)?, or exclude nulls."
        case .type(let found): "\(statement): \(place) is \(found), expected \(expected). Cast it in the statement."
        case .value(let found, let byteCount):
            "\(statement): \(place), \(byteCount) bytes of \(found), is no \(expected)."
        case .noSuchColumn(let count):
            "\(statement): there is no \(place), expected \(expected). The row has \(count) columns, counted from 0."
        case .length(let byteCount):
            "\(statement): \(place) has \(byteCount) bytes, expected \(expected). Cast it in the statement."
        case .malformed: "\(statement): \(place) is cut off, expected \(expected). The COPY data are damaged."
        }
    }
}

extension CopyFault: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .fieldCount(let given): "row \(row) has \(given) fields, expected \(columns)"
        case .announced(let announced): "row \(row) announces \(announced) columns, expected \(columns)"
        case .fieldBeforeRow: "a field was appended before the first row was begun"
        case .fieldTooLong: "row \(row) has a field of more than 1 GB"
        }
    }
}

extension Misuse: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notCopyIn: "copyIn needs COPY ... FROM STDIN"
        case .notCopyOut: "copyOut needs COPY ... TO STDOUT"
        case .notBinaryCopy: "the COPY must say (FORMAT binary)"
        case .copyElsewhere: "COPY from or to the program needs copyIn or copyOut"
        case .columnCount(let announced, let found): "the COPY has \(found) columns, the program expects \(announced)"
        case .rowsExpected: "the statement gives no rows; use execute"
        case .tooManyParameters(let count): "\(count) parameters; PostgreSQL takes 65535"
        case .zeroByte: "the statement's text has a zero byte"
        case .nestedTransaction: "a transaction is already open on this connection"
        case .transactionEndedInBody: "the body ended its transaction itself; leave COMMIT and ROLLBACK to it"
        }
    }
}

extension CommitDoubt: CustomStringConvertible {
    package var description: String {
        switch self {
        case .connectionLost(let message): "the answer to COMMIT was lost: \(message)"
        case .answered(let state, let message): "the answer to COMMIT was: \(message) (SQLSTATE \(state))"
        }
    }
}
