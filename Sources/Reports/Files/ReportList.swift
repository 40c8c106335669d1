import Files
import FoundationEssentials
import Money

/// What lies in a directory of reports, kept beside them as `index.json`, for the page and for other programs.
struct ReportList: Codable {
    struct Entry: Codable, Hashable {
        struct Words: Codable, Hashable {
            let chinese: String
            let english: String

            init(_ phrase: Phrase) {
                (chinese, english) = (phrase.chinese, phrase.english)
            }

            var phrase: Phrase { Phrase(chinese, english) }
        }

        let kind: String
        let period: String
        /// `nil` where kind and period say it all.
        let subject: String?
        let title: Words
        let run: Int64
        let finishedAt: String
        let rulesDigest: String
        /// Whom the report is about, or the first of the key figures, in words.
        let figure: Words?
        var files: [String]

        /// File names begin with it.
        var stem: String { "\(kind)-\(period)" + (subject.map { "-\($0)" } ?? "") }
    }

    /// By kind, period and subject, one entry each.
    private(set) var reports: [Entry] = []

    static let fileName = "index.json"

    /// The list of the directory; an empty one if there is none yet.
    static func read(_ directory: String) throws -> ReportList {
        let path = "\(directory)/\(fileName)"
        guard FileManager.default.fileExists(atPath: path) else { return ReportList() }
        do {
            return try JSONDecoder().decode(ReportList.self, from: try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw ReportError.index(path: path)
        }
    }

    /// Files of the report that lay there in other forms stay listed.
    mutating func add(_ report: Report, files: [String]) {
        let old = reports.first { $0.stem == report.name }
        reports.removeAll { $0.stem == report.name }
        let figure = report.figures.first.map { figure in
            func words(_ language: ReportLanguage) -> String {
                "\(figure.label.text(in: language)) \(figure.value.shown(in: language, as: .money))"
            }
            return Entry.Words(Phrase(words(.chinese), words(.english)))
        }
        reports.append(
            Entry(
                kind: report.kind.rawValue, period: "\(report.period)", subject: report.subject?.id,
                title: Entry.Words(report.title), run: report.origin.run, finishedAt: "\(report.origin.finishedAt)",
                rulesDigest: report.origin.rulesDigest, figure: report.subject.map { Entry.Words($0.label) } ?? figure,
                files: Set(files + (old?.files ?? [])).sorted()))
        reports.sort { ($0.kind, $1.period, $0.subject ?? "") < ($1.kind, $0.period, $1.subject ?? "") }
    }

    /// Forgets what has been moved away.
    mutating func keepPresent(in directory: String) {
        for index in reports.indices {
            reports[index].files.removeAll { !FileManager.default.fileExists(atPath: "\(directory)/\($0)") }
        }
        reports.removeAll(where: \.files.isEmpty)
    }

    func write(to directory: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let file = try TextFile("\(directory)/\(ReportList.fileName)")
        try file.write(String(decoding: try encoder.encode(self), as: UTF8.self) + "\n")
        try file.finish()
    }
}
