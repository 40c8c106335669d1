import Jobs
import Money
import Postgres
import Testing

@Suite(.serialized, .scratch) struct `A night runs when its day may be settled, once` {
    @Test func `not before its day is over`() async throws {
        let database = try NightlyTown.database()
        try database.load(NightlyTown.settlements(NightlySettlement("a")))
        let counts = try database.rowCounts()
        let error = try await #require(throws: JobError.self) {
            try await database.nightly("2023-01-10", JobOptions(today: "2023-01-10"))
        }
        #expect(
            "\(error)" == "2023-01-10 is not over (today is 2023-01-10); its night can be settled from 2023-01-11 on.")
        #expect(error.exitCode == .tryLater)
        #expect(try database.rowCounts() == counts)
        try await database.nightly("2023-01-10", JobOptions(today: "2023-01-11"))
        try database.expect("SELECT verdict FROM report.adjudication", is: ["settled"])
    }

    @Test func `not again once it is done, alone or with a later night`() async throws {
        let database = try NightlyTown.database()
        try database.load(NightlyTown.settlements(NightlySettlement("a")))
        try await database.nightly("2023-01-10")
        try await database.nightly("2023-01-13")
        let everything = try database.everythingOfNights()
        for (night, run) in [("2023-01-09", 1), ("2023-01-10", 1), ("2023-01-12", 2), ("2023-01-13", 2)]
            as [(String, Int64)]
        {
            guard case .alreadyDone(let done) = try await database.nightly(night) else {
                Issue.record("\(night) was settled again")
                continue
            }
            #expect(done.id == run)
        }
        #expect(try database.everythingOfNights() == everything)
    }

    /// What is dated in closed books is settled by the first night of the open ones.
    @Test func `not in a month whose books are closed`() async throws {
        let database = try SmallTown(months: "2023-01"..."2023-01").database()
        try await database.monthEnd("2023-01")
        try database.load(NightlyTown.files.filter { $0.key == "institution.csv" })
        try database.load(NightlyTown.settlements(NightlySettlement("a") { $0.person = "W1" }))
        let everything = try database.everythingOfNights()
        let error = try await #require(throws: JobError.self) { try await database.nightly("2023-01-31") }
        #expect(
            "\(error)"
                == "nightly 2023-01-31 would post into 2023-01, whose books are closed. Late facts are settled by a later night."
        )
        #expect(error.exitCode == .refused)
        #expect(try database.everythingOfNights() == everything)
        try await database.nightly("2023-02-01")
        try database.expect("SELECT concat_ws(' ', setl_id, verdict) FROM report.adjudication", is: ["a settled"])
    }

    @Test func `and an interrupted one comes first`() async throws {
        let database = try NightlyTown.database()
        try database.load(
            NightlyTown.settlements(NightlySettlement("a"), NightlySettlement("b") { $0.person = "R" }))
        let quiet = try NightlyTown.database()
        try quiet.load(NightlyTown.settlements(NightlySettlement("a"), NightlySettlement("b") { $0.person = "R" }))
        try await quiet.nightly("2023-01-10", JobOptions(chunkSize: 1))

        let stop = StopRequest()
        let stopping = JobOptions(workers: 1, chunkSize: 1, stop: stop) { _ in stop.request() }
        let stopped = try await #require(throws: JobError.self) {
            try await database.nightly("2023-01-10", stopping)
        }
        #expect(
            "\(stopped)"
                == "run 1 (nightly 2023-01-10) stopped as asked; what is committed stays. `settle run-due` goes on with it."
        )
        #expect(
            try database.shownInReports().filter { $0 == "report.adjudication" || $0 == "report.accumulator" } == [])
        for later in [JobOptions(), JobOptions(isDryRun: true)] {
            let error = try await #require(throws: JobError.self) { try await database.nightly("2023-01-11", later) }
            #expect(
                "\(error)"
                    == "run 1 (nightly 2023-01-10) was interrupted and comes first. `settle run-due` goes on with it.")
            #expect(error.exitCode == .tryLater)
        }
        try await database.nightly("2023-01-10", JobOptions(chunkSize: 1))
        try database.expect("SELECT concat_ws(' ', state, attempts) FROM run.run", is: ["completed 2"])
        try expectSame(database.everythingOfNights(), quiet.everythingOfNights())
    }

    @Test func `and a dry run writes nothing and reports what the night will do`() async throws {
        let database = try Scratch.database()
        let city = try NightlyCity(people: 300, months: "2023-01"..."2023-03", seed: 61)
        try database.load(city.directory)
        try await database.nightly("2023-02-10")
        let (counts, everything) = (try database.rowCounts(), try database.everythingOfNights())
        guard case .dryRun(let dry) = try await database.nightly("2023-03-31", JobOptions(isDryRun: true)) else {
            Issue.record("it was no dry run")
            return
        }
        #expect(try database.rowCounts() == counts)
        #expect(try database.everythingOfNights() == everything)
        guard case .settled(let summary) = try await database.nightly("2023-03-31") else {
            Issue.record("the night was not settled")
            return
        }
        // Which accounts fell below zero is seen when everything is posted.
        #expect(dry.lines == summary.lines.filter { $0.item != "balance_below_zero" })
        #expect(dry.lines.contains { $0.measure == "adjudication.written" && $0.rows > 0 })
    }
}

