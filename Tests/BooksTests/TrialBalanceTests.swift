import Books
import Money
import Testing

@Suite struct `A trial balance (试算平衡表)` {
    private func row(
        _ subject: LedgerSubject, _ before: Int64, _ debit: Int64, _ credit: Int64
    ) throws -> TrialBalance.Row {
        try TrialBalance.Row(subject, debitBefore: Fen(before), debit: Fen(debit), credit: Fen(credit))
    }

    /// 1,000.00 in the bank and 1,000.00 in the fund; 314.58 come in; 60.00 are owed for benefits.
    @Test func `shows each balance on the side of its class`() throws {
        let balance = try TrialBalance(
            .month(Month.first(of: 2023)),
            [
                row(Chart.deposits, 1000_00, 314_58, 0), row(Chart.payable, 0, 0, 60_00),
                row(Chart.pool, -1000_00, 0, 0), row(Chart.income, 0, 0, 314_58), row(Chart.benefits, 0, 60_00, 0),
            ])
        let openings = balance.rows.map(\.turnover.opening)
        #expect(openings == [Fen(1000_00), .zero, Fen(1000_00), .zero, .zero])
        let closings = balance.rows.map(\.turnover.closing)
        #expect(closings == [Fen(1314_58), Fen(60_00), Fen(1000_00), Fen(314_58), Fen(60_00)])
        #expect(balance.rows.map(\.turnover.side) == [.debit, .credit, .credit, .credit, .debit])
        #expect(balance.turnover == Fen(374_58))
        #expect((balance.debitTotal.opening, balance.creditTotal.opening) == (Fen(1000_00), Fen(1000_00)))
        #expect((balance.debitTotal.closing, balance.creditTotal.closing) == (Fen(1374_58), Fen(1374_58)))
    }

    @Test func `shows a balance on the other side as negative, and red where it stands`() throws {
        let balance = try TrialBalance(
            .all, [row(Chart.deposits, 0, -5, 0), row(Chart.payable, 0, 0, -5)])
        #expect(balance.rows.map(\.turnover.closing) == [Fen(-5), Fen(-5)])
        #expect(balance.rows.map(\.turnover.debit) == [Fen(-5), .zero])
        #expect(balance.rows.map(\.turnover.credit) == [.zero, Fen(-5)])
        #expect(balance.turnover == Fen(-5))
    }

    @Test func `of empty books is empty`() throws {
        let balance = try TrialBalance(.all, [])
        #expect((balance.turnover, balance.debitTotal.closing, balance.creditTotal.closing) == (.zero, .zero, .zero))
    }

    @Test(arguments: [
        (
            before: Int64(0), debit: Int64(100_00), credit: Int64(100_01),
            text: "books of 2023-01: debits are 100.00, credits 100.01. A voucher was altered after it was posted; "
                + "look in report.voucher_line for the one whose debits and credits are not equal."
        ),
        (
            1, 100_00, 100_00,
            "books before 2023-01: debit balances are 0.01, credit balances 0.00. A voucher was altered after it was "
                + "posted; look in report.voucher_line for the one whose debits and credits are not equal."
        ),
    ])
    func `a fen off is refused`(before: Int64, debit: Int64, credit: Int64, text: String) {
        let error = #expect(throws: LedgerError.self) {
            try TrialBalance(
                .month(Month.first(of: 2023)),
                [row(Chart.deposits, before, debit, 0), row(Chart.pool, 0, 0, credit)])
        }
        #expect(error?.description == text)
    }

    @Test func `a sum that does not fit is an error of the books`() {
        let error = #expect(throws: LedgerError.self) { try row(Chart.deposits, .max, 1, 0) }
        #expect(
            error?.description
                == "9223372036854775807 + 1 does not fit 64 bits of fen; one of the amounts cannot be right")
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `opens each month with what closed the month before`(seed: UInt64) throws {
        let books = RandomBooks(seed: seed)
        var closings = Chart.all.map { _ in Fen.zero }
        for month in books.months {
            let balance = try books.trialBalance(.month(month))
            #expect(balance.rows.map(\.turnover.opening) == closings, "\(month), seed \(seed)")
            #expect(balance.debitTotal.closing == balance.creditTotal.closing, "\(month), seed \(seed)")
            closings = balance.rows.map(\.turnover.closing)
            #expect(
                try books.trialBalance(.through(month)).rows.map(\.turnover.closing) == closings,
                "\(month), seed \(seed)")
        }
        let year = try books.trialBalance(.year(2023))
        #expect(year.rows == (try books.trialBalance(.all).rows), "seed \(seed)")
        #expect(year.rows.map(\.turnover.closing) == closings, "seed \(seed)")
        let next = try books.trialBalance(.year(2024))
        #expect(next.rows.map(\.turnover.opening) == closings, "seed \(seed)")
        #expect(next.turnover == .zero, "seed \(seed)")
    }
}

