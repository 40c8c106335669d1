import Glibc
import Postgres
import Testing

@Suite(.serialized, .database) struct `A run of the command` {
    private static let monthEnd = "month-end --month 2023-01 --chunk-size 20"

    /// A migrated database with a city, and the lines of everything a run writes into it, but for times.
    private func load() throws {
        #expect(try Settle.migrate().code == 0)
        #expect(
            try Settle.run(
                "generate --out city --people 3000 --from 2023-01 --to 2023-02 --seed 3 --settlements-per-person 0"
            )
            .code == 0)
        #expect(try Settle.run("load city").code == 0)
    }

    private func everything() throws -> [String] {
        try Settle.rows(
            """
            SELECT e::text AS line FROM ledger.account_entry e
            UNION ALL SELECT x::text FROM run.exception x
            UNION ALL SELECT f::text FROM run.finding f
            UNION ALL SELECT t::text FROM run.control_total t
            UNION ALL SELECT v::text FROM ledger.voucher v
            UNION ALL SELECT l::text FROM ledger.voucher_line l
            UNION ALL SELECT concat_ws(' ', month, state, closed_by_run) FROM ledger.period
            UNION ALL SELECT concat_ws(' ', run_id, chunk_no, person_from, person_upto) FROM run.chunk
            UNION ALL SELECT concat_ws(' ', run_id, business_date, state, horizon, batch_upto) FROM run.run
            ORDER BY line
            """)
    }

    /// Waits until the run has committed some of its chunks and has more to do.
    private func waitForChunks(_ count: Int) throws {
        for _ in 0..<10_000 {
            let chunks = try Settle.rows("SELECT count(*)::text FROM run.chunk").first.flatMap { Int($0) } ?? 0
            if chunks >= count { return }
            usleep(1000)
        }
        Issue.record("no chunk was committed")
    }

    @Test func `that is killed leaves the lease free and nothing in the reports; the next one goes on to the same end`()
        throws
    {
        try load()
        #expect(try Settle.run(Self.monthEnd).code == 0)
        let quiet = try everything()
        try forgetRun()

        for chunks in [1, 50] {
            let run = try Settle.start(Self.monthEnd)
            try waitForChunks(chunks)
            run.send(SIGKILL)
            #expect(try run.wait().code == -SIGKILL)
            try #require(try Settle.rows("SELECT state FROM run.run") == ["running"])
            #expect(try Settle.rows("SELECT count(*)::text FROM report.account_entry") == ["0"])
            let status = try Settle.run("status --as-of 2023-02-01")
            #expect(status.code == 75)
            #expect(status.output.contains("at work or interrupted: run 1 (month-end 2023-01), "), "\(status.output)")
            #expect(status.width <= 80, "\(status.output)")
        }
        let resumed = try Settle.run(Self.monthEnd)
        #expect(resumed.code == 0)
        #expect(try Settle.rows("SELECT attempts::text FROM run.run") == ["3"])
        let found = try everything()
        #expect(Set(found).symmetricDifference(quiet).sorted().prefix(10) == [])
        #expect(found.count == quiet.count)
    }

    /// It is killed in the middle of its files: a lock of the test's holds it where the settlements would go.
    @Test func `that loads and is killed leaves nothing of its delivery; the next one loads all of it`() throws {
        #expect(try Settle.migrate().code == 0)
        #expect(
            try Settle.run("generate --out city --people 300 --from 2023-01 --to 2023-02 --seed 3").code == 0)
        try Settle.holding("intake.settlement") {
            let load = try Settle.start("load city")
            try waitForWaiter()
            load.send(SIGKILL)
            #expect(try load.wait().code == -SIGKILL)
        }
        let counts: SQLText = """
            SELECT concat_ws(' ', (SELECT count(*) FROM intake.batch), (SELECT count(*) FROM intake.person),
                (SELECT count(*) > 0 FROM intake.contribution), (SELECT count(*) > 0 FROM intake.settlement))
            """
        #expect(try Settle.rows(counts) == ["0 0 f f"])
        let load = try Settle.run("load city")
        #expect(load.code == 0)
        #expect(load.output.contains("batch 1 loaded from city"), "\(load.output)")
        #expect(try Settle.rows(counts) == ["1 300 t t"])
    }

    private func waitForWaiter() throws {
        for _ in 0..<10_000 {
            let waiting = try Settle.rows(
                """
                SELECT count(*)::text FROM pg_locks WHERE NOT granted
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """)
            if waiting != ["0"] { return }
            usleep(1000)
        }
        Issue.record("nobody came to the lock")
    }

    private func forgetRun() throws {
        for sql in [
            "DELETE FROM ledger.voucher_line", "DELETE FROM ledger.voucher", "DELETE FROM ledger.period",
            "DELETE FROM ledger.account_entry", "DELETE FROM run.exception", "DELETE FROM run.finding",
            "DELETE FROM run.control_total", "DELETE FROM run.chunk", "DELETE FROM run.run",
        ] as [SQLText] {
            _ = try Settle.rows("WITH gone AS (\(sql) RETURNING 1) SELECT count(*)::text FROM gone")
        }
    }

    /// The first is held still in the middle of its work, so that the second surely meets it.
    @Test func `keeps a second one out, which names it and exits 5`() throws {
        try load()
        let first = try Settle.start(Self.monthEnd)
        try waitForChunks(1)
        first.send(SIGSTOP)
        let second = try Settle.run("run-due --as-of 2023-02-01")
        #expect(second.code == 5)
        #expect(second.complaint.contains("settle: another run is at work: "), "\(second.complaint)")
        #expect(second.complaint.contains(", process \(first.id), since "), "\(second.complaint)")
        first.send(SIGCONT)
        #expect(try first.wait().code == 0)
        #expect(try Settle.run("run-due --as-of 2023-02-01").code == 0)
        #expect(try Settle.rows("SELECT concat_ws(' ', run_id, attempts, state) FROM run.run") == ["1 1 completed"])
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `that is asked to stop ends after its chunks and exits 75`(signal: Int32) throws {
        try load()
        let first = try Settle.start(Self.monthEnd)
        try waitForChunks(1)
        first.send(signal)
        let ending = try first.wait()
        #expect(ending.code == 75)
        #expect(
            ending.complaint.contains(
                "run 1 (month-end 2023-01) stopped as asked; what is committed stays. `settle run-due` goes on with it."
            ),
            "\(ending.complaint)")
        #expect(try Settle.run("run-due --as-of 2023-02-01").code == 0)
    }
}
