import City
import Jobs
import Money
import Postgres
import Testing

extension ScratchDatabase {
    /// Settles a night.
    @discardableResult
    func nightly(_ date: CivilDate, _ options: JobOptions = JobOptions()) async throws -> NightlyResult {
        try await NightlyJob(options.context(settings(options.commitFault)), date: date).run()
    }

    /// The same of a day as an operator types it.
    @discardableResult
    func nightly(_ day: String, _ options: JobOptions = JobOptions()) async throws -> NightlyResult {
        try await nightly(#require(CivilDate(day)), options)
    }

    /// Settles every night of some days.
    func nights(_ dates: ClosedRange<CivilDate>, _ options: JobOptions = JobOptions()) async throws {
        for day in dates.lowerBound.dayNumber...dates.upperBound.dayNumber {
            try await nightly(CivilDate(dayNumber: day), options)
        }
    }
}

/// The directory of a city with settlements.
struct NightlyCity {
    let directory: String
    let census: CityCensus

    init(
        people: Int, months range: ClosedRange<String>, seed: UInt64, settlementsPerPerson: Int = 11,
        shares: CityShares = .usual, as layout: CityLayout = .single
    ) throws {
        directory = try Scratch.path("city")
        let city = try City(
            CitySpecification(
                people: people, months: try months(range), seed: seed, settlementsPerPerson: settlementsPerPerson,
                shares: shares))
        census = try city.write(to: directory, as: layout)
    }
}
