import City
import Jobs
import Money
import Postgres
import Testing

/// What follows from settling by difference: the accounts depend on the facts and on nothing else.
@Suite(.serialized, .scratch) struct `The accounts do not depend on how facts were delivered` {
    /// Over the change of the retirees' rule in January 2024.
    private static let range = "2023-10"..."2024-02"
    private static let options = JobOptions(today: "2024-03-01", chunkSize: 150)

    private func city(_ seed: UInt64, as layout: CityLayout = .single) throws -> String {
        try writtenCity(people: 300, months: Self.range, seed: seed, as: layout)
    }

    private func expectSameAccounts(
        _ database: ScratchDatabase, _ quiet: ScratchDatabase, _ seed: UInt64,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let found = [
            differences(try database.accountState(), try quiet.accountState()),
            differences(try database.balances(), try quiet.balances()),
            differences(try database.bookState(), try quiet.bookState()),
        ]
        #expect(found == [[], [], []], "seed \(seed)", sourceLocation: sourceLocation)
    }

    /// A database per way: the quiet one knows the final facts from the beginning.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `be it month by month, all at once, cut at random, out of order, or with months passed over`(
        seed: UInt64
    ) async throws {
        var random = SplitMix64(seed: seed)
        let months = try JobsTests.months(Self.range)
        let final = try city(seed)
        let quiet = try Scratch.database()
        try quiet.load(final)
        try await quiet.runDue(Self.options)
        let other = try Scratch.database()

        let monthly = try monthlyDeliveries(try city(seed, as: .byMonth))
        for (month, delivery) in zip(months, monthly) {
            try other.load(delivery)
            try await other.monthEnd(month, Self.options)
        }
        try expectSameAccounts(other, quiet, seed)

        try other.forgetRuns()
        try await other.runDue(Self.options)
        try expectSameAccounts(other, quiet, seed)

        let deliveries = try cut(final, into: 5, by: &random).shuffled(using: &random)
        try other.forgetFacts()
        try other.forgetRuns()
        var next = months.lowerBound
        for delivery in deliveries {
            try other.load(delivery)
            let upTo = min(next.adding(months: Int.random(in: 0...2, using: &random)), months.upperBound)
            while next < upTo {
                var options = Self.options
                options.chunkSize = Int.random(in: 40...400, using: &random)
                try await other.monthEnd(next, options)
                next = next.next
            }
        }
        try await other.runDue(Self.options)
        try expectSameAccounts(other, quiet, seed)

        try other.forgetRuns()
        for month in ["2023-10", "2023-12", "2024-02"] {
            #expect(try await other.monthEnd(month, Self.options).exitCode == .done)
        }
        try expectSameAccounts(other, quiet, seed)
        try other.expect(
            "SELECT concat_ws(' ', months_from, posting_month) FROM run.run ORDER BY run_id",
            is: ["2023-01-01 2023-10-01", "2023-11-01 2023-12-01", "2024-01-01 2024-02-01"])
    }
}

@Suite(.serialized, .scratch) struct `Running twice posts nothing the second time` {
    @Test func `as everything is done`() async throws {
        let database = try Scratch.database()
        let facts = try writtenCity(people: 300, months: "2023-01"..."2023-06", seed: 7)
        try database.load(facts)
        let options = JobOptions(today: "2023-07-01")
        #expect(try await database.runDue(options).settled == 6)
        let (first, counts) = (try database.everything(), try database.rowCounts())

        #expect(try await database.runDue(options).settled == 0)
        guard case .alreadyDone(let run) = try await database.monthEnd("2023-06", options) else {
            Issue.record("a month that is done was settled again")
            return
        }
        #expect(run.id == 6)
        #expect(try database.load(facts).batch == nil)
        #expect(try await database.runDue(options).settled == 0)
        try expectSame(database.everything(), first)
        #expect(try database.rowCounts() == counts)
    }

    /// New versions of all persons, which change nothing that counts, have every month of everyone folded again.
    @Test(arguments: 8...9 as ClosedRange<UInt64>)
    func `even if every settled month is looked at again`(seed: UInt64) async throws {
        let facts = try writtenCity(people: 300, months: "2023-01"..."2023-06", seed: seed)
        let (database, untouched) = (try Scratch.database(), try Scratch.database())
        for database in [database, untouched] {
            try database.load(facts)
            try await database.runDue(JobOptions(today: "2023-06-01"))
        }
        try database.tamper(
            """
            INSERT INTO intake.batch VALUES (2, 'renaming', '-', NULL, 'test', now());
            INSERT INTO intake.person
            SELECT person_id, 2, brdy, death_date, valid, psn_no, 'renamed', gend, certno, insu_admdvs FROM intake.person;
            INSERT INTO intake.fixed_credit
            SELECT person_id, 2, year_total_fen, NULL, year FROM intake.fixed_credit;
            """)
        try await database.monthEnd("2023-06")
        try await untouched.monthEnd("2023-06")
        let entries: (ScratchDatabase) throws -> [String] = { database in
            try database.everything().filter { $0.hasPrefix("entry ") || $0.hasPrefix("voucher ") }
        }
        try expectSame(entries(database), entries(untouched))
        try database.expect(
            "SELECT sum(row_count)::text FROM run.control_total WHERE run_id = 6 AND measure = 'month.read'",
            is: database.rows("SELECT (6 * count(DISTINCT person_id))::text FROM intake.person"))
    }
}
