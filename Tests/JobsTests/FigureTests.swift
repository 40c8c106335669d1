import Jobs
import Money
import Policy
import Postgres
import Testing

/// 二（四）: the retirees' amount from January 2024 is announced and not published.
@Suite(.serialized, .scratch) struct `Without the figure of 2024` {
    private let town = SmallTown(months: "2023-12"..."2024-02")

    private func published() throws -> JobOptions { JobOptions(rules: try TestRules.published(), today: "2024-03-01") }
    private let supplied = JobOptions(today: "2024-03-01")

    private func periods(_ database: ScratchDatabase) throws -> [String] {
        try database.rows("SELECT concat_ws(' ', month, state, closed_by_run) FROM ledger.period ORDER BY month")
    }

    @Test func `workers are credited, retirees are excepted, and the message says who supplies what`() async throws {
        let database = try town.database()
        let december = try await database.monthEnd("2023-12", try published())
        #expect(december.exitCode == .done)
        guard case .settled(let january) = try await database.monthEnd("2024-01", try published()) else {
            Issue.record("not settled")
            return
        }
        #expect(january.waitsFor?.key == "account.retiree_monthly_amount")
        let text = january.waitsFor?.text ?? ""
        for part in [
            "account.retiree_monthly_amount (退休人员个人账户月计入定额) is needed from 2024-01-01 by 连政办发〔2022〕73号 二（四）",
            "To be supplied by: 市医疗保障局.", "name the file with --site:", "completes: lianyungang-employee",
            "    2024-01-01: {value: <whole fen a month>, unit: fen/month}",
        ] {
            #expect(text.contains(part), "\(text)")
        }
        try database.expect(
            """
            SELECT concat_ws(' ', covered_month, acct_incexpd_type, count(*), sum(amount))
            FROM report.account_entry WHERE run_id = 2 GROUP BY covered_month, acct_incexpd_type
            """, is: ["2024-01 101 12 1200.00"])
        try database.expect(
            """
            SELECT concat_ws(' ', covered_month, reason, count(*)) FROM report.exception
            WHERE run_id = 2 GROUP BY covered_month, reason
            """, is: ["2024-01 figure_not_supplied 8"])
        try database.expect(
            "SELECT concat_ws(' ', state, waits_for) FROM report.run ORDER BY run_id",
            is: ["completed", "completed account.retiree_monthly_amount"])
        #expect(try periods(database) == ["2023-12-01 open", "2024-01-01 open"])
    }

    @Test func `later months wait too, and trying again with the same rules is left`() async throws {
        let database = try town.database()
        let result = try await database.runDue(try published())
        #expect(result.exitCode == .waits)
        #expect(result.waiting.map { "\($0.instance)" } == ["month-end 2024-01", "month-end 2024-02"])
        #expect(result.waiting.map(\.mayGoOn) == [false, false])
        let everything = try database.everything()
        #expect(try await database.runDue(try published()).settled == 0)
        #expect(try database.everything() == everything)
    }

    @Test func `once it is supplied only retirees are posted, and the books close in order`() async throws {
        let database = try town.database()
        try await database.runDue(try published())
        let result = try await database.runDue(supplied)
        #expect((result.settled, result.exitCode) == (2, .done))
        try database.expect(
            """
            SELECT concat_ws(' ', run_id, covered_month, posting_month, source, count(*), sum(amount))
            FROM report.account_entry WHERE run_id > 4
            GROUP BY run_id, covered_month, posting_month, source ORDER BY run_id
            """,
            is: [
                "5 2024-01 2024-01 retiree-city-amount 8 790.08", "6 2024-02 2024-02 retiree-city-amount 8 790.08",
            ])
        #expect(try periods(database) == ["2023-12-01 closed 2", "2024-01-01 closed 5", "2024-02-01 closed 6"])
        try database.expect("SELECT reason FROM report.exception WHERE run_id > 4", is: [])

        let atOnce = try town.database()
        try await atOnce.runDue(supplied)
        try expectSame(database.accountState(), atOnce.accountState())
        #expect(try database.bookState() == atOnce.bookState())
    }

    @Test func `the books of an earlier month that waits keep those of the later ones open`() async throws {
        let database = try town.database()
        try await database.runDue(try published())
        #expect(try await database.monthEnd("2024-02", supplied).exitCode == .done)
        #expect(try periods(database) == ["2023-12-01 closed 2", "2024-01-01 open", "2024-02-01 open"])
        #expect(try await database.monthEnd("2024-01", supplied).exitCode == .done)
        #expect(try periods(database) == ["2023-12-01 closed 2", "2024-01-01 closed 6", "2024-02-01 closed 6"])
    }

    /// A month passed over waits with the one it was settled with.
    @Test func `a month settled with a later one that waits is not done`() async throws {
        let database = try town.database()
        #expect(try await database.monthEnd("2024-02", try published()).exitCode == .waits)
        #expect(try await database.monthEnd("2024-01", try published()).exitCode == .waits)
        #expect(try await database.monthEnd("2024-01", supplied).exitCode == .done)
        #expect(try await database.monthEnd("2024-02", supplied).exitCode == .done)
        let atOnce = try town.database()
        try await atOnce.runDue(supplied)
        try expectSame(database.accountState(), atOnce.accountState())
    }
}
