import Books
import FoundationEssentials
import Money
import Policy
import Postgres
import Testing

@testable import Jobs

/// A town of odd facts with nights and month-ends over New Year: settlements and refunds on nights of their own, so that
/// vouchers have lines in red, uses of accounts, and institutions whose names and codes mean something to hledger.
struct BookTown {
    let database: ScratchDatabase

    /// - Parameter lastMonth: the last that is closed; the facts go on to 2024-02.
    static func settled(through lastMonth: String = "2024-02") async throws -> BookTown {
        let database = try Scratch.database()
        for files in [NightlyTown.files, OddFacts.files, hostileInstitutions, facts] { try database.load(files) }
        let options = JobOptions(rules: try TestRules.supplied(source: "测试用数字; 甲,乙 | date:坏"))
        for month in try months("2023-01"..."\(lastMonth)") {
            for day in [11, 18] {
                try await database.nightly(month.firstDay.adding(days: day), options)
            }
            try await database.nightly(month.lastDay, options)
            try await database.monthEnd(month, options)
        }
        return BookTown(database: database)
    }

    /// As a member of `settle_report` and nothing else, which is all that reading needs.
    func reader() throws -> Connection {
        try Connection(database.settings(as: "settle_report"))
    }

    func trialBalance(_ span: BookSpan) throws -> TrialBalance {
        var connection = try reader()
        return try TrialBalance.ask(&connection, span)
    }

    func ledger(_ subject: String, _ institution: String? = nil, _ span: BookSpan = .all) throws -> LedgerAnswer {
        var connection = try reader()
        return try LedgerAnswer.ask(&connection, subject: subject, institution: institution, span)
    }

    func page(_ subject: String, _ institution: String? = nil, _ span: BookSpan = .all) throws -> LedgerPage {
        guard case .page(let page) = try ledger(subject, institution, span) else {
            throw BooksError.unknownSubject(subject, known: [])
        }
        return page
    }

    func byInstitution(_ subject: String, _ span: BookSpan = .all) throws -> LedgerByInstitution {
        guard case .byInstitution(let ledger) = try ledger(subject, nil, span) else {
            throw BooksError.unknownSubject(subject, known: [])
        }
        return ledger
    }

    func journal(_ span: BookSpan, blockSize: Int = 64 * 1024) throws -> String {
        var connection = try reader()
        var bytes: [UInt8] = []
        try JournalExport(span, blockSize: blockSize).write(&connection) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A journal in a file of its own, for hledger.
    static func file(_ journal: String) throws -> String {
        try Scratch.directory(["books.journal": journal]) + "/books.journal"
    }

    /// The code of an institution that needs to be written otherwise in an account's name.
    static let hostileCode = "(X 1); a:b|%"

    private static let hostileInstitutions = [
        "institution.csv": NightlyTown.institutionHeader + #"""
            T,"三级;医院  (a) | ""b""",1,01,320703,2010-01-01
            S,"
             支出:5301  99.00 CNY\#u{3000}\#u{3000}x",1,05,320703,2010-01-01
            P,(卫生院),1,09,320703,2010-01-01
            \#(hostileCode),[2023-02-99] =,1,09,320703,2010-01-01

            """#
    ]

    private static let facts: [String: String] = {
        let first = NightlySettlement("a") { $0.account = Fen(50_00) }
        let second = NightlySettlement("b") {
            ($0.person, $0.institution, $0.time) = ("R", "S", "2023-02-03 09:00:00")
        }
        let third = NightlySettlement("c") {
            ($0.institution, $0.time, $0.total) = (hostileCode, "2023-02-05 10:00:00", Fen(333_33))
        }
        let later = NightlySettlement("d") {
            ($0.person, $0.institution, $0.time, $0.total) = ("V", "P", "2023-12-30 10:00:00", Fen(1999_99))
        }
        let newYear = NightlySettlement("e") {
            ($0.institution, $0.time, $0.total) = (hostileCode, "2024-01-03 10:00:00", Fen(1200_01))
        }
        let settlements = NightlyTown.settlements(
            first, second, third, later, newYear, first.refunded("ar", at: "2023-01-15 09:00:00"),
            second.refunded("br", at: "2023-03-12 09:00:00"), later.refunded("dr", at: "2024-02-14 09:00:00"))
        let uses = """
            u1,W,205,serious_illness_premium,,100.01,2023-02-10,
            u2,R,207,transfer,,20.00,2023-02-25,

            """
        return settlements.merging(["account_use.csv": NightlyTown.accountUseHeader + uses]) { first, _ in first }
    }()
}