@Suite struct `A ledger page (明细账)` {
    private func entry(_ number: Int32, _ debit: Int64, _ credit: Int64) -> LedgerPage.Entry {
        LedgerPage.Entry(
            date: Month.first(of: 2023).lastDay, run: 14, number: number, summary: "摘要", debit: Fen(debit),
            credit: Fen(credit))
    }

    @Test(arguments: [
        (subject: Chart.deposits, balances: [Int64(110_00), Int64(80_00), Int64(75_00)], opening: Int64(100_00)),
        (Chart.payable, [Int64(-110_00), Int64(-80_00), Int64(-75_00)], Int64(-100_00)),
    ])
    func `says the balance after each line, on the side of its class`(
        subject: LedgerSubject, balances: [Int64], opening: Int64
    ) throws {
        let page = try LedgerPage(
            subject, nil, .all, debitBefore: Fen(100_00), [entry(1, 10_00, 0), entry(2, 0, 30_00), entry(3, -5_00, 0)])
        #expect(page.turnover.opening == Fen(opening))
        #expect(page.lines.map(\.balance) == balances.map(Fen.init))
        #expect(page.turnover.closing == page.lines.last?.balance)
        #expect((page.turnover.debit, page.turnover.credit) == (Fen(5_00), Fen(30_00)))
        #expect(page.lines.map(\.entry.voucher) == ["14/1", "14/2", "14/3"])
    }

    @Test func `without lines closes as it opened`() throws {
        let page = try LedgerPage(Chart.pool, nil, .all, debitBefore: Fen(-7), [])
        #expect((page.turnover.opening, page.turnover.closing) == (Fen(7), Fen(7)))
    }

    @Test func `does not pass over what does not fit`() {
        #expect(throws: LedgerError.self) {
            try LedgerPage(Chart.deposits, nil, .all, debitBefore: Fen(.max), [entry(1, 1, 0)])
        }
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `of a year is the pages of its months, and its institutions' pages make the whole`(seed: UInt64) throws {
        let books = RandomBooks(seed: seed)
        for subject in Chart.all {
            let year = try books.page(subject, .year(2023))
            let months = try books.months.map { try books.page(subject, .month($0)) }
            #expect(months.flatMap(\.lines) == year.lines, "\(subject.code), seed \(seed)")
            #expect(months.first?.turnover.opening == year.turnover.opening, "\(subject.code), seed \(seed)")
            #expect(months.last?.turnover.closing == year.turnover.closing, "\(subject.code), seed \(seed)")
            let row = try books.trialBalance(.year(2023)).rows.first { $0.subject == subject }
            #expect(row?.turnover == year.turnover, "\(subject.code), seed \(seed)")
        }
        let parts = try ["H1", "H2", "H3"].map { code in
            LedgerByInstitution.Row(
                LedgerInstitution(code: code, name: ""), try books.page(Chart.payable, of: code, .year(2023)).turnover)
        }
        let whole = try LedgerByInstitution(Chart.payable, .year(2023), parts)
        #expect(whole.total == (try books.page(Chart.payable, .year(2023)).turnover), "seed \(seed)")
    }
}

@Suite struct `A span of the books` {
    @Test func `knows its months and its name`() throws {
        let month = try #require(Month("2023-02"))
        let spans: [(BookSpan, Month?, Month?, String)] = [
            (.month(month), month, month, "2023-02"),
            (.year(2023), Month.first(of: 2023), Month.last(of: 2023), "2023"),
            (.through(month), nil, month, "through 2023-02"), (.all, nil, nil, "all months"),
        ]
        for (span, first, last, name) in spans {
            #expect((span.first, span.last, span.description) == (first, last, name))
        }
    }
}
