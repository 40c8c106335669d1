import City
import Jobs
import Money
import Postgres
import Testing

extension `The books of a year` {
    /// A year-end may die at any point; the next try goes on, and neither its books nor its certificate can be told from a
    /// quiet one's.
    @Suite(.scratch) struct `A year-end that dies at a commit is repaired by running again` {
        /// Somebody altered an entry of the year, so that the year-end has a difference to post; with rates it has interest to
        /// pay.
        private func settled() async throws -> ScratchDatabase {
            let database = try await YearEndTown.settled()
            try database.tamper(
                "UPDATE ledger.account_entry SET amount_fen = amount_fen + 7 WHERE source = '2023-03-W5'")
            return database
        }

        private func options(workers: Int = 2, _ fault: CommitFault? = nil) throws -> JobOptions {
            JobOptions(
                rules: try TestRules.bearing(demand: 200, threeMonth: 300), workers: workers, chunkSize: 20,
                commitFault: fault)
        }

        @Test(arguments: [CommitFault.Moment.beforeCommit, .afterCommit])
        func `whichever commit it is, with the same certificate`(moment: CommitFault.Moment) async throws {
            let database = try await settled()
            try await database.close(2023, options())
            let expected = try database.everythingOfYears()
            let digest = try database.certificateDigest(2023)
            let run = try #require(try database.rows("SELECT run_id::text FROM run.run WHERE job = 'year-end'").first)
            let chunks = expected.filter { $0.hasPrefix("chunk \(run) ") }.count
            #expect(chunks == 4 * 2)

            var number = 0
            var interruptions = 0
            while true {
                number += 1
                let fault = CommitFault(number: number, moment)
                try database.forgetYearEnds()
                do {
                    try await database.yearEnd(2023, options(fault))
                } catch let error as any TransactionFailure {
                    #expect(error.isCommitUnknown, "commit \(number): \(error)")
                    interruptions += 1
                    if moment == .beforeCommit { try expectNothingShows(database, "commit \(number)") }
                }
                try await database.yearEnd(2023, options())
                #expect(try database.certificateDigest(2023) == digest, "commit \(number)")
                try expectSame(database.everythingOfYears(), expected, "commit \(number)")
                guard fault.hasStruck else { break }
            }
            // The lease, the beginning, the chunks of four steps, and the end; one more to find that none is left.
            #expect(number == 3 + chunks + 1)
            // Within the run a chunk whose commit was not answered is looked for and tried again, and the end is looked for.
            #expect(interruptions == (moment == .beforeCommit ? 3 : 2))
        }

        /// Nothing half-done is read by anybody.
        private func expectNothingShows(
            _ database: ScratchDatabase, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let shown = try database.rows(
                """
                SELECT 'report.account_year' FROM report.account_year UNION SELECT 'report.certificate' FROM report.certificate
                UNION SELECT 'report.account_entry' FROM report.account_entry WHERE acct_incexpd_type IN ('102', '110')
                UNION SELECT concat('closed ', month) FROM ledger.period WHERE month >= '2023-12-01' AND state = 'closed'
                """)
            #expect(shown == [], comment, sourceLocation: sourceLocation)
        }

        @Test func `or is stopped as asked after each chunk in turn`() async throws {
            let database = try await settled()
            try await database.close(2023, options())
            let expected = try database.everythingOfYears()
            try database.forgetYearEnds()
            var stops = 0
            while true {
                let stop = StopRequest()
                var stopping = try options(workers: 1)
                (stopping.stop, stopping.progress) = (stop, { _ in stop.request() })
                do {
                    try await database.yearEnd(2023, stopping)
                    break
                } catch let error as JobError {
                    #expect(error.exitCode == .tryLater)
                    #expect(
                        "\(error)" == """
                            run 3 (year-end 2023) stopped as asked; what is committed stays. `settle run-due` goes on with it.
                            """)
                    stops += 1
                }
            }
            #expect(stops == 4 * 2)
            try expectSame(database.everythingOfYears(), expected)
        }

        @Test func `and done twice it changes nothing the second time`() async throws {
            let database = try await settled()
            let first = try await database.close(2023, options())
            let (everything, counts) = (try database.everythingOfYears(), try database.rowCounts())
            for again in [try options(), JobOptions(isDryRun: true), JobOptions(workers: 1, chunkSize: 1)] {
                guard case .alreadyDone(let run) = try await database.yearEnd(2023, again) else {
                    Issue.record("the year was closed again")
                    continue
                }
                #expect(run.id == first.run.id)
            }
            #expect(try database.certificateDigest(2023) == first.digest)
            #expect(try database.rowCounts() == counts)
            try expectSame(database.everythingOfYears(), everything)
        }

        @Test
        func `whatever the number of workers the certificate is the same, and other chunks only make other leaves`()
            async throws
        {
            let database = try await settled()
            let first = try await database.close(2023, options(workers: 1))
            let everything = try database.everythingOfYears()
            for workers in [2, 4] {
                try database.forgetYearEnds()
                #expect(try await database.close(2023, options(workers: workers)).digest == first.digest)
                try expectSame(database.everythingOfYears(), everything, "\(workers) workers")
            }
            try database.forgetYearEnds()
            var whole = try options()
            whole.chunkSize = 1000
            let other = try await database.close(2023, whole)
            #expect(other.digest != first.digest)
            func books(_ lines: [String]) -> [String] {
                lines.filter { line in
                    !["leaf ", "chunk ", "total ", "run ", "certificate ", "line 2023 control_total", "line 2023 run "]
                        .contains(
                            where: line.hasPrefix)
                }
            }
            try expectSame(books(database.everythingOfYears()), books(everything))
        }
    }
}
