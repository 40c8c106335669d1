import FoundationEssentials
import Jobs
import Postgres
import Readers
import Reports
import Testing

extension `The books of a year` {
    /// The reports of a ``ClosedTown`` as people and programs get them.
    @Suite(.scratch) struct `The reports of a closed year` {
        @Test func `are what they were in every form, as wide as their place, and read back the same`() async throws {
            let town = try await ClosedTown.settled()
            let (reports, statements) = (try town.reports(), try town.statements())
            let persons = try town.database.rows(
                "SELECT psn_no FROM intake.person UNION SELECT psn_name FROM intake.person WHERE psn_name IS NOT NULL")
            for language in ReportLanguage.allCases {
                let folder = try Scratch.path("reports")
                let office = try ReportFolder(folder, language: language)
                for report in reports {
                    let paths = try office.write(report, as: ReportFormat.allCases)
                    try compare(report, paths, language, in: folder, persons)
                }
                for statement in statements {
                    for path in try office.write(statement, as: [.html, .csv, .data]) {
                        let text = try text(path)
                        #expect(persons.first { text.contains($0) } == nil, "\(path)")
                    }
                }
                _ = try office.writeIndex(adding: reports, as: ReportFormat.allCases, glance: town.glance())
                var pages = ["index": try text("\(folder)/index.html")]
                for report in reports + statements { pages[report.name] = try text("\(folder)/\(report.name).html") }
                expectGolden(
                    try Golden(beside: #filePath).complaint(
                        about: plain(pages["index"] ?? "", of: reports), "\(language.rawValue)-index.html"))
                let browser = try Browser.look(at: pages, in: folder)
                #expect(browser.faults == [], "\(language)")
                for name in pages.keys {
                    // What a script adds is not needed: the same rows are seen without one.
                    let (scripted, plain) = (browser[name, .light], browser[name, .unscripted])
                    #expect(scripted?.rows == plain?.rows && plain?.sorting == 0 && plain != nil, "\(name)")
                }
            }
        }

        private func compare(
            _ report: Report, _ paths: [String], _ language: ReportLanguage, in folder: String, _ persons: [String]
        ) throws {
            let golden = Golden(beside: #filePath)
            let (name, prefix) = (report.name, language.rawValue)
            let page = try text("\(folder)/\(name).html")
            expectGolden(try golden.complaint(about: plain(page, of: [report]), "\(prefix)-\(name).html"))
            let book = "\(folder)/\(name).xlsx"
            expectGolden(
                try golden.complaint(
                    about: plain(try Workbook.read(book, in: folder), of: [report]), "\(prefix)-\(name).xlsx.txt"))
            let (forPeople, forPrograms) = (
                try joined(paths.filter { $0.hasSuffix(".csv") && !$0.hasSuffix(".data.csv") }),
                try joined(paths.filter { $0.hasSuffix(".data.csv") })
            )
            expectGolden(try golden.complaint(about: forPeople, "\(prefix)-\(name).csv.txt"))
            // What programs read is the same in every language.
            expectGolden(try golden.complaint(about: forPrograms, "\(name).data.csv.txt"))
            for text in [page, forPeople, forPrograms] {
                #expect(persons.first { text.contains($0) } == nil, "\(name)")
            }
            guard language == .english else { return }
            let tables = paths.filter { $0.hasSuffix(".data.csv") }
            #expect(try Workbook.differences(book, tables: tables, in: folder) == "", "\(name)")
        }

        /// Without what is the same on every page, and without the digests, which change with every word of the rules.
        private func plain(_ text: String, of reports: [Report]) -> String {
            var text = text
            for (begin, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
                while let start = text.firstRange(of: begin + "\n"),
                    let close = text[start.upperBound...].firstRange(of: end)
                {
                    text.replaceSubrange(start.lowerBound..<close.upperBound, with: begin + end)
                }
            }
            for digest in Set(reports.map(\.origin.rulesDigest)) {
                text = text.replacing(digest, with: "DIGEST").replacing(digest.prefix(12), with: "DIGEST")
            }
            return text.replacing(#/[0-9a-f]{64}/#, with: "DIGEST")
        }

        /// The files of the tables one after the other.
        private func joined(_ paths: [String]) throws -> String {
            try paths.map { path in
                let name = path.split(separator: "/").last.map(String.init) ?? path
                return "== \(name)\n\(try text(path))"
            }.joined()
        }

        private func text(_ path: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        }

        private func expectGolden(_ complaint: String?, sourceLocation: SourceLocation = #_sourceLocation) {
            guard let complaint else { return }
            Issue.record(Comment(rawValue: complaint), sourceLocation: sourceLocation)
        }
    }
}
