import FoundationEssentials
import Jobs
import Money
import Postgres
import Reports
import Testing

@Suite(.serialized, .scratch) struct `The reports of a town` {
    @Test func `have the same bytes when they are written again`() async throws {
        let town = try await ReportTown.settled()
        let directories = [try Scratch.path("reports"), try Scratch.path("reports")]
        for directory in directories {
            let folder = try ReportFolder(directory, language: .chinese)
            for report in try town.ofMarch() { _ = try folder.write(report, as: ReportFormat.allCases) }
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: directories[0]) {
            let bytes = try directories.map { try Data(contentsOf: URL(filePath: "\($0)/\(name)")) }
            #expect(bytes[0] == bytes[1], "\(name)")
        }
    }

    @Test func `are made of completed runs only, and of the month itself`() async throws {
        let database = try SmallTown(months: "2023-01"..."2023-03").database()
        let town = ReportTown(database: database)
        let january = Month.first(of: 2023)
        for ask in [{ try town.reports().crediting($0) }, { try town.reports().clearing($0) }]
            as [(Month) throws -> [Report]]
        {
            #expect(throws: ReportGap.notDone(.monthEnd(january))) { try ask(january) }
        }
        #expect(throws: ReportGap.notDone(.nightly(january.lastDay))) {
            try town.reports().reconciliation(january.lastDay)
        }
        try await database.monthEnd("2023-02")
        #expect(throws: ReportGap.settledWith(january, .monthEnd(january.next))) {
            try town.reports().crediting(january)
        }
        let report = try #require(try town.reports().crediting(january.next).first)
        let sums = try report.sums("groups")
        // 12 workers and 8 retirees, 100.00 a month each, January made up for in February.
        #expect(sums["credited"] == 2000_00 && sums["other_months"] == 2000_00 && sums["people"] == 20)
        #expect(sums["clct_base"] == Int64(12 * 2 * 5000_00))
        #expect(try report.sums("categories")["people"] == Int64(40))
        let note = try #require(report.tables.first { $0.id == "categories" }?.note)
        #expect(note.chinese == "本次月末一并结算2023-01至2023-02，人数为各月人数之和。")
    }

    @Test func `are refused where the ledger was altered`() async throws {
        let town = try await ReportTown.settled()
        try town.database.tamper(
            """
            UPDATE ledger.account_entry SET amount_fen = amount_fen + 1
            WHERE kind = 101 AND (person_id, source) = (
                SELECT e.person_id, e.source FROM ledger.account_entry e JOIN run.run r USING (run_id)
                WHERE r.job = 'month-end' AND r.business_date = '2023-03-31' AND e.kind = 101 ORDER BY 1, 2 LIMIT 1)
            """)
        let folder = try ReportFolder(try Scratch.path("reports"), language: .chinese)
        let report = try #require(try town.reports().crediting(ReportTown.march).first)
        let error = #expect(throws: ReportError.self) { try folder.write(report, as: [.html]) }
        #expect(error?.isDifference == true)
    }
}
