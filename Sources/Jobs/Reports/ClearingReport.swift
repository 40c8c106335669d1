import Money
import Policy
import Reports
import Settlement

extension ReportKind {
    static let clearing = ReportKind(rawValue: "clearing")
    static let paymentNotices = ReportKind(rawValue: "payment-notices")
}

extension ClearingMonthFacts {
    /// 月结算.
    func report(office: String?) throws -> Report {
        var (visits, owed, all) = (Int64(0), Fen.zero, ClearingMovement())
        for institution in institutions {
            visits += institution.visits
            try owed += institution.owed()
            try all.add(institution.movement())
        }
        return Report(
            kind: .clearing, title: Phrase("定点机构月结算表", "Monthly clearing with institutions"),
            period: .month(month), origin: try run.origin(office: office),
            figures: [
                Figure(
                    Phrase("拨付金额", "Paid out"), .money(all.payment),
                    note: Phrase("\(institutions.count)家机构", "\(institutions.count) institutions")),
                Figure(
                    Phrase("本月应付", "Incurred in the month"), .money(owed),
                    note: Phrase("\(visits.grouped)人次", "\(visits.grouped) settlements")),
                Figure(Phrase("质量保证金", "Quality deposit"), .money(all.deposit)),
                Figure(
                    Phrase("暂缓支付", "Withheld"), .money(all.withheld),
                    note: Phrase("差异未处理的结算；负数为解除", "open differences; negative is released")),
            ],
            sections: [
                .chart(chart), .table(try settlementTable(owed: owed)), .table(try clearingTable(owed: owed)),
            ] + priorYears.sections + [.signatures(ReportSigners.three)])
    }

    private func settlementTable(owed: Fen) throws -> Table {
        let source = Phrase("\(runCount)次运行的控制总数", "control totals of \(runCount) runs")
        let pool = try totals.sum("institution.pool").amount
        let all = try pool + totals.sum("institution.account").amount
        let rows = try institutions.map { institution throws(MoneyOverflow) -> [Cell] in
            [
                .identifier(institution.code), .text(institution.name),
                institution.level.map { .phrase($0.phrase) } ?? .empty, .count(institution.visits),
                .money(institution.fees), .money(institution.pool), .money(institution.account),
                .money(institution.family), .money(try institution.owed()),
            ]
        }
        return Table(
            id: "settlements", title: Phrase("结算汇总", "Settlements"),
            columns: ClearingMonthFacts.names + [
                Column("hosp_lv", Phrase("级别", "Level"), .text),
                Column("visits", Phrase("人次", "Settlements"), .count, total: .sum),
                Column("medfee_sumamt", Phrase("总费用", "Fees"), .money, total: .sum),
                Column("hifp_pay", Phrase("统筹支付", "Pool"), .money, total: .equals(pool, source: source)),
                Column("acct_pay", Phrase("个人账户", "Own account"), .money, total: .sum),
                Column("acct_mulaid_pay", Phrase("家庭共济", "Family account"), .money, total: .sum),
                Column("owed", Phrase("应付合计", "Incurred"), .money, total: .equals(all, source: source)),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "本月记账的结算，退费及重算按差额计入；不含需由参保人自付的现金。",
                "Settlements posted in the month; refunds and revisions count by their difference. Without what persons paid "
                    + "in cash."))
    }

    private func clearingTable(owed: Fen) throws -> Table {
        let rows = try institutions.map { institution throws(MoneyOverflow) -> [Cell] in
            let movement = try institution.movement()
            return [
                .identifier(institution.code), .text(institution.name), .money(movement.incurred),
                .money(movement.withheld), .money(try movement.recognised()), .money(movement.annual),
                .money(movement.deposit), .money(try movement.recognised() + movement.annual - movement.deposit),
                .money(movement.carried), .money(movement.payment),
            ]
        }
        let clearing = Phrase("月末清算的控制总数", "control totals of the clearing")
        return Table(
            id: "clearing", title: Phrase("申请、审核、清算与拨付", "Applied, reviewed, cleared and paid"),
            columns: ClearingMonthFacts.names + [
                Column(
                    "incurred", Phrase("申请", "Applied"), .money,
                    total: .equals(owed, source: Phrase("结算汇总", "the settlements"))),
                Column(
                    "withheld", Phrase("暂缓支付", "Withheld"), .money,
                    total: .equals(try clearingTotals.sum("clearing.withheld").amount, source: clearing)),
                Column("recognised", Phrase("审核", "Reviewed"), .money, total: .sum),
                Column(
                    "annual", Phrase("年度清算", "Annual"), .money,
                    total: .equals(try clearingTotals.sum("clearing.annual").amount, source: clearing)),
                Column(
                    "deposit", Phrase("质量保证金", "Deposit"), .money,
                    total: .equals(try clearingTotals.sum("clearing.deposit").amount, source: clearing)),
                Column("cleared", Phrase("清算", "Cleared"), .money, total: .sum),
                Column(
                    "carried", Phrase("结转", "Carried"), .money,
                    total: .equals(try clearingTotals.sum("clearing.carried").amount, source: clearing)),
                Column(
                    "payment", Phrase("拨付", "Paid"), .money,
                    total: .equals(vouched, source: Phrase("拨付凭证", "the payment vouchers"))),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "审核＝申请－暂缓支付；清算＝审核＋年度清算－质量保证金；拨付＝清算－结转。结转为负数的，待以后月份抵扣。",
                "Reviewed = applied − withheld; cleared = reviewed + annual − deposit; paid = cleared − carried. What is carried "
                    + "below zero is set off against later months."))
    }

