import Archive
import FoundationEssentials
import Jobs
import Money
import Postgres
import Testing

@Suite(.serialized, .loadDatabase) struct `The detail file (3202)` {
    private let facts: ReconcileFacts
    private let folder: String

    init() throws {
        facts = try ReconcileFacts()
        folder = try facts.database.directory([:])
    }

    private func zip(_ text: String, _ name: String = "in.zip") throws -> String {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/text"))
        try writeZip("\(folder)/\(name)", entry: "明细.txt", from: "\(folder)/text")
        return "\(folder)/\(name)"
    }

    private func text(of path: String) throws -> String {
        var reader = try ZipReader(path)
        var block = [UInt8](repeating: 0, count: 100_000)
        let count = try reader.read(into: &block, at: 0..<block.count)
        return String(decoding: block.prefix(count), as: UTF8.self)
    }

    @discardableResult
    private func load(_ path: String, institution: String = "H1") throws -> LoadResult {
        try DetailImport(
            settings: facts.database.loaderSettings(), clock: ReconcileFacts.clock, programVersion: "test",
            problemLimit: 3
        ).load(path, institution: institution)
    }

    private func refusal(of text: String, institution: String = "H1") throws -> String {
        let before = try facts.database.contents()
        let path = try zip(text)
        let error = #expect(throws: ReconcileError.self) { try load(path, institution: institution) }
        #expect(error?.exitCode == .refused)
        #expect(try facts.database.contents() == before)
        return error.map { "\($0)" } ?? ""
    }

