import Jobs
import Money
import Postgres
import Testing

@testable import settle

@Suite(.serialized, .scratch) struct `There is no personal statement` {
    private func error(_ ask: () throws -> AccountStatement) -> StatementError? {
        #expect(throws: StatementError.self) { try ask() }
    }

    @Test func `about a person of whom nothing was delivered, and the number is not repeated`() async throws {
        let town = try await StatementTown.settled()
        let error = error { try town.ask("nobody") }
        #expect(error == .unknownPerson)
        #expect(
            error?.texts ?? [] == [
                "没有收到此人的任何信息。请核对人员编号（psn_no），或先导入含有它的文件。",
                "nothing has been delivered about this person. Check the number (psn_no), or load the file that holds it.",
            ])
        #expect(error?.exitCode == .refused)
    }

    @Test(arguments: [("R", 2023), ("W", 2022), ("G", 2022)])
    func `where the account has neither money nor movement, and nothing was settled`(person: String, year: Int)
        async throws
    {
        let town = try await StatementTown.settled()
        let error = error { try town.ask(person, year) }
        #expect(error == .nothingInYear(year))
        #expect(
            error?.texts ?? [] == [
                "\(year) 年度账户没有余额和收支，也没有该年度的结算。请核对年度；已经收到而尚未结算的，`settle run-due` 之后才会显示。",
                "the account has no balance and no movement in \(year), and no settlement of that year. Check the year; "
                    + "facts that have arrived and are not settled yet show after `settle run-due`.",
            ])
        #expect(error?.exitCode == .refused)
    }

    @Test func `before the first night and month-end`() throws {
        let town = try StatementTown()
        let error = error { try town.ask() }
        #expect(error == .notReachedYet(year: 2023, reached: nil))
        #expect(
            error?.texts ?? [] == [
                "2023 年度还没有结算（还没有做过夜间批和月末）。`settle run-due` 会补做到期的批次。",
                "nothing of 2023 is settled yet (no night or month-end is done). `settle run-due` does what is due.",
            ])
        #expect(error?.exitCode == .tryLater)
    }

    @Test func `of a year that no night and no month-end has reached`() async throws {
        let town = try await StatementTown.settled()
        let error = error { try town.ask("W", 2024) }
        #expect(error == .notReachedYet(year: 2024, reached: Month.last(of: 2023)))
        #expect(
            error?.texts ?? [] == [
                "2024 年度还没有结算（已结算到 2023-12）。`settle run-due` 会补做到期的批次。",
                "nothing of 2024 is settled yet (settled through 2023-12). `settle run-due` does what is due.",
            ])
        #expect(error?.exitCode == .tryLater)
    }

    @Test func `to a role that may not read facts`() async throws {
        let town = try await StatementTown.settled()
        var connection = try Connection(town.database.settings(as: "settle_report"))
        let rules = try TestRules.supplied()
        #expect(throws: ExplainError.mayNotRead) {
            try AccountStatement.ask(&connection, rules: rules, person: "W", year: 2023)
        }
    }

    /// What an unfinished run has written is not there yet.
    @Test func `of what a run has written that is not completed`() async throws {
        let town = try await StatementTown.settled()
        let before = try town.text()
        try town.database.tamper(
            """
            UPDATE run.run SET state = 'running', finished_at = NULL WHERE job = 'month-end' AND business_date = '2023-03-31'
            """)
        let statement = try town.ask()
        // Without c3 and what c2-back takes back.
        #expect(statement.account.sums[.closing] == Fen(1364_00 - 100_00 + 20_00))
        #expect(before.contains("2023-03 缴费"))
        #expect(try !town.text().contains("2023-03 缴费"))
    }
}

