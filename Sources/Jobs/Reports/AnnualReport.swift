import Money
import Policy
import Reports

extension ReportKind {
    static let annual = ReportKind(rawValue: "annual")
}

extension AnnualFacts {
    /// 年度结算.
    func report(office: String?) throws -> Report {
        let settled = try totals.sum("settlement.verdict") { $0 == "settled" }
        let people = try totals.sum("year.people").rows
        let closing = try totals.sum("account.closing")
        var (eligible, visits) = (Fen.zero, Int64(0))
        for group in pooling {
            try eligible += group.eligible
            visits += group.visits
        }
        return Report(
            kind: .annual, title: Phrase("年度结算", "Annual settlement"), period: .year(year),
            origin: try run.origin(office: office),
            figures: [
                Figure(
                    Phrase("门诊统筹支付", "Paid by the pooling fund"), .money(settled.amount),
                    note: Phrase(
                        "\(people.grouped)人，\(visits.grouped)人次", "\(people.grouped) people, \(visits.grouped) visits")),
                Figure(
                    Phrase("实际报销比例", "Actual rate"), Rate.cell(settled.amount, of: eligible),
                    note: Phrase("占政策范围内 \(eligible.grouped)", "of \(eligible.grouped) in scope")),
                Figure(
                    Phrase("个人账户结转", "Accounts carried forward"), .money(closing.amount),
                    note: Phrase("\(closing.rows.grouped)个账户", "\(closing.rows.grouped) accounts")),
                Figure(Phrase("未处理差异", "Open differences"), .count(openDifferences)),
            ],
            sections: try bookSections() + poolingSections() + monthSections() + [.table(try institutionTable())]
                + accountSections() + [.table(priorYears.table)] + retireeSections()
                + [.table(differenceTable())] + certificateSections() + [.signatures(ReportSigners.three)])
    }

    /// Where figures of the year-end's own counts come from.
    static let source = Phrase("年度结算的控制总数", "the year-end's control totals")
}

extension AnnualFacts.PoolingGroup {
    /// 人次: a mirror row counts back.
    var visits: Int64 { rows - 2 * refunds }
}

extension Rate {
    /// A part of a whole to the basis point, half up; nothing where there is no whole.
    static func cell(_ part: Fen, of whole: Fen) -> Cell { of(part, in: whole).map { .rate($0) } ?? .empty }

    static func of(_ part: Fen, in whole: Fen) -> Rate? {
        guard whole > .zero else { return nil }
        let (doubled, divisor) = (Int128(part.rawValue) * 20_000, Int128(whole.rawValue) * 2)
        let magnitude = (doubled.magnitude + whole.rawValue.magnitude128) / divisor.magnitude
        return Rate(basisPoints: Int64(clamping: part < .zero ? -Int128(magnitude) : Int128(magnitude)))
    }
}

extension Int64 {
    fileprivate var magnitude128: UInt128 { UInt128(magnitude) }
}
