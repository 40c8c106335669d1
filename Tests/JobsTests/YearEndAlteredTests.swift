import Money
import Policy
import Postgres
import Testing

@testable import Jobs

/// What somebody did to the ledger before the year was proven.
struct Alteration: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sql: String
    /// What the proof says differed.
    let differences: [String]

    init(_ testDescription: String, _ sql: String, _ differences: String...) {
        self.testDescription = testDescription
        self.sql = sql
        self.differences = differences
    }
}

extension `The proof of a year` {
    @Suite(.scratch) struct `The proof of a year restores a ledger that was altered` {
        private static let alterations = [
            Alteration(
                "a fen more in one credit",
                "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = '2023-02-W1'",
                "credit 1 0.01", "person 1 0.00"),
            Alteration(
                "a credit gone", "DELETE FROM ledger.account_entry WHERE source = '2023-02-W1'",
                "credit 1 100.00", "person 1 0.00"),
            Alteration(
                "a credit of nobody's",
                """
                INSERT INTO ledger.account_entry (person_id, amount_fen, run_id, covered_month, effective_on, citation_id, kind,
                    revision, source)
                SELECT person_id, 10000, run_id, covered_month, effective_on, citation_id, kind, 0, 'of-nobody'
                FROM ledger.account_entry WHERE source = '2023-02-W1'
                """, "credit 1 100.00", "person 1 0.00"),
            Alteration(
                "an opening changed",
                "UPDATE ledger.account_entry SET amount_fen = amount_fen - 5 WHERE kind = 113 AND amount_fen = 50000",
                "credit 1 0.05", "person 1 0.00"),
            Alteration(
                "what a settlement took from an account changed",
                "UPDATE ledger.account_entry SET amount_fen = amount_fen + 300 WHERE source = 'a'",
                "entry 1 3.00", "person 1 0.00"),
            Alteration(
                "what a settlement took from an account gone", "DELETE FROM ledger.account_entry WHERE source = 'f'",
                "entry 1 60.00", "person 1 0.00"),
            Alteration(
                "what a family account paid changed",
                "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = 'c' AND amount_fen = -2000",
                "entry 1 0.01", "person 1 0.00"),
            Alteration(
                "a premium gone", "DELETE FROM ledger.account_entry WHERE source = 'u1'", "entry 1 40.00",
                "person 1 0.00"),
            Alteration(
                "an entry of no settlement",
                """
                INSERT INTO ledger.account_entry (person_id, amount_fen, run_id, covered_month, effective_on, citation_id, kind,
                    revision, source)
                SELECT person_id, -77, run_id, covered_month, effective_on, citation_id, kind, 0, 'of-nobody'
                FROM ledger.account_entry WHERE source = 'f'
                """, "entry 1 0.77", "person 1 0.00"),
            Alteration(
                "an adjudication changed",
                """
                UPDATE ledger.adjudication SET pool_payment_fen = pool_payment_fen - 1, cash_payment_fen = cash_payment_fen + 1
                WHERE settlement_id = 'b'
                """, "person 1 0.00", "settlement 1 0.01"),
            Alteration(
                "an adjudication gone", "DELETE FROM ledger.adjudication WHERE settlement_id = 'b'",
                "person 1 0.00", "settlement 1 1350.00"),
            Alteration(
                "an adjudication whose family payment was changed",
                """
                UPDATE ledger.adjudication SET family_account_payment_fen = 0, cash_payment_fen = cash_payment_fen + 2000
                WHERE settlement_id = 'c'
                """, "person 1 0.00", "settlement 1 20.00"),
            Alteration(
                "running sums changed",
                "UPDATE ledger.accumulator SET deductible_fen = deductible_fen + 1 WHERE last_setl_id = 'g'",
                "person 1 0.00", "sums 1 0.00"),
            Alteration(
                "running sums gone", "DELETE FROM ledger.accumulator WHERE last_setl_id = 'g'", "person 1 0.00",
                "sums 1 0.00"),
            Alteration(
                "rows of two runs swapped",
                """
                UPDATE ledger.account_entry SET amount_fen = CASE source WHEN 'f' THEN 7000 WHEN 'u2' THEN -6000 END
                WHERE source IN ('f', 'u2');
                UPDATE ledger.account_entry SET run_id = (SELECT run_id FROM run.run WHERE job = 'month-end')
                WHERE source = 'f'
                """, "entry 2 260.00", "person 1 0.00"),
        ]