    /// 拨付通知单: a page for each institution that is paid.
    func notices(office: String?) throws -> Report {
        var paid = Fen.zero
        var rows: [[Cell]] = []
        for institution in institutions {
            let movement = try institution.movement()
            guard movement.payment != .zero else { continue }
            try paid += movement.payment
            rows.append([
                .text(institution.name), .identifier(institution.code), .money(movement.incurred),
                .money(movement.withheld), .money(movement.annual), .money(movement.deposit),
                .money(movement.payment), .money(movement.payment),
                .money(institution.cleared[.pool]?.payment ?? .zero),
                .money(institution.cleared[.account]?.payment ?? .zero),
            ])
        }
        let columns = [
            Column("fixmedins_name", Phrase("机构名称", "Institution"), .text),
            Column("fixmedins_code", Phrase("机构编码", "Code"), .identifier),
            Column("incurred", Phrase("申请金额", "Applied"), .money, total: .sum),
            Column("withheld", Phrase("暂缓支付", "Withheld"), .money, total: .sum),
            Column("annual", Phrase("年度清算", "Annual clearing"), .money, total: .sum),
            Column("deposit", Phrase("质量保证金", "Quality deposit"), .money, total: .sum),
            Column(
                "payment", Phrase("拨付金额（小写）", "Paid"), .money,
                total: .equals(vouched, source: Phrase("拨付凭证", "the payment vouchers"))),
            Column("payment_capitals", Phrase("拨付金额（大写）人民币", "Paid, in capital characters, RMB"), .capitals),
            Column("payment_pool", Phrase("其中：统筹基金", "Of the pooling fund"), .money, total: .sum),
            Column("payment_account", Phrase("其中：个人账户", "Of personal accounts"), .money, total: .sum),
        ]
        return Report(
            kind: .paymentNotices, title: Phrase("医疗保障基金拨付通知单", "Payment notices"), period: .month(month),
            origin: try run.origin(office: office),
            figures: [Figure(Phrase("拨付金额", "Paid out"), .money(paid))],
            sections: [
                .table(
                    Table(
                        id: "notices", title: Phrase("医疗保障基金拨付通知单", "Payment notice"), columns: columns,
                        rows: TableRows(rows),
                        layout: .notices(
                            NoticeLayout(
                                heading: "fixmedins_name", emphasis: ["payment", "payment_capitals"],
                                opening: Phrase(
                                    "你单位\(month.year)年\(month.month)月门诊医疗费用经审核清算，拨付如下（金额单位：元）：",
                                    "Your outpatient fees of \(month) have been reviewed and cleared, and are paid as follows (yuan):"
                                ),
                                closing: Phrase(
                                    "如有异议，请自收到之日起十个工作日内与我单位核对。",
                                    "If you object, please clear it with us within ten working days of receipt."),
                                signatures: ReportSigners.three))))
            ])
    }

    private static let names = [
        Column("fixmedins_code", Phrase("机构编码", "Code"), .identifier),
        Column("fixmedins_name", Phrase("机构名称", "Institution"), .text),
    ]

    private var chart: Chart {
        Chart(
            .bars, title: Phrase("本年逐月拨付", "Paid by month of the year"), unit: .money,
            places: payments.map { Phrase("\($0.month.month)月", "\($0.month)") },
            series: [
                Chart.Series(Phrase("统筹基金", "Pooling fund"), payments.map(\.pool.rawValue)),
                Chart.Series(Phrase("个人账户", "Personal accounts"), payments.map(\.account.rawValue)),
            ],
            alternative: Phrase(
                payments.map { "\($0.month)：统筹基金\($0.pool)元，个人账户\($0.account)元" }.joined(separator: "；"),
                payments.map { "\($0.month): pooling fund \($0.pool), personal accounts \($0.account) yuan" }
                    .joined(separator: "; ")))
    }
}
