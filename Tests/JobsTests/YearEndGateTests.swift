import Jobs
import Money
import Policy
import Postgres
import Testing

extension `The calendar of a year` {
    @Suite(.scratch) struct `A year is closed when it may be, once` {
        private func expectRefused(
            _ database: ScratchDatabase, year: Int = 2023, by options: JobOptions = YearEndTown.options, _ text: String,
            _ exitCode: ExitCode, sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let everything = try database.everythingOfYears()
            for isDryRun in [false, true] {
                var options = options
                options.isDryRun = isDryRun
                let error = try await #require(throws: JobError.self, sourceLocation: sourceLocation) {
                    try await database.yearEnd(year, options)
                }
                #expect("\(error)" == text, sourceLocation: sourceLocation)
                #expect(error.exitCode == exitCode, sourceLocation: sourceLocation)
            }
            try expectSame(database.everythingOfYears(), everything, sourceLocation: sourceLocation)
        }

        @Test func `not on its last day`() async throws {
            let database = try await YearEndTown.settled()
            var options = YearEndTown.options
            options.today = "2023-12-31"
            try await expectRefused(
                database, by: options,
                "2023-12 is not over (today is 2023-12-31); it can be closed from 2024-01-01 on.",
                .tryLater)
            options.today = "2024-01-01"
            try await database.close(2023, options)
        }

        @Test func `not without its months`() async throws {
            let database = try Scratch.database()
            try database.load(SmallTown(months: "2023-01"..."2023-12").files())
            func text(_ month: String) -> String {
                "the year 2023 cannot be closed: month-end \(month) is not done. `settle run-due` does what is due, and "
                    + "`settle status` says what waits."
            }
            try await expectRefused(database, text("2023-12"), .tryLater)
            try await database.monthEnd("2023-10")
            try await expectRefused(database, text("2023-11"), .tryLater)
            try await database.monthEnd("2023-11")
            try await expectRefused(database, text("2023-12"), .tryLater)
            try await database.monthEnd("2023-12")
            try await database.close(2023)
        }

        @Test func `not before the years before it`() async throws {
            let database = try await YearEndTown.settled()
            var options = YearEndTown.options
            options.today = "2025-01-01"
            try await database.settle(months: "2024-12"..."2024-12", options)
            try await expectRefused(
                database, year: 2024, by: options,
                "the year 2024 cannot be closed before 2023. `settle run-due` does both, or `settle year-end --year 2023`.",
                .tryLater)
            try await expectRefused(
                database, year: 2022, by: options,
                "the year 2022 cannot be closed: month-end 2022-12 is not done. `settle run-due` does what is due, and "
                    + "`settle status` says what waits.", .tryLater)
            try await database.close(2023, options)
            try await database.close(2024, options)
        }

        @Test func `not if December was closed by hand, until it is open again`() async throws {
            let database = try await YearEndTown.settled()
            try database.tamper(
                """
                UPDATE ledger.period SET state = 'closed', closed_by_run = 2, closed_at = '2024-01-01' WHERE month = '2023-12-01'
                """)
            try await expectRefused(
                database,
                "the books of 2023-12 are closed and the annual settlement of 2023 is not done, which has to post into them. "
                    + "Open the month in ledger.period, then run again.", .refused)
            try database.tamper(
                "UPDATE ledger.period SET state = 'open', closed_by_run = NULL, closed_at = NULL WHERE month = '2023-12-01'"
            )
            try await database.close(2023, YearEndTown.options)
        }

