import Postgres
import Testing

private struct Movement: Equatable {
    var id: Int64
    var kind: Int16
    var month: Int32
    var isOpen: Bool
    var refundOf: Int64?
    var text: String?
    var bytes: [UInt8]
}

extension Movement {
    static let columns = 7
    static let table: SQLText = """
        CREATE TEMP TABLE movement (id bigint, kind smallint, month integer, is_open boolean, refund_of bigint, text text,
            bytes bytea)
        """
    static let insert = Statement("copy in", "COPY movement FROM STDIN (FORMAT binary)", file: "A.swift", line: 1)
    static let select = Statement(
        "copy out", "COPY (SELECT * FROM movement ORDER BY id) TO STDOUT (FORMAT binary)", file: "A.swift", line: 2)

    init(_ row: inout CopyRow) throws {
        id = try row.int64()
        kind = try row.int16()
        month = try row.int32()
        isOpen = try row.bool()
        refundOf = try row.optionalInt64()
        text = try row.optionalString()
        bytes = try row.bytes { $0.bytes() }
    }

    func write(to buffer: inout CopyBuffer) {
        buffer.row(Movement.columns)
        buffer.append(id)
        buffer.append(kind)
        buffer.append(month)
        buffer.append(isOpen)
        buffer.append(refundOf)
        buffer.append(text)
        buffer.append(bytes: bytes)
    }

    func write(to writer: inout CopyWriter) throws {
        try writer.row(Movement.columns)
        writer.append(id)
        writer.append(kind)
        writer.append(month)
        writer.append(isOpen)
        if let refundOf { writer.append(refundOf) } else { writer.appendNull() }
        if let text { writer.append(text: text) } else { writer.appendNull() }
        writer.append(bytes: bytes.span)
    }

    /// In the order of their ids, in which they are read.
    static func random(_ count: Int, seed: UInt64, longestText: Int = 40) -> [Movement] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let length = Int.random(in: 0...longestText, using: &random)
            return Movement(
                id: Int64(bitPattern: random.next()), kind: Int16.random(in: .min ... .max, using: &random),
                month: Int32.random(in: .min ... .max, using: &random), isOpen: Bool.random(using: &random),
                refundOf: Bool.random(using: &random) ? Int64(bitPattern: random.next()) : nil,
                text: Bool.random(using: &random) ? String(repeating: "济x", count: length) : nil,
                bytes: (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
        }.sorted { $0.id < $1.id }
    }
}

extension Connection {
    fileprivate static func withMovements() throws -> Connection {
        var connection = try TestDatabase.connect()
        try connection.execute(Statement("make", Movement.table))
        return connection
    }

    fileprivate mutating func movements() throws -> [Movement] {
        var read: [Movement] = []
        let count = try copyOut(Movement.select, columns: Movement.columns) { row in read.append(try Movement(&row)) }
        #expect(count == read.count)
        return read
    }
}

private struct Stop: Error {}

@Suite(.database) struct `Copying rows in and out` {
    @Test(arguments: 1...10)
    func `rows come out as they went in`(seed: UInt64) throws {
        var connection = try Connection.withMovements()
        let movements = Movement.random(500, seed: seed)
        let count = try connection.copyIn(Movement.insert, columns: Movement.columns) { writer in
            for movement in movements { try movement.write(to: &writer) }
            #expect(writer.rowCount == 500)
        }
        #expect(count == 500)
        #expect(try connection.movements() == movements, "seed \(seed)")
    }

    @Test func `rows of more than the buffer's 64 KiB pass whole`() throws {
        var connection = try Connection.withMovements()
        let movements = Movement.random(20, seed: 1, longestText: 150_000)
        try connection.copyIn(Movement.insert, columns: Movement.columns) { writer in
            for movement in movements { try movement.write(to: &writer) }
        }
        #expect(try connection.movements() == movements)
    }

    @Test func `a COPY without rows copies none`() throws {
        var connection = try Connection.withMovements()
        #expect(try connection.copyIn(Movement.insert, columns: Movement.columns) { _ in } == 0)
        #expect(try connection.copyIn(Movement.insert, columns: 7) { try $0.append(rows: CopyBuffer()) } == 0)
        #expect(try connection.movements().isEmpty)
    }

