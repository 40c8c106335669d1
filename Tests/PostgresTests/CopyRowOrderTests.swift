import Postgres
import Testing

private let copy = Statement("copy", "COPY kept FROM STDIN (FORMAT binary)", file: "A.swift", line: 1)

/// The rows 0, 1, 2, ..., each with a text of so many bytes.
private func rows(_ count: Int, textLength: (Int) -> Int) -> (buffer: CopyBuffer, places: [CopyBuffer.RowPlace]) {
    var buffer = CopyBuffer()
    var places: [CopyBuffer.RowPlace] = []
    for number in 0..<count {
        buffer.row(2)
        buffer.append(Int64(number))
        buffer.append(text: String(repeating: "x", count: textLength(number)))
        places.append(buffer.lastRow)
    }
    return (buffer, places)
}

extension Connection {
    fileprivate static func withTable(_ name: SQLText = "kept", temporary: Bool = true) throws -> Connection {
        var connection = try TestDatabase.connect()
        let kind: SQLText = temporary ? "TEMPORARY " : ""
        try connection.execute(
            Statement("make", "CREATE \(kind)TABLE \(name) (id bigint PRIMARY KEY, note text NOT NULL)"))
        return connection
    }

    fileprivate mutating func ids() throws -> [Int64] {
        try self.rows(Statement("ids", "SELECT id FROM kept WHERE note ~ '^x*$' ORDER BY ctid")) {
            row throws(DatabaseError) in try row[0, as: Int64.self]
        }
    }
}

@Suite(.database) struct `Rows of a buffer` {
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `are sent one by one in any order`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        // Rows of one length: a shorter one would be put where an earlier page has room for it.
        let rows = rows(2000) { _ in 100 }
        let order = (0..<2000).shuffled(using: &random)
        var connection = try Connection.withTable()
        let count = try connection.copyIn(copy, columns: 2) { writer in
            for number in order { try writer.append(row: rows.places[number], of: rows.buffer) }
            #expect(writer.rowCount == 2000)
        }
        #expect(count == 2000)
        #expect(try connection.ids() == order.map(Int64.init), "seed \(seed)")
    }

    @Test func `are sent with all they hold, whatever their length`() throws {
        var random = SplitMix64(seed: 6)
        let rows = rows(300) { $0 * $0 }
        var connection = try Connection.withTable()
        try connection.copyIn(copy, columns: 2) { writer in
            for place in rows.places.shuffled(using: &random) { try writer.append(row: place, of: rows.buffer) }
        }
        let whole = Statement("whole", "SELECT id FROM kept WHERE note = repeat('x', id::integer * id::integer)")
        #expect(try connection.execute(whole) == 300)
    }

    @Test func `stand beside rows that are begun in the writer`() throws {
        let rows = rows(3) { $0 }
        var connection = try Connection.withTable()
        try connection.copyIn(copy, columns: 2) { writer in
            try writer.append(row: rows.places[2], of: rows.buffer)
            try writer.row(2)
            writer.append(Int64(5))
            writer.append(text: "xxxxx")
            try writer.append(row: rows.places[0], of: rows.buffer)
        }
        #expect(try connection.ids() == [2, 5, 0])
    }

    @Test func `that do not fit are refused, and nothing is copied`() throws {
        var connection = try Connection.withTable()
        let whole = rows(1) { $0 }
        var narrow = CopyBuffer()
        narrow.row(1)
        narrow.append(Int64(1))
        var cut = CopyBuffer()
        cut.row(2)
        cut.append(Int64(1))
        for (buffer, text) in [
            (narrow, "row 1 announces 1 columns, expected 2"), (cut, "row 1 has 1 fields, expected 2"),
        ] {
            let error = #expect(throws: DatabaseError.self) {
                try connection.copyIn(copy, columns: 2) { writer in
                    try writer.append(row: buffer.lastRow, of: buffer)
                }
            }
            #expect(error.map { "\($0)" } == "A.swift:1: copy: \(text). Nothing was copied.")
        }
        let between = #expect(throws: DatabaseError.self) {
            try connection.copyIn(copy, columns: 2) { writer in
                try writer.row(2)
                try writer.append(row: whole.places[0], of: whole.buffer)
            }
        }
        #expect(between.map { "\($0)" } == "A.swift:1: copy: row 1 has 0 fields, expected 2. Nothing was copied.")
        #expect(try connection.ids() == [])
    }
}

@Suite(.database) struct `Whether sending would make the program wait` {
    /// The server comes to a standstill at a key that another transaction has taken and not committed.
    @Test func `is known, while the server is busy and when it is free again`() throws {
        var connection = try Connection.withTable("contended", temporary: false)
        var other = try TestDatabase.connect()
        let rows = rows(20_000) { _ in 600 }
        let contended = Statement("copy", "COPY contended FROM STDIN (FORMAT binary)")
        try other.execute(Statement("begin", "BEGIN"))
        try other.execute(Statement("take", "INSERT INTO contended VALUES (0, '')"))
        let count = try connection.copyIn(contended, columns: 2) { writer in
            let waitsAtOnce = writer.wouldWait
            #expect(!waitsAtOnce)
            var sent = 0
            while !writer.wouldWait, sent < rows.places.count {
                try writer.append(row: rows.places[sent], of: rows.buffer)
                sent += 1
            }
            try #require(sent < rows.places.count, "twelve megabytes went to a server that stands still")
            try other.execute(Statement("give up", "ROLLBACK"))
            for place in rows.places[sent...] { try writer.append(row: place, of: rows.buffer) }
        }
        #expect(count == rows.places.count)
        // Sending what was left has waited until the server took it.
        try connection.copyIn(Statement("copy", "COPY contended FROM STDIN (FORMAT binary)"), columns: 2) { writer in
            let waits = writer.wouldWait
            #expect(!waits)
        }
    }
}
