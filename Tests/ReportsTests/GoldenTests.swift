import Glibc
import Readers
import Reports
import Testing

@Suite struct `The small report` {
    @Test(arguments: ReportLanguage.allCases)
    func `is what it was in every form`(language: ReportLanguage) throws {
        let folder = try Folder()
        let reports = try ReportFolder(folder.path, language: language)
        _ = try reports.write(SmallReport.report(), as: ReportFormat.allCases)
        let page = try reports.writeIndex(
            adding: [SmallReport.report()], as: ReportFormat.allCases, glance: SmallReport.glance)
        #expect(page == "\(folder.path)/index.html")
        let names = [
            "index.html", "index.json", "small-2023-01-institutions.csv", "small-2023-01-institutions.data.csv",
            "small-2023-01-notices.csv", "small-2023-01-notices.data.csv", "small-2023-01.html", "small-2023-01.xlsx",
        ]
        #expect(try folder.names == names)
        for name in names where !name.hasSuffix(".xlsx") {
            try Golden.expect(try folder.text(name), "\(language.rawValue)-\(name)")
        }
        try Golden.expect(
            try Workbook.read("\(folder.path)/small-2023-01.xlsx", in: folder.path),
            "\(language.rawValue)-small-2023-01.xlsx.txt")
    }

    @Test func `has the same bytes when it is written again`() throws {
        let (first, second) = (try Folder(), try Folder())
        for folder in [first, second] {
            let reports = try ReportFolder(folder.path, language: .chinese)
            _ = try reports.write(SmallReport.report(), as: ReportFormat.allCases)
            _ = try reports.writeIndex(
                adding: [SmallReport.report()], as: ReportFormat.allCases, glance: SmallReport.glance)
            // The clock of a zip file has steps of two seconds.
            if folder === first { usleep(2_100_000) }
        }
        for name in try first.names {
            #expect(try first.bytes(name) == second.bytes(name), "\(name)")
        }
    }
}
