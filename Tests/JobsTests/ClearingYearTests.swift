import Books
import Money
import Policy
import Postgres
import Testing

@testable import Jobs

extension ClearingTown {
    /// Budgets, bands and scores of T, S and P, by dates.
    static let tables = """
          clearing.institution_budget:
            2023-01-01: {value: {T: 12000}}
            2024-01-01: {value: {T: 1000000}}
          clearing.level_budget:
            2023-01-01: {value: {secondary: 40000}, cite: 预算方案}
          clearing.surplus_bands:
            2023-01-01: {value: {8500: 0, 10000: 10000}}
          clearing.overspend_bands:
            2023-01-01: {value: {11000: 7000, 12000: 3000}}
          clearing.assessment_score:
            2023-01-01: {value: {T: 9500, S: 8500}}
          clearing.deposit_return:
            2023-01-01: {value: {9000: 10000, 8000: 8000, 0: 5000}}
        """

    /// 150.00 of the fund at T, 280.00 at S, 175.00 at P.
    static let december = [
        NightlySettlement("a") { $0.time = "2023-12-05 09:00:00" },
        NightlySettlement("b") { ($0.person, $0.institution, $0.time) = ("R", "S", "2023-12-06 09:00:00") },
        NightlySettlement("c") { ($0.person, $0.institution, $0.time) = ("G", "P", "2023-12-07 09:00:00") },
    ]

    /// Ends a year as a year-end does it: the run begun, its December open, all in the transaction that completes it.
    ///
    /// - Parameter proof: what the run itself found to be owed, in fen of the pooling fund, by institution.
    @discardableResult
    func clearYear(_ year: Int, _ rules: RuleSet, proof: [String: Int64] = [:]) throws -> AnnualClearingResult {
        let december = Month.last(of: year)
        try database.tamper(
            "UPDATE ledger.period SET state = 'open', closed_by_run = NULL, closed_at = NULL WHERE month = '\(december)-01'"
        )
        var connection = try Connection(database.settings())
        let context = try JobOptions(rules: rules).context(database.settings())
        let book = RunBook(context: context)
        let run = try book.draft(
            .yearEnd(year), postingMonth: december, previous: nil, monthsFrom: .first(of: year), people: 1, &connection)
        let result = try connection.work("year-end of a test") { connection in
            try book.begin(run, &connection)
            let totals = proof.map {
                ControlTotal(measure: "institution.pool", item: $0.key, count: Count(rows: 1, amount: Fen($0.value)))
            }
            for total in totals {
                try connection.execute(
                    Statement(
                        "proof of a test", "INSERT INTO run.control_total VALUES ($1, 0, $2, $3, $4, $5)"),
                    run.id, total.measure, total.item, total.count.rows, total.count.amount)
            }
            let terms = try rules.clearingTerms(on: december.lastDay)
            let result = try AnnualClearing(year: year, terms: terms, run: run).work(&connection)
            var citations = try CitationStore(&connection)
            let vouchers =
                try nightlyVouchers(totals).map { ($0, citations.number(of: "test")) }
                + result.vouchers.map { ($0.voucher, citations.number(of: $0.article)) }
            try citations.save(&connection)
            try VoucherStore.insert(vouchers, of: run, into: &connection)
            _ = try connection.execute(.completeRun, run.id, context.clock.now, String?.none)
            return result
        }
        try database.tamper(
            "UPDATE ledger.period SET state = 'closed', closed_by_run = \(run.id), closed_at = now() WHERE month = '\(december)-01'"
        )
        return result
    }

    /// Institution, fund, year: incurred, recognised, budget or -, adjustment | deposit held, returned, forfeited | paid,
    /// payable.
    func expectYears(_ lines: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        try database.expect(
            """
            SELECT concat_ws(' ', fixmedins_code, fund, year, incurred, recognised, coalesce(budget::text, '-'), adjustment,
                             '|', deposit_held, deposit_returned, deposit_forfeited, '|', paid, payable)
            FROM report.institution_year ORDER BY year, fixmedins_code, fund DESC
            """, is: lines, sourceLocation: sourceLocation)
    }
}

