import Money
import Reports
import Settlement

extension ReportKind {
    static let reconciliation = ReportKind(rawValue: "reconciliation")
}

extension ReconciliationFacts {
    /// 日对账.
    func report(office: String?) throws -> Report {
        let unequal = Set(statements.filter { !$0.isEqual }.map(\.institution))
        let stating = Set(statements.map(\.institution))
        let read = try totals.sum("settlement.read")
        let tonight = refused.reduce(0) { $0 + $1.tonight }
        return Report(
            kind: .reconciliation, title: Phrase("日对账", "Nightly reconciliation"), period: .day(date),
            origin: try run.origin(office: office),
            figures: [
                Figure(
                    Phrase("相等机构", "Institutions equal"), .count(Int64(stating.count - unequal.count)),
                    note: Phrase("共\(stating.count)家报送", "of \(stating.count) that stated")),
                Figure(Phrase("不等机构", "Institutions unequal"), .count(Int64(unequal.count))),
                Figure(Phrase("未处理差异", "Open differences"), .count(openDifferences)),
                Figure(
                    Phrase("当夜拒付", "Refused tonight"), .count(tonight),
                    note: Phrase("处理\(read.rows.grouped)笔", "of \(read.rows.grouped) settlements")),
            ],
            sections: [
                .notes(Phrase("下一步", "What to do next"), nextSteps(unequal: unequal.count)),
                .table(try statementTable()), .table(differenceTable()), .table(refusedTable()),
                .signatures(ReportSigners.three),
            ])
    }

    private func nextSteps(unequal: Int) -> [Phrase] {
        var steps: [Phrase] = []
        if statements.isEmpty {
            steps.append(
                Phrase(
                    "没有机构报送当日对账单（3201）。收到后导入，下一夜自动对账。",
                    "No institution has stated its totals (3201) of the day. Load them; the next night compares them."))
        }
        if unequal > 0 {
            steps.append(
                Phrase(
                    "\(unequal)家机构总额不等。导出中心明细交其核对：settle reconcile --date \(date) --export DIR",
                    "\(unequal) institutions are unequal. Give them our detail to compare: settle reconcile --date \(date) --export DIR"
                ))
        }
        let missing = statements.count { !$0.isEqual && !$0.hasDetail }
        if missing > 0 {
            steps.append(
                Phrase(
                    "\(missing)份不等的对账单尚缺机构明细（3202），向机构索取后导入：settle reconcile --import FILE --institution CODE --date \(date)",
                    "\(missing) unequal statements lack the institution's detail (3202). Ask for it and read it in: "
                        + "settle reconcile --import FILE --institution CODE --date \(date)"))
        }
        let old = differences.reduce(0) { $0 + $1.counts.dropFirst(2).reduce(0, +) }
        if old > 0 {
            steps.append(
                Phrase(
                    "\(old)笔差异已超过7日，请先处理：settle discrepancies --open",
                    "\(old) differences are older than 7 days; deal with them first: settle discrepancies --open"))
        }
        if !refused.isEmpty {
            steps.append(
                Phrase(
                    "本月未解决的拒付按下表“处理”一栏办理，处理后下一夜自动重算。",
                    "Refused settlements: do what the table says; the next night settles them anew."))
        }
        return steps.isEmpty ? [Phrase("全部相等，无需处理。", "All are equal; there is nothing to do.")] : steps
    }

