import Reports
import Settlement

extension AnnualFacts {
    func differenceTable() -> Table {
        let rows = differences.map { difference -> [Cell] in
            [.phrase(difference.kind.phrase)] + difference.counts.map { .count($0) } + [
                .count(difference.counts.reduce(0, +)), .money(difference.amount),
            ]
        }
        return Table(
            id: "differences", title: Phrase("年末未处理差异，按类别和账龄", "Open differences at the year's end, by class and age"),
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
            ],
            rows: TableRows(rows),
            note: Phrase(
                "账龄算至12月31日；状态以年度结算完成时为准。", "Ages on 31 December; the state when the year was closed."))
    }

    func certificateSections() throws -> [Section] {
        [
            .table(conservationTable()), .table(certificateTable()),
            .notes(
                Phrase("年度结算证书", "Certificate"),
                [
                    Phrase("证书摘要（SHA-256）：\(certificate.digest)", "Digest (SHA-256): \(certificate.digest)"),
                    certificate.certificate.previousDigest.map {
                        Phrase("上年证书摘要：\($0)", "Of the year before: \($0)")
                    } ?? Phrase("上年无证书。", "There is no certificate of the year before."),
                    Phrase("程序版本：\(certificate.programVersion)", "Program: \(certificate.programVersion)"),
                    Phrase("复验：settle verify --year \(year)", "To compute it again: settle verify --year \(year)"),
                ]),
        ]
    }

    /// 收支平衡, as certified.
    private func conservationTable() -> Table {
        var tables: [String: [String: Int64]] = [:]
        for line in certificate.certificate.lines where line.section == "conservation" {
            let words = line.item.split(separator: " ", maxSplits: 1).map(String.init)
            guard let table = words.first, let fate = words.last else { continue }
            tables[table, default: [:]][fate, default: 0] += line.rows
        }
        let fates = AnnualFacts.fates
        let accounted = tables.values.reduce(0) { sum, row in sum + fates.reduce(0) { $0 + (row[$1.name] ?? 0) } }
        let rows = tables.sorted { $0.key < $1.key }.map { name, row -> [Cell] in
            [.identifier("\(name).csv"), .count(row["read"] ?? 0)] + fates.map { .count(row[$0.name] ?? 0) }
        }
        return Table(
            id: "conservation", title: Phrase("数据去向", "What became of every row"),
            columns: [
                Column("table", Phrase("文件", "File"), .identifier),
                Column(
                    "read", Phrase("读入", "Read"), .count,
                    total: .equals(accounted, source: Phrase("各去向之和", "all that became of them"))),
            ]
                + fates.map {
                    Column($0.name.split(separator: " ").joined(separator: "_"), $0.phrase, .count, total: .sum)
                }, rows: TableRows(rows))
    }

    private struct Fate {
        let name: String
        let phrase: Phrase
    }

    private static let fates = [
        Fate(name: "used", phrase: Phrase("采用", "Used")), Fate(name: "refused", phrase: Phrase("拒付", "Refused")),
        Fate(name: "excepted", phrase: Phrase("未能计入", "Excepted")),
        Fate(name: "not_due", phrase: Phrase("无需处理", "Not due")),
        Fate(name: "replaced", phrase: Phrase("被更新", "Replaced")),
        Fate(name: "withdrawn", phrase: Phrase("作废", "Withdrawn")),
        Fate(name: "later", phrase: Phrase("留待以后", "Later")),
    ]

    private func certificateTable() -> Table {
        var sections: [(name: String, lines: Int64, rows: Int64)] = []
        for line in certificate.certificate.lines {
            if sections.last?.name != line.section { sections.append((line.section, 0, 0)) }
            sections[sections.count - 1].lines += 1
            sections[sections.count - 1].rows += line.rows
        }
        for leaf in certificate.certificate.leaves {
            let name = "leaf \(leaf.table)"
            if sections.last?.name != name { sections.append((name, 0, 0)) }
            sections[sections.count - 1].lines += 1
            sections[sections.count - 1].rows += leaf.rows
        }
        let rows = sections.map { section -> [Cell] in
            [.identifier(section.name), .count(section.lines), .count(section.rows)]
        }
        return Table(
            id: "certificate", title: Phrase("证书所列", "What the certificate states"),
            columns: [
                Column("section", Phrase("项目", "Section"), .identifier),
                Column(
                    "lines", Phrase("条数", "Statements"), .count,
                    total: .equals(certificateLines, source: Phrase("证书表", "the certificate as it is kept"))),
                Column("rows", Phrase("所涉行数", "Rows"), .count),
            ], rows: TableRows(rows))
    }
}
