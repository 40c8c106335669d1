import Jobs
import Money
import Policy
import Postgres
import Testing

@Suite(.serialized, .scratch) struct `A month-end runs when its month may be settled, once` {
    private let town = SmallTown(months: "2023-01"..."2023-04")

    @Test func `not on the last day of the month, but on the first of the next`() async throws {
        let database = try town.database()
        let counts = try database.rowCounts()
        let error = try await #require(throws: JobError.self) {
            try await database.monthEnd("2023-01", JobOptions(today: "2023-01-31"))
        }
        #expect("\(error)" == "2023-01 is not over (today is 2023-01-31); it can be closed from 2023-02-01 on.")
        #expect(error.exitCode == .tryLater)
        #expect(try database.rowCounts() == counts)
        #expect(try await database.monthEnd("2023-01", JobOptions(today: "2023-02-01")).exitCode == .done)
    }

    /// 2023-01-31 16:00 UTC is midnight in Asia/Shanghai.
    @Test(arguments: [(second: Int64(1_675_180_799), isOver: false), (1_675_180_800, true)])
    func `by the clocks of Asia/Shanghai`(second: Int64, isOver: Bool) throws {
        let clock = Clock { second }
        #expect((clock.today > (try #require(Month("2023-01"))).lastDay) == isOver)
    }

    @Test(arguments: [false, true])
    func `not for a month without rules, whether or not later months are settled`(isLaterSettled: Bool) async throws {
        let database = try town.database()
        if isLaterSettled { try await database.monthEnd("2023-01") }
        let counts = try database.rowCounts()
        let error = try await #require(throws: PolicyError.self) { try await database.monthEnd("2022-12") }
        #expect(
            "\(error)".hasSuffix(
                "has no value for 2022-12-01; the first is 2023-01-01. Add the earlier rule or settle from 2023-01-01.")
        )
        #expect(try database.rowCounts() == counts)
    }

    @Test func `not again once it is done, alone or with a later month`() async throws {
        let database = try town.database()
        try await database.monthEnd("2023-01")
        try await database.monthEnd("2023-03")
        let everything = try database.everything()
        for (month, run) in [("2023-01", 1), ("2023-02", 2), ("2023-03", 2)] as [(String, Int64)] {
            guard case .alreadyDone(let done) = try await database.monthEnd(month) else {
                Issue.record("\(month) was settled again")
                continue
            }
            #expect(done.id == run)
        }
        #expect(try database.everything() == everything)
    }

    @Test func `in one batch or none: before any facts nothing is due, and a month without people is settled`()
        async throws
    {
        let database = try Scratch.database()
        #expect(try await database.runDue().settled == 0)
        guard case .settled(let summary) = try await database.monthEnd("2023-01") else {
            Issue.record("the month was not settled")
            return
        }
        #expect(summary.lines.allSatisfy { $0.rows == 0 })
        try database.expect("SELECT concat_ws(' ', month, state) FROM ledger.period", is: ["2023-01-01 closed"])
    }
}

@Suite(.serialized, .scratch) struct `An interrupted run comes first` {
    private let town = SmallTown(months: "2023-01"..."2023-02")

    /// A database whose month-end 2023-01 was stopped after the first of its chunks.
    private func interrupted() async throws -> ScratchDatabase {
        let database = try town.database()
        let stop = StopRequest()
        let options = JobOptions(workers: 1, chunkSize: 5, stop: stop) { _ in stop.request() }
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-01", options) }
        #expect(
            "\(error)"
                == "run 1 (month-end 2023-01) stopped as asked; what is committed stays. `settle run-due` goes on with it."
        )
        #expect(error.exitCode == .tryLater)
        try database.expect("SELECT count(*)::text FROM run.chunk", is: ["1"])
        return database
    }

    @Test func `before another month's, and run-due goes on with it`() async throws {
        let database = try await interrupted()
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-02") }
        #expect(
            "\(error)" == "run 1 (month-end 2023-01) was interrupted and comes first. `settle run-due` goes on with it."
        )
        #expect(error.exitCode == .tryLater)

        #expect(try await database.runDue(JobOptions(today: "2023-03-01", chunkSize: 5)).settled == 2)
        try database.expect(
            "SELECT concat_ws(' ', run_id, state, attempts) FROM run.run ORDER BY run_id",
            is: ["1 completed 2", "2 completed 1"])
        let quiet = try town.database()
        try await quiet.runDue(JobOptions(today: "2023-03-01", chunkSize: 5))
        try expectSame(database.everything(), quiet.everything())
    }

    @Test func `by the rules it was begun with and no others`() async throws {
        let database = try await interrupted()
        let everything = try database.everything()
        let rules = try TestRules.supplied(source: "another paper")
        let error = try await #require(throws: JobError.self) {
            try await database.monthEnd("2023-01", JobOptions(rules: rules))
        }
        let (begun, given) = (try TestRules.supplied().digest.prefix(12), rules.digest.prefix(12))
        #expect(
            "\(error)" == """
                run 1 (month-end 2023-01) was begun with rules \(begun) and is not finished; the rules given \
                now are \(given). Finish it with the rules it was begun with (run.rule_pack keeps their text).
                """)
        #expect(error.exitCode == .waits)
        #expect(try database.everything() == everything)
    }

    @Test func `nothing of it shows before it is completed`() async throws {
        let database = try await interrupted()
        try database.expect("SELECT (count(*) > 0)::text FROM ledger.account_entry_fresh", is: ["true"])
        try database.expect("SELECT count(*)::text FROM ledger.account_entry", is: ["0"])
        #expect(try database.shownInReports() == ["report.run"])
        try database.expect("SELECT state FROM report.run", is: ["running"])
        try await database.monthEnd("2023-01")
        #expect(try database.shownInReports().contains("report.account_entry"))
    }

    @Test func `also before a dry run, which would take its entries for those of a completed one`() async throws {
        let database = try await interrupted()
        for month in ["2023-01", "2023-02"] {
            let error = try await #require(throws: JobError.self) {
                try await database.monthEnd(month, JobOptions(isDryRun: true))
            }
            #expect("\(error)".hasPrefix("run 1 (month-end 2023-01) was interrupted and comes first."))
        }
    }
}

@Suite(.serialized, .scratch) struct `A dry run` {
    @Test func `writes nothing and reports what the run will`() async throws {
        let database = try Scratch.database()
        try database.load(try writtenCity(people: 300, months: "2023-01"..."2023-03", seed: 21))
        try await database.monthEnd("2023-01")
        let (counts, everything) = (try database.rowCounts(), try database.everything())

        guard case .dryRun(let dry) = try await database.monthEnd("2023-02", JobOptions(isDryRun: true)) else {
            Issue.record("not a dry run")
            return
        }
        #expect(try database.rowCounts() == counts)
        #expect(try database.everything() == everything)
        try database.expect("SELECT fence::text FROM run.lease", is: ["1"])

        guard case .settled(let run) = try await database.monthEnd("2023-02") else {
            Issue.record("not settled")
            return
        }
        #expect(dry.lines == run.lines)
        #expect(dry.months == run.months)
        #expect(run.ties.count == 11)
        guard case .alreadyDone = try await database.monthEnd("2023-02", JobOptions(isDryRun: true)) else {
            Issue.record("a dry run of a month that is done")
            return
        }
    }

    @Test func `says what is waited for, as the run will`() async throws {
        let database = try SmallTown(months: "2024-01"..."2024-01").database()
        let options = JobOptions(rules: try TestRules.published(), isDryRun: true)
        let result = try await database.monthEnd("2024-01", options)
        #expect(result.exitCode == .waits)
    }
}
