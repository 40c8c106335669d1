import Money
import Reports

/// A report with a bit of everything, small enough to be looked at in full.
enum SmallReport {
    static let origin = ReportOrigin(
        run: 12, instance: Phrase("月末 2023-01", "month-end 2023-01"),
        finishedAt: CivilTime(CivilDate(dayNumber: 8432), secondOfDay: 3723),
        rulesDigest: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", office: "某市医保中心")

    /// What an institution may call itself, and does in one's dreams.
    static let hostileNames = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "O'Brien & <b>Sons</b>",
        "{{style}}{{{script}}}",
        "=HYPERLINK(\"http://x\",\"y\")", "+1", "-1", "@SUM(A1)", "\t=1", "逗号,引号\"换行\n尾", "</td></tr></table>",
    ]

    static func table(names: [String] = ["第一医院", "第二医院"], expected: Fen = Fen(1_234_567_89)) -> Table {
        let rows = names.enumerated().map { index, name -> [Cell] in
            [
                .identifier("00\(index)320700123456789"), .text(name), .count(Int64(index) + 1),
                .money(index == 0 ? Fen(1_234_568_00) : index == 1 ? Fen(-11) : .zero), .rate(Rate(basisPoints: 6012)),
                .date(CivilDate(dayNumber: 8431)), index == 0 ? .empty : .phrase(Phrase("不等", "unequal")),
            ]
        }
        let source = Phrase("控制总数", "control totals")
        return Table(
            id: "institutions", title: Phrase("机构", "Institutions"),
            columns: [
                Column("fixmedins_code", Phrase("机构编码", "Code"), .identifier),
                Column("fixmedins_name", Phrase("机构名称", "Name"), .text),
                Column("visits", Phrase("人次", "Visits"), .count, total: .sum),
                Column("payment", Phrase("拨付", "Paid"), .money, total: .equals(expected, source: source)),
                Column("rate", Phrase("比例", "Rate"), .rate),
                Column("day", Phrase("日期", "Day"), .date),
                Column("answer", Phrase("结果", "Answer"), .text),
            ],
            rows: TableRows(rows), note: Phrase("负数为退回。", "Negative is given back."))
    }

    static let chart = Chart(
        .lines, title: Phrase("逐月", "By month"), unit: .money, places: [Phrase("1月", "Jan"), Phrase("2月", "Feb")],
        series: [
            Chart.Series(Phrase("统筹", "Pool"), [30_000_00, 45_000_00]),
            Chart.Series(Phrase("账户", "Account"), [-5_000_00, nil]),
        ],
        alternative: Phrase("统筹由30000升至45000。", "The pool rises from 30000 to 45000."))

    static let notices = Table(
        id: "notices", title: Phrase("拨付通知单", "Payment notice"),
        columns: [
            Column("name", Phrase("机构名称", "Name"), .text), Column("amount", Phrase("小写", "Amount"), .money),
            Column("capitals", Phrase("大写", "In capitals"), .capitals),
        ],
        rows: TableRows([[.text("第一医院"), .money(Fen(1680_32)), .money(Fen(1680_32))]]),
        layout: .notices(
            NoticeLayout(
                heading: "name", emphasis: ["capitals"], opening: Phrase("拨付如下：", "Paid as follows:"),
                closing: Phrase("请核对。", "Please check."), signatures: [Phrase("制表", "Prepared by")])))

    static func report(_ sections: [Section]? = nil) -> Report {
        Report(
            kind: ReportKind(rawValue: "small"), title: Phrase("小报表", "Small report"),
            period: .month(Month.first(of: 2023)), origin: origin,
            figures: [
                Figure(Phrase("拨付", "Paid"), .money(Fen(1_234_567_89)), note: Phrase("上月 0.00", "before 0.00")),
                Figure(Phrase("人次", "Visits"), .count(3)),
            ],
            sections: sections
                ?? [
                    .notes(Phrase("下一步", "Next"), [Phrase("核对。", "Check.")]), .table(table()), .chart(chart),
                    .table(notices), .signatures([Phrase("制表", "Prepared by"), Phrase("审核", "Approved by")]),
                ])
    }

    static let glance = Glance(
        figures: [Figure(Phrase("未处理差异", "Open differences"), .count(1234))],
        years: [
            Glance.Year(
                year: 2023,
                rows: [Glance.Row(Phrase("夜间结算", "Nights"), [.done, .open] + Array(repeating: .none, count: 10))])
        ],
        runs: [
            Glance.Run(
                run: 13, instance: Phrase("夜间结算 2023-02-01", "night 2023-02-01"), finishedAt: nil,
                state: Phrase("进行中或中断", "at work, or interrupted")),
            Glance.Run(
                run: 12, instance: origin.instance, finishedAt: origin.finishedAt, state: Phrase("已完成", "done")),
        ])

    static let shares = Chart(
        .bars, title: Phrase("分布", "Distribution"), unit: .share,
        places: (1...14).map { Phrase("四分之三以上，未满\($0)", "three quarters or more \($0)") },
        series: [
            Chart.Series(Phrase("在职", "working"), (1...14).map { Int64($0) * 500 }),
            Chart.Series(Phrase("退休", "retired"), (1...14).map { $0 == 3 ? nil : 10_000 - Int64($0) * 500 }),
        ],
        alternative: Phrase("在职渐多，退休渐少。", "Ever more are working, ever fewer retired."))
}
