import ArgumentParser
import Jobs
import Money
import Policy
import Reports

/// Where the reports of what a job settles go.
struct JobReportsOptions: ParsableArguments {
    @Option(
        name: .customLong("reports"),
        help: ArgumentHelp(
            "Directory for the reports of what is settled (or environment SETTLE_REPORTS; neither: none are written).",
            valueName: "directory"))
    var directory: String?
}

/// Reports written by the jobs themselves (日对账 after a night, 月报 after a month-end, the book of a year), as `settle report` writes them.
///
/// What is settled stays settled: a report that cannot be written is complained of, with what to type for it, and only
/// gives the exit code if the job itself leaves it at 0.
struct JobReports {
    private let directory: String?
    private let office: OfficeReports
    /// What else `settle report` is to be given to read the same; a conninfo may hold a password and is not repeated.
    private let sameOptions: String
    /// Of the first report that could not be written.
    private var failure: Jobs.ExitCode?

    init(_ options: JobReportsOptions, _ database: DatabaseOptions, _ rulesOptions: RulesOptions, rules: RuleSet) {
        directory = options.directory ?? environment("SETTLE_REPORTS")
        office = OfficeReports(settings: database.settings, rules: rules, office: environment("SETTLE_OFFICE"))
        let given = [
            rulesOptions.directory.map { "--rules \(quoted($0))" }, rulesOptions.site.map { "--site \(quoted($0))" },
            rulesOptions.isUsualPack ? nil : "--pack \(quoted(rulesOptions.pack))",
            database.database.isEmpty ? nil : "and the same --database",
        ]
        sameOptions = given.compactMap(\.self).map { " \($0)" }.joined()
    }

    /// Of a night whose day or month has statements of institutions.
    mutating func write(_ result: NightlyResult, date: CivilDate) {
        guard case .settled(let summary) = result, let statements = summary.reconciliation?.statements, statements > 0
        else { return }
        write("reconciliation --date \(date)") { office throws in try office.reconciliation(date) }
    }

    /// Of a month-end; one that waits for a figure has credited and paid all others.
    mutating func write(_ result: MonthEndResult, month: Month) {
        guard case .settled = result else { return }
        write("crediting --month \(month)") { office throws in try office.crediting(month) }
        write("clearing --month \(month)") { office throws in try office.clearing(month) }
    }

    /// Of a year that was closed.
    mutating func write(_ result: YearEndResult, year: Int) {
        guard case .settled = result else { return }
        write("annual --year \(year)") { office throws in try office.annual(year) }
    }

    /// - Parameter words: the report as `settle report` is asked for it.
    private mutating func write(_ words: String, _ read: (OfficeReports) throws -> [Report]) {
        guard let directory else { return }
        do {
            let reports = try read(office)
            _ = try office.write(reports, to: directory, language: .chinese, as: ReportFormats.usual.formats)
            Console.print("  reports in \(directory): \(reports.map(\.name).joined(separator: ", "))")
        } catch {
            let outcome = Outcome.of(error)
            Console.complain(outcome.text ?? "\(error)")
            Console.complain(
                "the report is missing, what was settled stands. Put that right, then: "
                    + "settle report \(words) --out \(quoted(directory))\(sameOptions)")
            failure = failure ?? Jobs.ExitCode(rawValue: outcome.code) ?? .bug
        }
    }

    /// Ends a job that came to `exitCode`.
    func end(_ exitCode: Jobs.ExitCode = .done) throws {
        let exitCode = exitCode == .done ? failure ?? .done : exitCode
        guard exitCode == .done else { throw exitCode }
    }
}

/// As a shell takes it for one word.
private func quoted(_ path: String) -> String {
    let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+,:@%".contains($0)) }
    return isPlain ? path : "'\(path.replacing("'", with: #"'\''"#))'"
}

extension OfficeReports {
    /// Writes reports and the page that lists them; returns the paths in order, the page's last.
    func write(
        _ reports: [Report], to directory: String, language: ReportLanguage, as formats: [ReportFormat]
    ) throws -> [String] {
        let folder = try ReportFolder(directory, language: language)
        var paths: [String] = []
        for report in reports { paths += try folder.write(report, as: formats) }
        paths.append(try folder.writeIndex(adding: reports, as: formats, glance: try glance()))
        return paths
    }
}
