import City
import Jobs
import Money
import Policy
import Reports
import Testing

/// A small city of a fixed seed with the year 2023 closed and January 2024 settled, and one of each report of it.
struct ClosedTown {
    let database: ScratchDatabase
    private let office: OfficeReports

    static func settled() async throws -> ClosedTown {
        let database = try Scratch.database()
        try database.load(
            try NightlyCity(people: 150, months: "2023-01"..."2024-01", seed: 29, settlementsPerPerson: 14).directory)
        let rules = try TestRules.bearing(demand: 35, threeMonth: 110)
        let options = JobOptions(rules: rules, today: "2024-02-10", chunkSize: 800)
        for month in ["2023-01", "2023-02", "2023-03", "2023-12"] {
            let last = try #require(Month(month)).lastDay
            try await database.nightly(last, options)
            try await database.monthEnd(month, options)
        }
        try await database.close(2023, options)
        try await database.settle(months: "2024-01"..."2024-01", options)
        return ClosedTown(
            database: database,
            office: OfficeReports(settings: database.settings(), rules: rules, office: "某市医疗保险基金管理中心"))
    }

    /// In the order in which they are made in the course of a year.
    func reports() throws -> [Report] {
        let (march, january) = (ReportTown.march, Month.first(of: 2024))
        return try office.reconciliation(march.lastDay) + office.crediting(march) + office.clearing(march)
            + office.watch(march) + office.annual(2023) + office.crediting(january)
    }

    /// Of the largest unit and of one of its people, masked.
    func statements() throws -> [Report] {
        let town = ReportTown(database: database)
        let unit = try town.largestUnit()
        let person = try #require(try town.persons(of: unit).first)
        return try office.statements(unit: "\(unit)", year: 2023, naming: .masked)
            + office.statement(person: person, year: 2023, naming: .masked)
    }

    func glance() throws -> Glance { try office.glance() }
}
