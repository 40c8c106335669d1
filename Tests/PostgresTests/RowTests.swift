import Postgres
import Testing

private enum Status: String, ParameterValue, ColumnValue {
    case open
    case closed
}

@Suite(.database) struct `Rows of an answer` {
    @Test func `every type comes back as it was sent`() throws {
        var connection = try TestDatabase.connect()
        let echo = Statement(
            "echo",
            """
            SELECT $1::smallint, $2::integer, $3::bigint, $4::boolean, $5::text, $6::bytea, $7::bigint[], $8::text[],
                $9::timestamptz, $10::integer[], $11::text
            """)
        let sent = Everything(
            small: .min, integer: .max, big: .min, flag: true, text: "共济", bytes: [0, 1, 255], numbers: [1, -1],
            texts: ["a", "", "济"], moment: PostgresTimestamp(microseconds: -1), integers: [7], status: .closed)
        let back = try connection.first(
            echo, sent.small, sent.integer, sent.big, sent.flag, sent.text, sent.bytes, sent.numbers, sent.texts,
            sent.moment, [7] as [Int32], sent.status
        ) { row in try Everything(row) }
        #expect(back == sent)
    }

    @Test func `nulls are sent and read as optionals`() throws {
        var connection = try TestDatabase.connect()
        let echo = Statement("echo", "SELECT $1::bigint, $2::text, $3::bytea, $4::bigint")
        let back = try connection.first(
            echo, Optional<Int64>.none, nil as String?, [UInt8]?.none, Optional(Int64(5))
        ) { row in
            (
                try row[0, as: Int64?.self], try row[1, as: String?.self], try row[2, as: [UInt8]?.self],
                try row[3, as: Int64?.self], try row.isNull(0), try row.isNull(3)
            )
        }
        let (number, text, bytes, five, isNull, isFiveNull) = try #require(back)
        #expect(number == nil && text == nil && bytes == nil && five == 5)
        #expect(isNull && !isFiveNull)
    }

    @Test func `every text type is read as text`() throws {
        var connection = try TestDatabase.connect()
        let texts = Statement("texts", "SELECT 'a'::text, 'b'::varchar(3), 'c'::name, 'd'::char(2), 'e'::\"char\"")
        let read = try connection.first(texts) { row in
            var all: [String] = []
            for column in 0..<row.columnCount { all.append(try row[column, as: String.self]) }
            return all
        }
        #expect(read == ["a", "b", "c", "d ", "e"])
    }