/// One change of a row by its owner, and the figures that no longer agree.
struct StatementTampering: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let sql: String
    var year = 2023
    let differences: [StatementDifference]

    static let all = [
        StatementTampering(
            testDescription: "a movement is worth a fen more",
            sql: "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = 'c1'",
            differences: [
                StatementDifference(.account(.credit), lines: 280_01, ledger: 280_00),
                StatementDifference(.account(.closing), lines: 1376_35, ledger: 1376_34),
            ]),
        StatementTampering(
            testDescription: "a payment is gone",
            sql: "DELETE FROM ledger.account_entry WHERE source = 'p'",
            differences: [
                StatementDifference(.account(.payment), lines: 790_00, ledger: 820_00),
                StatementDifference(.account(.closing), lines: 1406_34, ledger: 1376_34),
            ]),
        StatementTampering(
            testDescription: "a movement covers another year",
            sql: """
                SELECT ledger.ensure_account_month('2022-12-01');
                UPDATE ledger.account_entry SET covered_month = '2022-12-01' WHERE source = 'c1'
                """,
            differences: [StatementDifference(.account(.priorYear), lines: 100_00, ledger: 0)]),
        StatementTampering(
            testDescription: "a movement is of another kind",
            sql: "UPDATE ledger.account_entry SET kind = 107 WHERE source = 'interest'",
            differences: [
                StatementDifference(.account(.interest), lines: 0, ledger: 12_34),
                StatementDifference(.account(.otherIn), lines: 12_34, ledger: 0),
            ]),
        StatementTampering(
            testDescription: "the books keep another interest and another premium",
            sql: "UPDATE ledger.account_year SET interest_fen = interest_fen + 5, other_out_fen = other_out_fen + 5",
            differences: [
                StatementDifference(.account(.interest), lines: 12_34, ledger: 12_39),
                StatementDifference(.account(.otherOut), lines: 96_00, ledger: 96_05),
            ]),
        StatementTampering(
            testDescription: "the books keep another opening and balance brought in",
            sql: "UPDATE ledger.account_year SET opening_fen = 200000, brought_in_fen = 0",
            differences: [
                StatementDifference(.account(.opening), lines: 0, ledger: 2000_00),
                StatementDifference(.account(.broughtIn), lines: 2000_00, ledger: 0),
            ]),
        StatementTampering(
            testDescription: "the closed year does not keep the account",
            sql: "DELETE FROM ledger.account_year",
            differences: [StatementDifference(.account(.closing), lines: 1376_34, ledger: nil)]),
        StatementTampering(
            testDescription: "the year after was carried another closing",
            sql: """
                UPDATE ledger.account_year
                SET credit_fen = credit_fen - 1, closing_fen = closing_fen - 1, closing_earlier_fen = closing_earlier_fen - 1
                """, year: 2024,
            differences: [StatementDifference(.carriedForward, lines: 1376_34, ledger: 1376_33)]),
        StatementTampering(
            testDescription: "an adjudication pays a fen less",
            sql: "UPDATE ledger.adjudication SET pool_payment_fen = pool_payment_fen - 1 WHERE settlement_id = 'k'",
            differences: [StatementDifference(.pooling(.poolPayment), lines: 5789_99, ledger: 5790_00)]),
        StatementTampering(
            testDescription: "an adjudication is gone",
            sql: "DELETE FROM ledger.adjudication WHERE settlement_id = 'e'",
            differences: [
                StatementDifference(.pooling(.deductible), lines: 0, ledger: 100_00),
                StatementDifference(.pooling(.eligible), lines: 20_060_00, ledger: 20_160_00),
                StatementDifference(.pooling(.visits), lines: 3, ledger: 4),
            ]),
        StatementTampering(
            testDescription: "the accumulator is gone",
            sql: "DELETE FROM ledger.accumulator WHERE benefit_year = 2024", year: 2024,
            differences: [
                StatementDifference(.pooling(.deductible), lines: 750_00, ledger: nil),
                StatementDifference(.pooling(.poolPayment), lines: 30_00, ledger: nil),
                StatementDifference(.pooling(.eligible), lines: 800_00, ledger: nil),
                StatementDifference(.pooling(.visits), lines: 1, ledger: nil),
            ]),
        StatementTampering(
            testDescription: "the settlements of the year are gone",
            sql: "DELETE FROM ledger.adjudication WHERE settlement_id = 'n'", year: 2024,
            differences: [
                StatementDifference(.pooling(.deductible), lines: 0, ledger: 750_00),
                StatementDifference(.pooling(.poolPayment), lines: 0, ledger: 30_00),
                StatementDifference(.pooling(.eligible), lines: 0, ledger: 800_00),
                StatementDifference(.pooling(.visits), lines: 0, ledger: 1),
            ]),
    ]
}

@Suite(.serialized, .scratch) struct `A personal statement that does not tie is not given out` {
    @Test(arguments: StatementTampering.all) func `where`(tampering: StatementTampering) async throws {
        let town = try await StatementTown.continued()
        try town.database.tamper(tampering.sql)
        let error = #expect(throws: StatementError.self) { try town.ask("W", tampering.year) }
        #expect(error == .doesNotTie(year: tampering.year, tampering.differences))
        #expect(error?.exitCode == .doesNotTie)
    }

    @Test func `and the text names both figures of each`() {
        let error = StatementError.doesNotTie(
            year: 2023,
            [
                StatementDifference(.carriedForward, lines: 1376_34, ledger: 1376_33),
                StatementDifference(.account(.broughtIn), lines: 280_01, ledger: 280_00),
                StatementDifference(.account(.closing), lines: -5, ledger: nil),
                StatementDifference(.pooling(.poolPayment), lines: 0, ledger: 30_00),
                StatementDifference(.pooling(.visits), lines: 3, ledger: 4),
            ])
        #expect(
            error.texts == [
                """
                2023 年度对账单不平，不予出具：
                  ledger.account_year 上年的 closing：逐笔合计 1376.34，账上 1376.33
                  ledger.account_year 的 brought_in：逐笔合计 280.01，账上 280.00
                  ledger.account_year 的 closing：逐笔合计 -0.05，账上没有记录
                  ledger.accumulator 的 pool_payment：逐笔合计 0.00，账上 30.00
                  ledger.accumulator 的 visits：逐笔合计 3，账上 4
                请先查明原因：`settle explain` 按事实重算结算和划入。
                """,
                """
                the statement of 2023 does not tie and is not given out:
                  closing in ledger.account_year of the year before: the lines come to 1376.34, kept is 1376.33
                  brought_in in ledger.account_year: the lines come to 280.01, kept is 280.00
                  closing in ledger.account_year: the lines come to -0.05, and there is no row
                  pool_payment in ledger.accumulator: the lines come to 0.00, kept is 30.00
                  visits in ledger.accumulator: the lines come to 3, kept is 4
                Find the cause first: `settle explain` recomputes settlements and credits from the facts.
                """,
            ])
    }
}

extension StatementError {
    fileprivate var texts: [String] { ExplainLanguage.allCases.map { $0.text(self) } }
}
