import FoundationEssentials
import Jobs
import Money
import Postgres
import Readers
import Reports
import Testing

/// Whom a statement names.
@Suite(.serialized, .scratch) struct `Names and numbers of persons` {
    private func files(_ report: Report) throws -> [String: String] {
        let directory = try Scratch.path("reports")
        _ = try ReportFolder(directory, language: .chinese).write(report, as: ReportFormat.allCases)
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            files[name] =
                name.hasSuffix(".xlsx")
                ? try Workbook.read("\(directory)/\(name)", in: directory)
                : String(decoding: try Data(contentsOf: URL(filePath: "\(directory)/\(name)")), as: UTF8.self)
        }
        return files
    }

    private func reports(_ settings: ConnectionSettings) throws -> OfficeReports {
        OfficeReports(settings: settings, rules: try TestRules.supplied(), office: "某市医保中心")
    }

    @Test func `are masked in every form, but for who may see them and asks for it`() async throws {
        let town = try await StatementTown.closed()
        let names = ["某甲", "某乙", "<td class=\"i\">W</td>", "<dd>W</dd>"]
        let masked = try files(
            try #require(
                try reports(town.database.settings()).statement(person: "W", year: 2023, naming: .masked).first))
        #expect(masked.count == 10)
        for (file, text) in masked {
            #expect(names.first(where: text.contains) == nil, "\(file)")
        }
        let full = try files(
            try #require(try reports(try town.database.clerk()).statement(person: "W", year: 2023, naming: .full).first)
        )
        #expect(full.keys.sorted() == masked.keys.sorted())
        for (file, text) in full { #expect(text.contains("某甲"), "\(file)") }
        // Nothing else is another.
        for (file, text) in full where file.hasSuffix(".csv") {
            let again = text.replacing("某甲", with: "某*").replacing("某乙", with: "某*").replacing(",W,", with: ",*,")
            #expect(again == masked[file], "\(file)")
        }
    }

    @Test(arguments: ["settle_batch", "settle_report"])
    func `are not given in full to a role that may not see them, and nothing is read`(role: String) async throws {
        let town = try await StatementTown.closed()
        let office = try reports(town.database.settings(as: role))
        let refusals: [() throws -> Void] = [
            { _ = try office.statement(person: "W", year: 2023, naming: .full) },
            { _ = try office.statement(person: "nobody", year: 2023, naming: .full) },
            { _ = try office.statements(unit: "U", year: 2023, naming: .full) },
            {
                var connection = try Connection(town.database.settings(as: role))
                _ = try AccountStatement.ask(
                    &connection, rules: try TestRules.supplied(), person: "W", year: 2023, naming: .full)
            },
        ]
        for refusal in refusals {
            let error = #expect(throws: StatementError.self) { try refusal() }
            #expect(error == .mayNotName(role: role) && error?.exitCode == .refused)
            #expect(
                error?.description == """
                    names and numbers in full are for members of settle_personal, and the database role \(role) is none. \
                    Leave out --unmasked, or have who administers the database run GRANT settle_personal TO \(role); \
                    nothing is written.
                    """)
        }
    }

    /// The program asks first, and the database would refuse it all the same.
    @Test func `are kept by the database itself`() async throws {
        let database = try Scratch.database()
        for (role, state) in [
            ("settle_batch", SQLState.insufficientPrivilege), ("settle_report", .insufficientPrivilege),
        ] {
            var connection = try Connection(database.settings(as: role))
            let error = #expect(throws: DatabaseError.self) {
                try connection.execute(Statement("names", "SELECT psn_name FROM report.person_named"))
            }
            #expect(error?.sqlState == state, "\(role)")
        }
        var clerk = try Connection(try database.clerk())
        try clerk.execute(Statement("names", "SELECT psn_name FROM report.person_named"))
    }

    @Test(arguments: [
        ("", ""), ("1", "*"), ("12", "**"), ("123", "***"), ("1234", "1**4"), ("12345678", "12****78"),
        ("123456789012345", "123*********345"), ("320703199001011234", "3207**********1234"),
        ("3207009900000000115082", "3207**************5082"),
    ])
    func `keep at most four characters at either end of a number, and never more than half`(
        number: String, masked: String
    ) throws {
        try expect("SELECT report.masked_number($1)", number, masked)
    }

    @Test(arguments: [
        ("张三", "张*"), ("欧阳修", "欧**"), ("买买提·吐尔逊", "买***"), ("张", "*"), ("", "*"), ("𠮷野", "𠮷*"), ("<b>", "<**"),
    ])
    func `keep the first character of a name`(name: String, masked: String) throws {
        try expect("SELECT report.masked_name($1)", name, masked)
    }

    private func expect(_ sql: SQLText, _ text: String, _ masked: String) throws {
        let database = try Scratch.database()
        var connection = try Connection(database.settings(as: "settle_report"))
        let found = try connection.first(Statement("mask", sql), text) { row throws(DatabaseError) in
            try row[0, as: String.self]
        }
        #expect(found == masked)
    }

    /// What people and institutions call themselves changes no page, no cell and no file name.
    @Test func `of the worst kind stay names`() async throws {
        let database = try Scratch.database()
        let (name, hospital, unit) = ("<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "../a b\"'=")
        func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
        try database.load([
            "person.csv": "psn_no,psn_name,insu_admdvs\nW,\(quoted(name)),320703\n",
            "enrolment.csv": "psn_no,insutype,psn_type,begndate,emp_no\nW,310,1101,2010-01-01,\(quoted(unit))\n",
            "institution.csv": NightlyTown.institutionHeader + "T,\(quoted(hospital)),1,01,320703,2010-01-01\n",
        ])
        try database.load(NightlyTown.settlements(NightlySettlement("a") { $0.account = Fen(50_00) }))
        try await database.nightly("2023-01-31")
        let office = try reports(try database.clerk())
        let report = try #require(try office.statements(unit: unit, year: 2023, naming: .full).first)
        let files = try files(report)
        let stem = "statement-2023-unit-_2e_2e_2fa_20b_22_27_3d"
        #expect(files.keys.contains("\(stem).html"))
        let page = try #require(files["\(stem).html"])
        #expect(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        let settlements = try #require(files["\(stem)-settlements.csv"])
        #expect(settlements.contains("\"'=HYPERLINK(\"\"http://x\"\")") && !settlements.contains(",=HYPERLINK"))
        #expect(files["\(stem).xlsx"]?.contains(" f '=HYPERLINK") == false)
    }
}
