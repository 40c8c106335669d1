import Money
import Policy
import Reports

extension WatchFacts {
    private var groups: [(level: InstitutionLevel?, members: [Institution])] {
        (InstitutionLevel.allCases.map(Optional.some) + [nil]).map { level in
            (level, institutions.filter { $0.level == level })
        }.filter { !$0.members.isEmpty }
    }

    private func farByPool() throws -> [FarFromPeers<Institution>] {
        try groups.flatMap { group in FarFromPeers.among(try WatchFacts.poolPerVisit(group.members)) }
    }

    private func farByVisits() -> [FarFromPeers<Institution>] {
        groups.flatMap { group in FarFromPeers.among(WatchFacts.visitsPerHundred(group.members)) }
    }

    private static func poolPerVisit(
        _ members: [Institution]
    ) throws -> [(member: Institution, value: Int64)] {
        try members.compactMap { member in try member.poolPerVisit().map { (member, $0) } }
    }

    private static func visitsPerHundred(_ members: [Institution]) -> [(member: Institution, value: Int64)] {
        members.compactMap { member in member.visitsPerHundred.map { (member, $0) } }
    }

    /// The farthest first.
    private static func farthest(_ far: [FarFromPeers<Institution>]) -> [FarFromPeers<Institution>] {
        Array(far.sorted { $0.isFarther(than: $1) ?? ($0.member.code < $1.member.code) }.prefix(shown))
    }

    /// By level: what peers are compared with.
    func levelTable() throws -> Table {
        let far = Set(try farByPool().map(\.member.code) + farByVisits().map(\.member.code))
        let rows = try groups.map { group -> [Cell] in
            var (visits, pool) = (Int64(0), Fen.zero)
            for member in group.members {
                visits += member.visits
                try pool += member.pool
            }
            let (perVisit, perHundred) = (
                try WatchFacts.poolPerVisit(group.members), WatchFacts.visitsPerHundred(group.members)
            )
            let byPool = perVisit.isEmpty ? nil : PeerSpread(perVisit.map(\.value))
            let byVisits = perHundred.isEmpty ? nil : PeerSpread(perHundred.map(\.value))
            return [
                .phrase(group.level?.phrase ?? WatchFacts.noLevel), .count(Int64(group.members.count)),
                .count(Int64(group.members.count { far.contains($0.code) })), .count(visits), .money(pool),
                byPool.map { .money(Fen($0.median)) } ?? .empty, byVisits.map { .count($0.median) } ?? .empty,
            ]
        }
        return Table(
            id: "levels", title: Phrase("各级机构", "Institutions by level"),
            columns: [
                Column("hosp_lv", Phrase("级别", "Level"), .text),
                Column("institutions", Phrase("机构数", "Institutions"), .count, total: .sum),
                Column("far", Phrase("偏离较大", "Far from peers"), .count, total: .sum),
                Column(
                    "visits", Phrase("统筹人次", "Visits"), .count,
                    total: .equals(
                        people.reduce(0) { $0 + $1.visits }, source: Phrase("按人员统计的人次", "the visits of people"))),
                poolColumn(total: try burn.spent()),
                Column("pool_per_visit", Phrase("次均统筹支付中位数", "Pool per visit, median"), .money),
                Column("visits_per_hundred", Phrase("百人就诊人次中位数", "Visits per 100 people, median"), .count),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "与同级机构的中位数相差超过绝对中位差3倍的为偏离较大；绝对中位差为零的，按中位数的5%计。偏离只说明应当了解原因，不说明违规。",
                "Far from peers: more than 3 × the median absolute deviation from the median of the same level; a deviation "
                    + "of zero counts as 5 % of the median. It says that somebody should ask why, not that anything is wrong."
            ))
    }

    func poolPerVisitTable() throws -> Table {
        let far = try farByPool()
        return farTable(
            "pool_per_visit", Phrase("次均统筹支付偏离同级的机构", "Pool per visit far from peers"),
            Phrase("次均统筹支付", "Pool per visit"), .money, far
        ) { .money(Fen($0)) }
    }

    func visitsPerHundredTable() -> Table {
        farTable(
            "visits_per_hundred", Phrase("百人就诊人次偏离同级的机构", "Visits per 100 people far from peers"),
            Phrase("百人就诊人次", "Visits per 100 people"), .count, farByVisits()
        ) { .count($0) }
    }