    private func statementTable() throws -> Table {
        let rows = try statements.map { statement throws(MoneyOverflow) -> [Cell] in
            [
                .identifier(statement.institution), .text(statement.name),
                .phrase(
                    statement.isEqual
                        ? Phrase("相等", "equal")
                        : statement.hasDetail
                            ? Phrase("不等", "unequal") : Phrase("不等，缺明细", "unequal, no detail")),
                .identifier("\(statement.insurance)/\(statement.clearingType)"), .date(statement.from),
                .count(statement.visits.theirs), .count(statement.visits.theirs - statement.visits.ours),
                .money(statement.fees.theirs), .money(try statement.fees.theirs - statement.fees.ours),
                .money(try statement.fund.theirs - statement.fund.ours),
                .money(try statement.account.theirs - statement.account.ours),
            ]
        }
        let source = Phrase("机构报送的对账单", "the statements as delivered")
        return Table(
            id: "statements", title: Phrase("机构对账结果", "Institutions equal and unequal"),
            columns: [
                Column("fixmedins_code", Phrase("机构编码", "Code"), .identifier),
                Column("fixmedins_name", Phrase("机构名称", "Institution"), .text),
                Column("answer", Phrase("结果", "Answer"), .text),
                Column("clr_type", Phrase("险种/清算类别", "Insurance/type"), .identifier),
                Column("stmt_begndate", Phrase("起始日", "From"), .date),
                Column(
                    "setl_cnt", Phrase("机构人次", "Theirs"), .count, total: .equals(stated.rows, source: source)),
                Column("setl_cnt_difference", Phrase("人次差", "Difference"), .count, total: .sum),
                Column(
                    "medfee", Phrase("机构总费用", "Fees, theirs"), .money,
                    total: .equals(stated.amount, source: source)),
                Column("medfee_difference", Phrase("总费用差", "Difference"), .money, total: .sum),
                Column("fund_pay_difference", Phrase("基金支付差", "Fund, difference"), .money, total: .sum),
                Column("acct_pay_difference", Phrase("个人账户差", "Account, difference"), .money, total: .sum),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "差额为机构减中心。止于当日的对账单均在内，月末日含全月对账单。",
                "Differences are theirs less ours. All statements that end on the day are here, on a month's last day those of "
                    + "the month as well."))
    }

    private func differenceTable() -> Table {
        let rows = differences.map { difference -> [Cell] in
            [.phrase(difference.kind.phrase)] + difference.counts.map(Cell.count) + [
                .count(difference.counts.reduce(0, +)), .money(difference.amount),
            ]
        }
        return Table(
            id: "differences", title: Phrase("未处理差异，按类别和账龄", "Open differences by class and age"),
            columns: [
                Column("class", Phrase("类别", "Class"), .text),
                Column("days_0_1", Phrase("1日内", "Up to 1 day"), .count, total: .sum),
                Column("days_2_7", Phrase("2至7日", "2 to 7"), .count, total: .sum),
                Column("days_8_30", Phrase("8至30日", "8 to 30"), .count, total: .sum),
                Column("days_31", Phrase("30日以上", "Older"), .count, total: .sum),
                Column(
                    "open", Phrase("合计", "All"), .count,
                    total: .equals(openDifferences, source: Phrase("差异台账", "the list of differences"))),
                Column("amount", Phrase("差异金额", "Amount"), .money, total: .sum),
            ], rows: TableRows(rows))
    }

    private func refusedTable() -> Table {
        let rows = refused.map { refused -> [Cell] in
            let known = Refusal(rawValue: refused.name)
            return [
                .phrase(Phrase(refused.title, known?.englishTitle ?? refused.name)), .count(refused.tonight),
                .count(refused.ofMonth), .money(refused.fees),
                .phrase(Phrase(refused.remedy, known?.englishRemedy ?? "")),
            ]
        }
        return Table(
            id: "refused", title: Phrase("拒付结算，按原因", "Refused settlements by reason"),
            columns: [
                Column("reason", Phrase("原因", "Reason"), .text),
                Column("tonight", Phrase("当夜", "Tonight"), .count, total: .sum),
                Column(
                    "of_month", Phrase("本月未解决", "Of the month"), .count,
                    total: .equals(
                        refusedOfMonth, source: Phrase("本月各夜结算台账", "the adjudications of the month's nights"))),
                Column("medfee_sumamt", Phrase("涉及费用", "Fees"), .money, total: .sum),
                Column("remedy", Phrase("处理", "What to do"), .text),
            ], rows: TableRows(rows))
    }
}

extension DiscrepancyClass {
    var phrase: Phrase {
        switch self {
        case .counter: Phrase("窗口结算与应付不一致", "counter against due")
        case .total: Phrase("对账单总额", "statement totals")
        case .onlyOurs: Phrase("中心有、机构无", "only at the centre")
        case .onlyTheirs: Phrase("机构有、中心无", "only at the institution")
        case .amount: Phrase("明细金额", "amounts of the detail")
        case .refundState: Phrase("退费状态", "refund state")
        }
    }
}
