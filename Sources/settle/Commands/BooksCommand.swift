import ArgumentParser
import Books
import Files
import Glibc
import Jobs
import Money
import Postgres

struct BooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "books",
        abstract: "Read the books: trial balance, ledger, export (账簿).",
        discussion: """
            Completed runs only, money in yuan. The login needs to be a member of settle_report or settle_batch; nothing \
            is written.
            """,
        subcommands: [BooksTrialBalance.self, BooksLedger.self, BooksExport.self])
}

struct BooksTrialBalance: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trial-balance",
        abstract: "Show every subject from opening to closing balance (试算平衡表).",
        discussion: """
            Balances stand on the side of the subject's class: assets and expenditure on the debit side, the others on \
            the credit side. Exits 4 if debits and credits are not equal.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var page: BookPageOptions

    @Option(help: "Month of the books, as 2023-01.")
    var month: Month?

    @Option(help: "Year of the books, as 2023.")
    var year: BookYear?

    @Option(help: "From the beginning to the end of this month, as 2023-12.")
    var through: Month?

    func validate() throws {
        guard [month != nil, year != nil, through != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("trial-balance takes one of --month 2023-01, --year 2023, --through 2023-12")
        }
    }

    func run() throws {
        var connection = try Connection(database.settings)
        let span = BookSpan(month: month, year: year, through: through)
        let text = TrialBalanceText(try TrialBalance.ask(&connection, span), page.lang)
        switch page.format {
        case .table: Console.print(text.table)
        case .csv: Console.write(text.csv, to: STDOUT_FILENO)
        case .json: Console.print(try text.json)
        }
    }
}

struct BooksLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Show a subject's lines with the balance after each (明细账).",
        discussion: "A subject held by institution is shown by institution, unless one is named.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var page: BookPageOptions

    @Option(help: "Code of the subject, as 2101.")
    var subject: String

    @Option(help: "Institution whose part to show, its fixmedins_code.")
    var institution: String?

    @Option(help: "Month of the books, as 2023-01 (default: all).")
    var month: Month?

    @Option(help: "Year of the books, as 2023 (default: all).")
    var year: BookYear?

    func validate() throws {
        guard month == nil || year == nil else { throw ValidationError("ledger takes --month or --year, not both") }
    }

    func run() throws {
        var connection = try Connection(database.settings)
        let span = BookSpan(month: month, year: year, through: nil)
        let answer = try LedgerAnswer.ask(&connection, subject: subject, institution: institution, span)
        let text = LedgerText(answer, page.lang)
        switch page.format {
        case .table: Console.print(text.table)
        case .csv: Console.write(text.csv, to: STDOUT_FILENO)
        case .json: Console.print(try text.json)
        }
    }
}

struct BooksExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the vouchers as a journal for hledger (导出凭证).",
        discussion: """
            Debits are positive, credits negative. The closing asserts every balance, so `hledger check --strict` checks \
            our sums against its own. A year begins with the balances of the years before.
            """)

    @OptionGroup var database: DatabaseOptions

    @Option(help: "Year of the books, as 2023 (default: all).")
    var year: BookYear?

    @Option(help: "From the beginning to the end of this month, as 2023-12 (default: all).")
    var through: Month?

    @Option(help: "File to write; it appears whole or not at all (default: standard output).")
    var out: String?

    func validate() throws {
        guard year == nil || through == nil else { throw ValidationError("export takes --year or --through, not both") }
    }

    func run() throws {
        var connection = try Connection(database.settings)
        let export = JournalExport(BookSpan(month: nil, year: year, through: through))
        guard let out else {
            try export.write(&connection) { try writeAll($0, to: STDOUT_FILENO, "standard output") }
            return
        }
        let file = try WholeFile(out)
        let count = try export.write(&connection) { try file.write($0) }
        try file.finish()
        Console.print("\(out): \(grouped(count)) \(count == 1 ? "voucher" : "vouchers")")
    }
}

/// In which form a page is shown.
struct BookPageOptions: ParsableArguments {
    @Option(help: "Form: table for a terminal, csv for people, json for other programs.")
    var format = BookFormat.table

    @Option(help: "Language: zh or en.")
    var lang = ExplainLanguage.chinese
}

enum BookFormat: String, CaseIterable, ExpressibleByArgument {
    case table
    /// RFC 4180 with a byte order mark.
    case csv
    case json
}

/// A year of four digits.
struct BookYear: ExpressibleByArgument {
    let number: Int

    init?(argument: String) {
        guard argument.utf8.count == 4, let month = Month("\(argument)-01") else { return nil }
        number = month.year
    }
}

extension BookSpan {
    fileprivate init(month: Month?, year: BookYear?, through: Month?) {
        if let month {
            self = .month(month)
        } else if let year {
            self = .year(year.number)
        } else if let through {
            self = .through(through)
        } else {
            self = .all
        }
    }
}
