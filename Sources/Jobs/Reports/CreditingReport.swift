import Money
import Policy
import Reports
import Settlement

extension ReportKind {
    static let crediting = ReportKind(rawValue: "crediting")
}

extension CreditingFacts {
    /// 个人账户计入月报.
    func report(office: String?) throws -> Report {
        let net = try sum("posted", "taken_back")
        let due = try CreditingFacts.sum(self.due)
        let before = try dueBefore.map { before throws(MoneyOverflow) in try CreditingFacts.sum(before) }
        let excepted = try totals.sum("month.excepted", "contribution.excepted").rows
        return Report(
            kind: .crediting, title: Phrase("个人账户计入月报", "Monthly crediting of personal accounts"),
            period: .month(month), origin: try run.origin(office: office),
            figures: [
                Figure(
                    Phrase("本月应计入人数", "People credited for the month"), .count(due.people),
                    note: before.map { Phrase("上月 \($0.people.grouped)", "month before \($0.people.grouped)") }),
                Figure(
                    Phrase("本月记账净额", "Posted in the month, net"), .money(net),
                    note: before.map {
                        Phrase("上月应计入 \($0.amount.grouped)", "due the month before \($0.amount.grouped)")
                    }),
                Figure(
                    Phrase("扣回", "Taken back"), .money(try sum("taken_back"))),
                Figure(Phrase("未能计入（笔）", "Not credited (rows)"), .count(excepted)),
            ],
            sections: [
                .chart(chart), .table(try groupTable(net: net)), .table(try categoryTable()),
                .table(try coveredTable(net: net)), .table(exceptionTable(excepted)), .signatures(ReportSigners.three),
            ])
    }

    /// Entries by what they are counted as: `posted` or `taken_back`, openings left out.
    private func sum(_ kinds: String..., where isMeant: (String) -> Bool = { _ in true }) throws(MoneyOverflow) -> Fen {
        var sum = Fen.zero
        for kind in kinds {
            try sum += totals.sum("\(kind).contribution", "\(kind).retiree", where: isMeant).amount
        }
        return sum
    }

    private static func sum(_ due: [InsuredCategory: Due]) throws(MoneyOverflow) -> Due {
        var (people, amount) = (Int64(0), Fen.zero)
        for part in due.values {
            people += part.people
            try amount += part.amount
        }
        return Due(people: people, amount: amount)
    }

    private func groupTable(net: Fen) throws -> Table {
        let source = Phrase("月末运行的控制总数", "the month-end's control totals")
        let isOfMonth = { (item: String) in item.hasPrefix("\(month) ") }
        let rows = try groups.map { group throws(MoneyOverflow) -> [Cell] in
            var (credited, otherMonths, takenBack) = (Fen.zero, Fen.zero, Fen.zero)
            for (covered, sums) in group.months {
                if covered == month { try credited += sums.credited } else { try otherMonths += sums.credited }
                try takenBack += sums.takenBack
            }
            return [
                .phrase(group.key.category?.phrase ?? Phrase("所属月份未参保", "not enrolled in the month covered")),
                .identifier(group.key.district), .count(group.people),
                group.key.category?.isRetired == true ? .empty : .money(group.base), .money(credited),
                .money(otherMonths), .money(takenBack), .money(try credited + otherMonths + takenBack),
            ]
        }
        return Table(
            id: "groups", title: Phrase("按人员类别和参保地", "By category and district"),
            columns: [
                Column("psn_category", Phrase("人员类别", "Category"), .text),
                Column("insu_admdvs", Phrase("参保地", "District"), .identifier),
                Column("people", Phrase("计入人数", "People"), .count, total: .sum),
                Column("clct_base", Phrase("缴费基数", "Base"), .money, total: .sum),
                Column(
                    "credited", Phrase("计入本月", "Credited, this month"), .money,
                    total: .equals(try sum("posted", where: isOfMonth), source: source)),
                Column(
                    "other_months", Phrase("计入其他月份", "Credited, other months"), .money,
                    total: .equals(try sum("posted", where: { !isOfMonth($0) }), source: source)),
                Column(
                    "taken_back", Phrase("扣回", "Taken back"), .money,
                    total: .equals(try sum("taken_back"), source: source)),
                Column("net", Phrase("净额", "Net"), .money, total: .equals(net, source: source)),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "缴费基数为计入所依据的缴费基数之和，扣回的相应减去；退休人员无缴费基数。计入其他月份指本月记账、所属期为其他月份的补缴、补差等。",
                "The base is that of the contributions behind the entries, taken off where an entry takes back; retirees have "
                    + "none. Other months: posted now and covering another month, as back payments and differences."))
    }

