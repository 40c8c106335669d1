import Jobs
import Money
import Policy
import Postgres
import Testing

extension `The calendar of a year` {
    @Suite(.scratch) struct `What is due over New Year is done once and in order` {
        private func database(months: ClosedRange<String>, settled days: String...) throws -> ScratchDatabase {
            let database = try Scratch.database()
            try database.load(SmallTown(months: months, workers: 3, retirees: 2).files())
            try database.load(NightlyTown.files.filter { $0.key == "institution.csv" })
            try database.load(
                NightlyTown.settlements(
                    days.enumerated().map { number, day in
                        NightlySettlement("s\(number)") { ($0.person, $0.time) = ("W1", "\(day) 09:00:00") }
                    }))
            return database
        }

        private func runs(_ database: ScratchDatabase, after run: Int = 0) throws -> [String] {
            try database.rows(
                """
                SELECT concat_ws(' ', job, business_date, state) FROM run.run WHERE run_id > \(literal: Int64(run))
                ORDER BY run_id
                """)
        }

        private func due(_ database: ScratchDatabase, _ today: String, rules: RuleSet? = nil) throws -> StatusReport {
            var connection = try database.connect()
            return try StatusReport.ask(
                &connection, rules: try rules ?? TestRules.supplied(), today: try #require(CivilDate(today)))
        }

        @Test func `three nights, a month and a New Year`() async throws {
            let database = try database(
                months: "2023-11"..."2024-01", settled: "2023-12-27", "2023-12-30", "2024-01-01")
            try await database.runDue(JobOptions(today: "2023-12-29"))
            #expect(
                try runs(database)
                    == ["month-end 2023-11-30", "nightly 2023-12-27", "nightly 2023-12-28"].map { "\($0) completed" })
            let status = try due(database, "2024-01-02")
            #expect(
                status.due.instances.map(\.description) == [
                    "nightly 2023-12-29", "nightly 2023-12-30", "nightly 2023-12-31", "month-end 2023-12",
                    "year-end 2023",
                    "nightly 2024-01-01",
                ])
            #expect(status.exitCode == .tryLater)
            #expect(status.closedYear == nil)

            let result = try await database.runDue(JobOptions(today: "2024-01-02"))
            #expect((result.settled, result.exitCode) == (6, .done))
            #expect(
                try runs(database, after: 3)
                    == [
                        "nightly 2023-12-29", "nightly 2023-12-30", "nightly 2023-12-31", "month-end 2023-12-31",
                        "year-end 2023-12-31", "nightly 2024-01-01",
                    ].map { "\($0) completed" })
            #expect(try due(database, "2024-01-02").due.instances == [])
            #expect(try due(database, "2024-01-02").closedYear == 2023)
            #expect(try await database.runDue(JobOptions(today: "2024-01-02")).settled == 0)

            #expect(try await database.runDue(JobOptions(today: "2024-02-02")).settled == 32)
            try database.expect(
                "SELECT concat_ws(' ', job, business_date) FROM run.run GROUP BY job, business_date HAVING count(*) > 1",
                is: [])
            try database.expect(
                "SELECT concat_ws(' ', month, state) FROM ledger.period ORDER BY month",
                is: ["2023-11-01 closed", "2023-12-01 closed", "2024-01-01 closed", "2024-02-01 open"])
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])
        }

        @Test func `two years at once, each with its certificate`() async throws {
            let database = try Scratch.database()
            try database.load(SmallTown(months: "2023-12"..."2024-12", workers: 3, retirees: 2).files())
            #expect(try await database.runDue(JobOptions(today: "2025-01-01")).exitCode == .done)
            #expect(
                try runs(database).enumerated().filter { $0.element.hasPrefix("year-end") }.map {
                    "\($0.offset) \($0.element)"
                }
                    == ["1 year-end 2023-12-31 completed", "14 year-end 2024-12-31 completed"])
            #expect(try await database.verify().map(\.mismatches) == [[], []])
        }

        @Test func `and a year-end that was interrupted comes first`() async throws {
            let database = try database(months: "2023-12"..."2023-12", settled: "2023-12-31")
            try await database.nightly("2023-12-31")
            try await database.monthEnd("2023-12")
            let stop = StopRequest()
            await #expect(throws: JobError.self) {
                try await database.yearEnd(2023, JobOptions(workers: 1, stop: stop) { _ in stop.request() })
            }
            let status = try due(database, "2024-01-03")
            #expect(status.due.interrupted?.instance == .yearEnd(2023))
            #expect(status.chunksDone == 1)
            #expect(try await database.runDue(JobOptions(today: "2024-01-03")).exitCode == .done)
            #expect(
                try runs(database, after: 2)
                    == [
                        "year-end 2023-12-31 completed", "nightly 2024-01-01 completed", "nightly 2024-01-02 completed",
                    ])
        }

        /// The figure of 2024 is not supplied before February 2025: the months of 2024 wait, and with them the year. Nights go
        /// on, and the contribution of January that comes meanwhile is the first month-end's to credit, in a month of 2024.
        @Test func `but a month that waits for a figure keeps its year open while later nights go on`() async throws {
            let database = try database(months: "2024-11"..."2025-01", settled: "2025-01-30")
            let published = try TestRules.published()
            let waiting = try await database.runDue(JobOptions(rules: published, today: "2025-02-03"))
            #expect(waiting.exitCode == .waits)
            #expect(
                try runs(database)
                    == [
                        "month-end 2024-11-30", "month-end 2024-12-31", "nightly 2025-01-30", "nightly 2025-01-31",
                        "month-end 2025-01-31", "nightly 2025-02-01", "nightly 2025-02-02",
                    ].map { "\($0) completed" })
            let status = try due(database, "2025-02-03", rules: published)
            #expect(
                status.due.waiting.map(\.instance.description) == [
                    "month-end 2024-11", "month-end 2024-12", "month-end 2025-01",
                ])
            #expect(status.due.instances == [], "a year that cannot be closed yet is not due")
            #expect(status.exitCode == .waits)
            let error = try await #require(throws: JobError.self) {
                try await database.yearEnd(2024, JobOptions(rules: published, today: "2025-02-03"))
            }
            #expect("\(error)".hasPrefix("the year 2024 cannot be closed: month-end 2024-01 is not done."), "\(error)")

            try database.load([
                "contribution.csv": SmallTown.contributionHeader
                    + "late,W2,310,34,2025-01,1000.00,20.00,70.00,2025-01-31\n"
            ])
            let supplied = try due(database, "2025-02-03")
            #expect(supplied.due.instances == [.yearEnd(2024)])
            #expect(try await database.runDue(JobOptions(today: "2025-02-03")).exitCode == .done)
            #expect(
                try runs(database, after: 7)
                    == [
                        "month-end 2024-11-30", "month-end 2024-12-31", "month-end 2025-01-31", "year-end 2024-12-31",
                    ].map { "\($0) completed" })
            try database.expect(
                "SELECT concat_ws(' ', psn_no, covered_month, posting_month) FROM report.account_entry WHERE source = 'late'",
                is: ["W2 2025-01 2024-11"])
            try database.expect(
                """
                SELECT concat_ws(' ', (SELECT sum(closing) FROM report.account_year),
                                 (SELECT sum(amount) FROM report.account_entry WHERE posting_month < '2025'))
                """,
                is: try database.rows(
                    """
                    SELECT concat_ws(' ', f, f) FROM (SELECT sum(credit - debit) AS f FROM report.voucher_line
                    WHERE subject_code = '3002' AND posting_month < '2025') fund
                    """))
            #expect(try await database.verify().map(\.mismatches) == [[]])
        }
    }
}
