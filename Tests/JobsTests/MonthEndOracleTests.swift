import City
import Jobs
import Money
import Postgres
import Testing

/// The whole ledger of a city against ``CreditOracle``.
@Suite(.serialized, .scratch) struct `The ledger says what one plain SQL statement a rule says` {
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `for every person and month of a city, to the fen`(seed: UInt64) async throws {
        let database = try Scratch.database()
        try database.load(try writtenCity(people: 2_000, months: "2023-01"..."2024-03", seed: seed))
        #expect(try await database.runDue(JobOptions(chunkSize: 700)).exitCode == .done)
        try CreditOracle.expectAgreement(with: database, through: "2024-03-31")
        try database.expect(
            """
            SELECT concat_ws(' ', run_id, split_part(measure, '.', 1)) FROM report.run_summary
            WHERE measure ~ '^(contribution|month)\\.'
            GROUP BY run_id, split_part(measure, '.', 1)
            HAVING sum(row_count) FILTER (WHERE measure LIKE '%.read')
                <> sum(row_count) FILTER (WHERE measure NOT LIKE '%.read')
            """, is: [])
        // None of this may be true only because there is nothing to compare.
        try database.expect(
            """
            SELECT concat_ws(' ', measure, item) FROM report.run_summary
            WHERE measure IN ('month.credited', 'month.excepted') GROUP BY measure, item ORDER BY 1
            """,
            is: [
                "month.credited active", "month.credited flexible", "month.credited retired",
                "month.credited veteran", "month.excepted no_own_level", "month.excepted unpaid",
            ])
    }

    @Test(arguments: 4...5 as ClosedRange<UInt64>)
    func `for the exceptions of December 2023, the last month of own levels`(seed: UInt64) async throws {
        let database = try Scratch.database()
        try database.load(try writtenCity(people: 1_000, months: "2023-01"..."2024-03", seed: seed))
        #expect(try await database.runDue(JobOptions(today: "2024-01-01")).exitCode == .done)
        try CreditOracle.expectAgreement(with: database, through: "2023-12-31")
    }

    @Test func `for rows that no tidy city delivers`() async throws {
        let database = try Scratch.database()
        try database.load(OddFacts.files)
        #expect(try await database.runDue().exitCode == .done)
        try CreditOracle.expectAgreement(with: database, through: "2024-03-31")
        try database.expect(
            "SELECT DISTINCT reason FROM report.exception ORDER BY reason",
            is: [
                "dead", "no_own_level", "no_rule", "not_enrolled", "retired", "unknown_person", "unknown_status",
                "unpaid",
            ])
    }

    /// The oracle would be worth nothing if it agreed with everything.
    @Test(arguments: [
        "UPDATE ledger.account_entry SET amount_fen = amount_fen + 1 WHERE source = '2023-02-W1'",
        "DELETE FROM ledger.account_entry WHERE source = '2023-02-W1'",
        "UPDATE ledger.account_entry SET covered_month = '2023-01-01' WHERE source = '2023-02-W1'",
        "UPDATE ledger.account_entry SET person_id = person_id + 1 WHERE source = '2023-02-W1'",
        "INSERT INTO run.exception VALUES (1, 2, '2023-02-01', 'unpaid', '', NULL)",
        "UPDATE ledger.voucher_line SET debit_fen = debit_fen + 1 WHERE subject_code = '1002'",
    ])
    func `which sees a difference of a fen`(tampering: String) async throws {
        let database = try SmallTown(months: "2023-01"..."2023-02").database()
        try await database.runDue(JobOptions(today: "2023-03-01"))
        try CreditOracle.expectAgreement(with: database, through: "2023-02-28")
        try database.tamper(tampering)
        let found = try CreditOracle.differences(database, through: "2023-02-28")
        #expect(found != CreditOracle.Differences())
    }
}