        @Test func `not while another run is interrupted, nor others while it is`() async throws {
            let database = try await YearEndTown.settled()
            let stop = StopRequest()
            let stopping = JobOptions(workers: 1, chunkSize: 4, stop: stop) { _ in stop.request() }
            try await database.nightly("2024-01-31")
            await #expect(throws: JobError.self) { try await database.monthEnd("2024-01", stopping) }
            for isDryRun in [false, true] {
                let error = try await #require(throws: JobError.self) {
                    try await database.yearEnd(2023, JobOptions(isDryRun: isDryRun))
                }
                #expect(
                    "\(error)"
                        == "run 4 (month-end 2024-01) was interrupted and comes first. `settle run-due` goes on with it."
                )
                #expect(error.exitCode == .tryLater)
            }
            try await database.monthEnd("2024-01", JobOptions(chunkSize: 4))

            let again = StopRequest()
            let stoppingYear = JobOptions(workers: 1, chunkSize: 16, stop: again) { _ in again.request() }
            await #expect(throws: JobError.self) { try await database.yearEnd(2023, stoppingYear) }
            for isDryRun in [false, true] {
                let error = try await #require(throws: JobError.self) {
                    try await database.nightly("2024-02-01", JobOptions(isDryRun: isDryRun))
                }
                #expect(
                    "\(error)"
                        == "run 5 (year-end 2023) was interrupted and comes first. `settle run-due` goes on with it."
                )
            }
            let rules = try TestRules.supplied(source: "another paper")
            let changed = try await #require(throws: JobError.self) {
                try await database.yearEnd(2023, JobOptions(rules: rules))
            }
            #expect(changed.exitCode == .waits)
            try await database.close(2023)
            try database.expect(
                "SELECT concat_ws(' ', job, state, attempts) FROM run.run WHERE run_id = 5",
                is: ["year-end completed 2"])
        }

        @Test func `and only a closed one is proven again`() async throws {
            let database = try await YearEndTown.settled()
            let error = try await #require(throws: JobError.self) { try await database.reprove(2023) }
            #expect("\(error)" == "the year 2023 is not closed; `settle year-end --year 2023` proves and closes it.")
            #expect(error.exitCode == .tryLater)
        }

        @Test func `and a dry run writes nothing and reports what the run will`() async throws {
            let database = try await YearEndTown.settled()
            var options = YearEndTown.options
            (options.rules, options.isDryRun) = (try TestRules.bearing(demand: 200, threeMonth: 300), true)
            let (counts, everything) = (try database.rowCounts(), try database.everythingOfYears())
            guard case .dryRun(let dry) = try await database.yearEnd(2023, options) else {
                Issue.record("it was no dry run")
                return
            }
            #expect(try database.rowCounts() == counts)
            #expect(try database.everythingOfYears() == everything)
            #expect(dry.digest == nil && dry.ties.isEmpty && dry.conserved.isEmpty)
            options.isDryRun = false
            let run = try await database.close(2023, options)
            // A leaf of what is not written yet has fewer rows; the closing of a dry run has its interest all the same.
            #expect(dry.lines.filter { $0.measure != "sealed" } == run.lines.filter { $0.measure != "sealed" })
            #expect(dry.rows("entry.interest") > 0)
        }

        /// The annual settlement posts into December, and books close in order.
        @Test func `and until then December and what comes after it stay open`() async throws {
            let database = try await YearEndTown.settled()
            try await database.settle(months: "2024-01"..."2024-02")
            func periods() throws -> [String] {
                try database.rows(
                    "SELECT concat_ws(' ', month, state, closed_by_run) FROM ledger.period ORDER BY month")
            }
            #expect(try periods() == ["2023-12-01 open", "2024-01-01 open", "2024-02-01 open"])
            try await database.close(2023)
            #expect(try periods() == ["2023-12-01 closed 7", "2024-01-01 closed 7", "2024-02-01 closed 7"])
            try await database.settle(months: "2024-03"..."2024-03")
            #expect(try periods().last == "2024-03-01 closed 9")
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])
        }

        @Test func `and takes no night any more`() async throws {
            let database = try Scratch.database()
            try database.load(SmallTown(months: "2023-12"..."2023-12").files())
            try await database.monthEnd("2023-12")
            try await database.close(2023)
            let error = try await #require(throws: JobError.self) { try await database.nightly("2023-12-31") }
            #expect(
                "\(error)"
                    == "nightly 2023-12-31 would post into 2023-12, whose books are closed. Late facts are settled by a later night."
            )
            #expect(error.exitCode == .refused)
        }
    }
}
