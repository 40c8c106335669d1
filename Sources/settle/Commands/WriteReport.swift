import ArgumentParser
import Jobs
import Money
import Policy
import Reports

struct WriteReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a report to read, print, sign or reckon with (报表).",
        discussion: """
            reconciliation (日对账) takes --date; crediting (个人账户计入月报) and clearing (月结算, with the payment notices) take \
            --month; watch (基金运行监测) takes --year or --month; annual (年度结算) the --year of a closed year; statement \
            (个人账户对账单) takes --year and --person, or --unit for everybody enrolled with it (emp_no); month is all of a \
            --month at once, with the reconciliation of its last day. Made of completed \
            runs only; each total is compared with the figure it must equal, and a report that does not tie is not \
            written. index.html in the directory lists what lies there.

            Names and numbers of persons are masked. --unmasked gives them in full in statements, to a member of the \
            database role settle_personal.

            Exits 0 with the files written, 4 if a total is not what it must equal, 65 if the report is another month's, the \
            person or unit is unknown, or the database role may not see names, 75 if the run is not done yet.
            """)

    @Argument(help: "Which: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: Kind

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var rules: RulesOptions

    @Option(help: "Day to report, as 2023-01-05.")
    var date: CivilDate?

    @Option(help: "Month to report, as 2023-01.")
    var month: Month?

    @Option(help: ArgumentHelp("Year to report, as 2023.", valueName: "year"))
    var year: Int?

    @Option(help: "Person to state, the psn_no.")
    var person: String?

    @Option(help: "Unit whose people to state, the emp_no.")
    var unit: String?

    @Flag(help: "Give names and numbers in full; for members of the database role settle_personal.")
    var unmasked = false

    @Option(help: "Forms, with commas between: html, xlsx, csv (for people), data (CSV for programs).")
    var format = ReportFormats.usual

    @Option(help: "Directory for the files; made if it is not there.")
    var out: String

    @Option(help: "Language of texts and headings: zh or en.")
    var lang = ExplainLanguage.chinese

    @Option(help: "Name of the office at the head of reports (or environment SETTLE_OFFICE).")
    var office: String?

    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case reconciliation
        case crediting
        case clearing
        case watch
        case annual
        case statement
        case month
    }

    func validate() throws {
        guard kind == .statement || person == nil && unit == nil && !unmasked else {
            throw ValidationError("--person, --unit and --unmasked go with statement; \(kind.rawValue) names nobody")
        }
        switch kind {
        case .reconciliation:
            guard date != nil, month == nil, year == nil else {
                throw ValidationError("reconciliation takes --date, as 2023-01-05")
            }
        case .crediting, .clearing, .month:
            guard month != nil, date == nil, year == nil else {
                throw ValidationError("\(kind.rawValue) takes --month, as 2023-01")
            }
        case .watch:
            guard (year == nil) != (month == nil), date == nil else {
                throw ValidationError("watch takes --year, as 2023, or --month, as 2023-01")
            }
            if let year, !(1...9998).contains(year) { throw ValidationError("a year has four digits, as 2023") }
        case .annual:
            guard let year, 1...9998 ~= year, date == nil, month == nil else {
                throw ValidationError("annual takes --year, as 2023")
            }
        case .statement:
            guard let year, 1...9998 ~= year, date == nil, month == nil, (person == nil) != (unit == nil) else {
                throw ValidationError("statement takes --year, as 2023, and either --person or --unit")
            }
        }
    }

    func run() async throws {
        let office = OfficeReports(
            settings: database.settings, rules: try rules.load(), office: office ?? environment("SETTLE_OFFICE"))
        do {
            let paths = try office.write(
                try await reports(office), to: out, language: lang.reportLanguage, as: format.formats)
            Console.print(paths.joined(separator: "\n"))
        } catch let error as StatementError {
            Console.complain(lang.text(error))
            throw error.exitCode
        }
    }

    private func reports(_ office: OfficeReports) async throws -> [Report] {
        switch (kind, date, month) {
        case (.reconciliation, let date?, _): try office.reconciliation(date)
        case (.crediting, _, let month?): try office.crediting(month)
        case (.clearing, _, let month?): try office.clearing(month)
        case (.watch, _, let month?): try office.watch(month)
        case (.watch, _, nil): try office.watch(year: try year ?? unnamed())
        case (.reconciliation, nil, _), (.crediting, _, nil), (.clearing, _, nil): try unnamed()
        case (.annual, _, _): try office.annual(try year ?? unnamed())
        case (.statement, _, _): try statements(office, year: try year ?? unnamed())
        case (.month, _, let month?): try await office.all(of: month)
        case (.month, _, nil): try unnamed()
        }
    }

    private func statements(_ office: OfficeReports, year: Int) throws -> [Report] {
        let naming: PersonNaming = unmasked ? .full : .masked
        if let unit { return try office.statements(unit: unit, year: year, naming: naming) }
        return try office.statement(person: try person ?? unnamed(), year: year, naming: naming)
    }
}

/// What validation refuses before.
private func unnamed<Period>() throws -> Period {
    throw ValidationError("name the period, and for a statement the person or the unit")
}

/// Forms of a report, as `html,xlsx`.
struct ReportFormats: ExpressibleByArgument {
    let formats: [ReportFormat]

    static let usual = ReportFormats(formats: [.html, .xlsx, .csv])

    init?(argument: String) {
        var formats: [ReportFormat] = []
        for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let format = ReportFormat(rawValue: String(name)) else { return nil }
            if !formats.contains(format) { formats.append(format) }
        }
        self.formats = formats
    }

    private init(formats: [ReportFormat]) {
        self.formats = formats
    }

    var defaultValueDescription: String { formats.map(\.rawValue).joined(separator: ",") }
}
