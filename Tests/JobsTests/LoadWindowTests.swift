import Intake
import Jobs
import Postgres
import Testing

/// Contributions at random: months mixed, persons in no order, ids in no order.
private struct Contributions {
    struct Row {
        let id: String
        let person: String
        let month: Int

        var text: String { "\(id),\(person),310,10,2023-0\(month),6000.00,120.00,420.00,2023-09-01\n" }
    }

    var rows: [Row]

    init(_ count: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        rows = (0..<count).map { number in
            let person = Int.random(in: 0..<max(1, count / 3), using: &random)
            return Row(id: "C\(number)", person: "P\(person)", month: Int.random(in: 1...3, using: &random))
        }
        rows.shuffle(using: &random)
    }

    static let header = "clct_id,psn_no,insutype,clct_type,accrym,clct_base,psn_clct_amt,emp_clct_amt,clct_time\n"

    var files: [String: String] { ["contribution.csv": Contributions.header + rows.map(\.text).joined()] }

    /// The ids by partition as they should lie in the tables, if so many rows were sorted at a time.
    func order(window: Int) -> [String] {
        (1...3).flatMap { month in
            stride(from: 0, to: rows.count, by: window).flatMap { start in
                let rows = rows[start..<min(start + window, rows.count)].filter { $0.month == month }
                // A plain insertion sort is stable: rows of a person stay as they came.
                var sorted: [Row] = []
                for row in rows {
                    let key = PersonID(number: row.person)
                    let place = sorted.lastIndex { PersonID(number: $0.person) <= key }.map { $0 + 1 } ?? 0
                    sorted.insert(row, at: place)
                }
                return sorted.map(\.id)
            }
        }
    }

    static let stored: SQLText = "SELECT clct_id FROM intake.contribution ORDER BY covered_month, ctid"
}

@Suite(.serialized, .loadDatabase) struct `Rows are sent in windows` {
    @Test(arguments: [(seed: UInt64(1), window: 100), (2, 1), (3, 7), (4, 1000), (5, 4000)])
    func `each of which lies in the order of persons, and a person's rows as they came`(
        seed: UInt64, window: Int
    ) throws {
        let database = try LoadDatabase.required()
        let facts = Contributions(1000, seed: seed)
        try database.load(facts.files, window: LoadWindow(rows: window))
        let stored = try database.rows(Contributions.stored)
        #expect(stored == facts.order(window: window), "seed \(seed)")
    }

    @Test(arguments: 11...14 as ClosedRange<UInt64>)
    func `whatever their size, the facts and the counts are the same, in a first delivery and in a later one`(
        seed: UInt64
    ) throws {
        let database = try LoadDatabase.required()
        let first = Contributions(500, seed: seed)
        var second = first
        second.rows = first.rows.prefix(200) + Contributions(700, seed: seed + 100).rows.suffix(200)
        second.rows = second.rows.filter { row in
            !first.rows.contains { $0.id == row.id } || first.rows.contains { $0.text == row.text }
        }
        var outcomes: [[String]] = []
        for window in [LoadWindow(), LoadWindow(rows: 13), LoadWindow(bytes: 1), LoadWindow(bytes: 3000)] {
            try database.empty()
            let results = [
                try database.load(first.files, window: window), try database.load(second.files, window: window),
            ]
            let counts = results.flatMap(\.files).map { "\($0.new) \($0.replacing) \($0.unchanged)" }
            outcomes.append(try counts + database.facts())
        }
        #expect(outcomes.first?.count ?? 0 > 500, "seed \(seed)")
        #expect(outcomes.allSatisfy { $0 == outcomes.first }, "seed \(seed)")
    }

