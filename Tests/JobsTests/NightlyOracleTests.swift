import City
import Glibc
import Jobs
import Money
import Postgres
import Testing

/// Two oracles, neither of which shares a line with the program: one SQL query with window sums, and a second
/// implementation that keeps no sums.
@Suite(.serialized, .scratch) struct `The nights come to what two independent oracles say, to the fen` {
    @Test func `for every settlement and every sum of a city of 5,000 people with everything awkward`() async throws {
        try await compare(people: 5_000, settlements: 50_000)
    }

    /// Takes some minutes, most of them to load the city and to ask the query.
    @Test(.enabled(if: getenv("SETTLE_TEST_LARGE") != nil, "set SETTLE_TEST_LARGE to run it"))
    func `for every settlement and every sum of a city of 50,000 people with everything awkward`() async throws {
        try await compare(people: 50_000, settlements: 500_000)
    }

    private func compare(people: Int, settlements: Int) async throws {
        let city = try NightlyCity(people: people, months: "2023-01"..."2023-12", seed: 31)
        let database = try Scratch.database()
        try database.load(city.directory)
        try await database.nightly("2023-12-31", JobOptions(chunkSize: 5_000))
        try database.tamper("ANALYZE")
        #expect(try windowSums(database) == [])

        let comparison = try await NightlyOracleReading(database).compare(ranges: Int32(people / 1_000))
        #expect(comparison.differences == [])
        #expect(comparison.settlements >= settlements)
        // None of this may be true only because there is nothing to compare.
        #expect(comparison.years > people / 2)
        #expect(comparison.kept > 0)
        for awkward in Self.awkward { #expect(city.census[awkward] > 0, "\(awkward)") }
    }

    private static let awkward: [AwkwardCase] = [
        .retired, .died, .movedAway, .sameSecond, .lateSettlement, .refund, .prescriptionFilled, .familyPayment,
        .ceilingReached, .hospitalBorne, .partsDoNotAdd, .settlementNotEnrolled, .refundWithoutOriginal, .refundTwice,
        .refundOverOriginal, .unknownInstitution, .wrongCounterAmount,
    ]

    /// Compares with the query's rows, and its sums with the accumulators.
    private func windowSums(_ database: ScratchDatabase) throws -> [String] {
        try database.tamper("DROP SCHEMA IF EXISTS oracle CASCADE; CREATE SCHEMA oracle")
        return try WindowSums.differences(database)
    }
}

/// The query over the facts, as the table `oracle.adjudication`.
enum WindowSums {
    /// Where the ledger and its sums are not what the query says; empty if nowhere.
    static func differences(_ database: ScratchDatabase) throws -> [String] {
        let query = String(decoding: PackageResources.NightlyOracle_sql, as: UTF8.self)
        try database.tamper(
            """
            SET jit = off;
            SET work_mem = '256MB';
            CREATE TABLE oracle.adjudication AS \(query)
            """)
        return try database.rows(settlements) + database.rows(sums)
    }

    private static let settlements: SQLText = """
        SELECT concat_ws(' ', coalesce(o.setl_id, a.settlement_id), 'oracle', o.benefit_year, o.verdict, o.eligible,
                         o.deductible, o.payable, o.pool_payment, 'ledger', extract(year FROM a.benefit_month), v.name,
                         a.eligible_fen, a.deductible_applied_fen, a.payable_fen, a.pool_payment_fen)
        FROM (SELECT DISTINCT ON (person_id, settlement_id) * FROM ledger.adjudication
              ORDER BY person_id, settlement_id, revision DESC) a
        JOIN ledger.verdict v ON v.code = a.verdict
        FULL JOIN oracle.adjudication o ON o.person_id = a.person_id AND o.setl_id = a.settlement_id
        WHERE (o.benefit_year, o.verdict, o.eligible, o.deductible, o.payable, o.pool_payment)
            IS DISTINCT FROM (extract(year FROM a.benefit_month), v.name, a.eligible_fen, a.deductible_applied_fen,
                              a.payable_fen, a.pool_payment_fen)
        ORDER BY 1 LIMIT 20
        """

    private static let sums: SQLText = """
        SELECT concat_ws(' ', person_id, benefit_year, 'oracle', o.eligible, o.deductible, o.pool_payment,
                         'ledger', a.eligible_fen, a.deductible_fen, a.pool_payment_fen)
        FROM (SELECT person_id, benefit_year, sum(eligible)::bigint AS eligible, sum(deductible)::bigint AS deductible,
                     sum(pool_payment)::bigint AS pool_payment
              FROM oracle.adjudication GROUP BY person_id, benefit_year) o
        FULL JOIN (SELECT DISTINCT ON (person_id, benefit_year) * FROM ledger.accumulator
                   ORDER BY person_id, benefit_year, run_id DESC) a USING (person_id, benefit_year)
        WHERE (o.eligible, o.deductible, o.pool_payment)
            IS DISTINCT FROM (a.eligible_fen, a.deductible_fen, a.pool_payment_fen)
        ORDER BY 1 LIMIT 20
        """
}
