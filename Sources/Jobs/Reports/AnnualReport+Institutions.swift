import Books
import Money
import Reports

extension AnnualFacts {
    /// How many institutions stand by themselves; the others are one row.
    private static let shown = 20

    func institutionTable() throws -> Table {
        let present = try institutions.filter { institution throws(MoneyOverflow) in
            try institution.incurred() != .zero || institution.paid != .zero || institution.payable != .zero
        }
        var all = Fen.zero
        for institution in present { try all += institution.incurred() }
        var rows: [[Cell]] = []
        for institution in present.prefix(AnnualFacts.shown) { rows.append(try row(institution, of: all)) }
        let others = institutions.filter { one in !present.prefix(AnnualFacts.shown).contains { $0.code == one.code } }
        if let first = others.first {
            var (pool, account, paid, payable, before) = (Fen.zero, Fen.zero, Fen.zero, Fen.zero, Fen.zero)
            for other in others {
                try pool += other.pool
                try account += other.account
                try paid += other.paid
                try payable += other.payable
                try before += other.before
            }
            let rest = Institution(
                code: others.count == 1 ? first.code : "",
                name: "", pool: pool, account: account, paid: paid, payable: payable, before: before)
            var cells = try row(rest, of: all)
            cells[1] = .phrase(Phrase("其余\(others.count)家", "\(others.count) others"))
            rows.append(cells)
        }
        func booked(_ subject: Subject) throws(MoneyOverflow) -> Fen {
            try AnnualBooks.netCredit(books.ofYear, of: subject) { $0.kind == .outpatientBenefits }.negated()
        }
        let source = Phrase("门诊结算应付凭证", "the vouchers of benefits")
        var columns = [
            Column("fixmedins_code", Phrase("机构编码", "Code"), .identifier),
            Column("fixmedins_name", Phrase("机构名称", "Institution"), .text),
            Column(
                "hifp_pay", Phrase("统筹支付", "Pool"), .money,
                total: .equals(try booked(.outpatientPoolingBenefits), source: source)),
            Column(
                "acct_pay", Phrase("个人账户支付", "Accounts"), .money,
                total: .equals(try booked(.personalAccountBenefits), source: source)),
            Column("incurred", Phrase("合计", "Both"), .money, total: .sum),
            Column("share", Phrase("占比", "Share"), .rate),
            Column(
                "paid", Phrase("本年拨付", "Paid"), .money,
                total: .equals(
                    try AnnualBooks.netCredit(books.ofYear, of: .expenditureDeposits) {
                        $0.kind == .institutionPayment
                    }, source: Phrase("拨付凭证", "the payment vouchers"))),
            Column("payable", Phrase("年末应付", "Payable"), .money, total: .sum),
        ]
        if hasYearBefore {
            columns += [
                Column("incurred_before", Phrase("上年合计", "Year before"), .money, total: .sum),
                Column("growth", Phrase("增长", "Growth"), .rate),
            ]
        }
        return Table(
            id: "institutions", title: Phrase("定点机构，按金额", "Institutions by amount"), columns: columns,
            rows: TableRows(rows),
            note: hasYearBefore
                ? nil
                : Phrase("上年未在本系统结算，无增长数据。", "The year before was not closed here; growth is not known."))
    }

    private func row(_ institution: Institution, of all: Fen) throws(MoneyOverflow) -> [Cell] {
        let incurred = try institution.incurred()
        let cells: [Cell] = [
            .identifier(institution.code), .text(institution.name), .money(institution.pool),
            .money(institution.account), .money(incurred), Rate.cell(incurred, of: all), .money(institution.paid),
            .money(institution.payable),
        ]
        guard hasYearBefore else { return cells }
        return cells + [
            .money(institution.before), Rate.cell(try incurred - institution.before, of: institution.before),
        ]
    }
}

extension AnnualFacts.Institution {
    fileprivate func incurred() throws(MoneyOverflow) -> Fen { try pool + account }
}