    @Test func `is written for each unequal statement, with its rows in order`() throws {
        try facts.add(
            ReconcileSettlement("结算B"),
            ReconcileSettlement("A").with { ($0.day, $0.isRefund, $0.total, $0.fund) = ("2023-01-31", true, -1, 0) },
            ReconcileSettlement("C").with { $0.day = "2023-02-01" },
            ReconcileSettlement("D").with { $0.institution = "H2" })
        try facts.state(
            ReconcileStatement(0, 0, 0, 0), ReconcileStatement(100_00, 60_00, 10_00, 1).with { $0.institution = "H2" })
        let files = try facts.reconcile(export: "\(folder)/out").files
        #expect(files == ["\(folder)/out/H1-310-11-2023-01-01-2023-01-31.zip"])
        #expect(
            try text(of: try #require(files.first)) == """
                A\tMA\t人员A\t-0.01\t0.00\t10.00\t1
                结算B\tM结算B\t人员A\t100.00\t60.00\t10.00\t0

                """)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out")
                == ["H1-310-11-2023-01-01-2023-01-31.zip"])
    }

    @Test func `of ours is read back equal: every row agrees`() throws {
        try facts.add(
            ReconcileSettlement("结算A"), ReconcileSettlement("B").with { ($0.total, $0.account) = (1, 0) },
            ReconcileSettlement("R").with { ($0.isRefund, $0.total, $0.fund, $0.account) = (true, -5, -3, -1) })
        try facts.run("DELETE FROM intake.person")
        try facts.state(ReconcileStatement(0, 0, 0, 0))
        let first = try facts.reconcile(export: "\(folder)/out")
        #expect(first.rows.onlyOurs == 3)
        let path = try #require(first.files.first)
        #expect(try text(of: path).contains("B\tMB\tnull\t0.01\t60.00\t0.00\t0\n"))
        #expect(try load(path).files.first?.new == 3)
        let second = try facts.reconcile()
        #expect(second.rows == ReconcileResult.RowAnswers(equal: 3))
        #expect(try load(path).batch == nil)
    }

    @Test func `makes a batch of what is new or other, and changes nothing where it is the same`() throws {
        let path = try zip("S1\tM1\tP1\t1.00\t0.50\tnull\t0\nS2\tnull\tnull\t2.00\tnull\tnull\t0\n")
        let first = try load(path)
        #expect(first.files.map(\.new) == [2])
        #expect(
            try facts.database.rows(
                """
                SELECT concat_ws(' ', fixmedins_code, setl_id, mdtrt_id, psn_no, medfee_sumamt_fen, fund_pay_sumamt_fen,
                    acct_pay_fen, refd_setl_flag) FROM intake.institution_statement_line ORDER BY setl_id
                """) == ["H1 S1 M1 P1 100 50 0 f", "H1 S2   200 0 0 f"])
        // A byte order mark, carriage returns, no line feed at the end, a row twice.
        let again = try zip(
            "\u{FEFF}S1\tM1\tP1\t1.00\t0.50\t0.00\t0\r\nS2\tnull\tnull\t3\tnull\tnull\t0\r\nS1\tM1\tP1\t1\t0.5\t0\t0")
        let second = try load(again)
        #expect(second.files.map { [$0.read, $0.new, $0.replacing, $0.unchanged] } == [[3, 0, 1, 2]])
        #expect(try load(again).batch == nil)
        #expect(
            try facts.database.rows(
                "SELECT concat_ws(' ', file_name, rows_new, rows_replacing, rows_unchanged) FROM intake.batch_file ORDER BY batch_id"
            )
                == ["in.zip 2 0 0", "in.zip 0 1 2"])
    }

    @Test func `with bad rows is refused whole, each named by line and column`() throws {
        #expect(
            try refusal(of: "S1\tM1\tP1\t1.00\t0.50\tnull\t0\nS2\tM1\tP1\tx\t0.50\tnull\t0\nS3\n") == """
                in.zip:2: medfee_sumamt "x": not an amount of money; write yuan with at most two decimals, as 12.34
                in.zip:3: 1 fields where a row has 7; write setl_id, mdtrt_id, psn_no, medfee_sumamt, fund_pay_sumamt, \
                acct_pay, refd_setl_flag, separated by tabs
                Nothing was read in.
                """)
    }

    @Test func `with the same settlement in two ways is refused`() throws {
        #expect(
            try refusal(
                of:
                    "S1\tM1\tP1\t1.00\t0.50\tnull\t0\nS1\tM1\tP1\t1.00\t0.50\tnull\t1\nS1\tM1\tP1\t1.01\t0.50\tnull\t0\n"
            )
                == """
                in.zip:3: setl_id "S1": the same settlement stands on line 1 with other content; deliver one of the two
                Nothing was read in.
                """)
    }

    @Test func `with many bad rows shows the first`() throws {
        #expect(
            try refusal(of: "a\nb\nc\nd\n").hasSuffix(
                "\nand more may be wrong: the first 3 problems are shown\nNothing was read in."))
    }

    @Test func `with a line that does not end is refused`() throws {
        #expect(
            try refusal(of: String(repeating: "x", count: 100_000)) == """
                in.zip:1: the line is longer than 4096 bytes; end each row with a line feed
                Nothing was read in.
                """)
    }

    @Test func `of an institution that is not known is refused`() throws {
        #expect(
            try refusal(of: "S1\tM1\tP1\t1.00\t0.50\tnull\t0\n", institution: "H9")
                == "there is no institution H9; write its fixmedins_code as in institution.csv.")
    }

    @Test func `of many lines is read across blocks`() throws {
        let lines = (1...5000).map { "S\($0)\tM\($0)\tP\($0)\t\($0).00\tnull\tnull\t0\n" }
        #expect(try load(try zip(lines.joined())).files.map(\.new) == [5000])
        #expect(
            try facts.database.rows("SELECT sum(medfee_sumamt_fen)::text FROM intake.institution_statement_line")
                == ["\(5000 * 5001 / 2 * 100)"])
    }

    @Test func `goes to no directory that cannot be made`() throws {
        let error = #expect(throws: ReconcileError.self) { try facts.reconcile(export: "\(folder)/a/b") }
        #expect(
            error.map { "\($0)" }
                == "\(folder)/a/b: cannot be made or written to: No such file or directory; name a directory that can.")
        #expect(try facts.count("run.run") == 1)
    }

    @Test func `names an institution whose code is no file name by its bytes`() throws {
        try facts.add(ReconcileSettlement("A").with { $0.institution = "../甲" })
        try facts.state(ReconcileStatement(0, 0, 0, 0).with { $0.institution = "../甲" })
        #expect(
            try facts.reconcile(export: folder).files
                == ["\(folder)/%2e%2e%2f%e7%94%b2-310-11-2023-01-01-2023-01-31.zip"])
    }
}
