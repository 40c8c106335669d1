import City
import FoundationEssentials
import Jobs
import Money
import Postgres
import Testing

/// The state after the last night depends on the facts and on nothing else.
@Suite(.serialized, .scratch) struct `What nights come to does not depend on how facts were delivered and settled` {
    /// Over New Year, so that refunds go back into the year before.
    private static let span = "2023-11"..."2024-02"
    private let months: ClosedRange<Month>
    private let first: CivilDate
    private let last: CivilDate

    init() throws {
        months = try JobsTests.months(Self.span)
        (first, last) = (months.lowerBound.firstDay, months.upperBound.lastDay)
    }

    /// Half of what is awkward about a city is that facts come late.
    private static let shares: CityShares = {
        var shares = CityShares.usual
        shares[.lateSettlement] = 800
        shares[.refund] = 1200
        shares[.sameSecond] = 300
        shares[.retired] = 4000
        shares[.carelessMonth] = 2000
        shares[.unknownInstitution] = 50
        return shares
    }()

    private func city(_ seed: UInt64, as layout: CityLayout = .single) throws -> NightlyCity {
        try NightlyCity(
            people: 300, months: Self.span, seed: seed, settlementsPerPerson: 24, shares: Self.shares, as: layout)
    }

    /// A database in which one night settled everything.
    private func quiet(_ directory: String) async throws -> ScratchDatabase {
        let database = try Scratch.database()
        try database.load(directory)
        try await database.nightly(last)
        return database
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `be it every night, with nights passed over, or once at the end; and again nothing`(seed: UInt64) async throws
    {
        let facts = try city(seed)
        #expect(facts.census[.refundNextYear] > 0 && facts.census[.ceilingReached] > 0)
        let quiet = try await quiet(facts.directory).nightState()
        let other = try Scratch.database()
        try other.load(facts.directory)
        try await other.nights(first...last, JobOptions(workers: 1))
        try other.nightState().expectSame(quiet, "every night, seed \(seed)")
        #expect(try other.rows("SELECT count(*)::text FROM run.run WHERE job = 'nightly'") == ["121"])

        try other.forgetRuns()
        var random = SplitMix64(seed: seed)
        var night = first
        while night < last {
            try await other.nightly(night, JobOptions(chunkSize: Int.random(in: 20...400, using: &random)))
            night = night.adding(days: Int.random(in: 1...40, using: &random))
        }
        try await other.nightly(last)
        try other.nightState().expectSame(quiet, "nights passed over, seed \(seed)")

        let before = (try other.everythingOfNights(), try other.rowCounts())
        guard case .alreadyDone(let run) = try await other.nightly(last) else {
            Issue.record("a night that is done was settled again")
            return
        }
        #expect(run.instance == .nightly(last))
        #expect(try other.load(facts.directory).batch == nil)
        try expectSame(other.everythingOfNights(), before.0)
        #expect(try other.rowCounts() == before.1)

        // A night without anything new is a run that posts nothing.
        try await other.nightly(last.adding(days: 1))
        let written = try other.rows(
            """
            SELECT concat_ws(' ', measure, row_count) FROM report.run_summary
            WHERE run_id = \(literal: Int32(run.id + 1)) AND row_count > 0
            """)
        #expect(written == [])
        try other.nightState().expectSame(quiet, "after a night without facts, seed \(seed)")
    }

    /// Corrections arrive months later, as other versions of persons, enrolments and institutions.
    @Test(arguments: 11...14 as ClosedRange<UInt64>)
    func `be it month by month as they arrive`(seed: UInt64) async throws {
        let quiet = try await quiet(try city(seed).directory).nightState()
        let other = try Scratch.database()
        var random = SplitMix64(seed: seed)
        for (month, delivery) in zip(months, try monthlyDeliveries(try city(seed, as: .byMonth).directory)) {
            try other.load(delivery)
            for day in Set((0..<4).map { _ in Int.random(in: 0..<28, using: &random) }).sorted() {
                try await other.nightly(month.firstDay.adding(days: day))
            }
            try await other.nightly(month.lastDay)
        }
        try other.nightState().expectSame(quiet, "seed \(seed)")
        let causes = Set(try other.revisions().compactMap { $0.split(separator: " ").last.map(String.init) })
        #expect(causes == ["late_fact", "changed_data"], "seed \(seed)")
    }

    /// A refund before its original, a settlement before its person, an institution after all its settlements.
    @Test(arguments: 21...26 as ClosedRange<UInt64>)
    func `be they cut at random into deliveries that come in any order`(seed: UInt64) async throws {
        let facts = try city(seed).directory
        let quiet = try await quiet(facts).nightState()
        var random = SplitMix64(seed: seed)
        let other = try Scratch.database()
        var night = first
        for delivery in try cut(facts, into: 6, by: &random).shuffled(using: &random) {
            try other.load(delivery)
            for _ in 0..<Int.random(in: 0...3, using: &random) where night < last {
                try await other.nightly(night, JobOptions(chunkSize: Int.random(in: 20...400, using: &random)))
                night = min(night.adding(days: Int.random(in: 1...30, using: &random)), last)
            }
        }
        try await other.nightly(last)
        // The last night may have been done before the last delivery.
        try await other.nightly(last.adding(days: 1))
        try other.nightState().expectSame(quiet, "seed \(seed)")
    }
}