        @Test(arguments: alterations)
        func `and posts what differs with its cause, so that nothing is left`(alteration: Alteration) async throws {
            let database = try await YearEndTown.settled()
            let quiet = try RestoredLedger(database)
            try database.tamper(alteration.sql)

            let summary = try await database.close(2023, YearEndTown.options)
            // Running sums are in no control total, and in no books.
            let isCounted = !alteration.differences.contains { $0.hasPrefix("sums") }
            #expect(summary.cause == (isCounted ? .alteredLedger : .proof))
            #expect(!summary.untied.isEmpty == isCounted)
            #expect(summary.counted("difference") == alteration.differences)
            #expect(summary.counted("remainder") == [])
            #expect(summary.brokenTies == [])
            try quiet.expectSame(RestoredLedger(database))
            try database.expect(
                """
                SELECT DISTINCT c.name FROM ledger.adjudication a JOIN ledger.cause c ON c.code = a.cause
                WHERE a.revision > 0
                """,
                is: alteration.differences.contains { $0.hasPrefix("settlement") && !$0.contains("1350") }
                    ? ["altered_ledger"] : [])
            // The books hold what the runs wrote, so nothing is booked a second time.
            try database.expect(
                "SELECT kind FROM report.voucher_line WHERE run_id = \(literal: summary.run.id)", is: [])
            #expect(try await database.verify(2023).map(\.mismatches) == [[]])
            let again = try await database.reprove(2023, YearEndTown.options)
            #expect(again.counted("difference") == [])
        }
    }
}

/// What people and institutions read, by person, settlement and subject.
struct RestoredLedger {
    let balances: [String]
    let adjudications: [String]
    let accumulators: [String]
    let books: [String]

    init(_ database: ScratchDatabase) throws {
        balances = try database.balances()
        adjudications = try database.adjudications()
        accumulators = try database.accumulators()
        books = try database.bookState() + database.voucherSums()
    }

    func expectSame(_ other: RestoredLedger, sourceLocation: SourceLocation = #_sourceLocation) {
        let found = [
            differences(balances, other.balances), differences(adjudications, other.adjudications),
            differences(accumulators, other.accumulators), differences(books, other.books),
        ]
        #expect(found == [[], [], [], []], sourceLocation: sourceLocation)
    }
}

extension `The proof of a year` {
    @Suite(.scratch) struct `The ledger of a closed year that was altered` {
        /// What was carried forward does not hold the alteration, so an entry in the open month would be carried forward twice.
        @Test(arguments: [
            "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source IN ('2023-02-W1', '2023-03-W2')",
            "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = 'c'",
            "DELETE FROM ledger.adjudication WHERE settlement_id IN ('b', 'g')",
        ])
        func `is refused by a proof once more, which posts nothing, until the rows are put back`(sql: String)
            async throws
        {
            let database = try await YearEndTown.closed()
            try database.tamper(
                """
                CREATE TABLE public.entries AS TABLE ledger.account_entry;
                CREATE TABLE public.adjudications AS TABLE ledger.adjudication;
                \(sql);
                """)
            let everything = try database.everythingOfYears()
            let error = try await #require(throws: JobError.self) { try await database.reprove(2023) }
            #expect(error.exitCode == .doesNotTie)
            #expect(
                "\(error)" == """
                    the books of 2023 are closed, and the ledger does not hold any more what its runs wrote of 2 people. \
                    `settle verify --year 2023` names the places; put the rows back, then run again.
                    """)
            try expectSame(database.everythingOfYears(), everything)
            try await database.nightly("2024-01-31")
            try database.tamper(
                """
                DELETE FROM ledger.account_entry; INSERT INTO ledger.account_entry SELECT * FROM public.entries;
                DELETE FROM ledger.adjudication; INSERT INTO ledger.adjudication SELECT * FROM public.adjudications;
                DROP TABLE public.entries, public.adjudications;
                """)
            #expect(try await database.reprove(2023).counted("difference") == [])
        }
    }
}