@Suite(.serialized, .scratch) struct `A year is cleared with the institutions` {
    @Test func `by budget and score, and the next month-end pays and sets off`() async throws {
        let town = try ClearingTown()
        let rules = try TestRules.supplied(ClearingTown.tables)
        let options = JobOptions(rules: rules)
        try town.load(ClearingTown.december)
        try await town.close("2023-12", options)
        let result = try town.clearYear(2023, rules)
        #expect(result.ties.count == 2)
        #expect(result.ties.filter { !$0.holds } == [])
        try town.expectYears([
            "P pool 2023 175.00 175.00 - 0.00 | 8.75 0.00 0.00 | 166.25 0.00",
            // Of the surplus of 120.00 S keeps what lies above 340.00; of its deposit 80 % come back.
            "S pool 2023 280.00 280.00 400.00 60.00 | 0.00 11.20 2.80 | 266.00 71.20",
            // Of the overspend of 30.00 the fund bears 70 % of 12.00 and 30 % of 12.00.
            "T pool 2023 150.00 150.00 120.00 -18.00 | 0.00 7.50 0.00 | 142.50 -10.50",
        ])
        try town.database.expect(
            """
            SELECT concat_ws(' ', kind, subject_code, fixmedins_code, debit, credit, article) FROM report.voucher_line
            WHERE kind IN ('annual_clearing', 'deposit_decided') ORDER BY voucher_no, line_no
            """,
            is: [
                "annual_clearing 50010001 60.00 0.00 测试用数字；预算方案", "annual_clearing 50010001 -18.00 0.00 测试用数字；预算方案",
                "annual_clearing 2101 S 0.00 60.00 测试用数字；预算方案", "annual_clearing 2101 T 0.00 -18.00 测试用数字；预算方案",
                "annual_clearing 3001 42.00 0.00 测试用数字；预算方案", "annual_clearing 50010001 0.00 42.00 测试用数字；预算方案",
                "deposit_decided 2001 S 14.00 0.00 测试用数字", "deposit_decided 2001 T 7.50 0.00 测试用数字",
                "deposit_decided 2101 S 0.00 11.20 测试用数字", "deposit_decided 2101 T 0.00 7.50 测试用数字",
                "deposit_decided 4801 0.00 2.80 测试用数字", "deposit_decided 4801 2.80 0.00 测试用数字",
                "deposit_decided 3001 0.00 2.80 测试用数字",
            ])
        let summary = result.summary
        #expect(summary.hasBudget && summary.hasScores)
        #expect((summary.institutions, summary.institutionsWithBudget) == (3, 2))
        #expect((summary.incurred, summary.recognised, summary.budget) == (Fen(605_00), Fen(605_00), Fen(520_00)))
        #expect((summary.surplusKept, summary.overspendBorne) == (Fen(60_00), Fen(18_00)))
        #expect(
            (summary.depositHeld, summary.depositReturned, summary.depositForfeited)
                == (Fen(8_75), Fen(18_70), Fen(2_80)))
        #expect((summary.paid, summary.payable) == (Fen(574_75), Fen(60_70)))
        try town.expectBooksTie()

