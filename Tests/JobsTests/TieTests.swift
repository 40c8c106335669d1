import Jobs
import Postgres
import Testing

/// What somebody did to the database between the last chunk and the end of a run.
struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sql: String
    let undo: String
    /// The lines of the message between the first and the last.
    let lines: [String]
}

@Suite(.serialized, .scratch) struct `A run that does not tie does not complete` {
    private static let tamperings = [
        Tampering(
            testDescription: "a fen more in one entry",
            sql: "UPDATE ledger.account_entry_2023_01 SET amount_fen = amount_fen + 1 WHERE source = '2023-01-W1'",
            undo: "UPDATE ledger.account_entry_2023_01 SET amount_fen = amount_fen - 1 WHERE source = '2023-01-W1'",
            lines: ["  account entries: written against stored, fen: 200000 against 200001"]),
        Tampering(
            testDescription: "an entry gone",
            sql: """
                CREATE TABLE public.gone AS SELECT * FROM ledger.account_entry_2023_01 WHERE source = '2023-01-W1';
                DELETE FROM ledger.account_entry_2023_01 WHERE source = '2023-01-W1';
                """,
            undo: "INSERT INTO ledger.account_entry_2023_01 SELECT * FROM public.gone; DROP TABLE public.gone;",
            lines: [
                "  account entries: written against stored, rows: 20 against 19",
                "  account entries: written against stored, fen: 200000 against 190000",
            ]),
        Tampering(
            testDescription: "an exception of nobody",
            sql: "INSERT INTO run.exception VALUES (1, 1, '2023-01-01', 'unpaid', '', NULL)",
            undo: "DELETE FROM run.exception",
            lines: ["  exceptions: written against stored, rows: 0 against 1"]),
        Tampering(
            testDescription: "a finding of nobody",
            sql: "INSERT INTO run.finding VALUES (1, 1, '2023-01-01', 'own_part_differs', '', 1, 2)",
            undo: "DELETE FROM run.finding",
            lines: ["  findings: written against stored, rows: 0 against 1"]),
        Tampering(
            testDescription: "a contribution changed",
            sql: "UPDATE intake.contribution SET emp_clct_amt_fen = emp_clct_amt_fen + 5 WHERE clct_id = '2023-01-W1'",
            undo: "UPDATE intake.contribution SET emp_clct_amt_fen = emp_clct_amt_fen - 5 WHERE clct_id = '2023-01-W1'",
            lines: ["  income: booked against new contributions, fen: 540000 against 540005"]),
        Tampering(
            testDescription: "a month counted that was not read",
            sql: "UPDATE run.control_total SET row_count = row_count + 1 WHERE measure = 'month.read'",
            undo: "UPDATE run.control_total SET row_count = row_count - 1 WHERE measure = 'month.read'",
            lines: ["  month: read against credited + excepted + not due: 21 against 20"]),
    ]

    @Test(arguments: tamperings)
    func `and nothing of it shows until the cause is found`(tampering: Tampering) async throws {
        let database = try SmallTown(months: "2023-01"..."2023-01").database()
        // The sixth commit, after the lease's, the run's, its only chunk's and those of the month's two keys, would complete
        // the run.
        let failing = JobOptions(today: "2023-02-01", commitFault: CommitFault(number: 6, .beforeCommit))
        await #expect(throws: (any Error).self) { try await database.monthEnd("2023-01", failing) }
        try database.expect("SELECT count(*)::text FROM run.chunk", is: ["1"])

        try database.tamper(tampering.sql)
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-01") }
        #expect(error.exitCode == .doesNotTie)
        #expect(
            "\(error)"
                == (["run 1 (month-end 2023-01) does not tie and is not completed:"] + tampering.lines
                + ["Nothing of it shows in the reports. Find the cause, then run again."]).joined(separator: "\n"))
        #expect(try database.shownInReports() == ["report.run"])
        try database.expect("SELECT state FROM ledger.period", is: ["open"])
        try database.expect("SELECT count(*)::text FROM ledger.voucher", is: ["0"])

