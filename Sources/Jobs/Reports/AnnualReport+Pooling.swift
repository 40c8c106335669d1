import Money
import Policy
import Reports

extension AnnualFacts {
    func poolingSections() throws -> [Section] {
        [.table(try levelTable()), .table(try districtTable()), .table(reachedTable())]
            + (standards.isEmpty
                ? []
                : reachSections(
                    id: "deductible", title: Phrase("起付标准使用分布", "How much of the deductible is used up"),
                    measure: "year.reached_deductible", \.deductible, of: \.deductible)
                    + reachSections(
                        id: "ceiling", title: Phrase("最高支付限额使用分布", "How much of the ceiling is used up"),
                        measure: "year.reached_ceiling", \.ceiling, of: \.ceiling))
    }

    /// A person is of one district, so the people of its rows add up.
    private func levelTable() throws -> Table {
        var groups: [PoolingGroup] = []
        for group in pooling {
            if let last = groups.last, last.category == group.category, last.level == group.level {
                groups[groups.count - 1] = try last.adding(group)
            } else {
                groups.append(group)
            }
        }
        return try poolingTable(
            id: "pooling_levels", title: Phrase("门诊统筹，按人员类别和机构级别", "Outpatient pooling by category and level"),
            groups, hasDistrict: false,
            note: Phrase(
                "结算时间在本年度的普通门诊结算，以年度结算时在账的为准。退费为负：人次减一。一人在多个类别或级别就诊的，各计一人。实际报销比例＝统筹支付÷政策范围内金额。",
                "Ordinary outpatient settlements of the year as they stood when it was closed. A refund takes off a visit. A "
                    + "person seen in several rows counts in each. Actual rate = pool ÷ in scope."))
    }

    private func districtTable() throws -> Table {
        try poolingTable(
            id: "pooling",
            title: Phrase("门诊统筹，按人员类别、机构级别和参保地", "Outpatient pooling by category, level and district"),
            pooling, hasDistrict: true, note: nil)
    }

    private func poolingTable(
        id: String, title: Phrase, _ groups: [PoolingGroup], hasDistrict: Bool, note: Phrase?
    ) throws -> Table {
        let settled = try totals.sum("settlement.verdict") { $0 == "settled" }
        let rows = groups.map { group -> [Cell] in
            [
                group.category.map { .phrase($0.phrase) } ?? .empty, group.level.map { .phrase($0.phrase) } ?? .empty,
            ] + (hasDistrict ? [.identifier(group.district)] : []) + [
                .count(group.people), .count(group.rows), .count(group.visits), .money(group.eligible),
                .money(group.deductible), .money(group.pool), Rate.cell(group.pool, of: group.eligible),
            ]
        }
        let names = [
            Column("psn_category", Phrase("人员类别", "Category"), .text),
            Column("hosp_lv", Phrase("机构级别", "Level"), .text),
        ]
        let district = Column("insu_admdvs", Phrase("参保地", "District"), .identifier)
        return Table(
            id: id, title: title,
            columns: names + (hasDistrict ? [district] : []) + [
                Column("people", Phrase("人数", "People"), .count),
                Column(
                    "settlements", Phrase("结算笔数", "Settlements"), .count,
                    total: .equals(settled.rows, source: AnnualFacts.source)),
                Column("visits", Phrase("人次", "Visits"), .count, total: .sum),
                Column("inscp_scp_amt", Phrase("政策范围内", "In scope"), .money, total: .sum),
                Column("act_pay_dedc", Phrase("起付线", "Deductible"), .money, total: .sum),
                Column(
                    "hifp_pay", Phrase("统筹支付", "Pool"), .money,
                    total: .equals(settled.amount, source: AnnualFacts.source)),
                Column("actual_rate", Phrase("实际报销比例", "Actual rate"), .rate),
            ],
            rows: TableRows(rows), note: note)
    }

