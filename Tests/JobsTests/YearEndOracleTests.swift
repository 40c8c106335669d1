import City
import Jobs
import Money
import Postgres
import Testing

extension `The books of a year` {
    /// A whole year of a city with everything awkward, closed, and the quarter after it.
    @Suite(.scratch) struct `A closed year is what plain SQL says of its facts, to the fen` {
        @Test(arguments: [81, 82] as [UInt64])
        func `for every settlement, credit, account, institution and row of a city`(seed: UInt64) async throws {
            let database = try Scratch.database()
            let city = try NightlyCity(
                people: 250, months: "2023-01"..."2024-03", seed: seed, settlementsPerPerson: 14, shares: Self.shares,
                as: .byMonth)
            try database.load(OddFacts.files)
            // Chunks of a year-end hold a quarter: some five of them.
            let options = JobOptions(
                rules: try TestRules.bearing(demand: 35, threeMonth: 110), today: "2024-04-01", chunkSize: 250)
            try await settle(database, city, "2023-01"..."2023-12", options)
            let summary = try await database.close(2023, options)

            // The ledger was written fact by fact, month by month; the proof looked at the whole, and so do the oracles.
            #expect(summary.counted("difference") == [])
            #expect(summary.counted("remainder") == [])
            #expect(summary.brokenTies == [])
            #expect(try CreditOracle.creditDifferences(database, through: "2023-12-31") == [])
            #expect(try WindowSums.differences(database) == [])
            #expect(try YearEndOracle.accountDifferences(database, year: 2023) == [])
            #expect(try YearEndOracle.bookDifferences(database, year: 2023) == [])
            #expect(
                try summary.conserved.map(\.text).sorted()
                    == YearEndOracle.conservation(database, through: "2023-12-31"), "seed \(seed)")
            try expectSomethingIsThere(database, summary)

            try await openNextYear(database, city, options)
        }

        /// Each month's facts arrive when it is over, and are settled by its last night and its month-end.
        private func settle(
            _ database: ScratchDatabase, _ city: NightlyCity, _ range: ClosedRange<String>, _ options: JobOptions
        ) async throws {
            for month in try months(range) {
                try database.load("\(city.directory)/\(month)")
                try await database.nightly(month.lastDay, options)
                try await database.monthEnd(month, options)
            }
        }

        /// The quarter after the year, with what became known of the year only then.
        private func openNextYear(
            _ database: ScratchDatabase, _ city: NightlyCity, _ options: JobOptions
        ) async throws {
            let closed = try database.rows("SELECT a::text FROM ledger.account_year a ORDER BY 1")
            try await settle(database, city, "2024-01"..."2024-03", options)
            #expect(try database.rows("SELECT a::text FROM ledger.account_year a ORDER BY 1") == closed)
            #expect(try CreditOracle.creditDifferences(database, through: "2024-03-31") == [])
            #expect(try WindowSums.differences(database) == [])
            #expect(try YearEndOracle.bookDifferences(database, year: 2023) == [])
            try database.expect(
                "SELECT (count(*) > 0)::text FROM report.prior_year_entry WHERE posting_month > '2023-12'", is: ["true"]
            )
            let proof = try await database.reprove(2023, options)
            #expect(proof.counted("difference") == [])
            #expect(proof.counted("remainder") == [])
            #expect(try await database.verify(2023, options).map(\.mismatches) == [[]])
            // A year that is not over is proven as far as it goes, but for its closing.
            var dry = options
            (dry.isDryRun, dry.today) = (true, "2025-01-01")
            let error = try await #require(throws: JobError.self) { try await database.yearEnd(2024, dry) }
            #expect("\(error)".hasPrefix("the year 2024 cannot be closed: month-end 2024-04 is not done."), "\(error)")
        }

        /// None of this may be true only because there is nothing to compare.
        private func expectSomethingIsThere(_ database: ScratchDatabase, _ summary: YearEndSummary) throws {
            for fate in ["used", "refused", "not due", "excepted", "replaced", "withdrawn"] {
                #expect(summary.conserved.contains { $0.text.contains("\(fate) ") }, "\(fate)")
            }
            for measure in [
                "account.brought_in", "account.credit", "account.interest", "account.other_in", "account.payment",
                "account.other_out", "year.people", "year.reached_deductible", "entry.interest",
            ] {
                #expect(summary.rows(measure) > 0, "\(measure)")
            }
            try database.expect(
                "SELECT (count(*) > 1)::text FROM run.certificate_leaf WHERE table_name = 'ledger.account_entry'",
                is: ["true"])
        }

        /// More people than usual who come, leave and die.
        private static let shares: CityShares = {
            var shares = CityShares.usual
            (shares[.movedIn], shares[.movedAway], shares[.died]) = (1500, 1500, 300)
            (shares[.unknownInstitution], shares[.carelessMonth], shares[.lateSettlement]) = (40, 1500, 300)
            return shares
        }()

        /// The oracles would be worth nothing if they agreed with everything.
        @Test(arguments: [
            "UPDATE ledger.account_year SET credit_fen = credit_fen + 1, payment_fen = payment_fen + 1",
            "DELETE FROM ledger.account_year WHERE person_id = intake.person_id('W1')",
            "UPDATE ledger.account_year SET prior_year_fen = 1 WHERE person_id = intake.person_id('W1')",
            """
            UPDATE ledger.account_year SET closing_this_year_fen = closing_this_year_fen - 30000,
                closing_earlier_fen = closing_earlier_fen + 30000 WHERE person_id = intake.person_id('W1')
            """,
        ])
        func `which sees a difference of a fen`(tampering: String) async throws {
            let database = try await YearEndTown.closed()
            #expect(try YearEndOracle.accountDifferences(database, year: 2023) == [])
            try database.tamper(tampering)
            #expect(try YearEndOracle.accountDifferences(database, year: 2023) != [])
        }
    }
}
