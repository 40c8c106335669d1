import Books
import FoundationEssentials
import Money
import Postgres
import Testing

@testable import Jobs

/// hledger knows nothing of this program: what it finds in the journal is found by other code.
@Suite(.serialized, .scratch) struct `The export of the books in hledger's journal format` {
    private static func spans() throws -> [BookSpan] {
        [
            .all, .year(2023), .year(2024), .year(2025), .through(try #require(Month("2023-01"))),
            .through(try #require(Month("2023-12"))),
        ]
    }

    private func check(_ journal: String) throws -> Hledger {
        try Hledger.run(
            ["check", "--strict", "ordereddates"], on: try BookTown.file(journal))
    }

    /// For comparisons whose failure shows what differs, not two whole journals.
    private func lines(_ journal: String) -> [String] { journal.components(separatedBy: "\n") }

    @Test func `stands every check of hledger, and its balances and turnovers are ours to the fen`() async throws {
        let town = try await BookTown.settled()
        for span in try Self.spans() { try expectAgreement(town, span) }
        try expectSameTurnovers(town)
        // None of this is true only because there is nothing to compare.
        let all = try balances(town, .all)
        #expect(all.keys.contains { $0.contains("/%28X%201") })
        #expect(all.count >= 6)
        try town.database.expect(
            """
            SELECT side FROM (SELECT debit < 0 AS debit, credit < 0 AS credit FROM report.voucher_line) l,
                LATERAL (VALUES ('debit', l.debit), ('credit', l.credit)) v (side, is_red)
            WHERE is_red GROUP BY side ORDER BY side
            """, is: ["credit", "debit"])
    }

    @Test(arguments: [81 as UInt64])
    func `does so for a city with everything awkward, over New Year`(seed: UInt64) async throws {
        let town = BookTown(database: try Scratch.database())
        let city = try NightlyCity(people: 200, months: "2023-12"..."2024-01", seed: seed, settlementsPerPerson: 20)
        try town.database.load(city.directory)
        #expect(try await town.database.runDue(JobOptions(today: "2024-02-01")).exitCode == .done)
        for span in try Self.spans() { try expectAgreement(town, span, "seed \(seed)") }
        #expect(try town.byInstitution("2101").rows.count > 10, "seed \(seed)")
    }

    private func expectAgreement(_ town: BookTown, _ span: BookSpan, _ comment: String = "") throws {
        let journal = try town.journal(span)
        let answer = try check(journal)
        #expect(answer.code == 0, "\(span) \(comment): \(answer.complaint)")
        let found = try Hledger.balances(on: try BookTown.file(journal))
        #expect(found == (try balances(town, span)), "\(span) \(comment)")
    }

    /// The journal that the tests of its bytes compare with, which stands beside them.
    @Test func `is of a form that hledger reads, down to its types and tags`() throws {
        let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "BooksTests/Golden/books-2024.journal").path
        #expect(try Hledger.run(["check", "--strict"], on: golden).code == 0)
        #expect(
            try Hledger.balances(on: golden) == [
                "1002": 1000_00, "2101": -1, "2101/H001": -340_04, "2101/H002": 30_00, "3001": -749_95,
                "50010001": 60_00,
            ])
        let types = try Hledger.run(["accounts", "--types", "--depth=1"], on: golden).output
        let words = types.split { $0 == " " || $0 == "\n" }.filter { $0 != ";" }
        #expect(
            words == [
                "资产", "type:", "A", "负债", "type:", "L", "净资产", "type:", "E", "收入", "type:", "R", "支出", "type:", "X",
            ])
        let red = try Hledger.run(["register", "tag:red=credit", "--output-format=csv"], on: golden).output
        #expect(red.split(separator: "\n").count == 2, "\(red)")
        let code = try Hledger.run(["print", "code:14/1", "tag:article=二（一）", "--output-format=csv"], on: golden).output
        #expect(code.split(separator: "\n").count == 4, "\(code)")
    }

    /// Our closings by code, as hledger's: debits positive, accounts without a balance left out.
    private func balances(_ town: BookTown, _ span: BookSpan) throws -> [String: Int64] {
        var balances: [String: Int64] = [:]
        func note(_ key: String, _ turnover: Turnover) {
            guard turnover.closing != .zero else { return }
            balances[key] = (turnover.side == .debit ? 1 : -1) * turnover.closing.rawValue
        }
        for row in try town.trialBalance(span).rows {
            guard ["2001", "2101"].contains(row.subject.code) else {
                note(row.subject.code, row.turnover)
                continue
            }
            let ledger = try town.byInstitution(row.subject.code, span)
            #expect(ledger.total == row.turnover, "\(span)")
            for part in ledger.rows {
                let code = try #require(part.institution?.code)
                let written = code == BookTown.hostileCode ? "%28X%201%29%3B%20a%3Ab%7C%25" : code
                note("\(row.subject.code)/\(written)", part.turnover)
            }
        }
        return balances
    }

    private func expectSameTurnovers(_ town: BookTown) throws {
        let file = try BookTown.file(try town.journal(.all))
        for month in try months("2023-01"..."2024-02") {
            var expected: [String: Int64] = [:]
            for row in try town.trialBalance(.month(month)).rows {
                let net = row.turnover.debit.rawValue - row.turnover.credit.rawValue
                if net != 0 { expected[row.subject.code] = net }
            }
            let found = try Hledger.balances(
                ["--begin=\(month.firstDay)", "--end=\(month.next.firstDay)", "--depth=2"], on: file)
            #expect(found == expected, "\(month)")
        }
    }

    struct Alteration: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let complaint: String
        let change: @Sendable (inout [String]) throws -> Void
    }

    @Test(arguments: [
        Alteration(testDescription: "a fen in one line", complaint: "could not balance") { lines in
            let line = try #require(lines.firstIndex { $0.contains("1002 收入户存款") && $0.hasSuffix("0 CNY") })
            lines[line] = lines[line].replacing("0 CNY", with: "1 CNY")
        },
        Alteration(testDescription: "a fen on both sides of a voucher", complaint: "balance assertion") { lines in
            let title = try #require(lines.firstIndex { $0.contains("kind:retiree_credit") })
            for line in title + 1...title + 2 {
                let cells = lines[line].split(separator: " ")
                let amount = try #require(cells.dropLast().last)
                let isDebit = !amount.hasPrefix("-")
                lines[line] = lines[line].replacing(amount, with: isDebit ? "77.77" : "-77.77")
            }
        },
        Alteration(testDescription: "a voucher left out", complaint: "balance assertion") { lines in
            let title = try #require(lines.firstIndex { $0.contains("kind:outpatient_benefits") })
            let end = try #require(lines[title...].firstIndex(of: ""))
            lines.removeSubrange(title..<end)
        },
        Alteration(testDescription: "a fen in a closing", complaint: "balance assertion") { lines in
            let line = try #require(lines.firstIndex { $0.contains("3001") && $0.contains(" = ") })
            let closing = try #require(lines[line].split(separator: " = ").last)
            lines[line] = lines[line].replacing(closing, with: "0.01 CNY")
        },
        Alteration(testDescription: "an account that the chart does not have", complaint: "account") { lines in
            let line = try #require(lines.firstIndex { $0.contains("1002 收入户存款") && $0.hasSuffix("0 CNY") })
            lines[line] = lines[line].replacing("1002", with: "1009")
        },
    ])
    func `is refused by hledger once something in it was altered`(alteration: Alteration) async throws {
        let town = try await BookTown.settled(through: "2023-02")
        var lines = lines(try town.journal(.all))
        let unaltered = lines
        try alteration.change(&lines)
        try #require(lines != unaltered)
        let answer = try check(lines.joined(separator: "\n"))
        #expect(answer.code != 0)
        #expect(answer.complaint.contains(alteration.complaint), "\(answer.complaint)")
    }

    @Test func `is the same bytes every time, in blocks of any size`() async throws {
        let town = try await BookTown.settled(through: "2023-02")
        let journal = try town.journal(.all)
        #expect(differences(lines(journal), lines(try town.journal(.all))) == [])
        var connection = try town.reader()
        var (bytes, blocks) = ([UInt8](), 0)
        let count = try JournalExport(.all, blockSize: 1).write(&connection) { block in
            bytes += block
            blocks += 1
        }
        #expect(differences(lines(String(decoding: bytes, as: UTF8.self)), lines(journal)) == [])
        #expect(bytes.count == journal.utf8.count)
        #expect(blocks == Int(count) + 1)
        try town.database.expect("SELECT count(*)::text FROM ledger.voucher", is: ["\(count)"])
    }

    @Test func `has no voucher of a run that is not completed`() async throws {
        let town = try await BookTown.settled(through: "2023-02")
        let before = try town.journal(.through(try #require(Month("2023-01"))))
        try town.database.tamper(
            """
            UPDATE run.run SET state = 'running', finished_at = NULL
            WHERE run_id = (SELECT max(run_id) FROM run.run WHERE job = 'month-end')
            """)
        let journal = try town.journal(.all)
        #expect(try check(journal).code == 0)
        let receipts = journal.split(separator: "\n").filter { $0.contains("kind:contribution_receipt") }
        #expect(receipts.map { $0.prefix(10) } == ["2023-01-31"])
        let january = try town.journal(.through(try #require(Month("2023-01"))))
        #expect(differences(lines(january), lines(before)) == [])
        #expect(try Hledger.balances(on: try BookTown.file(journal)) == (try balances(town, .all)))
    }

    @Test func `puts a voucher under its posting month, whatever its date`() async throws {
        let town = try await BookTown.settled()
        try town.database.tamper(
            "UPDATE ledger.voucher SET posting_month = '2024-02-01' WHERE voucher_date = '2023-01-12'")
        let journal = try town.journal(.year(2024))
        #expect(try check(journal).code == 0)
        let moved = journal.split(separator: "\n").filter { $0.contains("voucher_date:") }
        #expect(!moved.isEmpty)
        #expect(
            moved.allSatisfy { $0.hasPrefix("2024-02-01 (") && $0.hasSuffix(", voucher_date:2023-01-12") }, "\(moved)")
        #expect(try Hledger.balances(on: try BookTown.file(journal)) == (try balances(town, .year(2024))))
        let page = try town.page("50010001", nil, .month(try #require(Month("2024-02"))))
        #expect(page.lines.map(\.entry.date) == page.lines.map(\.entry.date).sorted())
    }

    @Test func `of empty books is a journal too`() throws {
        let town = BookTown(database: try Scratch.database())
        let journal = try town.journal(.all)
        #expect(try check(journal).code == 0)
        #expect(lines(journal).filter { $0.contains("(closing)") } == [])
        #expect(try Hledger.balances(on: try BookTown.file(journal)) == [:])
        #expect(try town.trialBalance(.all).rows == [])
    }
}
