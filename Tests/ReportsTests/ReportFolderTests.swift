import Files
import FoundationEssentials
import Reports
import Testing

@Suite struct `A directory of reports` {
    @Test func `lists what lies in it, whatever was written in which order, and forgets what was moved away`() throws {
        let folder = try Folder()
        let reports = try ReportFolder("\(folder.path)/a/b", language: .chinese)
        let report = SmallReport.report([.table(SmallReport.table())])
        _ = try reports.write(report, as: [.html])
        _ = try reports.writeIndex(adding: [report], as: [.html], glance: SmallReport.glance)
        _ = try reports.write(report, as: [.csv])
        _ = try reports.writeIndex(adding: [report], as: [.csv], glance: SmallReport.glance)
        var page = try folder.text("a/b/index.html")
        #expect(
            page.contains("href=\"small-2023-01.html\"") && page.contains("href=\"small-2023-01-institutions.csv\""))
        try FileManager.default.removeItem(atPath: "\(folder.path)/a/b/small-2023-01.html")
        _ = try reports.writeIndex(adding: [], as: [], glance: SmallReport.glance)
        page = try folder.text("a/b/index.html")
        #expect(!page.contains("small-2023-01.html") && page.contains("href=\"small-2023-01-institutions.csv\""))
    }

    @Test func `whose list is another program's is left alone`() throws {
        let folder = try Folder()
        try folder.write("{\"pages\": 3}", to: "index.json")
        let reports = try ReportFolder(folder.path, language: .chinese)
        let error = #expect(throws: ReportError.self) {
            try reports.writeIndex(adding: [], as: [], glance: SmallReport.glance)
        }
        #expect(
            error?.description
                == "\(folder.path)/index.json is not a list of reports that this program wrote; move it away and write the "
                + "reports again.")
        #expect(try folder.text("index.json") == "{\"pages\": 3}")
    }

    @Test func `is made where it can be, and named where it cannot`() throws {
        let folder = try Folder()
        try folder.write("", to: "file")
        let error = #expect(throws: FileError.self) { try ReportFolder("\(folder.path)/file/x", language: .chinese) }
        #expect(error == .notWritable(path: "\(folder.path)/file", reason: "it is there and no directory"))
    }
}