    private func categoryTable() throws -> Table {
        let rows = try InsuredCategory.allCases.map { category throws(MoneyOverflow) -> [Cell] in
            let (now, before) = (due[category], dueBefore?[category])
            let (people, amount) = (now?.people ?? 0, now?.amount ?? .zero)
            let isKnown = dueBefore != nil
            return [
                .phrase(category.phrase), .count(people), isKnown ? .count(before?.people ?? 0) : .empty,
                isKnown ? .count(people - (before?.people ?? 0)) : .empty, .money(amount),
                isKnown ? .money(before?.amount ?? .zero) : .empty,
                isKnown ? .money(try amount - (before?.amount ?? .zero)) : .empty,
            ]
        }
        let source = Phrase("月末运行的控制总数", "the month-end's control totals")
        let all = try totals.sum("month.credited")
        return Table(
            id: "categories", title: Phrase("本月应计入，与上月比较", "Due for the month, against the month before"),
            columns: [
                Column("psn_category", Phrase("人员类别", "Category"), .text),
                Column("people", Phrase("本月人数", "People"), .count, total: .equals(all.rows, source: source)),
                Column("people_before", Phrase("上月人数", "Month before"), .count, total: .sum),
                Column("people_change", Phrase("增减", "Change"), .count, total: .sum),
                Column("due", Phrase("本月金额", "Amount"), .money, total: .equals(all.amount, source: source)),
                Column("due_before", Phrase("上月金额", "Month before"), .money, total: .sum),
                Column("due_change", Phrase("增减", "Change"), .money, total: .sum),
            ],
            rows: TableRows(rows),
            note: note)
    }

    /// 所属月份: the months that the entries cover, this one and others, prior years among them.
    private func coveredTable(net: Fen) throws -> Table {
        let source = Phrase("月末运行的控制总数", "the month-end's control totals")
        var prior = Fen.zero
        let rows = try Set(groups.flatMap(\.months.keys)).sorted().map { covered throws(MoneyOverflow) -> [Cell] in
            var (people, credited, takenBack) = (Int64(0), Fen.zero, Fen.zero)
            for case let sums? in groups.map({ $0.months[covered] }) {
                people += sums.people
                try credited += sums.credited
                try takenBack += sums.takenBack
            }
            let net = try credited + takenBack
            if covered.year < month.year { try prior += net }
            return [.month(covered), .count(people), .money(credited), .money(takenBack), .money(net)]
        }
        return Table(
            id: "covered_months", title: Phrase("按所属月份", "By the month covered"),
            columns: [
                Column("covered_month", Phrase("所属月份", "Month covered"), .date),
                Column("people", Phrase("计入人数", "People"), .count, total: .sum),
                Column(
                    "credited", Phrase("计入", "Credited"), .money,
                    total: .equals(try sum("posted"), source: source)),
                Column(
                    "taken_back", Phrase("扣回", "Taken back"), .money,
                    total: .equals(try sum("taken_back"), source: source)),
                Column("net", Phrase("净额", "Net"), .money, total: .equals(net, source: source)),
            ],
            rows: TableRows(rows),
            note: prior == .zero
                ? nil
                : Phrase(
                    "其中以前年度调整净额\(prior.grouped)元。", "Of it \(prior.grouped) yuan net adjust prior years."))
    }

    private var note: Phrase? {
        if run.monthsFrom < month {
            return Phrase(
                "本次月末一并结算\(run.monthsFrom)至\(month)，人数为各月人数之和。",
                "This month-end settles \(run.monthsFrom) to \(month) together; people are counted in each of the months."
            )
        }
        guard dueBefore == nil else { return nil }
        return Phrase(
            "上月未在本系统结算，无可比数据。", "The month before was not settled here; there is nothing to compare with.")
    }

    private func exceptionTable(_ excepted: Int64) -> Table {
        let rows = exceptions.map { exception -> [Cell] in
            let known = CreditException(rawValue: exception.reason)
            return [
                .phrase(Phrase(exception.title, known?.englishTitle ?? exception.reason)), .count(exception.people),
                .count(exception.rows), .phrase(Phrase(exception.remedy, known?.englishRemedy ?? "")),
            ]
        }
        return Table(
            id: "exceptions", title: Phrase("未能计入的原因与处理", "Not credited, and what to do"),
            columns: [
                Column("reason", Phrase("原因", "Reason"), .text),
                Column("people", Phrase("人数", "People"), .count),
                Column(
                    "rows", Phrase("笔数", "Rows"), .count,
                    total: .equals(
                        excepted, source: Phrase("月末运行的控制总数", "the month-end's control totals"))),
                Column("remedy", Phrase("处理", "What to do"), .text),
            ], rows: TableRows(rows))
    }

    private var chart: Chart {
        let (first, last) = (line.first, line.last)
        return Chart(
            .bars, title: Phrase("近十二个月记账净额", "Posted in the last twelve months, net"), unit: .money,
            places: line.map { Phrase("\($0.month)", "\($0.month)") },
            series: [
                Chart.Series(Phrase("在职与灵活就业", "Working"), line.map(\.workers.rawValue)),
                Chart.Series(Phrase("退休", "Retired"), line.map(\.retirees.rawValue)),
            ],
            alternative: Phrase(
                "从 \(first.map { "\($0.month)：\($0.workers)、\($0.retirees)" } ?? "无") "
                    + "到 \(last.map { "\($0.month)：\($0.workers)、\($0.retirees)" } ?? "无")（元，依次为在职与灵活就业、退休）。",
                "From \(first.map { "\($0.month): \($0.workers), \($0.retirees)" } ?? "nothing") "
                    + "to \(last.map { "\($0.month): \($0.workers), \($0.retirees)" } ?? "nothing") "
                    + "(yuan; working, then retired)."))
    }
}

/// Who signs a report.
enum ReportSigners {
    /// 制表, 复核, 审核.
    static let three = [
        Phrase("制表", "Prepared by"), Phrase("复核", "Checked by"), Phrase("审核", "Approved by"),
    ]
}
