import City
import Jobs
import Money
import Postgres
import Testing

/// The ledger holds what is due; what a counter paid instead is a difference to be decided about.
@Suite(.serialized, .scratch) struct `Each amount of the counter is compared with what is due` {
    /// 1000.00 at a tertiary hospital: 750.00 deductible, 150.00 from the fund, 850.00 from the person.
    private static let right = NightlySettlement("a") {
        ($0.deductible, $0.pool, $0.account, $0.cash) = (Fen(750_00), Fen(150_00), Fen(50_00), Fen(800_00))
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let item: String
        /// What the counter says instead, and what is due.
        let theirs: String
        let ours: String
        let change: @Sendable (inout NightlySettlement) -> Void

        var testDescription: String { item }
    }

    private static let cases = [
        Case(item: "act_pay_dedc", theirs: "749.99", ours: "750.00") { $0.deductible = Fen(749_99) },
        Case(item: "hifp_pay", theirs: "150.01", ours: "150.00") { $0.pool = Fen(150_01) },
        Case(item: "psn_cash_pay", theirs: "0.00", ours: "800.00") { $0.cash = .zero },
        // Accounts pay no more than the person's part.
        Case(item: "acct_pay", theirs: "850.01", ours: "850.00") { ($0.account, $0.cash) = (Fen(850_01), .zero) },
        Case(item: "acct_mulaid_pay", theirs: "900.00", ours: "800.00") {
            ($0.family, $0.owner, $0.cash) = (Fen(900_00), "G", .zero)
        },
    ]

    private func discrepancies(_ database: ScratchDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', class, item, fixmedins_code, setl_id, amount_theirs, amount_ours, opened_on, state)
            FROM report.discrepancy ORDER BY setl_id, item
            """)
    }

    @Test(arguments: cases)
    func `and found where it differs, that one and no other`(example: Case) async throws {
        let database = try NightlyTown.database()
        var settlement = Self.right
        example.change(&settlement)
        try database.load(NightlyTown.settlements(settlement))
        try await database.nightly("2023-01-10")
        #expect(
            try discrepancies(database) == [
                "counter \(example.item) T a \(example.theirs) \(example.ours) 2023-01-10 open"
            ])
    }

    @Test func `and nothing is found where all are right, or not reported, or another benefit pays`() async throws {
        let database = try NightlyTown.database()
        try database.load(
            NightlyTown.settlements(
                Self.right,
                NightlySettlement("b") { $0.time = "2023-01-11 09:00:00" },
                NightlySettlement("c") {
                    ($0.time, $0.medicalType, $0.pool) = ("2023-01-12 09:00:00", "21", Fen(900_00))
                },
                NightlySettlement("d") {
                    ($0.time, $0.institution, $0.pool) = ("2023-01-12 09:00:00", "nowhere", Fen(900_00))
                }))
        try await database.nightly("2023-01-31")
        try database.expect(
            "SELECT verdict FROM report.adjudication ORDER BY setl_id",
            is: [
                "settled", "settled", "outside", "unknown_institution",
            ])
        #expect(try discrepancies(database) == [])
    }

    /// The counter knew of the earlier settlement, which reaches the agency a day later.
    @Test func `and is corrected when what was missing arrives`() async throws {
        let database = try NightlyTown.database()
        try database.load(
            NightlyTown.settlements(
                NightlySettlement("b") { ($0.deductible, $0.pool, $0.cash) = (.zero, Fen(600_00), Fen(399_99)) }))
        try await database.nightly("2023-01-10")
        #expect(
            try discrepancies(database) == [
                "counter act_pay_dedc T b 0.00 750.00 2023-01-10 open",
                "counter hifp_pay T b 600.00 150.00 2023-01-10 open",
                "counter psn_cash_pay T b 399.99 850.00 2023-01-10 open",
            ])
        try database.load(NightlyTown.settlements(NightlySettlement("a") { $0.time = "2023-01-09 09:00:00" }))
        try await database.nightly("2023-01-11")
        #expect(
            try discrepancies(database) == [
                "counter act_pay_dedc T b 0.00 0.00 2023-01-10 corrected",
                "counter hifp_pay T b 600.00 600.00 2023-01-10 corrected",
                "counter psn_cash_pay T b 399.99 400.00 2023-01-10 open",
            ])
    }

    /// The generator counts what it made wrong.
    @Test(arguments: 51...53 as ClosedRange<UInt64>)
    func `and in a city those are found that were made wrong, and no others`(seed: UInt64) async throws {
        var shares = CityShares.usual
        (shares[.carelessMonth], shares[.wrongCounterAmount]) = (4000, 2000)
        let city = try NightlyCity(people: 400, months: "2023-01"..."2023-06", seed: seed, shares: shares)
        let database = try Scratch.database()
        try database.load(city.directory)
        try await database.nightly("2023-06-30")
        let found = try database.rows(
            """
            SELECT count(DISTINCT setl_id)::text FROM report.discrepancy
            WHERE item IN ('act_pay_dedc', 'hifp_pay') AND class = 'counter'
            """)
        #expect(city.census[.wrongCounterAmount] > 10)
        #expect(found == ["\(city.census[.wrongCounterAmount])"], "seed \(seed)")
    }
}
