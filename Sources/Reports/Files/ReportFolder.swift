package import Files

/// A directory of reports with a page that lists them.
package struct ReportFolder: Sendable {
    package let directory: String
    private let language: ReportLanguage

    /// Makes the directory if it is not there.
    package init(_ directory: String, language: ReportLanguage) throws(FileError) {
        try makeDirectory(directory)
        self.directory = directory
        self.language = language
    }

    /// Writes a report in each of the forms. Each file comes to be whole or not at all; where a total is not what it must
    /// equal, that file is not written and the one before it stays.
    ///
    /// - Returns: the paths of the files, in order.
    /// - Throws: ``ReportError``, `FileError`, `SpreadsheetError`, or what the rows throw.
    package func write(_ report: Report, as formats: [ReportFormat]) throws -> [String] {
        var paths: [String] = []
        for format in formats {
            let names = format.fileNames(of: report).map { "\(directory)/\($0)" }
            switch format {
            case .html:
                let writer = try HTMLWriter(language)
                for path in names { try writeText(path) { put in try writer.write(report, to: put) } }
            case .csv, .data:
                let writer = CSVWriter(for: format == .csv ? .people(language) : .programs)
                for (path, table) in zip(names, report.tables) {
                    try writeText(path) { put in try writer.write(table, of: report.name, to: put) }
                }
            case .xlsx:
                for path in names { try writeBook(report, path) }
            }
            paths += names
        }
        return paths
    }

    /// Writes the page that lists the reports: those that lie in the directory, and those just written.
    ///
    /// - Parameter glance: how the office stands, to be shown above the list.
    /// - Returns: the path of the page.
    package func writeIndex(adding reports: [Report], as formats: [ReportFormat], glance: Glance) throws -> String {
        var list = try ReportList.read(directory)
        for report in reports { list.add(report, files: formats.flatMap { $0.fileNames(of: report) }) }
        list.keepPresent(in: directory)
        try list.write(to: directory)
        let path = "\(directory)/index.html"
        let page = try IndexPage(language)
        try writeText(path) { put in try put(page.text(list, glance)) }
        return path
    }

    private func writeText(_ path: String, _ body: ((String) throws -> Void) throws -> Void) throws {
        let file = try TextFile(path)
        try body { text in try file.write(text) }
        try file.finish()
    }

    private func writeBook(_ report: Report, _ path: String) throws {
        let part = try PartFile(of: path)
        do {
            try XLSXWriter(language).write(report, to: part.path)
        } catch {
            part.abandon()
            throw error
        }
        try part.finish()
    }
}
