import Jobs
import Money
import Postgres
import Testing

/// 二（五）: what an account paid is booked, since the money has moved, and what it should not have paid is found.
@Suite(.serialized, .scratch) struct `What accounts pay outside the rules is booked and found` {
    private func entries(_ database: ScratchDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', psn_no, acct_incexpd_type, source, amount) FROM report.account_entry
            ORDER BY source, psn_no
            """)
    }

    private func findings(_ database: ScratchDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', psn_no, kind, NULLIF(source, ''), found) FROM report.finding ORDER BY source, kind, psn_no
            """)
    }

    struct Use: CustomTestStringConvertible, Sendable {
        let row: String
        let entry: String
        let finding: String?

        var testDescription: String { row }
    }

    private static let uses = [
        Use(row: "u,W,205,serious_illness_premium,,96.00,2023-01-10,", entry: "W 205 u -96.00", finding: nil),
        Use(
            row: "u,W,205,residents_premium,G,96.00,2023-01-10,", entry: "W 205 u -96.00", finding: nil),
        Use(
            row: "u,W,201,sport_fitness,,96.00,2023-01-10,", entry: "W 201 u -96.00",
            finding: "W use_kind_forbidden u -96.00"),
        Use(
            row: "u,W,205,residents_premium,V,96.00,2023-01-10,", entry: "W 205 u -96.00",
            finding: "W beneficiary_without_link u -96.00"),
        // The link to R ended with 2022.
        Use(
            row: "u,W,205,residents_premium,R,96.00,2023-01-10,", entry: "W 205 u -96.00",
            finding: "W beneficiary_without_link u -96.00"),
        Use(row: "u,R,205,serious_illness_premium,,100.00,2023-01-10,", entry: "R 205 u -100.00", finding: nil),
        Use(
            row: "u,R,205,serious_illness_premium,,100.01,2023-01-10,", entry: "R 205 u -100.01",
            finding: "R balance_below_zero -0.01"),
        Use(row: "u,V,107,transfer,,30.00,2023-01-10,", entry: "V 107 u 30.00", finding: nil),
    ]

    @Test(arguments: uses) func `be it a premium, a use or a transfer`(use: Use) async throws {
        let database = try NightlyTown.database()
        try database.load(["account_use.csv": NightlyTown.accountUseHeader + use.row + "\n"])
        try await database.nightly("2023-01-10")
        #expect(try entries(database) == [use.entry])
        #expect(
            try findings(database) == (use.finding.map { [$0] } ?? []))
        try expectFundIsAccounts(database)
    }

    @Test(arguments: [
        (patient: "G", owner: "W", isLinked: true), ("R", "W", false), ("V", "W", false), ("W", "G", false),
        ("W", "W", true),
    ])
    func `be it a payment for the family, which the owner's account bears`(
        patient: String, owner: String, isLinked: Bool
    ) async throws {
        let database = try NightlyTown.database()
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("a") { ($0.person, $0.family, $0.owner) = (patient, Fen(20_00), owner) }))
        try await database.nightly("2023-01-10")
        #expect(try entries(database) == ["\(owner) 201 a -20.00"])
        let found = try findings(database).filter { $0.contains("link") }
        #expect(found == (isLinked ? [] : ["\(owner) beneficiary_without_link a 20.00"]))
        try expectFundIsAccounts(database)
    }

    @Test func `be it one refused until its institution came, by the links of its own day`() async throws {
        let database = try NightlyTown.database()
        let rows = [("a", "G"), ("b", "R")].map { id, patient in
            NightlySettlement(id) {
                ($0.person, $0.institution, $0.family, $0.owner) = (patient, "N", Fen(20_00), "W")
            }
        }
        try database.load(NightlyTown.settlements(rows))
        try await database.nightly("2023-01-10")
        #expect(try entries(database) == [])
        try database.load(["institution.csv": NightlyTown.institutionHeader + "N,新医院,1,01,320703,2010-01-01\n"])
        try await database.nightly("2023-01-11")
        #expect(try entries(database) == ["W 201 a -20.00", "W 201 b -20.00"])
        #expect(try findings(database).filter { $0.contains("link") } == ["W beneficiary_without_link b 20.00"])
    }

    /// The interface may leave `acct_mulaid_psn_no` empty.
    @Test func `be it a family payment that names nobody, which the own account bears`() async throws {
        let database = try NightlyTown.database()
        try database.load(NightlyTown.settlements(NightlySettlement("a") { $0.family = Fen(20_00) }))
        try await database.nightly("2023-01-10")
        #expect(try entries(database) == ["W 201 a -20.00"])
        try database.expect("SELECT family_account_payment::text FROM report.adjudication", is: ["20.00"])
        try expectFundIsAccounts(database)
    }

    @Test func `and its refund returns to the account that paid`() async throws {
        let database = try NightlyTown.database()
        let paid = NightlySettlement("a") {
            ($0.person, $0.account, $0.family, $0.owner) = ("G", Fen(5_00), Fen(20_00), "W")
        }
        try database.load(NightlyTown.settlements(paid))
        try await database.nightly("2023-01-10")
        try database.load(NightlyTown.settlements(paid.refunded("b", at: "2023-01-20 10:00:00")))
        try await database.nightly("2023-01-20")
        #expect(
            try entries(database) == ["G 201 a -5.00", "W 201 a -20.00", "G 109 b 5.00", "W 109 b 20.00"])
        try database.expect("SELECT DISTINCT balance::text FROM report.account_balance", is: ["0.00"])
        try expectFundIsAccounts(database)
    }

    /// The patients belong to different chunks, none of which sees the other's payment.
    @Test(arguments: [1, 200]) func `and a balance below zero is found once, whoever took it`(chunkSize: Int)
        async throws
    {
        let database = try NightlyTown.database()
        let rows = ["G", "R", "V"].map { patient in
            NightlySettlement("a\(patient)") { ($0.person, $0.family, $0.owner) = (patient, Fen(200_00), "W") }
        }
        try database.load(NightlyTown.settlements(rows[0], rows[1], rows[2]))
        try await database.nightly("2023-01-10", JobOptions(chunkSize: chunkSize))
        #expect(try findings(database).filter { $0.contains("balance") } == ["W balance_below_zero -100.00"])
        try database.expect(
            """
            SELECT concat_ws(' ', row_count, amount) FROM report.run_summary
            WHERE measure = 'finding' AND item = 'balance_below_zero'
            """, is: ["1 -100.00"])
    }

    /// Where the ledger is so large that a night moves few of its accounts, these are looked up one by one: what stands in
    /// months that earlier nights filled, what the night itself is the first to put into a month, and the opening.
    @Test(arguments: [0, 1_000_000])
    func `and a later night finds it too, however large the server thinks the ledger is`(entries: Int) async throws {
        let database = try NightlyTown.database()
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("a") { ($0.person, $0.account) = ("W", Fen(400_00)) },
                NightlySettlement("b") { ($0.person, $0.account) = ("R", Fen(100_00)) }))
        try await database.nightly("2023-01-10")
        #expect(try findings(database).filter { $0.contains("balance") } == [])
        try database.tamper(
            """
            UPDATE pg_class SET reltuples = \(entries) WHERE oid IN (
                SELECT inhrelid FROM pg_inherits WHERE inhparent = 'ledger.account_entry'::regclass)
            """)
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("c") {
                    ($0.person, $0.time, $0.family, $0.owner) = ("G", "2023-02-05 09:00:00", Fen(100_01), "W")
                },
                NightlySettlement("d") {
                    ($0.person, $0.time, $0.account) = ("R", "2023-02-05 09:00:00", Fen(1_00))
                }))
        try await database.nightly("2023-02-10")
        let found = try findings(database).filter { $0.contains("balance") }
        #expect(found == ["R balance_below_zero -1.00", "W balance_below_zero -0.01"])
    }

    /// What a month-end has posted is not counted again as an opening.
    @Test func `and the balance is the opening and what was posted since, once`() async throws {
        let database = try NightlyTown.database()
        try await database.monthEnd("2023-01")
        try database.load([
            "account_use.csv": NightlyTown.accountUseHeader + "u,R,205,serious_illness_premium,,100.01,2023-02-10,\n"
        ])
        try await database.nightly("2023-02-10")
        #expect(try findings(database) == ["R balance_below_zero -0.01"])
    }

    private func expectFundIsAccounts(_ database: ScratchDatabase) throws {
        try database.expect(
            """
            SELECT concat_ws(' ', f.fund, a.accounts)
            FROM (SELECT sum(credit - debit) AS fund FROM report.trial_balance WHERE subject_code = '3002') f,
                 (SELECT sum(balance) AS accounts FROM report.account_balance) a
            WHERE coalesce(f.fund, 0) <> coalesce(a.accounts, 0)
            """, is: [])
    }
}