        try await town.settle("2024-01", NightlySettlement("d") { $0.time = "2024-01-05 09:00:00" }, options: options)
        try town.expectClearings([
            "P pool 2023-12 175.00 0.00 0.00 = 8.75 166.25 0.00",
            "S pool 2023-12 280.00 0.00 0.00 = 14.00 266.00 0.00",
            "T pool 2023-12 150.00 0.00 0.00 = 7.50 142.50 0.00",
            "S pool 2024-01 0.00 0.00 71.20 = 0.00 71.20 0.00",
            // 150.00, less 5 %, less the 10.50 that the year left.
            "T pool 2024-01 150.00 0.00 -10.50 = 7.50 132.00 0.00",
        ])
        try town.expectBooksTie()
        try town.database.expect(
            "SELECT fixmedins_code FROM report.voucher_line WHERE subject_code = '2101' GROUP BY 1 HAVING sum(credit - debit) <> 0",
            is: [])
    }

    @Test func `without budgets and scores nothing is adjusted and deposits stay, until a later year has scores`()
        async throws
    {
        let town = try ClearingTown()
        try town.load(ClearingTown.december)
        try await town.close("2023-12")
        let result = try town.clearYear(2023, TestRules.supplied())
        #expect(result.vouchers.isEmpty)
        #expect(!result.summary.hasBudget && !result.summary.hasScores)
        #expect(result.ties.filter { !$0.holds } == [])
        try town.expectYears([
            "P pool 2023 175.00 175.00 - 0.00 | 8.75 0.00 0.00 | 166.25 0.00",
            "S pool 2023 280.00 280.00 - 0.00 | 14.00 0.00 0.00 | 266.00 0.00",
            "T pool 2023 150.00 150.00 - 0.00 | 7.50 0.00 0.00 | 142.50 0.00",
        ])
        try await town.settle("2024-12", NightlySettlement("d") { $0.time = "2024-12-05 09:00:00" }, options: late)
        let next = try town.clearYear(2024, TestRules.supplied(ClearingTown.tables))
        #expect(next.ties.filter { !$0.holds } == [])
        try town.database.expect(
            """
            SELECT concat_ws(' ', fixmedins_code, deposit_held, deposit_returned, deposit_forfeited)
            FROM report.institution_year WHERE year = 2024 ORDER BY 1
            """, is: ["P 8.75 0.00 0.00", "S 0.00 11.20 2.80", "T 0.00 15.00 0.00"])
        try town.expectBooksTie()
    }

    /// A clock after 2024.
    private let late = JobOptions(today: "2025-02-01")

    @Test func `years that were never cleared carry over what they left`() async throws {
        let town = try ClearingTown()
        // Withheld in 2023: payable when 2024 begins.
        var disputed = ClearingTown.december
        disputed[0].pool = Fen(1_00)
        try town.load(disputed)
        try await town.close("2023-12")
        try await town.close("2024-12", late)
        let result = try town.clearYear(2024, TestRules.supplied(ClearingTown.tables))
        #expect(result.ties.filter { !$0.holds } == [])
        try town.expectYears([
            "P pool 2024 0.00 0.00 - 0.00 | 8.75 0.00 0.00 | 0.00 0.00",
            "S pool 2024 0.00 0.00 - 0.00 | 0.00 11.20 2.80 | 0.00 11.20",
            // The year's budget of 10,000.00 is not spent at all: of the surplus T keeps 15 %.
            "T pool 2024 0.00 0.00 10000.00 1500.00 | 0.00 0.00 0.00 | 0.00 1650.00",
        ])
        try town.expectBooksTie()
    }

    @Test func `what is withheld is not recognised, yet payable`() async throws {
        let town = try ClearingTown()
        let rules = try TestRules.supplied(ClearingTown.tables)
        var disputed = ClearingTown.december
        disputed[1].pool = Fen(1_00)
        try town.load(disputed)
        try await town.close("2023-12", JobOptions(rules: rules))
        let result = try town.clearYear(2023, rules)
        #expect(result.ties.filter { !$0.holds } == [])
        try town.database.expect(
            """
            SELECT concat_ws(' ', incurred, recognised, coalesce(budget::text, '-'), adjustment, deposit_held, paid, payable)
            FROM report.institution_year WHERE fixmedins_code = 'S'
            """, is: ["280.00 0.00 - 0.00 0.00 0.00 280.00"])
        try town.expectBooksTie()
    }

    @Test func `what the year-end itself found to be owed counts, and is paid by the next month-end`() async throws {
        let town = try ClearingTown()
        let rules = try TestRules.supplied(ClearingTown.tables)
        try town.load(ClearingTown.december)
        try await town.close("2023-12", JobOptions(rules: rules))
        let result = try town.clearYear(2023, rules, proof: ["T": 10_00, "S": -20_00])
        #expect(result.ties.filter { !$0.holds } == [])
        try town.database.expect(
            """
            SELECT concat_ws(' ', fixmedins_code, incurred, recognised, adjustment, paid, payable)
            FROM report.institution_year WHERE fixmedins_code <> 'P' ORDER BY 1
            """,
            is: [
                "S 260.00 260.00 60.00 266.00 51.20",
                // Overspent by 40.00, of which the fund bears 12.00.
                "T 160.00 160.00 -28.00 142.50 -10.50",
            ])
        try await town.close("2024-01", JobOptions(rules: rules))
        try town.database.expect(
            """
            SELECT concat_ws(' ', fixmedins_code, incurred, annual, deposit, payment, carried)
            FROM report.institution_clearing WHERE month = '2024-01' ORDER BY 1
            """,
            is: [
                // −20.00 + 60.00 + 11.20.
                "S -20.00 71.20 0.00 51.20 0.00",
                // 10.00 less 5 %, −28.00 + 7.50.
                "T 10.00 -20.50 0.50 0.00 -11.00",
            ])
    }

    @Test func `it does not tie if the books say otherwise`() async throws {
        let town = try ClearingTown()
        let rules = try TestRules.supplied()
        try town.load(ClearingTown.december)
        try await town.close("2023-12")
        try town.database.tamper(
            """
            UPDATE ledger.institution_clearing SET deposit_fen = deposit_fen + 1, payment_fen = payment_fen - 1
            WHERE fixmedins_code = 'T';
            UPDATE run.control_total SET amount_fen = amount_fen + 1 WHERE measure = 'institution.pool' AND item = 'S';
            """)
        #expect(
            try town.clearYear(2023, rules).ties == [
                Tie("institutions whose payable is booked otherwise", 1, 0),
                Tie("institutions whose deposit is booked otherwise", 1, 0),
            ])
    }

    @Test func `without institutions there is nothing`() async throws {
        let database = try SmallTown(months: "2023-12"..."2023-12").database()
        try await database.monthEnd("2023-12")
        let town = try ClearingTown(database: database)
        let result = try town.clearYear(2023, TestRules.supplied(ClearingTown.tables))
        #expect(result.rows.isEmpty && result.vouchers.isEmpty)
        #expect(result.ties.filter { !$0.holds } == [])
        #expect(result.summary.hasBudget && result.summary.institutions == 0)
    }
}
