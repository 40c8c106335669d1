import Books
import Money
import Reports
import Settlement

extension AnnualFacts {
    func accountSections() throws -> [Section] {
        let closing = try totals.sum("account.closing").amount
        let rates = totals.items("entry.interest").sorted { $0.key < $1.key }
        let paid = rates.map { "\(AnnualFacts.tier($0.key).chinese) \($0.value.amount.grouped)" }.joined(separator: "，")
        let paidInEnglish = rates.map { "\(AnnualFacts.tier($0.key).english) \($0.value.amount.grouped)" }
            .joined(separator: ", ")
        let note =
            rates.isEmpty
            ? Phrase("本年未计息：利率尚未提供，或计得为零。", "No interest was posted: no rate was supplied, or it came to nothing.")
            : Phrase("其中年度计息：\(paid)。", "Interest: \(paidInEnglish).")
        return [
            .table(
                try accountTable(
                    id: "accounts", title: Phrase("个人账户变动", "Movements of personal accounts"),
                    items: AnnualFacts.movements, total: closing, note: note)),
            .table(
                try accountTable(
                    id: "ages", title: Phrase("年末结转，按账龄", "Carried forward, by age"), items: AnnualFacts.ages,
                    total: closing, note: nil)),
        ]
    }

    private func accountTable(
        id: String, title: Phrase, items: [AccountItem], total: Fen, note: Phrase?
    ) throws -> Table {
        let rows = try items.map { item throws(MoneyOverflow) -> [Cell] in
            let count = accounts[item.name] ?? Count()
            return [
                .phrase(item.phrase), .count(count.rows),
                .money(item.takesAway ? try count.amount.negated() : count.amount),
            ]
        }
        return Table(
            id: id, title: title,
            columns: [
                Column("item", Phrase("项目", "Item"), .text), Column("accounts", Phrase("账户数", "Accounts"), .count),
                Column(
                    "amount", Phrase("金额", "Amount"), .money, total: .equals(total, source: AnnualFacts.source)),
            ], rows: TableRows(rows), note: note)
    }

    /// A column of `ledger.account_year`.
    private struct AccountItem {
        let name: String
        let phrase: Phrase
        var takesAway = false
    }

    private static let movements = [
        AccountItem(name: "opening", phrase: Phrase("上年结转", "opening")),
        AccountItem(name: "brought_in", phrase: Phrase("原系统转入", "brought in")),
        AccountItem(name: "credit", phrase: Phrase("划入", "credits")),
        AccountItem(name: "interest", phrase: Phrase("计息", "interest")),
        AccountItem(name: "other_in", phrase: Phrase("其他收入", "other in")),
        AccountItem(name: "payment", phrase: Phrase("就医购药支付", "payments"), takesAway: true),
        AccountItem(name: "other_out", phrase: Phrase("其他支出", "other out"), takesAway: true),
    ]

    private static let ages = [
        AccountItem(name: "closing_this_year", phrase: Phrase("本年计入", "of this year")),
        AccountItem(name: "closing_last_year", phrase: Phrase("上年结转", "of last year")),
        AccountItem(name: "closing_earlier", phrase: Phrase("更早年度", "of earlier years")),
    ]

    private static func tier(_ name: String) -> Phrase {
        switch InterestTier.allCases.first(where: { $0.source.description == name }) {
        case .thisYear: Phrase("本年资金", "money of the year")
        case .carried: Phrase("结转资金", "money carried")
        case .yearEndBalance: Phrase("年末余额", "year-end balance")
        case nil: Phrase(verbatim: name)
        }
    }

    /// 退休人员划入: the year against the one before and what is settled of the next, where the amount may be another one.
    func retireeSections() throws -> [Section] {
        var (vouched, rows, averages) = (Fen.zero, [[Cell]](), [Int64?]())
        for month in retirees {
            try vouched += month.vouched
            let average = try average(month.due, month.people)
            averages.append(average?.rawValue)
            rows.append([
                .month(month.month), .phrase(span(of: month.month)), .count(month.people), .money(month.due),
                average.map { .money($0) } ?? .empty, .money(month.posted),
            ])
        }
        let note = try retireeNote()
        let chart = Chart(
            .lines, title: Phrase("退休人员人均划入", "Credited to a retiree, on average"), unit: .money,
            places: retirees.map { Phrase("\($0.month)", "\($0.month)") },
            series: [Chart.Series(Phrase("人均划入", "each"), averages)], alternative: note)
        return [
            .chart(chart),
            .table(
                Table(
                    id: "retirees", title: Phrase("退休人员个人账户划入", "Credits of retirees"),
                    columns: [
                        Column("posting_month", Phrase("记账月份", "Month"), .date),
                        Column("span", Phrase("年度", "Year"), .text),
                        Column("people", Phrase("人数", "People"), .count),
                        Column("due", Phrase("应划入", "Due"), .money, total: .sum),
                        Column("average", Phrase("人均", "Each"), .money),
                        Column(
                            "posted", Phrase("记账净额", "Posted, net"), .money,
                            total: .equals(vouched, source: Phrase("退休人员划入凭证", "the vouchers of retirees' credits"))),
                    ], rows: TableRows(rows), note: note)),
        ]
    }

    private func span(of month: Month) -> Phrase {
        month.year == year
            ? Phrase("本年", "the year")
            : month.year < year ? Phrase("上年", "the one before") : Phrase("次年", "the next")
    }

    /// The last month of a year against the first of the next, at both ends of the year.
    private func retireeNote() throws -> Phrase {
        let changes = try [year - 1, year].compactMap { try retireeChange(after: $0) }
        let isOpen = !retirees.contains { $0.month.year > year && $0.people > 0 }
        let waiting = Phrase(
            "次年尚未划入，待次年标准执行后比较。", "Nothing of the next year is credited yet; it is compared when it is.")
        let phrases = changes + (isOpen ? [waiting] : [])
        return Phrase(phrases.map(\.chinese).joined(), phrases.map(\.english).joined(separator: " "))
    }

    private func retireeChange(after year: Int) throws -> Phrase? {
        guard let last = retirees.last(where: { $0.month.year == year }),
            let next = retirees.first(where: { $0.month.year == year + 1 && $0.people > 0 }),
            let before = try average(last.due, last.people), let after = try average(next.due, next.people)
        else { return nil }
        let change = try after - before
        return Phrase(
            "人均由\(last.month)的\(before.grouped)元变为\(next.month)的\(after.grouped)元，变动\(change.grouped)元。",
            "Each: \(before.grouped) in \(last.month), \(after.grouped) in \(next.month), a change of \(change.grouped) yuan."
        )
    }

    /// To the fen, half up.
    private func average(_ amount: Fen, _ people: Int64) throws(MoneyOverflow) -> Fen? {
        guard people > 0 else { return nil }
        let (whole, rest) = amount.rawValue.quotientAndRemainder(dividingBy: people)
        return try Fen(whole) + Fen(rest >= people - rest ? 1 : 0)
    }
}
