import Foundation
import Jobs
import Money
import Postgres
import Readers
import Reports
import Testing

extension ReportTown {
    /// The unit with most people; the first of several. Units of this city have digits for numbers.
    func largestUnit() throws -> Int64 {
        let units = try database.rows(
            """
            SELECT emp_no FROM intake.enrolment WHERE emp_no IS NOT NULL
            GROUP BY emp_no ORDER BY count(DISTINCT person_id) DESC, emp_no LIMIT 1
            """)
        return try #require(units.first.flatMap { Int64($0) })
    }

    /// By `psn_no`, as the facts say: nobody in this city changes units.
    func persons(of unit: Int64) throws -> [String] {
        try database.rows(
            """
            SELECT DISTINCT psn_no FROM intake.enrolment JOIN report.person USING (person_id)
            WHERE emp_no = \(literal: unit)::text ORDER BY psn_no
            """)
    }

    func statements(unit: Int64) throws -> Report {
        try #require(try reports().statements(unit: "\(unit)", year: 2023, naming: .masked).first)
    }
}

extension Report {
    /// Rows of a table as its file for programs has them, without the heading.
    fileprivate func rowTexts(_ table: String) throws -> [String] {
        var lines: [String] = []
        let table = try #require(tables.first { $0.id == table })
        try CSVWriter(for: .programs).write(table, of: name) { lines.append($0) }
        return Array(lines.dropFirst())
    }
}

@Suite(.serialized, .scratch) struct `The statements of a unit` {
    @Test(arguments: [UInt64(5), 6])
    func `are those of each of its people, one after the other`(seed: UInt64) async throws {
        let town = try await ReportTown.settled(seed: seed)
        let unit = try town.largestUnit()
        let persons = try town.persons(of: unit)
        #expect(persons.count > 2, "seed \(seed)")
        let report = try town.statements(unit: unit)
        var expected: [String: [String]] = [:]
        for (index, person) in persons.enumerated() {
            let own: Report
            do {
                own = try #require(try town.reports().statement(person: person, year: 2023, naming: .masked).first)
            } catch StatementError.nothingInYear {
                continue
            }
            for table in own.tables {
                // Alone, everybody is the first.
                expected[table.id, default: []] += try own.rowTexts(table.id).map { "\(index + 1)" + $0.dropFirst() }
            }
        }
        for table in report.tables {
            let own = expected[table.id] ?? []
            let lines = try report.rowTexts(table.id)
            // Who had nothing in the year stands in the list alone.
            #expect(lines.filter(own.contains) == own, "\(table.id), seed \(seed)")
            #expect(table.id == "persons" || lines.count == own.count, "\(table.id), seed \(seed)")
        }
        #expect(try report.rowTexts("persons").count == persons.count)
        #expect(expected["account"]?.isEmpty == false && expected["settlements"]?.isEmpty == false, "seed \(seed)")
    }