    private func farTable(
        _ id: String, _ title: Phrase, _ value: Phrase, _ kind: ColumnKind, _ far: [FarFromPeers<Institution>],
        cell: (Int64) -> Cell
    ) -> Table {
        let rows = WatchFacts.farthest(far).map { far -> [Cell] in
            [
                .identifier(far.member.code), .text(far.member.name),
                .phrase(far.member.level?.phrase ?? WatchFacts.noLevel), .count(far.member.visits),
                .count(far.member.people), .money(far.member.pool), cell(far.value), cell(far.spread.median),
                cell(far.spread.deviation),
            ]
        }
        let columns = [
            Column("fixmedins_code", Phrase("机构编码", "Code"), .identifier),
            Column("fixmedins_name", Phrase("机构名称", "Institution"), .text),
            Column("hosp_lv", Phrase("级别", "Level"), .text),
            Column("visits", Phrase("统筹人次", "Visits"), .count),
            Column("people", Phrase("人数", "People"), .count),
            Column("hifp_pay", Phrase("统筹支付", "Pool"), .money),
            Column("value", value, kind),
            Column("median", Phrase("同级中位数", "Median of the level"), kind),
            Column("deviation", Phrase("绝对中位差", "Median deviation"), kind),
        ]
        let count = rows.count
        return Table(
            id: id, title: title, columns: columns, rows: TableRows(rows),
            note: far.count > count
                ? Phrase("偏离较大的共\(far.count)家，列前\(count)家。", "\(far.count) are far; the first \(count) are shown.")
                : nil)
    }

    /// People by how far they lie above their peers; nobody is named.
    func peopleTable() throws -> Table {
        let rows = people.map { band -> [Cell] in
            [
                .phrase(band.category?.phrase ?? Phrase("仅退费或重算", "refunds and revisions only")),
                .phrase(band.band.phrase), band.median.map { .count($0) } ?? .empty,
                band.deviation.map { .count($0) } ?? .empty, .count(band.people), .count(band.visits),
                .money(band.pool),
            ]
        }
        return Table(
            id: "people", title: Phrase("参保人就诊次数与同类人员比较", "People by visits, against their category"),
            columns: [
                Column("psn_category", Phrase("人员类别", "Category"), .text),
                Column("band", Phrase("就诊次数", "Visits, as against the category"), .text),
                Column("median", Phrase("中位数", "Median"), .count),
                Column("deviation", Phrase("绝对中位差", "Median deviation"), .count),
                Column("people", Phrase("人数", "People"), .count, total: .sum),
                Column(
                    "visits", Phrase("统筹人次", "Visits"), .count,
                    total: .equals(
                        institutions.reduce(0) { $0 + $1.visits },
                        source: Phrase("按机构统计的人次", "the visits of institutions"))),
                poolColumn(total: try burn.spent()),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "绝对中位差不足1次的按1次计。本表只列人数，不列个人。",
                "A deviation of less than one visit counts as one. People are counted here, nobody is named."))
    }

    /// The people farthest above their peers, so that somebody asks why; who may see the number in full finds them by it.
    func farPeopleTable() -> Table {
        let rows = farPeople.map { far -> [Cell] in
            [
                .identifier(far.number), .identifier(far.district),
                far.category.map { .phrase($0.phrase) } ?? .empty, .count(far.group.visits), .count(far.institutions),
                .money(far.pool), .count(far.spread.median), .count(far.spread.deviation),
            ]
        }
        return Table(
            id: "far_people", title: Phrase("就诊次数偏离同类的参保人", "People whose visits are far from their category"),
            columns: [
                Column("psn_no", Phrase("个人编号（掩码）", "Number, masked"), .identifier),
                Column("insu_admdvs", Phrase("参保地", "District"), .identifier),
                Column("psn_category", Phrase("人员类别", "Category"), .text),
                Column("visits", Phrase("统筹人次", "Visits"), .count),
                Column("institutions", Phrase("就诊机构数", "Institutions"), .count),
                Column("hifp_pay", Phrase("统筹支付", "Pool"), .money),
                Column("median", Phrase("同类中位数", "Median of the category"), .count),
                Column("deviation", Phrase("绝对中位差", "Median deviation"), .count),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "高出同类中位数3倍绝对中位差以上的，按偏离程度列前\(WatchFacts.shown)人。偏离只说明应当了解原因，不说明违规。",
                "More than 3 deviations above the median of the category, the farthest \(WatchFacts.shown). It says that somebody "
                    + "should ask why, not that anything is wrong."))
    }

    private func poolColumn(total: Fen) -> Column {
        Column(
            "hifp_pay", Phrase("统筹支付", "Pool"), .money,
            total: .equals(total, source: Phrase("各次运行的控制总数", "the runs' control totals")))
    }

    private static let noLevel = Phrase("未定级", "no level")
}

extension WatchFacts.Band {
    fileprivate var phrase: Phrase {
        switch self {
        case .upToMedian: Phrase("不高于中位数", "up to the median")
        case .withinThree: Phrase("高出3倍差以内", "above it by up to 3 deviations")
        case .withinSix: Phrase("高出3至6倍差", "by 3 to 6")
        case .withinTen: Phrase("高出6至10倍差", "by 6 to 10")
        case .beyond: Phrase("高出10倍差以上", "by more than 10")
        }
    }
}
