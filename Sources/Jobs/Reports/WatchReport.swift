import Money
import Policy
import Reports

extension ReportKind {
    static let watch = ReportKind(rawValue: "watch")
}

extension WatchFacts {
    /// 基金运行监测.
    func report(office: String?) throws -> Report {
        Report(
            kind: .watch, title: Phrase("基金运行监测", "Fund watch"), period: reportPeriod,
            origin: try run.origin(office: office), figures: try figures(),
            sections: [
                .chart(try chart()), .notes(Phrase("说明", "How to read it"), notes), .table(try monthTable()),
                .table(try levelTable()), .table(try poolPerVisitTable()), .table(visitsPerHundredTable()),
                .table(try peopleTable()), .table(farPeopleTable()),
            ] + priorYears.sections)
    }

    private var reportPeriod: ReportPeriod {
        switch period {
        case .year(let year): .year(year)
        case .month(let month): .month(month)
        }
    }

    private func figures() throws -> [Figure] {
        let (spent, forecast) = (try burn.spent(), try burn.forecastOfYear())
        let unknown = Cell.phrase(Phrase("未提供", "not supplied"))
        let left = try burn.budget.map { budget throws(MoneyOverflow) in try budget - forecast }
        return [
            Figure(
                Phrase("统筹支付累计", "Paid so far"), .money(spent),
                note: Phrase("\(burn.first)至\(burn.last)", "\(burn.first) to \(burn.last)")),
            Figure(
                Phrase("年度预算", "Budget of the year"), burn.budget.map { .money($0) } ?? unknown,
                note: try burn.share(spent).map { Phrase("已用\($0)", "\($0) used") }),
            Figure(
                Phrase("全年预测", "Forecast of the year"), .money(forecast),
                note: try burn.share(forecast).map { Phrase("为预算的\($0)", "\($0) of the budget") }),
            Figure(
                Phrase("预测结余（负数为超支）", "Forecast to be left (negative: overspent)"), left.map { .money($0) } ?? unknown),
        ]
    }

    private var notes: [Phrase] {
        var notes = [
            Phrase(
                "预测按直线推算：已结算\(burn.months.count)个月的累计支付÷\(burn.months.count)×应计月数，先乘后除，四舍五入到分；未考虑季节因素。",
                "The forecast is a straight line: what the \(burn.months.count) settled months paid ÷ \(burn.months.count) × the "
                    + "months to be counted, multiplied first and rounded to the fen; seasons are not allowed for."),
            Phrase(
                "统筹支付按记账月份统计普通门诊统筹，退费和重算按差额计入，不含年度清算的留用和分担。",
                "Payments are those of outpatient pooling by posting month; refunds and revisions count by their difference. "
                    + "What the annual clearing lets institutions keep or bear is not in them."),
        ]
        if burn.first.month > 1 {
            notes.append(
                Phrase(
                    "本系统自\(burn.first)起结算，此前月份的支付不在累计和预测之内，预算为全年数。",
                    "Settled here from \(burn.first) on: earlier months are neither in the sums nor in the forecast, but the "
                        + "budget is that of the whole year."))
        }
        if burn.budget == nil {
            notes.append(
                Phrase(
                    "未提供年度预算，图中无预算线，不计算已用比例。预算写入站点文件（clearing.level_budget、clearing.institution_budget）后重新生成。",
                    "No budget was supplied: there is no budget line and no share used. Write it into the site file "
                        + "(clearing.level_budget, clearing.institution_budget) and write the report again."))
        }
        return notes
    }

    private func monthTable() throws -> Table {
        let sums = try burn.cumulative()
        let rows = try (burn.first...Month.last(of: burn.first.year)).enumerated().map { index, month -> [Cell] in
            guard sums.indices.contains(index) else {
                return [.month(month), .empty, .empty, .money(try burn.forecast(through: month)), .empty]
            }
            return [
                .month(month), .money(burn.months[index]), .money(sums[index]), .empty,
                try burn.share(sums[index]).map { .rate($0) } ?? .empty,
            ]
        }
        return Table(
            id: "months", title: Phrase("逐月支付与预测", "Month by month, and the forecast"),
            columns: [
                Column("month", Phrase("月份", "Month"), .date),
                Column(
                    "hifp_pay", Phrase("统筹支付", "Pool"), .money,
                    total: .equals(vouched, source: Phrase("门诊费用凭证", "the vouchers of outpatient benefits"))),
                Column("cumulative", Phrase("累计", "Cumulative"), .money),
                Column("forecast", Phrase("累计预测", "Forecast, cumulative"), .money),
                Column("used", Phrase("占年度预算", "Of the budget"), .rate),
            ], rows: TableRows(rows))
    }

    private func chart() throws -> Chart {
        let year = burn.first.year
        let months = Array(Month.first(of: year)...Month.last(of: year))
        let sums = try burn.cumulative()
        let paid = months.map { month -> Int64? in
            let index = burn.first.distance(to: month)
            return sums.indices.contains(index) ? sums[index].rawValue : nil
        }
        let line = try months.map { month in
            month < burn.last ? nil : try burn.forecast(through: month).rawValue
        }
        var series = [Chart.Series(Phrase("累计支付", "Paid"), paid)]
        if burn.last.month < 12 { series.append(Chart.Series(Phrase("预测", "Forecast"), line)) }
        if let budget = burn.budget {
            series.append(Chart.Series(Phrase("年度预算", "Budget"), months.map { _ in budget.rawValue }))
        }
        let (spent, forecast) = (try burn.spent(), try burn.forecastOfYear())
        let budget = burn.budget.map { Phrase("年度预算\($0)元", "the budget is \($0) yuan") }
        return Chart(
            .lines, title: Phrase("统筹支付累计与预测", "Paid by the pooling fund, cumulative, and forecast"), unit: .money,
            places: months.map { Phrase("\($0.month)月", "\($0)") }, series: series,
            alternative: Phrase(
                "至\(burn.last)累计\(spent)元，预测至12月\(forecast)元；\(budget?.chinese ?? "未提供预算")。",
                "\(spent) yuan by \(burn.last), forecast to be \(forecast) yuan by December; "
                    + "\(budget?.english ?? "no budget was supplied")."))
    }
}