        try database.tamper(tampering.undo)
        #expect(try await database.monthEnd("2023-01").exitCode == .done)
    }
}

@Suite(.serialized, .scratch) struct `The books` {
    /// As the batch role, since the database must refuse what the program would never send.
    private func refusal(_ database: ScratchDatabase, _ statements: [SQLText]) throws -> DatabaseError? {
        var connection = try Connection(database.settings())
        do {
            try connection.transaction("book by hand") { connection in
                for sql in statements { try connection.execute(Statement("book", sql)) }
            }
            return nil
        } catch {
            return error.databaseError
        }
    }

    private func settled() async throws -> ScratchDatabase {
        let database = try SmallTown(months: "2023-01"..."2023-02").database()
        try await database.monthEnd("2023-01")
        try database.tamper("INSERT INTO ledger.period (month, state) VALUES ('2023-02-01', 'open')")
        return database
    }

    private static let balanced: [SQLText] = [
        """
        INSERT INTO ledger.voucher_line (voucher_id, line_no, subject_code, debit_fen, credit_fen)
        VALUES (900, 1, '1002', 5, 0), (900, 2, '3002', 0, 5)
        """
    ]

    private static func voucher(_ month: SQLText) -> SQLText {
        """
        INSERT INTO ledger.voucher (voucher_id, run_id, voucher_no, kind, posting_month, voucher_date, summary, citation_id)
        VALUES (900, 1, 900, 'by_hand', \(month), \(month), 'by hand', 1)
        """
    }

    @Test func `of a closed month, and of one that was never opened, take no vouchers`() async throws {
        let database = try await settled()
        for month in ["date '2023-01-01'", "date '2023-03-01'"] as [SQLText] {
            let error = try refusal(database, [Self.voucher(month)] + Self.balanced)
            #expect(error?.sqlState == .checkViolation)
            #expect(error?.constraint == "closed_period_takes_no_vouchers")
        }
        #expect(try refusal(database, [Self.voucher("date '2023-02-01'")] + Self.balanced) == nil)
    }

    @Test(
        arguments: [
            "(900, 1, '1002', 5, 0)", "(900, 1, '1002', 5, 0), (900, 2, '3002', 0, 4)",
            "(900, 1, '1002', 5, 0), (900, 2, '3002', 5, 0)",
        ] as [SQLText])
    func `take no voucher that does not balance`(lines: SQLText) async throws {
        let database = try await settled()
        let error = try refusal(
            database,
            [
                Self.voucher("date '2023-02-01'"),
                "INSERT INTO ledger.voucher_line (voucher_id, line_no, subject_code, debit_fen, credit_fen) VALUES \(lines)",
            ])
        #expect(error?.sqlState == .checkViolation)
        #expect(error?.constraint == "voucher_balances")
        try database.expect("SELECT count(*)::text FROM ledger.voucher WHERE voucher_id = 900", is: ["0"])
    }

    /// 12 workers: own parts 1,200.00, employers' 4,200.00, credited 1,200.00; 8 retirees: 800.00 from the pooling fund.
    @Test func `of January of a small town, line by line`() async throws {
        let database = try await settled()
        try database.expect(
            """
            SELECT concat_ws(' ', voucher_no, kind, subject_code, debit, credit)
            FROM report.voucher_line ORDER BY voucher_no, line_no
            """,
            is: [
                "1 contribution_receipt 1002 5400.00 0.00",
                "1 contribution_receipt 40010001 0.00 4200.00",
                "1 contribution_receipt 40010002 0.00 1200.00",
                "2 contribution_split 40010001 4200.00 0.00",
                "2 contribution_split 40010002 1200.00 0.00",
                "2 contribution_split 3002 0.00 1200.00",
                "2 contribution_split 3001 0.00 4200.00",
                "3 retiree_credit 3001 800.00 0.00",
                "3 retiree_credit 3002 0.00 800.00",
            ])
        try database.expect(
            "SELECT sum(debit - credit)::text FROM report.trial_balance WHERE subject_code = '3002'", is: ["-2000.00"])
        try database.expect("SELECT sum(balance)::text FROM report.account_balance", is: ["2000.00"])
    }
}
