import Foundation
import Jobs
import Money
import Postgres
import Readers
import Reports
import Testing

/// The statement of W, as it is printed, reckoned with and read by programs.
@Suite(.serialized, .scratch) struct `The statement of a person as a report` {
    private func statement(_ town: StatementTown) throws -> Report {
        let office = OfficeReports(
            settings: try town.database.clerk(), rules: try TestRules.supplied(), office: "某市医保中心")
        return try #require(try office.statement(person: "W", year: 2023, naming: .full).first)
    }

    @Test func `is what it was in every form`() async throws {
        let report = try statement(try await StatementTown.continued())
        #expect(report.name == "statement-2023-person-\(PersonKey.ofW)")
        for language in ReportLanguage.allCases {
            let directory = try Scratch.path("statement")
            _ = try ReportFolder(directory, language: language).write(report, as: ReportFormat.allCases)
            for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() {
                let text =
                    name.hasSuffix(".xlsx")
                    ? try Workbook.read("\(directory)/\(name)", in: directory)
                    : String(decoding: try Data(contentsOf: URL(filePath: "\(directory)/\(name)")), as: UTF8.self)
                // Rules change; what they are called by is no part of what is looked at here.
                let plain = text.replacing(report.origin.rulesDigest, with: "RULES")
                    .replacing(report.origin.rulesDigest.prefix(12), with: "RULES")
                // Programs read the same in either language.
                guard language == .chinese || !name.hasSuffix(".data.csv") else { continue }
                let form = name.replacing(report.name, with: "statement").replacing(".xlsx", with: ".xlsx.txt")
                try StatementGolden.expect(plain, "\(language.rawValue)-\(form)")
            }
        }
    }

    @Test func `has the same bytes when it is asked for again`() async throws {
        let town = try await StatementTown.closed()
        let directories = [try Scratch.path("statement"), try Scratch.path("statement")]
        for directory in directories {
            _ = try ReportFolder(directory, language: .chinese).write(try statement(town), as: ReportFormat.allCases)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: directories[0]) {
            let bytes = try directories.map { try Data(contentsOf: URL(filePath: "\($0)/\(name)")) }
            #expect(bytes[0] == bytes[1], "\(name)")
        }
    }

    @Test func `says of an open year how far it is`() async throws {
        let report = try statement(try await StatementTown.settled())
        var page = ""
        try HTMLWriter(.chinese).write(report) { page += $0 }
        #expect(page.contains("2023年度账簿尚未结账：截至目前结算到 2023-12-31、划入到 2023-12。"))
        #expect(!page.contains("年结证书") && !page.contains("年末余额"))
        #expect(report.origin.instance.chinese == "月末划账与清算 2023-12")
    }

    private enum PersonKey {
        /// The first 63 bits of SHA-256 of the number.
        static let ofW = "8986356972349451182"
    }
}

/// Files that were looked at once and have to stay as they are, byte by byte.
private enum StatementGolden {
    static func expect(_ text: String, _ name: String, file: StaticString = #filePath) throws {
        var text = text
        if name.hasSuffix(".html") {
            // How pages look and sort is looked at elsewhere.
            text = text.components(separatedBy: "<body>").dropFirst().joined()
            text = text.components(separatedBy: "<script>")[0]
        }
        guard let complaint = try Golden(beside: file).complaint(about: text, name) else { return }
        Issue.record(Comment(rawValue: complaint))
    }
}