    @Test(arguments: [1, 7, 1000]) func `are the same in whatever portions they are read`(chunkSize: Int) async throws {
        let town = try await ReportTown.settled()
        let unit = try town.largestUnit()
        let whole = try town.statements(unit: unit)
        let parts = try #require(
            try town.reports().statements(unit: "\(unit)", year: 2023, naming: .masked, chunkSize: chunkSize).first)
        for table in whole.tables {
            #expect(try parts.rowTexts(table.id) == whole.rowTexts(table.id), "\(table.id)")
        }
    }

    @Test(arguments: [UInt64(5), 6]) func `come to what the views of the ledger say`(seed: UInt64) async throws {
        let town = try await ReportTown.settled(seed: seed)
        let unit = try town.largestUnit()
        let sums = try town.statements(unit: unit).sums("persons")
        let figures = try town.database.rows(
            """
            WITH p AS (SELECT DISTINCT person_id FROM intake.enrolment WHERE emp_no = \(literal: unit)::text),
                 e AS (SELECT acct_incexpd_type AS kind, amount FROM report.account_entry JOIN p USING (person_id)),
                 a AS (SELECT u.* FROM report.accumulator u JOIN report.person n USING (psn_no)
                       JOIN p ON p.person_id = n.person_id)
            SELECT coalesce(100 * figure, 0)::bigint::text FROM unnest(ARRAY[
                (SELECT sum(amount) FROM e WHERE kind = '113'), (SELECT sum(amount) FROM e WHERE kind = '101'),
                (SELECT sum(amount) FROM e WHERE kind = '102'), (SELECT -sum(amount) FROM e WHERE kind IN ('109', '201')),
                (SELECT sum(amount) FROM e), (SELECT sum(deductible) FROM a), (SELECT sum(pool_payment) FROM a),
                (SELECT sum(eligible) FROM a), (SELECT sum(visits) FROM a) / 100.0]) WITH ORDINALITY f (figure, place)
            ORDER BY place
            """)
        let columns = [
            "brought_in", "credit", "interest", "payment", "closing", "act_pay_dedc", "hifp_pay", "inscp_scp_amt",
            "visits",
        ]
        #expect(columns.map { sums[$0].map(String.init) } == figures, "seed \(seed)")
        #expect((sums["credit"] ?? 0) > 0 && (sums["hifp_pay"] ?? 0) > 0, "seed \(seed)")
        #expect(
            sums["opening"] == 0
                && sums["other"] == sums["brought_in"].map { $0 + (sums["other_in"] ?? 0) - (sums["other_out"] ?? 0) })
    }

    /// Of numbers of eight characters, the first and last two are seen.
    @Test func `are of who was enrolled with it on any day of the year, by the rows in force`() async throws {
        let database = try Scratch.database()
        let enrolments = [
            "A0000001": ["2010-01-01,,1,U"],
            // Left it on New Year's Eve, and on New Year's Day.
            "A0000002": ["2010-01-01,2022-12-31,1,U"], "A0000003": ["2010-01-01,2023-01-01,1,U"],
            // Joins on the last day, and on the day after.
            "A0000004": ["2023-12-31,,1,U"], "A0000005": ["2024-01-01,,1,U"],
            // Goes to another unit within the year, and before it.
            "A0000006": ["2010-01-01,,1,U", "2023-06-01,,1,V"], "A0000007": ["2010-01-01,,1,U", "2022-06-01,,1,V"],
            // The change to the other unit has been withdrawn, or is no change of unit.
            "A0000008": ["2010-01-01,,1,U", "2022-06-01,,0,V"], "A0000009": ["2010-01-01,,1,U", "2022-06-01,,1,U"],
            "A0000010": ["2010-01-01,,1,V"], "A0000011": ["2010-01-01,,1,"],
        ]
        var (person, enrolment) = (
            "psn_no,insu_admdvs\n", "psn_no,insutype,psn_type,begndate,enddate,vali_flag,emp_no\n"
        )
        for (number, rows) in enrolments {
            person += "\(number),320703\n"
            for row in rows { enrolment += "\(number),310,1101,\(row)\n" }
        }
        try database.load(["person.csv": person, "enrolment.csv": enrolment])
        // A newer version puts A0000001 elsewhere from the beginning, and A0000010 here; another insurance is not asked for.
        try database.load([
            "enrolment.csv": "psn_no,insutype,psn_type,begndate,emp_no\nA0000001,310,1101,2010-01-01,V\n"
                + "A0000010,310,1101,2010-01-01,U\nA0000011,390,1506,2010-01-01,U\n",
            "contribution.csv": SmallTown.contributionHeader
                + "c,A0000003,310,10,2023-01,5000.00,100.00,350.00,2023-01-10\n",
        ])
        let town = ReportTown(database: database)
        #expect(throws: StatementError.notReachedYet(year: 2023, reached: nil)) {
            try town.reports().statements(unit: "U", year: 2023, naming: .masked)
        }
        try await database.monthEnd("2023-01")
        let report = try #require(try town.reports().statements(unit: "U", year: 2023, naming: .masked).first)
        let numbers = try report.rowTexts("persons").compactMap { $0.split(separator: ",").dropFirst().first }
        #expect(numbers == ["A0****03", "A0****04", "A0****06", "A0****08", "A0****09", "A0****10"])
        // Only one of them has anything to be stated, and a page.
        var page = ""
        try HTMLWriter(.english).write(report) { page += $0 }
        #expect(page.components(separatedBy: "<article").count == 2)
        #expect(page.contains("5 of them with nothing in the year"))
        let error = #expect(throws: StatementError.self) {
            try town.reports().statements(unit: "W", year: 2023, naming: .masked)
        }
        #expect(error == .unknownUnit("W", year: 2023) && error?.exitCode == .refused)
        #expect(
            error?.description
                == "nobody was enrolled with unit W in 2023. Check the number (emp_no), or load the enrolment.csv that holds it."
        )
    }

    @Test func `are none where one of them does not tie, which is named by its key`() async throws {
        let town = try await ReportTown.settled()
        let unit = try town.largestUnit()
        try town.database.tamper(
            """
            UPDATE ledger.accumulator SET pool_payment_fen = pool_payment_fen + 1 WHERE person_id IN (
                SELECT person_id FROM intake.enrolment WHERE emp_no = '\(unit)')
            """)
        let error = #expect(throws: StatementError.self) { try town.statements(unit: unit) }
        #expect(error?.exitCode == .doesNotTie)
        let text = error?.description ?? ""
        #expect(
            text.hasPrefix("the statement of person ") && text.contains(" of 2023 does not tie, and none of the unit"))
        for number in try town.persons(of: unit) { #expect(!text.contains(number)) }
    }
}
