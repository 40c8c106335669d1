import City
import Jobs
import Money
import Postgres
import Testing

/// A night may die at any point; the next try goes on, and nothing of it can be told from a quiet night's.
@Suite(.serialized, .scratch) struct `A night that dies at a commit is repaired by running again` {
    /// Two nights, the second of which folds years anew for late facts, each in some chunks with two workers.
    private func settle(_ database: ScratchDatabase, _ fault: CommitFault? = nil) async throws {
        let options = JobOptions(workers: 2, chunkSize: 40, commitFault: fault)
        try await database.nightly("2023-02-10", options)
        try await database.nightly("2023-03-31", options)
    }

    /// A month's facts come with the month after, so that the second night has late ones.
    private func database(seed: UInt64) throws -> ScratchDatabase {
        let database = try Scratch.database()
        let city = try NightlyCity(
            people: 150, months: "2023-01"..."2023-03", seed: seed, settlementsPerPerson: 20, as: .byMonth)
        for delivery in try monthlyDeliveries(city.directory) { try database.load(delivery) }
        return database
    }

    @Test(arguments: [CommitFault.Moment.beforeCommit, .afterCommit])
    func `whichever commit it is`(moment: CommitFault.Moment) async throws {
        let database = try database(seed: 41)
        try await settle(database)
        let expected = try database.everythingOfNights()
        let chunks = expected.filter { $0.hasPrefix("chunk ") }.count
        #expect(chunks >= 6)

        var number = 0
        var interruptions = 0
        while true {
            number += 1
            let fault = CommitFault(number: number, moment)
            try database.forgetRuns()
            do {
                try await settle(database, fault)
            } catch let error as any TransactionFailure {
                #expect(error.isCommitUnknown, "commit \(number): \(error)")
                interruptions += 1
            }
            try await settle(database)
            try expectSame(database.everythingOfNights(), expected, "commit \(number)")
            guard fault.hasStruck else { break }
        }
        // A lease, a beginning and an end for each of two nights, the chunks, the keys of what they filled first, a lease and
        // an end for the reconciliation of the month that the second night ends; one more to find that none is left.
        #expect(number == 2 * 3 + chunks + (try database.keysOfLedgerTables()) + 2 + 1)
        // Within the run, a chunk whose commit was not answered is looked for and tried again, a key is tried again, and an
        // end is looked for.
        #expect(interruptions == (moment == .beforeCommit ? 8 : 5))
    }

    @Test func `or a night is stopped as asked after each chunk in turn`() async throws {
        let database = try database(seed: 42)
        try await settle(database)
        let expected = try database.everythingOfNights()
        try database.forgetRuns()

        var stops = 0
        for night in ["2023-02-10", "2023-03-31"] {
            while true {
                let stop = StopRequest()
                do {
                    try await database.nightly(
                        night,
                        JobOptions(workers: 1, chunkSize: 40, stop: stop, progress: { _ in stop.request() }))
                    break
                } catch let error as JobError {
                    #expect(error.exitCode == .tryLater)
                    stops += 1
                }
            }
        }
        #expect(stops == expected.filter { $0.hasPrefix("chunk ") }.count)
        try expectSame(database.everythingOfNights(), expected)
    }
}