@Suite(.serialized, .scratch) struct `Nights and month-ends wait for each other` {
    private let town = SmallTown(months: "2023-12"..."2023-12")

    /// The town of December 2023 with a settlement at its end.
    private func database(_ settlements: [String: String]) throws -> ScratchDatabase {
        let database = try town.database()
        try database.load(NightlyTown.files.filter { $0.key == "institution.csv" })
        try database.load(settlements)
        return database
    }

    private static let atTheEnd = NightlySettlement("a") {
        ($0.person, $0.time, $0.account) = ("W1", "2023-12-29 09:00:00", Fen(10_00))
    }

    @Test func `a month-end needs the nights of its month`() async throws {
        let database = try database(NightlyTown.settlements(Self.atTheEnd))
        try await database.nightly("2023-12-30")
        let everything = try database.everythingOfNights()
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-12") }
        #expect(
            "\(error)"
                == "the nights of 2023-12 are not done; `settle run-due` does them, or `settle nightly --date 2023-12-31`."
        )
        #expect(error.exitCode == .tryLater)
        #expect(try database.everythingOfNights() == everything)

        try await database.nightly("2023-12-31")
        #expect(try await database.monthEnd("2023-12").exitCode == .done)
        try database.expect(
            "SELECT balance::text FROM report.account_balance WHERE psn_no = 'W1'", is: ["90.00"])
    }

    /// A night after the month's last has settled it as well.
    @Test func `or a later one; and none where there is nothing to settle`() async throws {
        let database = try database(NightlyTown.settlements(Self.atTheEnd))
        try await database.nightly("2024-01-05")
        #expect(try await database.monthEnd("2023-12").exitCode == .done)
        let later = try self.database(
            NightlyTown.settlements(NightlySettlement("a") { $0.time = "2024-01-01 00:00:00" }))
        #expect(try await later.monthEnd("2023-12").exitCode == .done)
    }

    @Test func `run-due does what was missed over New Year in order, each once`() async throws {
        let database = try database(NightlyTown.settlements(Self.atTheEnd))
        var done: [String] = []
        let options = JobOptions(today: "2024-01-04")
        func runDue() async throws -> RunDueResult {
            let context = try options.context(database.settings())
            return try await RunDueJob(context, today: context.clock.today).run { report in
                switch report {
                case .nightly(let date, .settled): done.append("night \(date)")
                case .monthEnd(let month, .settled): done.append("month \(month)")
                case .yearEnd(let year, .settled): done.append("year \(year)")
                case .reproof(let year, _): done.append("proof \(year)")
                case .nightly(_, .alreadyDone), .nightly(_, .dryRun), .monthEnd(_, .alreadyDone), .monthEnd(_, .dryRun),
                    .yearEnd(_, .alreadyDone), .yearEnd(_, .dryRun):
                    done.append("nothing")
                }
            }
        }
        #expect(try await runDue().exitCode == .done)
        #expect(
            done == [
                "night 2023-12-29", "night 2023-12-30", "night 2023-12-31", "month 2023-12", "year 2023",
                "night 2024-01-01", "night 2024-01-02", "night 2024-01-03",
            ])
        #expect(try await runDue().settled == 0)
        #expect(done.count == 8)
        try database.expect(
            "SELECT concat_ws(' ', month, state) FROM ledger.period ORDER BY month",
            is: ["2023-12-01 closed", "2024-01-01 open"])
    }

    /// An office that begins to deliver settlements after its first month-ends: run-due must not insist on nights that
    /// the closed books refuse.
    @Test func `run-due leaves out the nights of closed books`() async throws {
        let database = try town.database()
        try await database.runDue(JobOptions(today: "2024-01-01"))
        try database.load(NightlyTown.files.filter { $0.key == "institution.csv" })
        try database.load(NightlyTown.settlements(Self.atTheEnd))
        #expect(try await database.runDue(JobOptions(today: "2024-01-03")).exitCode == .done)
        try database.expect(
            "SELECT concat_ws(' ', job, business_date) FROM run.run ORDER BY run_id",
            is: ["month-end 2023-12-31", "year-end 2023-12-31", "nightly 2024-01-01", "nightly 2024-01-02"])
        try database.expect(
            """
            SELECT concat_ws(' ', covered_month, posting_month, amount) FROM report.account_entry WHERE source = 'a'
            """, is: ["2023-12 2024-01 -10.00"])
    }

    @Test func `run-due goes on with an interrupted night first`() async throws {
        let database = try database(NightlyTown.settlements(Self.atTheEnd))
        let stop = StopRequest()
        await #expect(throws: JobError.self) {
            try await database.nightly("2023-12-29", JobOptions(workers: 1, stop: stop) { _ in stop.request() })
        }
        #expect(try await database.runDue(JobOptions(today: "2024-01-01")).settled == 5)
        try database.expect(
            "SELECT concat_ws(' ', job, business_date, attempts) FROM run.run ORDER BY run_id",
            is: [
                "nightly 2023-12-29 2", "nightly 2023-12-30 1", "nightly 2023-12-31 1", "month-end 2023-12-31 1",
                "year-end 2023-12-31 1",
            ])
    }
}