    @Test func `rows encoded by other tasks are sent as they are`() async throws {
        var connection = try Connection.withMovements()
        let movements = Movement.random(4000, seed: 3)
        var last = movements[0]
        last.id = .max
        let buffers = await withTaskGroup(of: (Int, CopyBuffer).self) { group in
            for part in 0..<4 {
                group.addTask {
                    var buffer = CopyBuffer()
                    for movement in movements[part * 1000..<(part + 1) * 1000] { movement.write(to: &buffer) }
                    return (part, buffer)
                }
            }
            return await group.reduce(into: [Int: CopyBuffer]()) { $0[$1.0] = $1.1 }
        }
        let count = try connection.copyIn(Movement.insert, columns: Movement.columns) { writer in
            for part in [2, 0, 3, 1] { try writer.append(rows: try #require(buffers[part])) }
            try last.write(to: &writer)
            #expect(writer.rowCount == 4001)
        }
        #expect(count == 4001)
        #expect(try connection.movements() == movements + [last])
    }

    @Test func `a body that throws leaves nothing of the COPY`() throws {
        var connection = try Connection.withMovements()
        let movements = Movement.random(5000, seed: 4)
        #expect(throws: Stop.self) {
            try connection.copyIn(Movement.insert, columns: Movement.columns) { writer in
                for movement in movements { try movement.write(to: &writer) }
                throw Stop()
            }
        }
        #expect(try connection.movements().isEmpty)
    }

    @Test func `in a transaction, a body that throws rolls all of it back`() throws {
        var connection = try Connection.withMovements()
        let error = #expect(throws: TransactionError<any Error>.self) {
            try connection.transaction("copy") { connection in
                try connection.copyIn(Movement.insert, columns: Movement.columns) { writer in
                    for movement in Movement.random(3, seed: 1) { try movement.write(to: &writer) }
                }
                try connection.copyIn(Movement.insert, columns: Movement.columns) { _ in throw Stop() }
            }
        }
        guard case .body(let cause)? = error else {
            Issue.record("not the body's error: \(String(describing: error))")
            return
        }
        #expect(cause is Stop)
        #expect(try connection.movements().isEmpty)
    }

