import CLibpq
import Glibc

/// One libpq connection. All that calls libpq with a connection's pointer stands here.
///
/// A ``Connection`` owns it and lends it to the writer of a COPY while that runs, so that neither can be left with a
/// pointer to a closed connection.
@safe final class Session {
    private let handle: OpaquePointer
    private var notices: [Notice] = []
    /// How many have come so far, also those that are no longer kept.
    private(set) var noticeCount = 0

    /// How many notices are kept; later ones push out the oldest, so that a long run stays flat in memory.
    private static let noticeLimit = 100

    // In all calls below the pointer is the session's own: made in `init`, freed in `deinit`, given to nobody. Strings
    // that libpq returns are copied at once; strings and buffers that it is given are lent for the call.

    init(_ settings: ConnectionSettings) throws(DatabaseError) {
        // The conninfo goes first so that the encoding, on which every text depends, cannot be overridden by it.
        let options = [
            ("dbname", settings.conninfo), ("fallback_application_name", settings.applicationName),
            ("client_encoding", "UTF8"),
        ]
        guard Session.isWellFormed(settings.conninfo),
            let handle = unsafe Session.withOptions(options, { unsafe PQconnectdbParams($0, $1, 1) })
        else {
            throw .connect(
                ConnectFailure(kind: .settings, host: "", port: "", database: "", user: "", message: ""))
        }
        unsafe self.handle = unsafe handle
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            let kind: ConnectFailure.Kind =
                switch unsafe Session.withOptions(options, { unsafe PQpingParams($0, $1, 1) }) {
                case PQPING_OK: .refused
                case PQPING_REJECT: .notReady
                case PQPING_NO_RESPONSE: .noServer
                default: .refused
                }
            throw .connect(
                ConnectFailure(
                    kind: kind,
                    host: unsafe text(PQhost(handle)), port: unsafe text(PQport(handle)),
                    database: unsafe text(PQdb(handle)), user: unsafe text(PQuser(handle)), message: errorMessage))
        }
        // libpq calls back only from within its own functions, that is, while the session is alive and busy.
        unsafe PQsetNoticeReceiver(
            handle,
            { context, result in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<Session>.fromOpaque(context).takeUnretainedValue().note(result)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        // An open transaction ends with the connection; the server rolls back.
        unsafe PQfinish(handle)
    }

    /// Whether the text can be read as connection settings. libpq's own message would quote it, password and all.
    private static func isWellFormed(_ conninfo: String) -> Bool {
        guard !conninfo.utf8.contains(0) else { return false }
        var message: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(conninfo, &message)
        // Both are ours to free, and libpq allows nil.
        unsafe PQconninfoFree(options)
        unsafe PQfreemem(message)
        return unsafe options != nil
    }

    /// Lends the options as two null-terminated lists of C strings.
    private static func withOptions<R>(
        _ options: [(String, String)],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?) -> R
    ) -> R {
        // Copies that live until the body is done.
        let keywords = unsafe options.map { unsafe strdup($0.0) }
        let values = unsafe options.map { unsafe strdup($0.1) }
        defer {
            for index in options.indices {
                unsafe free(keywords[index])
                unsafe free(values[index])
            }
        }
        return unsafe body(
            keywords.map { unsafe UnsafePointer($0) } + [nil], values.map { unsafe UnsafePointer($0) } + [nil])
    }

    private func text(_ string: UnsafePointer<CChar>?) -> String {
        unsafe string.map { unsafe String(cString: $0) } ?? ""
    }
}

/// What the session is and how it stands.
extension Session {
    /// libpq's last message on one line, without the full stop of its end and without its questions to the reader, which
    /// our errors answer in their own way.
    var errorMessage: String {
        let lines = unsafe text(PQerrorMessage(handle)).split(whereSeparator: \.isNewline)
            .filter { !$0.hasSuffix("?") }
        var message = lines.map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
        while let last = message.last, last == "." || last.isWhitespace { message.removeLast() }
        return message.isEmpty ? "no message" : message
    }

    var isOpen: Bool { unsafe PQstatus(handle) == CONNECTION_OK }

    var backendPID: Int32 { unsafe PQbackendPID(handle) }

    /// As 150004 for 15.4.
    var serverVersion: Int32 { unsafe PQserverVersion(handle) }

    enum TransactionStatus {
        case none
        case open
        case failed
        case lost
    }

    var transactionStatus: TransactionStatus {
        switch unsafe PQtransactionStatus(handle) {
        case PQTRANS_IDLE: .none
        case PQTRANS_INTRANS, PQTRANS_ACTIVE: .open
        case PQTRANS_INERROR: .failed
        default: .lost
        }
    }

    private func note(_ result: OpaquePointer?) {
        // The result is libpq's, alive during the callback; the strings are copied.
        func field(_ field: QueryResult.Field) -> String {
            unsafe PQresultErrorField(result, field.code).map { unsafe String(cString: $0) } ?? ""
        }
        noticeCount += 1
        if notices.count == Session.noticeLimit { notices.removeFirst() }
        notices.append(
            Notice(severity: field(.severity), state: SQLState(rawValue: field(.state)), message: field(.message)))
    }

