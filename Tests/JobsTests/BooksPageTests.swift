import Books
import Money
import Postgres
import Testing

@testable import Jobs

@Suite(.serialized, .scratch) struct `The pages of the books` {
    private func month(_ name: String) throws -> BookSpan { .month(try #require(Month(name))) }

    @Test func `open each month with what closed the month before`() async throws {
        let town = try await BookTown.settled()
        var closings: [String: Fen] = [:]
        for month in try months("2023-01"..."2024-02") {
            let balance = try town.trialBalance(.month(month))
            for row in balance.rows {
                #expect(row.turnover.opening == closings[row.subject.code] ?? .zero, "\(month) \(row.subject.code)")
                closings[row.subject.code] = row.turnover.closing
            }
            let through = try town.trialBalance(.through(month)).rows
            #expect(through.map(\.turnover.closing) == balance.rows.map(\.turnover.closing), "\(month)")
            #expect(through.allSatisfy { $0.turnover.opening == .zero }, "\(month)")
        }
        let year = try town.trialBalance(.year(2024))
        let before = try town.trialBalance(.year(2023))
        for row in before.rows {
            let next = year.rows.first { $0.subject == row.subject }
            #expect(next?.turnover.opening == row.turnover.closing, "\(row.subject.code)")
        }
    }

    /// The database's own running sum, over the tables.
    private static let oracle: SQLText = """
        SELECT concat_ws(' ', l.subject_code, coalesce(l.fixmedins_code, '-'), v.run_id, v.voucher_no, l.debit_fen,
                         l.credit_fen,
                         sum(CASE WHEN s.class IN ('asset', 'expenditure') THEN l.debit_fen - l.credit_fen
                                  ELSE l.credit_fen - l.debit_fen END)
                             OVER (PARTITION BY l.subject_code, l.fixmedins_code
                                   ORDER BY v.voucher_date, v.voucher_id, l.line_no))
        FROM ledger.voucher_line l JOIN ledger.voucher v USING (voucher_id) JOIN ledger.subject s ON s.code = l.subject_code
        ORDER BY l.subject_code COLLATE "C", l.fixmedins_code COLLATE "C", v.voucher_date, v.voucher_id, l.line_no
        """

    @Test func `say the balance after each line as a window query over the tables does`() async throws {
        let town = try await BookTown.settled()
        var found: [String] = []
        for row in try town.trialBalance(.all).rows {
            let subject = row.subject.code
            var pages = [try town.ledger(subject)]
            if case .byInstitution(let ledger) = pages[0] {
                #expect(["2001", "2101"].contains(subject))
                #expect(ledger.total == row.turnover)
                pages = try ledger.rows.map { try town.ledger(subject, $0.institution?.code) }
                for (page, part) in zip(pages, ledger.rows) {
                    guard case .page(let page) = page else { continue }
                    #expect((page.turnover, page.institution) == (part.turnover, part.institution))
                }
            }
            for case .page(let page) in pages {
                found += page.lines.map { line in
                    let amounts = [line.entry.debit, line.entry.credit, line.balance].map { "\($0.rawValue)" }
                    return
                        ([
                            subject, page.institution?.code ?? "-", "\(line.entry.run)", "\(line.entry.number)",
                        ] + amounts).joined(separator: " ")
                }
            }
        }
        #expect(!found.isEmpty)
        try expectSame(found, try town.database.rows(Self.oracle))
    }

    @Test func `of a month go on from the months before`() async throws {
        let town = try await BookTown.settled(through: "2023-03")
        let year = try town.page("2101", "T", .year(2023))
        let parts = try ["2023-01", "2023-02", "2023-03"].map { try town.page("2101", "T", month($0)) }
        #expect(parts.flatMap(\.lines) == year.lines)
        #expect(!year.lines.isEmpty)
        #expect(parts[1].turnover.opening == parts[0].turnover.closing)
        let quiet = try town.page("2101", "T", month("2024-01"))
        #expect((quiet.lines, quiet.turnover.closing) == ([], year.turnover.closing))
    }

    @Test func `name institutions as they were named last`() async throws {
        let town = try await BookTown.settled(through: "2023-01")
        #expect(try town.byInstitution("2101").rows.map(\.institution?.name) == ["三级;医院  (a) | \"b\""])
        try town.database.load(["institution.csv": NightlyTown.institutionHeader + "T,人民医院,1,01,320703,2024-01-01\n"])
        #expect(try town.page("2101", "T").institution?.name == "人民医院")
        // Known, and without any line.
        #expect(try town.page("2101", "S").lines == [])
        // A voucher of one that the directory does not have any more.
        try town.database.tamper("DELETE FROM intake.institution WHERE fixmedins_code = 'T'")
        #expect(try town.page("2101", "T").institution == LedgerInstitution(code: "T", name: ""))
    }

    @Test func `are refused for what is not there`() async throws {
        let town = try await BookTown.settled(through: "2023-01")
        func text(_ subject: String, _ institution: String?) throws -> String {
            let error = try #require(throws: BooksError.self) { try town.ledger(subject, institution) }
            #expect(error.exitCode == .refused)
            return "\(error)"
        }
        #expect(
            try text("2102", nil)
                == "there is no subject 2102; the chart of accounts has 1002, 1003, 1004, 1101, 2001, 2101, 3001, 3002, "
                + "40010001, 40010002, 40010003, 4301, 4501, 4801, 50010001, 50010002, 5101, 5301.")
        #expect(
            try text("2101", "H9") == "there is no institution H9; write its fixmedins_code as in institution.csv.")
        #expect(
            try text("1002", "T") == "subject 1002 收入户存款 is not held by institution; ask without --institution.")
        #expect(
            try text("1002", "H9") == "there is no institution H9; write its fixmedins_code as in institution.csv.")
    }

    @Test func `are shown to members of settle_report and settle_batch and to nobody else`() async throws {
        let town = try await BookTown.settled(through: "2023-01")
        for role in ["settle_report", "settle_batch"] {
            var connection = try Connection(town.database.settings(as: role))
            #expect(try TrialBalance.ask(&connection, .all) == (try town.trialBalance(.all)))
        }
        // Roles of the server that may read nothing here.
        var connection = try Connection(town.database.settings(as: "pg_signal_backend"))
        let errors = [
            #expect(throws: BooksError.self) { try TrialBalance.ask(&connection, .all) },
            #expect(throws: BooksError.self) {
                try LedgerAnswer.ask(&connection, subject: "1002", institution: nil, .all)
            },
            #expect(throws: BooksError.self) { try JournalExport(.all).write(&connection) { _ in } },
        ]
        #expect(errors == [.mayNotRead, .mayNotRead, .mayNotRead])
        #expect(
            "\(BooksError.mayNotRead)"
                == "this database role may not read the books. Connect as a member of settle_report or settle_batch.")
    }

    @Test func `do not balance once a line was altered, and say so`() async throws {
        let town = try await BookTown.settled(through: "2023-02")
        try town.database.tamper(
            """
            UPDATE ledger.voucher_line SET debit_fen = debit_fen + 1 WHERE subject_code = '1002'
                AND voucher_id = (SELECT min(voucher_id) FROM ledger.voucher_line WHERE subject_code = '1002')
            """)
        let january = #expect(throws: LedgerError.self) { try town.trialBalance(month("2023-01")) }
        #expect(january?.exitCode == .doesNotTie)
        #expect("\(try #require(january))".hasPrefix("books of 2023-01: debits are "))
        let february = #expect(throws: LedgerError.self) { try town.trialBalance(month("2023-02")) }
        #expect(february?.exitCode == .doesNotTie)
        #expect("\(try #require(february))".hasPrefix("books before 2023-02: debit balances are "))
    }

    @Test func `need a migrated database`() throws {
        var connection = try Scratch.emptyDatabase().connect()
        let error = #expect(throws: JobError.self) { try TrialBalance.ask(&connection, .all) }
        #expect(error?.exitCode == .tryLater)
    }
}