    private func reachedTable() -> Table {
        let (people, deductible, ceiling) = (
            totals.items("year.people"), totals.items("year.reached_deductible"), totals.items("year.reached_ceiling")
        )
        let rows = InsuredCategory.allCases.filter { $0 != .flexible }.map { category -> [Cell] in
            let name = category.rawValue
            return [
                .phrase(category.poolingCategory.phrase), .count(people[name]?.rows ?? 0),
                .count(deductible[name]?.rows ?? 0), .count(ceiling[name]?.rows ?? 0),
            ]
        }
        // The sums in force, counted by themselves; without figures of the year there is nothing they could have reached.
        func total(_ isMeant: (Reach) -> Bool) -> ColumnTotal {
            guard !standards.isEmpty else { return .sum }
            return .equals(
                reach.filter(isMeant).reduce(0) { $0 + $1.people },
                source: Phrase("年度累计台账", "the running sums of the year"))
        }
        return Table(
            id: "reached", title: Phrase("达到起付标准和最高支付限额的人数", "People who reached the deductible and the ceiling"),
            columns: [
                Column("psn_category", Phrase("人员类别", "Category"), .text),
                Column("people", Phrase("就诊人数", "People settled"), .count, total: total { _ in true }),
                Column(
                    "reached_deductible", Phrase("达到起付标准", "Reached the deductible"), .count,
                    total: total { $0.deductible == .whole }),
                Column(
                    "reached_ceiling", Phrase("达到最高支付限额", "Reached the ceiling"), .count,
                    total: total { $0.ceiling == .whole }),
            ],
            rows: TableRows(rows),
            note: Phrase("灵活就业人员计入在职。", "Flexible workers are counted among employees."))
    }

    /// Where it bites: the shares of each category as a picture, and the people by category and band. The people of the last
    /// band are those whom the year-end counted as having reached it.
    private func reachSections(
        id: String, title: Phrase, measure: String, _ band: KeyPath<Reach, ReachBand>,
        of figure: KeyPath<Standard, Fen>
    ) -> [Section] {
        let reached = totals.items(measure).values.reduce(0) { $0 + $1.rows }
        let people = totals.items("year.people").values.reduce(0) { $0 + $1.rows }
        var (rows, series, said) = ([[Cell]](), [Chart.Series](), [Phrase]())
        for standard in standards {
            let ofCategory = reach.filter { $0.category == standard.category }
            let all = ofCategory.reduce(0) { $0 + $1.people }
            var shares: [Int64?] = []
            for step in ReachBand.allCases {
                let here = ofCategory.filter { $0[keyPath: band] == step }.reduce(0) { $0 + $1.people }
                let share = Rate.of(Fen(here), in: Fen(all))
                shares.append(share?.basisPoints)
                rows.append([
                    .phrase(standard.category.phrase), .money(standard[keyPath: figure]), .phrase(step.phrase),
                    .count(here), .count(step == .whole ? here : 0), share.map { .rate($0) } ?? .empty,
                ])
                if step == .whole, let share {
                    let name = standard.category.phrase
                    said.append(Phrase("\(name.chinese)\(share)", "\(name.english) \(share)"))
                }
            }
            series.append(Chart.Series(standard.category.phrase, shares))
        }
        let chart = Chart(
            .bars, title: title, unit: .share, places: ReachBand.allCases.map(\.phrase), series: series,
            alternative: Phrase(
                "达到的人员占比：\(said.map(\.chinese).joined(separator: "，"))。",
                "Shares of those who reached it: \(said.map(\.english).joined(separator: ", "))."))
        let table = Table(
            id: id, title: title,
            columns: [
                Column("psn_category", Phrase("人员类别", "Category"), .text),
                Column("standard", Phrase("年末标准", "At the year's end"), .money),
                Column("band", Phrase("已用", "Used"), .text),
                Column("people", Phrase("人数", "People"), .count, total: .equals(people, source: AnnualFacts.source)),
                Column(
                    "reached", Phrase("其中：达到", "Reached"), .count, total: .equals(reached, source: AnnualFacts.source)),
                Column("share", Phrase("占该类人员", "Of the category"), .rate),
            ], rows: TableRows(rows))
        return [.chart(chart), .table(table)]
    }
}

extension AnnualFacts.PoolingGroup {
    fileprivate func adding(_ other: AnnualFacts.PoolingGroup) throws(MoneyOverflow) -> AnnualFacts.PoolingGroup {
        AnnualFacts.PoolingGroup(
            category: category, level: level, district: "", people: people + other.people, rows: rows + other.rows,
            refunds: refunds + other.refunds, eligible: try eligible + other.eligible,
            deductible: try deductible + other.deductible, pool: try pool + other.pool)
    }
}

extension ReachBand {
    fileprivate var phrase: Phrase {
        switch self {
        case .none: Phrase("未使用", "nothing")
        case .underQuarter: Phrase("不足四分之一", "less than a quarter")
        case .underHalf: Phrase("四分之一至一半", "a quarter to a half")
        case .underThreeQuarters: Phrase("一半至四分之三", "a half to three quarters")
        case .underWhole: Phrase("四分之三以上，未满", "three quarters or more")
        case .whole: Phrase("达到", "all")
        }
    }
}

extension PoolingCategory {
    fileprivate var phrase: Phrase {
        switch self {
        case .active: Phrase("在职（含灵活就业）", "working")
        case .retired: InsuredCategory.retired.phrase
        case .veteran: InsuredCategory.veteran.phrase
        }
    }
}
