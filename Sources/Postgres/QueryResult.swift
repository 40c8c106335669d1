import CLibpq

/// The server's answer to one statement; owns libpq's memory of it. All that calls libpq with a result's pointer stands
/// here and in `Row.swift`.
@safe struct QueryResult: ~Copyable {
    /// `nil` when libpq could not make a result: no memory or no connection.
    private let handle: OpaquePointer?

    /// Takes over the result.
    init(owning handle: OpaquePointer?) {
        unsafe self.handle = unsafe handle
    }

    deinit {
        // The only owner frees it, once; libpq allows nil.
        unsafe PQclear(handle)
    }

    enum Status {
        case done
        case rows
        case copyIn
        case copyOut
        case failed
    }

    // In the properties below the pointer is the result's own, alive until `deinit`, and libpq allows nil. Strings that
    // it returns live as long and are copied at once.

    var status: Status {
        switch unsafe PQresultStatus(handle) {
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .done
        case PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE: .rows
        case PGRES_COPY_IN: .copyIn
        case PGRES_COPY_OUT: .copyOut
        default: .failed
        }
    }

    var rowCount: Int { unsafe Int(PQntuples(handle)) }

    var columnCount: Int { unsafe Int(PQnfields(handle)) }

    /// Whether a COPY is in binary format.
    var isBinary: Bool { unsafe PQbinaryTuples(handle) == 1 }

    /// Rows inserted, updated, deleted, selected or copied.
    var affectedRows: Int { unsafe Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    /// `COMMIT`, `ROLLBACK`, `INSERT 0 1`.
    var commandTag: String { unsafe String(cString: PQcmdStatus(handle)) }

    /// `nil` where the server gave no such field, or the error is libpq's own.
    func field(_ field: Field) -> String? {
        unsafe PQresultErrorField(handle, field.code).map { unsafe String(cString: $0) }
    }

    /// Whether the prepared statement is of no more use: the server forgot it, or its tables have changed.
    var isPreparationVoid: Bool {
        guard status == .failed, let state = field(.state) else { return false }
        return state == "26000" || state == "0A000"
    }

    enum Field: Character {
        case severity = "V"
        case state = "C"
        case message = "M"
        case detail = "D"
        case hint = "H"
        case context = "W"
        case position = "P"
        case schema = "s"
        case table = "t"
        case column = "c"
        case constraint = "n"

        var code: Int32 { rawValue.asciiValue.map(Int32.init) ?? 0 }
    }

    /// Lends one row.
    func withRow<T>(_ index: Int, of statement: Statement, _ body: (borrowing Row) throws -> T) throws -> T {
        // The row is lent, not given, so it cannot outlive the result.
        return try unsafe body(Row(handle: handle, index: Int32(index), columnCount: columnCount, statement: statement))
    }
}

extension QueryResult {
    /// The server's error in this result, `nil` if libpq itself made the error or there is none.
    func fault(of statement: Statement) -> ServerFault? {
        guard let state = field(.state) else { return nil }
        return ServerFault(
            statement: statement,
            state: SQLState(rawValue: state),
            message: field(.message) ?? "",
            detail: field(.detail),
            hint: field(.hint),
            context: field(.context),
            constraint: field(.constraint),
            table: field(.table).map { table in field(.schema).map { "\($0).\(table)" } ?? table },
            column: field(.column),
            severity: field(.severity) ?? "ERROR")
    }
}
