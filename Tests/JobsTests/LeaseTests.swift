import Jobs
import Postgres
import Testing

@Suite(.serialized, .scratch) struct `One run at a time` {
    private let town = SmallTown(months: "2023-01"..."2023-01")
    private let options = JobOptions(today: "2023-02-01", workers: 1, chunkSize: 5, owner: "day host, process 8")

    private func chunkCount(_ database: ScratchDatabase) throws -> [String] {
        try database.rows("SELECT count(*)::text FROM run.chunk")
    }

    @Test func `a second one is told who is at work`() async throws {
        let database = try town.database()
        var owner = try database.connect()
        try owner.execute(.tryOwnerLock)
        try database.tamper(
            """
            UPDATE run.lease SET fence = 7, owner = 'night host, process 7', since = '2023-02-01 02:00:00+08';
            UPDATE run.heartbeat SET beat_at = clock_timestamp();
            """)
        let counts = try database.rowCounts()
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-01", options) }
        #expect(error.exitCode == .owned)
        let text = "\(error)"
        #expect(
            text.hasPrefix(
                "another run is at work: night host, process 7, since 2023-02-01 02:00:00, last sign of life 20"))
        #expect(text.hasSuffix(". Wait for it; `settle status` shows how far it is."))
        #expect(try database.rowCounts() == counts)
        try database.expect("SELECT concat_ws(' ', fence, owner) FROM run.lease", is: ["7 night host, process 7"])
    }

    /// The owner's chunk may take long, or for ever if the owner sleeps.
    @Test func `a second one does not wait for the chunk that the owner is at`() async throws {
        let database = try town.database()
        var owner = try database.connect()
        try owner.execute(.tryOwnerLock)
        try database.tamper("UPDATE run.heartbeat SET beat_at = clock_timestamp()")
        var worker = try database.connect()
        try worker.execute(Statement("begin", "BEGIN"))
        try worker.execute(Statement("hold", "SELECT FROM run.lease FOR SHARE"))
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-01", options) }
        #expect(error.exitCode == .owned)
        try worker.execute(Statement("end", "ROLLBACK"))
    }

    @Test func `of four started together one settles and the others step back`() async throws {
        let database = try town.database()
        let endings = await withTaskGroup(of: String.self) { group in
            for number in 1...4 {
                group.addTask {
                    do {
                        var options = options
                        options.owner = "runner \(number)"
                        switch try await database.monthEnd("2023-01", options) {
                        case .settled: return "settled"
                        case .alreadyDone: return "stepped back"
                        case .dryRun: return "dry run"
                        }
                    } catch let error as JobError where error.exitCode == .owned {
                        return "\(error)".hasPrefix("another run is at work: runner ") ? "stepped back" : "\(error)"
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(endings.sorted() == ["settled", "stepped back", "stepped back", "stepped back"])
        try database.expect("SELECT sum(amount_fen)::text FROM ledger.account_entry", is: ["200000"])
    }

    @Test func `an owner that died leaves the lease free at once`() async throws {
        let database = try town.database()
        try database.tamper(
            """
            UPDATE run.lease SET fence = 7, owner = 'night host, process 7', since = clock_timestamp();
            UPDATE run.heartbeat SET beat_at = clock_timestamp();
            """)
        #expect(try await database.monthEnd("2023-01", options).exitCode == .done)
        try database.expect("SELECT concat_ws(' ', fence, owner) FROM run.lease", is: ["8"])
    }

    @Test(arguments: [(silence: 590, isTaken: false), (610, true)])
    func `an owner silent for ten minutes has lost it, whether its session stands or not`(
        silence: Int, isTaken: Bool
    ) async throws {
        let database = try town.database()
        var owner = try database.connect()
        try owner.execute(.tryOwnerLock)
        try database.tamper(
            """
            UPDATE run.lease SET fence = 7, owner = 'night host, process 7', since = clock_timestamp();
            UPDATE run.heartbeat SET beat_at = clock_timestamp() - interval '\(silence) seconds';
            """)
        var isDone = false
        do {
            isDone = try await database.monthEnd("2023-01", options).exitCode == .done
        } catch let error as JobError {
            #expect(error.exitCode == .owned)
        }
        #expect(isDone == isTaken)
    }

    @Test(arguments: [1, 2, 4])
    func `an owner that has lost it commits no further chunk, and cannot complete`(chunks: Int) async throws {
        let database = try town.database()
        var losing = options
        losing.progress = { progress in
            guard progress.chunksDone == chunks else { return }
            do {
                try database.tamper(
                    "UPDATE run.lease SET fence = fence + 1, owner = 'another', since = clock_timestamp()")
            } catch {
                Issue.record(error)
            }
        }
        let error = try await #require(throws: JobError.self) { try await database.monthEnd("2023-01", losing) }
        #expect(
            "\(error)" == """
                another process took over the lease of this run; this one stops and has written nothing since. \
                `settle status` shows who is at work.
                """)
        #expect(error.exitCode == .tryLater)
        #expect(try chunkCount(database) == ["\(chunks)"])
        try database.expect(
            "SELECT (count(DISTINCT person_id) < 20)::text FROM ledger.account_entry_fresh", is: ["\(chunks < 4)"])
        try database.expect("SELECT state FROM run.run", is: ["running"])
        try database.expect("SELECT concat_ws(' ', fence, owner) FROM run.lease", is: ["2 another"])

        #expect(try await database.monthEnd("2023-01", options).exitCode == .done)
        let quiet = try town.database()
        try await quiet.monthEnd("2023-01", options)
        try expectSame(database.everything(), quiet.everything())
    }

    @Test func `while it works the owner is named, shows signs of life, and afterwards is not`() async throws {
        let database = try town.database()
        var watched = options
        watched.progress = { _ in
            do {
                let state = try database.rows(
                    """
                    SELECT concat_ws(' ', l.fence, l.owner, h.beat_at > clock_timestamp() - interval '1 minute')
                    FROM run.lease l JOIN run.heartbeat h USING (name)
                    """)
                #expect(state == ["1 day host, process 8 t"])
                try database.expect("SELECT max(fence)::text FROM run.chunk", is: ["1"])
            } catch {
                Issue.record(error)
            }
        }
        try await database.monthEnd("2023-01", watched)
        try database.expect("SELECT concat_ws(' ', fence, owner, since) FROM run.lease", is: ["1"])
    }
}

extension Statement {
    /// The lock that an owner's session holds as long as it lives.
    fileprivate static let tryOwnerLock = Statement("hold owner lock", "SELECT pg_advisory_lock(7320221)")
}
