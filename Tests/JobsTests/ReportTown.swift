import City
import Jobs
import Money
import Postgres
import Reports
import Testing

/// A small city with nights and month-ends of three months, and the reports of it.
struct ReportTown {
    let database: ScratchDatabase

    /// - Parameter seed: of the city.
    static func settled(seed: UInt64 = 5) async throws -> ReportTown {
        let database = try Scratch.database()
        try database.load(try NightlyCity(people: 400, months: "2023-01"..."2023-03", seed: seed).directory)
        // One unit of this city is large.
        try database.tamper("UPDATE intake.enrolment SET emp_no = '3207005000999' WHERE person_id % 12 = 0")
        for month in ["2023-01", "2023-02", "2023-03"] {
            let last = try #require(Month(month)).lastDay
            try await database.nightly(last.adding(days: -12))
            try await database.nightly(last)
            try await database.monthEnd(month)
        }
        return ReportTown(database: database)
    }

    /// As a member of the batch role, which is all that reporting needs.
    func reports(rowsInSlice: Int64? = nil) throws -> OfficeReports {
        var reports = OfficeReports(
            settings: database.settings(), rules: try TestRules.supplied(), office: "某市医保中心")
        if let rowsInSlice { reports.rowsInSlice = rowsInSlice }
        return reports
    }

    static let march = Month.first(of: 2023).adding(months: 2)

    /// All reports of March, and the statements of the largest unit and of the first of its people.
    func ofMarch() throws -> [Report] {
        let reports = try reports()
        let unit = try largestUnit()
        let person = try #require(try persons(of: unit).first)
        return try reports.statements(unit: "\(unit)", year: 2023, naming: .masked)
            + reports.statement(person: person, year: 2023, naming: .masked) + monthly()
    }

    /// Those of March alone.
    func monthly(rowsInSlice: Int64? = nil) throws -> [Report] {
        let reports = try reports(rowsInSlice: rowsInSlice)
        return try reports.reconciliation(ReportTown.march.lastDay) + reports.crediting(ReportTown.march)
            + reports.clearing(ReportTown.march) + reports.watch(ReportTown.march)
    }
}

extension Report {
    /// A table's rows as its file for programs has them. Names in this city hold no commas.
    func cells(_ table: String) throws -> [[String]] {
        let table = try #require(tables.first { $0.id == table })
        var lines: [[String]] = []
        try CSVWriter(for: .programs).write(table, of: name) { line in
            lines.append(line.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
        return Array(lines.dropFirst())
    }

    /// The sums of a table's columns as its file for programs has them, added up by hand: fen or counts by column.
    func sums(_ table: String) throws -> [String: Int64] {
        var lines: [[String]] = []
        let table = try #require(tables.first { $0.id == table })
        try CSVWriter(for: .programs).write(table, of: name) { line in
            // Names in this city hold no commas.
            lines.append(line.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        }
        let headings = try #require(lines.first)
        var sums: [String: Int64] = [:]
        for (index, heading) in headings.enumerated() {
            for line in lines.dropFirst() {
                guard line.indices.contains(index), let figure = Int64(line[index].replacing(".", with: "")) else {
                    continue
                }
                sums[heading, default: 0] += figure
            }
        }
        return sums
    }
}