    @Test func `Rows that belong to no person stay as they came`() throws {
        let database = try LoadDatabase.required()
        let codes = (0..<50).map { "H\($0 * 37 % 50)" }
        let rows = codes.map { "\($0),S1,M1,P1,10.00,5.00,1.00,0\n" }.joined()
        try database.load(
            [
                "institution_statement_line.csv":
                    "fixmedins_code,setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag\n"
                    + rows
            ], window: LoadWindow(rows: 20))
        #expect(
            try database.rows("SELECT fixmedins_code FROM intake.institution_statement_line ORDER BY ctid") == codes)
    }

    /// More months in one window than there are buckets for a month of its own.
    @Test func `A window may hold a row of every month there can be`() throws {
        let database = try LoadDatabase.required()
        let months = (2000...2024).flatMap { year in (1...12).map { "\(year)-\($0 < 10 ? "0" : "")\($0)" } }
        let rows = months.reversed().enumerated().map { "C\($0),P\($0),310,10,\($1),6000,120,420,2024-12-31\n" }
        try database.load(["contribution.csv": Contributions.header + rows.joined()])
        let stored = try database.rows(
            "SELECT to_char(covered_month, 'YYYY-MM') FROM intake.contribution ORDER BY covered_month")
        #expect(stored == months)
    }
}

@Suite(.serialized, .loadDatabase) struct `What is found when a window is sent already` {
    private static let window = LoadWindow(rows: 100)

    @Test func `as a cell that cannot be read, refuses all of it`() throws {
        let database = try LoadDatabase.required()
        var text = Contributions(250, seed: 21).files["contribution.csv", default: ""]
        text += "C900,P1,310,11,2023-01,6000.00,120.00,420.00,2023-01-12\n"
        #expect(
            try database.refusal(of: ["contribution.csv": text], window: Self.window) == """
                contribution.csv:252: clct_type "11": not one of the values known; write one of 10, 20, 30, 32, 34, 35, 36
                Nothing was loaded.
                """)
    }

    @Test(arguments: [0, 1])
    func `as an id that comes again with other content, refuses all of it and names both lines`(
        earlierDeliveries: Int
    ) throws {
        let database = try LoadDatabase.required()
        if earlierDeliveries > 0 {
            try database.load([
                "contribution.csv": Contributions.header
                    + "D1,P1,310,10,2023-01,6000.00,120.00,420.00,2023-01-12\n"
            ])
        }
        var facts = Contributions(250, seed: 22)
        facts.rows.append(Contributions.Row(id: facts.rows[3].id, person: "P900", month: 2))
        #expect(
            try database.refusal(of: facts.files, window: Self.window) == """
                contribution.csv:252: clct_id: the same key stands on line 5 with other content; deliver one of the two
                Nothing was loaded.
                """)
    }

    @Test(arguments: [0, 1])
    func `as a row that comes again unchanged, is left out`(earlierDeliveries: Int) throws {
        let database = try LoadDatabase.required()
        if earlierDeliveries > 0 {
            try database.load([
                "contribution.csv": Contributions.header
                    + "D1,P1,310,10,2023-01,6000.00,120.00,420.00,2023-01-12\n"
            ])
        }
        var facts = Contributions(250, seed: 23)
        facts.rows.append(facts.rows[3])
        let result = try database.load(facts.files, window: Self.window)
        #expect(result.files.map { [$0.read, $0.new, $0.unchanged] } == [[251, 250, 1]])
    }

    /// The second block of the file is read while windows of the first are in the server.
    @Test func `as the end of the connection, leaves nothing; the next load does the work`() throws {
        let database = try LoadDatabase.required()
        let facts = Contributions(6000, seed: 24)
        var lookout = try database.connect()
        var ended = 0
        let error = #expect(throws: (any Error).self) {
            try database.load(facts.files, window: Self.window) { progress in
                guard progress.bytesRead > 300_000, ended == 0 else { return }
                do {
                    ended = try lookout.execute(.endOthers)
                } catch {
                    Issue.record(error)
                }
            }
        }
        #expect(ended == 1)
        #expect(error is DatabaseError, "\(error.map { "\($0)" } ?? "")")
        #expect(try database.contents() == [])
        #expect(try database.load(facts.files, window: Self.window).batch == 1)
        #expect(try database.rows(Contributions.stored) == facts.order(window: 100))
    }
}

extension Statement {
    fileprivate static let endOthers = Statement(
        "end the loader",
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        """)
}
