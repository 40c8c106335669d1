import Books
import Foundation
import Money
import Testing

@Suite struct `A journal for hledger` {
    private static let accounts = HledgerAccounts(
        subjects: Chart.all, institutions: [LedgerInstitution(code: "H001", name: "第一医院")])

    private static func account(_ subject: LedgerSubject, _ institution: String? = nil) -> BookAccount {
        BookAccount(subject: subject.code, institution: institution)
    }

    /// Books of 2024: an opening, a night with a line in red, and one that a later proof of 2023 posted.
    private static func tinyBooks() throws -> [[UInt8]] {
        let first = Month.first(of: 2024)
        var journal = HledgerJournal(accounts)
        var blocks: [[UInt8]] = []
        let balances = [
            BookBalance(account(Chart.deposits), debitBefore: Fen(1000_00), debitAfter: Fen(1000_00)),
            BookBalance(account(Chart.payable), debitBefore: .zero, debitAfter: Fen(-1)),
            BookBalance(account(Chart.payable, "H001"), debitBefore: Fen(-250_05), debitAfter: Fen(-340_04)),
            BookBalance(account(Chart.payable, "H002"), debitBefore: .zero, debitAfter: Fen(30_00)),
            BookBalance(account(Chart.pool), debitBefore: Fen(-749_95), debitAfter: Fen(-749_95)),
            BookBalance(account(Chart.benefits), debitBefore: .zero, debitAfter: Fen(60_00)),
        ]
        try journal.begin(.year(2024), balances.map(\.account))
        blocks.append(journal.takeBytes())
        try journal.open(balances, on: first.firstDay)
        try journal.append(
            BookVoucher(
                bookDate: first.firstDay, voucherDate: first.firstDay, run: 14, number: 1, kind: "outpatient_benefits",
                summary: "应付定点机构门诊费用", article: "连政办发〔2022〕73号 二（一）",
                lines: [
                    .init(account(Chart.benefits), debit: Fen(59_99), credit: .zero),
                    .init(account(Chart.payable, "H001"), debit: .zero, credit: Fen(89_99)),
                    .init(account(Chart.payable, "H002"), debit: .zero, credit: Fen(-30_00)),
                ]))
        blocks.append(journal.takeBytes())
        try journal.append(
            BookVoucher(
                bookDate: first.lastDay, voucherDate: first.previous.lastDay, run: 15, number: 1, kind: "proof",
                summary: "年终核对", article: "二（一）",
                lines: [
                    .init(account(Chart.benefits), debit: Fen(1), credit: .zero),
                    .init(account(Chart.payable), debit: .zero, credit: Fen(1)),
                ]))
        #expect(journal.byteCount > 0)
        try journal.close(balances, on: Month.last(of: 2024).lastDay)
        blocks.append(journal.takeBytes())
        #expect(journal.byteCount == 0)
        return blocks
    }

    @Test func `is the golden file, byte by byte`() throws {
        let directory = try #require(Bundle.module.resourceURL).appending(path: "Golden")
        let golden = try Data(contentsOf: directory.appending(path: "books-2024.journal"))
        let bytes = try Self.tinyBooks().flatMap(\.self)
        #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
        #expect(bytes == [UInt8](golden))
    }

    @Test func `of nothing declares accounts and says no more`() throws {
        var journal = HledgerJournal(Self.accounts)
        try journal.begin(.all, [])
        let directives = journal.takeBytes()
        try journal.open([BookBalance(Self.account(Chart.pool), debitBefore: .zero, debitAfter: .zero)], on: .day)
        try journal.close([], on: .day)
        #expect(journal.takeBytes() == [])
        #expect(String(decoding: directives, as: UTF8.self).split(separator: "\n").count == 2 + 5 + Chart.all.count)
    }

    struct Hostile: CustomTestStringConvertible, Sendable {
        let code: String
        let name: String
        let account: String

        var testDescription: String { account }
    }

    @Test(arguments: [
        Hostile(code: "H1", name: "", account: "H1"),
        Hostile(code: "H1", name: "医院; 分院", account: "H1 医院； 分院"),
        Hostile(code: "H1", name: "医院\r\n  支出:5301  99.00 CNY", account: "H1 医院 支出：5301 99.00 CNY"),
        Hostile(code: "H1", name: " \u{3000}医院\u{3000}\u{3000}分院\t", account: "H1 医院 分院"),
        Hostile(code: "H1", name: "医院|分院,date:bad", account: "H1 医院｜分院，date：bad"),
        Hostile(code: "H1", name: "(医院)", account: "H1 (医院)"),
        Hostile(code: "(H1)", name: "[2023-02-99]", account: "%28H1%29 [2023-02-99]"),
        Hostile(code: "H 1;:|", name: "x", account: "H%201%3B%3A%7C x"),
        Hostile(code: "甲%", name: "x", account: "%E7%94%B2%25 x"),
        Hostile(code: "H1", name: "\u{202E}院医\u{2028}\u{85}b", account: "H1 院医 b"),
    ])
    func `has one account on one line for each institution, whatever its name`(hostile: Hostile) throws {
        let accounts = HledgerAccounts(
            subjects: Chart.all, institutions: [LedgerInstitution(code: hostile.code, name: hostile.name)])
        #expect(
            try accounts.name(of: BookAccount(subject: "2101", institution: hostile.code))
                == "负债:2101 应付定点机构:\(hostile.account)")
    }

    @Test func `keeps institutions apart whose codes and names run together`() throws {
        let institutions = [
            LedgerInstitution(code: "H", name: "1 x"), LedgerInstitution(code: "H 1", name: "x"),
            LedgerInstitution(code: "H%201", name: "x"),
        ]
        let accounts = HledgerAccounts(subjects: Chart.all, institutions: institutions)
        let names = try institutions.map { try accounts.name(of: BookAccount(subject: "2101", institution: $0.code)) }
        #expect(Set(names).count == 3, "\(names)")
    }

    @Test func `says what it is told in texts and nothing more`() throws {
        var journal = HledgerJournal(Self.accounts)
        try journal.append(
            BookVoucher(
                bookDate: .day, voucherDate: .day, run: 1, number: 2, kind: "a, b:c",
                summary: "(x) | 甲;  乙\n2023-01-01",
                article: "二（一）, date:bad"))
        #expect(
            String(decoding: journal.takeBytes(), as: UTF8.self)
                == "\n2023-01-01 (1/2) (x) ｜ 甲； 乙 2023-01-01  ; run:1, kind:a， b：c, article:二（一）， date：bad\n")
    }

    @Test func `refuses a subject that the chart does not have`() {
        let error = #expect(throws: LedgerError.self) {
            try Self.accounts.name(of: BookAccount(subject: "9999", institution: nil))
        }
        #expect(
            error?.description
                == "a voucher stands under subject 9999, which the chart of accounts does not have; look in ledger.subject."
        )
    }
}

extension CivilDate {
    fileprivate static let day = Month.first(of: 2023).firstDay
}