    @Test func `a value of another type is an error that names column and types`() throws {
        var connection = try TestDatabase.connect()
        let sum = Statement(
            "sum", "SELECT 1 AS one, sum(x) AS total FROM (VALUES (1::bigint)) v (x)", file: "A.swift", line: 3)
        let error = #expect(throws: DatabaseError.self) {
            try connection.rows(sum) { row in try row[1, as: Int64.self] }
        }
        #expect(
            error.map { "\($0)" }
                == "A.swift:3: sum: column 1 (total) is numeric, expected Int64. Cast it in the statement.")
        #expect(throws: DatabaseError.self) { try connection.rows(sum) { row in try row[0, as: Int16.self] } }
        #expect(throws: DatabaseError.self) { try connection.rows(sum) { row in try row[0, as: String?.self] } }
    }

    @Test func `a null where a value must be is an error that says so`() throws {
        var connection = try TestDatabase.connect()
        let error = #expect(throws: DatabaseError.self) {
            try connection.rows(Statement("null", "SELECT NULL::bigint AS amount_fen", file: "A.swift", line: 3)) {
                row in
                try row[0, as: Int64.self]
            }
        }
        #expect(
            error.map { "\($0)" }
                == "A.swift:3: null: column 0 (amount_fen) is null, expected Int64. Ask for Int64?, or exclude nulls.")
    }

    @Test(arguments: [-1, 1, Int.max])
    func `a column that is not there is an error`(column: Int) throws {
        var connection = try TestDatabase.connect()
        let one = Statement("one", "SELECT 1", file: "A.swift", line: 3)
        let error = #expect(throws: DatabaseError.self) {
            try connection.rows(one) { row in try row[column, as: Int32.self] }
        }
        #expect(
            error.map { "\($0)" }
                == "A.swift:3: one: there is no column \(column), expected Int32. The row has 1 columns, counted from 0."
        )
        #expect(throws: DatabaseError.self) { try connection.rows(one) { row in try row.isNull(column) } }
    }

    @Test func `a code that is no case is an error`() throws {
        var connection = try TestDatabase.connect()
        let error = #expect(throws: DatabaseError.self) {
            try connection.rows(Statement("state", "SELECT 'shut' AS state", file: "A.swift", line: 3)) { row in
                try row[0, as: Status.self]
            }
        }
        #expect(error.map { "\($0)" } == "A.swift:3: state: column 0 (state), 4 bytes of text, is no Status.")
    }

    @Test func `first takes none or one row, never more`() throws {
        var connection = try TestDatabase.connect()
        let series = Statement("series", "SELECT g FROM generate_series(1, $1::integer) g", file: "A.swift", line: 3)
        #expect(try connection.first(series, Int32(0)) { row in try row[0, as: Int32.self] } == nil)
        #expect(try connection.first(series, Int32(1)) { row in try row[0, as: Int32.self] } == 1)
        let error = #expect(throws: DatabaseError.self) {
            try connection.first(series, Int32(2)) { row in try row[0, as: Int32.self] }
        }
        #expect(error.map { "\($0)" } == "A.swift:3: series: 2 rows came where at most one may. Ask by a unique key.")
    }

    @Test func `rows come in their order, all at once or one by one`() throws {
        var connection = try TestDatabase.connect()
        let series = Statement("series", "SELECT g::bigint FROM generate_series(1, $1::integer) g ORDER BY g DESC")
        let all = try connection.rows(series, Int32(1000)) { row in try row[0, as: Int64.self] }
        var streamed: [Int64] = []
        try connection.forEachRow(series, Int32(1000)) { row in streamed.append(try row[0, as: Int64.self]) }
        #expect(all == Array((1...1000).reversed()))
        #expect(streamed == all)
        try connection.forEachRow(series, Int32(0)) { _ in Issue.record("there is no row") }
    }

    @Test func `a body that throws stops the stream and the connection goes on`() throws {
        var connection = try TestDatabase.connect()
        let series = Statement("series", "SELECT generate_series(1::bigint, 100000000)")
        var count = 0
        #expect(throws: Stop.self) {
            try connection.forEachRow(series) { _ in
                count += 1
                if count == 10 { throw Stop() }
            }
        }
        #expect(count == 10)
        #expect(try connection.execute(Statement("still there", "SELECT 1")) == 1)
    }

    @Test func `an error after the first rows of a stream is thrown`() throws {
        var connection = try TestDatabase.connect()
        var count = 0
        let error = #expect(throws: DatabaseError.self) {
            try connection.forEachRow(Statement("break", "SELECT 10 / (500 - g) FROM generate_series(1, 1000) g")) {
                _ in
                count += 1
            }
        }
        #expect(error?.sqlState == SQLState(rawValue: "22012"))
        #expect(count == 499)
        #expect(try connection.execute(Statement("still there", "SELECT 1")) == 1)
    }
}

private struct Everything: Equatable {
    let small: Int16
    let integer: Int32
    let big: Int64
    let flag: Bool
    let text: String
    let bytes: [UInt8]
    let numbers: [Int64]
    let texts: [String]
    let moment: PostgresTimestamp
    let integers: [Int64]
    let status: Status
}

extension Everything {
    init(_ row: borrowing Row) throws {
        self.init(
            small: try row[0, as: Int16.self], integer: try row[1, as: Int32.self], big: try row[2, as: Int64.self],
            flag: try row[3, as: Bool.self], text: try row[4, as: String.self], bytes: try row[5, as: [UInt8].self],
            numbers: try row[6, as: [Int64].self], texts: try row[7, as: [String].self],
            moment: try row[8, as: PostgresTimestamp.self], integers: try row[9, as: [Int64].self],
            status: try row[10, as: Status.self])
    }
}

private struct Stop: Error {}
