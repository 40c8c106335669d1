import Jobs
import Postgres
import Testing

/// A run may die at any point; the next one goes on, and nothing of it can be told from a quiet run's.
@Suite(.serialized, .scratch) struct `A run that dies at a commit is repaired by running again` {
    /// Two month-ends of three chunks each, with two workers.
    private func options(_ fault: CommitFault? = nil) -> JobOptions {
        JobOptions(today: "2023-03-01", workers: 2, chunkSize: 60, commitFault: fault)
    }

    @Test(arguments: [CommitFault.Moment.beforeCommit, .afterCommit])
    func `whichever commit it is`(moment: CommitFault.Moment) async throws {
        let database = try Scratch.database()
        try database.load(try writtenCity(people: 150, months: "2023-01"..."2023-04", seed: 11))
        try await database.runDue(options())
        let expected = try database.everything()
        #expect(expected.filter { $0.hasPrefix("chunk ") }.count == 6)

        var number = 0
        var interruptions = 0
        while true {
            number += 1
            let fault = CommitFault(number: number, moment)
            try database.forgetRuns()
            do {
                try await database.runDue(options(fault))
            } catch let error as any TransactionFailure {
                #expect(error.isCommitUnknown, "commit \(number): \(error)")
                interruptions += 1
            }
            try await database.runDue(options())
            try expectSame(database.everything(), expected, "commit \(number)")
            guard fault.hasStruck else { break }
        }
        // A lease, a beginning, three chunks and an end for each of two months, and the keys of what they filled first; one
        // more to find that none is left.
        #expect(number == 2 * 6 + (try database.keysOfLedgerTables()) + 1)
        // Within the run, a chunk whose commit was not answered is looked for and tried again, a key is tried again, and a
        // completion is looked for.
        #expect(interruptions == (moment == .beforeCommit ? 6 : 4))
    }

    @Test func `or a run is stopped as asked after each chunk in turn`() async throws {
        let database = try Scratch.database()
        try database.load(try writtenCity(people: 150, months: "2023-01"..."2023-04", seed: 12))
        try await database.runDue(options())
        let expected = try database.everything()
        try database.forgetRuns()

        var stops = 0
        while true {
            let stop = StopRequest()
            var stopping = options()
            (stopping.workers, stopping.stop, stopping.progress) = (1, stop, { _ in stop.request() })
            do {
                try await database.runDue(stopping)
                break
            } catch let error as JobError {
                #expect(error.exitCode == .tryLater)
                stops += 1
            }
        }
        #expect(stops == 6)
        try expectSame(database.everything(), expected)
        try database.expect("SELECT concat_ws(' ', run_id, attempts) FROM run.run ORDER BY run_id", is: ["1 4", "2 4"])
    }

    @Test func `its chunks need not wait for the disk, its beginning and its end do`() async throws {
        let database = try Scratch.database()
        try database.load(try writtenCity(people: 150, months: "2023-01"..."2023-02", seed: 13))
        try database.tamper(
            """
            CREATE TABLE public.seen_commit (event text, waits text);
            CREATE FUNCTION public.see_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                INSERT INTO public.seen_commit VALUES (TG_ARGV[0], current_setting('synchronous_commit'));
                RETURN NULL;
            END $$;
            CREATE TRIGGER see_chunk AFTER INSERT ON run.chunk FOR EACH ROW EXECUTE FUNCTION public.see_commit('chunk');
            CREATE TRIGGER see_begin AFTER INSERT ON run.run FOR EACH ROW EXECUTE FUNCTION public.see_commit('begin');
            CREATE TRIGGER see_end AFTER UPDATE ON run.run FOR EACH ROW WHEN (NEW.state = 'completed')
                EXECUTE FUNCTION public.see_commit('end');
            """)
        defer { try? database.tamper("DROP FUNCTION public.see_commit() CASCADE; DROP TABLE public.seen_commit") }
        try await database.runDue(options())
        try database.expect(
            "SELECT concat_ws(' ', event, waits, count(*)) FROM public.seen_commit GROUP BY event, waits ORDER BY 1",
            is: ["begin on 2", "chunk off 6", "end on 2"])
    }
}