    /// Those that came after `count` had come, as far as they are kept.
    func notices(since count: Int) -> ArraySlice<Notice> {
        notices.suffix(noticeCount - count)
    }

    func takeNotices() -> [Notice] {
        defer { notices = [] }
        return notices
    }

    /// Breaks the connection as a broken network would; the server sees its end and rolls back.
    func cut() {
        // The socket stays libpq's; it is not closed here but made to answer "end of stream", which libpq then reads.
        _ = unsafe Glibc.shutdown(PQsocket(handle), Int32(SHUT_RDWR))
        _ = unsafe PQconsumeInput(handle)
    }

    /// Asks the server to stop what it does for this connection.
    func cancel() {
        canceller()?.cancel()
    }

    /// A request for ``cancel()`` that other tasks may keep.
    func canceller() -> Canceller? {
        guard let request = unsafe PQgetCancel(handle) else { return nil }
        return unsafe Canceller(owning: request)
    }
}

/// Statements and their answers.
extension Session {
    /// Several statements in one text, no parameters.
    func runScript(_ sql: String) -> QueryResult {
        unsafe QueryResult(owning: PQexec(handle, sql))
    }

    func prepare(_ name: String, _ sql: String, types: [UInt32]) -> QueryResult {
        unsafe QueryResult(owning: PQprepare(handle, name, sql, Int32(types.count), types))
    }

    /// One statement, binary answer.
    func run(_ sql: String, _ parameters: ParameterList) -> QueryResult {
        let result = unsafe parameters.withPointers { values, lengths, formats in
            unsafe PQexecParams(handle, sql, Int32(parameters.count), parameters.types, values, lengths, formats, 1)
        }
        return unsafe QueryResult(owning: result)
    }

    func runPrepared(_ name: String, _ parameters: ParameterList) -> QueryResult {
        let result = unsafe parameters.withPointers { values, lengths, formats in
            unsafe PQexecPrepared(handle, name, Int32(parameters.count), values, lengths, formats, 1)
        }
        return unsafe QueryResult(owning: result)
    }

    /// Sends one statement whose rows come one by one from ``nextResult()``.
    func sendForSingleRows(_ sql: String, _ parameters: ParameterList) -> Bool {
        let sent = unsafe parameters.withPointers { values, lengths, formats in
            unsafe PQsendQueryParams(
                handle, sql, Int32(parameters.count), parameters.types, values, lengths, formats, 1)
        }
        return unsafe sent == 1 && PQsetSingleRowMode(handle) == 1
    }

    /// `nil` when the statement's answers are all read.
    func nextResult() -> QueryResult? {
        guard let result = unsafe PQgetResult(handle) else { return nil }
        return unsafe QueryResult(owning: result)
    }

    /// Reads away what is left of the last statement's answers.
    func drain() {
        while let result = nextResult() {
            switch result.status {
            case .copyIn: _ = endCopy(error: "not read by the program")
            case .copyOut: discardCopy()
            case .done, .rows: continue
            case .failed: if !isOpen { return }
            }
        }
    }
}

extension ParameterList {
    /// Lends the values, lengths and formats as the lists that libpq takes.
    fileprivate func withPointers<R>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> R
    ) -> R {
        // Offsets lie within the buffer, which is lent until the body is done.
        unsafe bytes.withUnsafeBytes { buffer in
            let values = unsafe offsets.map { offset in
                unsafe offset.flatMap {
                    unsafe buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self)
                }
            }
            return unsafe body(values, lengths, [Int32](repeating: 1, count: count))
        }
    }
}

/// The data of COPY.
extension Session {
    /// `false` when the connection is lost.
    func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // Slices keep libpq's own buffer small, however much is sent at once.
        var offset = 0
        while offset < bytes.count {
            let length = min(bytes.count - offset, Session.sliceSize)
            let start = unsafe bytes.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
            guard unsafe PQputCopyData(handle, start, Int32(length)) == 1 else { return false }
            offset += length
        }
        return true
    }

    private static let sliceSize = 64 * 1024

    /// Whether the socket takes more at once. A connection that is lost does too: sending finds out.
    var canSend: Bool {
        let socket = unsafe PQsocket(handle)
        guard socket >= 0 else { return true }
        var state = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
        // One entry, which outlives the call; zero milliseconds is not waiting.
        return unsafe poll(&state, 1, 0) != 0
    }

    /// Ends COPY FROM STDIN; with an error text the server rolls it back.
    func endCopy(error: String?) -> Bool {
        unsafe PQputCopyEnd(handle, error) == 1
    }

    /// Reads away what is left of COPY TO STDOUT.
    func discardCopy() {
        var chunk = CopyChunk()
        while receive(into: &chunk) == .data {}
    }

    enum Reception {
        case data
        case end
        case failed
    }

    /// Takes the next piece of COPY TO STDOUT into `chunk`, which frees the one before.
    func receive(into chunk: inout CopyChunk) -> Reception {
        var start: UnsafeMutablePointer<CChar>?
        switch unsafe PQgetCopyData(handle, &start, 0) {
        case -1: return .end
        case let length where length > 0:
            // libpq hands the buffer over to us, `length` bytes of it.
            unsafe chunk.replace(owning: start, count: Int(length))
            return .data
        default: return .failed
        }
    }
}