    @Test func `a row with the wrong number of fields is found and nothing is copied`() throws {
        var connection = try Connection.withMovements()
        let good = Movement.random(2, seed: 1)
        let short = #expect(throws: DatabaseError.self) {
            try connection.copyIn(Movement.insert, columns: 7) { writer in
                for movement in good { try movement.write(to: &writer) }
                try writer.row(7)
                writer.append(Int64(1))
            }
        }
        #expect(
            short.map { "\($0)" } == "A.swift:1: copy in: row 3 has 1 fields, expected 7. Nothing was copied.")
        let long = #expect(throws: DatabaseError.self) {
            try connection.copyIn(Movement.insert, columns: 7) { writer in
                try good[0].write(to: &writer)
                writer.append(true)
                try good[1].write(to: &writer)
            }
        }
        #expect(long.map { "\($0)" } == "A.swift:1: copy in: row 1 has 8 fields, expected 7. Nothing was copied.")
        let announced = #expect(throws: DatabaseError.self) {
            try connection.copyIn(Movement.insert, columns: 7) { writer in
                try good[0].write(to: &writer)
                try writer.row(6)
            }
        }
        #expect(
            announced.map { "\($0)" }
                == "A.swift:1: copy in: row 2 announces 6 columns, expected 7. Nothing was copied.")
        let first = #expect(throws: DatabaseError.self) {
            try connection.copyIn(Movement.insert, columns: 7) { writer in try writer.row(8) }
        }
        #expect(
            first.map { "\($0)" } == "A.swift:1: copy in: row 1 announces 8 columns, expected 7. Nothing was copied.")
        let early = #expect(throws: DatabaseError.self) {
            try connection.copyIn(Movement.insert, columns: 7) { writer in writer.append(true) }
        }
        #expect(
            early.map { "\($0)" }
                == "A.swift:1: copy in: a field was appended before the first row was begun. Nothing was copied.")
        #expect(try connection.movements().isEmpty)
    }

    @Test func `a fault that the body keeps to itself is found all the same`() throws {
        var connection = try Connection.withMovements()
        let error = #expect(throws: DatabaseError.self) {
            try connection.copyIn(Movement.insert, columns: 7) { writer in
                try writer.row(7)
                writer.append(true)
                do {
                    try writer.row(7)
                    Issue.record("a row began within another")
                } catch {
                    #expect("\(error)" == "A.swift:1: copy in: row 1 has 1 fields, expected 7. Nothing was copied.")
                }
                for _ in 0..<7 { writer.appendNull() }
            }
        }
        #expect(error.map { "\($0)" } == "A.swift:1: copy in: row 1 has 1 fields, expected 7. Nothing was copied.")
        #expect(try connection.movements().isEmpty)
    }

    @Test func `encoded rows that do not fit are refused`() throws {
        var connection = try Connection.withMovements()
        var narrow = CopyBuffer()
        narrow.row(1)
        narrow.append(true)
        var cut = CopyBuffer()
        cut.row(7)
        for (rows, text) in [
            (narrow, "row 1 announces 1 columns, expected 7"), (cut, "row 1 has 0 fields, expected 7"),
        ] {
            let error = #expect(throws: DatabaseError.self) {
                try connection.copyIn(Movement.insert, columns: 7) { writer in try writer.append(rows: rows) }
            }
            #expect(error.map { "\($0)" } == "A.swift:1: copy in: \(text). Nothing was copied.")
        }
        let between = #expect(throws: DatabaseError.self) {
            try connection.copyIn(Movement.insert, columns: 7) { writer in
                try writer.row(7)
                var whole = CopyBuffer()
                Movement.random(1, seed: 1)[0].write(to: &whole)
                try writer.append(rows: whole)
            }
        }
        #expect(
            between.map { "\($0)" } == "A.swift:1: copy in: row 1 has 0 fields, expected 7. Nothing was copied.")
    }

    @Test func `a field of another width than its column is refused by the server`() throws {
        var connection = try TestDatabase.connect()
        try connection.execute(Statement("make", "CREATE TEMP TABLE narrow (id integer)"))
        let error = #expect(throws: DatabaseError.self) {
            try connection.copyIn(
                Statement("copy", "COPY narrow FROM STDIN (FORMAT binary)", file: "A.swift", line: 1), columns: 1
            ) { writer in
                try writer.row(1)
                writer.append(Int64(1))
            }
        }
        #expect(error.map { "\($0)" } == "A.swift:1: copy: invalid binary representation (SQLSTATE 22P03).")
        #expect(try connection.execute(Statement("look", "SELECT * FROM narrow")) == 0)
    }

    @Test func `a row that breaks a constraint is refused and its values are not shown`() throws {
        var connection = try TestDatabase.connect()
        try connection.execute(Statement("make", "CREATE TEMP TABLE keyed (id text CONSTRAINT once PRIMARY KEY)"))
        let copy = Statement("copy", "COPY keyed FROM STDIN (FORMAT binary)", file: "A.swift", line: 1)
        let error = try #require(throws: DatabaseError.self) {
            try connection.copyIn(copy, columns: 1) { writer in
                for _ in 0..<50_000 {
                    try writer.row(1)
                    writer.append(text: "secret")
                }
            }
        }
        #expect(
            "\(error)"
                == "A.swift:1: copy: duplicate key value violates unique constraint \"once\" (SQLSTATE 23505).")
        #expect(error.debugDescription.contains("context: COPY keyed, line 2"))
        let zero = try #require(throws: DatabaseError.self) {
            try connection.copyIn(copy, columns: 1) { writer in
                try writer.row(1)
                writer.append(text: "secret\0")
            }
        }
        #expect("\(zero)" == "A.swift:1: copy: character not in repertoire (SQLSTATE 22021).")
        #expect(try connection.execute(Statement("look", "SELECT * FROM keyed")) == 0)
    }

    @Test func `a COPY of another shape or format is refused before a row moves`() throws {
        var connection = try Connection.withMovements()
        for (sql, text): (SQLText, String) in [
            ("COPY movement FROM STDIN", "the COPY must say (FORMAT binary)"),
            ("COPY movement (id) FROM STDIN (FORMAT binary)", "the COPY has 1 columns, the program expects 7"),
            ("COPY movement TO STDOUT (FORMAT binary)", "copyIn needs COPY ... FROM STDIN"),
            ("SELECT 1", "copyIn needs COPY ... FROM STDIN"),
        ] {
            let error = #expect(throws: DatabaseError.self) {
                try connection.copyIn(Statement("copy", sql, file: "A.swift", line: 1), columns: 7) { _ in
                    Issue.record("the body ran")
                }
            }
            #expect(error.map { "\($0)" } == "A.swift:1: copy: \(text).")
        }
        for (sql, text): (SQLText, String) in [
            ("COPY movement TO STDOUT", "the COPY must say (FORMAT binary)"),
            ("COPY movement (id) TO STDOUT (FORMAT binary)", "the COPY has 1 columns, the program expects 7"),
            ("COPY movement FROM STDIN (FORMAT binary)", "copyOut needs COPY ... TO STDOUT"),
            ("SELECT 1", "copyOut needs COPY ... TO STDOUT"),
        ] {
            let error = #expect(throws: DatabaseError.self) {
                try connection.copyOut(Statement("copy", sql, file: "A.swift", line: 1), columns: 7) { _ in
                    Issue.record("the body ran")
                }
            }
            #expect(error.map { "\($0)" } == "A.swift:1: copy: \(text).")
        }
        #expect(throws: DatabaseError.self) {
            try connection.copyOut(Statement("missing", "COPY missing TO STDOUT (FORMAT binary)"), columns: 7) { _ in }
        }
        #expect(try connection.movements().isEmpty)
    }

    @Test func `a field read as what it is not is an error that names column and type`() throws {
        var connection = try TestDatabase.connect()
        let row = Statement(
            "row", "COPY (SELECT 1::bigint, 2::integer, NULL::bigint, NULL::text) TO STDOUT (FORMAT binary)",
            file: "A.swift", line: 1)
        func message(_ read: (inout CopyRow) throws -> Void) -> String? {
            let error = #expect(throws: DatabaseError.self) { try connection.copyOut(row, columns: 4, read) }
            return error.map { "\($0)" }
        }
        let narrow = message { row in _ = try row.int32() }
        #expect(narrow == "A.swift:1: row: column 0 has 8 bytes, expected Int32. Cast it in the statement.")
        let wide = message { row in
            try row.skip()
            _ = try row.optionalInt64()
        }
        #expect(wide == "A.swift:1: row: column 1 has 4 bytes, expected Int64. Cast it in the statement.")
        let null = message { row in
            _ = try row.int64() + Int64(row.int32())
            _ = try row.int64()
        }
        #expect(
            null == "A.swift:1: row: column 2 is null, expected Int64. Ask for Int64?, or exclude nulls.")
        let nullText = message { row in
            for _ in 0..<3 { try row.skip() }
            _ = try row.string()
        }
        #expect(
            nullText == "A.swift:1: row: column 3 is null, expected String. Ask for String?, or exclude nulls.")
        let beyond = message { row in
            for _ in 0..<5 { try row.skip() }
        }
        #expect(
            beyond
                == "A.swift:1: row: there is no column 4, expected a field. The row has 4 columns, counted from 0.")
        let beyondNumber = message { row in
            for _ in 0..<4 { try row.skip() }
            _ = try row.int16()
        }
        #expect(
            beyondNumber
                == "A.swift:1: row: there is no column 4, expected Int16. The row has 4 columns, counted from 0.")
        #expect(try connection.execute(Statement("still there", "SELECT 1")) == 1)
    }

    @Test func `every optional is read, null or not`() throws {
        var connection = try TestDatabase.connect()
        let row = Statement(
            "row",
            """
            COPY (SELECT NULL::bigint, NULL::integer, NULL::smallint, NULL::boolean, NULL::text, NULL::bytea,
                -1::bigint, -1::integer, -1::smallint, false, ''::text, ''::bytea) TO STDOUT (FORMAT binary)
            """)
        try connection.copyOut(row, columns: 12) { row in
            let (a, b, c) = (try row.optionalInt64(), try row.optionalInt32(), try row.optionalInt16())
            let (d, e, f) = (try row.optionalBool(), try row.optionalString(), try row.optionalBytes { $0.bytes() })
            #expect(a == nil && b == nil && c == nil && d == nil && e == nil && f == nil)
            let (g, h, i) = (try row.optionalInt64(), try row.optionalInt32(), try row.optionalInt16())
            let (j, k, l) = (try row.optionalBool(), try row.optionalString(), try row.optionalBytes { $0.bytes() })
            #expect(g == -1 && h == -1 && i == -1 && j == false && k?.isEmpty == true && l?.isEmpty == true)
        }
    }

    @Test func `fields left unread are passed over`() throws {
        var connection = try TestDatabase.connect()
        let rows = Statement(
            "rows", "COPY (SELECT g::bigint, 'x', NULL, g FROM generate_series(1, 100) g) TO STDOUT (FORMAT binary)")
        var sum: Int64 = 0
        #expect(try connection.copyOut(rows, columns: 4) { row in sum += try row.int64() } == 100)
        #expect(sum == 5050)
    }

    @Test func `a reader that throws stops the COPY and the connection goes on`() throws {
        var connection = try TestDatabase.connect()
        let rows = Statement(
            "rows", "COPY (SELECT generate_series(1::bigint, 100000000)) TO STDOUT (FORMAT binary)")
        #expect(throws: Stop.self) {
            try connection.copyOut(rows, columns: 1) { row in if try row.int64() == 10 { throw Stop() } }
        }
        #expect(try connection.execute(Statement("still there", "SELECT 1")) == 1)
    }

    @Test func `an error after the first rows is thrown`() throws {
        var connection = try TestDatabase.connect()
        let rows = Statement(
            "rows", "COPY (SELECT 10 / (5000 - g) FROM generate_series(1, 10000) g) TO STDOUT (FORMAT binary)",
            file: "A.swift", line: 1)
        var count = 0
        let error = #expect(throws: DatabaseError.self) {
            try connection.copyOut(rows, columns: 1) { _ in count += 1 }
        }
        #expect(error.map { "\($0)" } == "A.swift:1: rows: division by zero (SQLSTATE 22012).")
        #expect(count == 4999)
        #expect(try connection.execute(Statement("still there", "SELECT 1")) == 1)
    }

    @Test func `a connection lost while copying is told as such, both ways`() throws {
        var killer = try TestDatabase.connect()
        let end = Statement("end", "SELECT pg_terminate_backend($1)")
        var reader = try TestDatabase.connect()
        let rows = Statement(
            "rows", "COPY (SELECT generate_series(1::bigint, 100000000)) TO STDOUT (FORMAT binary)")
        let readerPID = reader.backendPID
        let out = #expect(throws: DatabaseError.self) {
            try reader.copyOut(rows, columns: 1) { row in
                if try row.int64() == 10 { try killer.execute(end, readerPID) }
            }
        }
        #expect(out?.isTransient == true)
        var writer = try Connection.withMovements()
        let writerPID = writer.backendPID
        let into = #expect(throws: DatabaseError.self) {
            try writer.copyIn(Movement.insert, columns: 7) { copy in
                let movements = Movement.random(1000, seed: 1)
                for movement in movements { try movement.write(to: &copy) }
                try killer.execute(end, writerPID)
                for _ in 0..<100 { for movement in movements { try movement.write(to: &copy) } }
            }
        }
        #expect(into?.isTransient == true)
        let isOpen = (reader.isOpen, writer.isOpen)
        #expect(!isOpen.0 && !isOpen.1)
    }
}
