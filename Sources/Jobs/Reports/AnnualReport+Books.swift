import Books
import Money
import Reports

extension AnnualFacts {
    func bookSections() throws -> [Section] {
        [
            .table(
                try fundTable(
                    id: "pooling_fund", title: Phrase("统筹基金收支", "Income and expenditure of the pooling fund"),
                    .poolingFund,
                    equal: try certified(.poolingFund).negated(), source: AnnualFacts.certifiedBalance)),
            .table(
                try fundTable(
                    id: "account_fund",
                    title: Phrase("个人账户基金收支", "Income and expenditure of personal accounts"), .personalAccountFund,
                    equal: try totals.sum("account.closing").amount,
                    source: Phrase("全部个人账户结转之和", "all accounts as carried forward"))),
            .table(try subjectTable()),
        ]
    }

    private static let certifiedBalance = Phrase("证书中的科目余额", "the certified trial balance")

    /// Debit less credit through December, as the certificate says it.
    private func certified(_ subject: Subject) -> Fen {
        certificate.certificate.lines.first { $0.section == "trial_balance" && $0.item == subject.rawValue }?.amount
            ?? .zero
    }

    private func fundTable(
        id: String, title: Phrase, _ subject: Subject, equal expected: Fen, source: Phrase
    ) throws -> Table {
        var rows: [[Cell]] = [
            [
                .phrase(Phrase("年初结余", "balance at the beginning")), .empty, .empty,
                .money(try AnnualBooks.netCredit(books.before, of: subject)),
            ]
        ]
        for kind in VoucherKind.allCases {
            var (income, expenditure) = (Fen.zero, Fen.zero)
            for line in books.ofYear where line.kind == kind && line.subject == subject.rawValue {
                try income += line.credit
                try expenditure += line.debit
            }
            guard income != .zero || expenditure != .zero else { continue }
            rows.append([
                .phrase(kind.phrase), .money(income), .money(expenditure), .money(try income - expenditure),
            ])
        }
        return Table(
            id: id, title: title,
            columns: [
                Column("item", Phrase("项目", "Item"), .text),
                Column("income", Phrase("收入", "Income"), .money, total: .sum),
                Column("expenditure", Phrase("支出", "Expenditure"), .money, total: .sum),
                Column("balance", Phrase("结余", "Balance"), .money, total: .equals(expected, source: source)),
            ],
            rows: TableRows(rows),
            note: Phrase("合计行的结余为年末结余。", "The sum of the balance is that at the year's end."))
    }

    /// 科目余额表, income and expenditure among it.
    private func subjectTable() throws -> Table {
        var (rows, credits) = ([[Cell]](), Fen.zero)
        for subject in books.subjects {
            var (opening, debit, credit) = (Fen.zero, Fen.zero, Fen.zero)
            for line in books.before where line.subject == subject.code {
                opening = try opening + line.debit - line.credit
            }
            for line in books.ofYear where line.subject == subject.code {
                try debit += line.debit
                try credit += line.credit
            }
            guard opening != .zero || debit != .zero || credit != .zero else { continue }
            let closing = try opening + debit - credit
            rows.append([
                .identifier(subject.code), .phrase(Phrase(subject.name, subject.englishName)), .money(opening),
                .money(debit), .money(credit), .money(max(closing, .zero)),
                .money(max(try closing.negated(), .zero)),
            ])
            try credits += credit
        }
        var (certifiedDebits, certifiedCredits) = (Fen.zero, Fen.zero)
        for line in certificate.certificate.lines where line.section == "trial_balance" {
            try certifiedDebits += max(line.amount, .zero)
            try certifiedCredits += max(try line.amount.negated(), .zero)
        }
        return Table(
            id: "subjects", title: Phrase("收支与科目余额", "Income, expenditure and balances by subject"),
            columns: [
                Column("subject_code", Phrase("科目编码", "Subject"), .identifier),
                Column("subject_name", Phrase("科目名称", "Name"), .text),
                Column(
                    "opening", Phrase("年初余额（借＋贷−）", "Opening (credit −)"), .money,
                    total: .equals(0, source: Phrase("借贷相等", "debits equal credits"))),
                Column(
                    "debit", Phrase("本年借方", "Debit"), .money,
                    total: .equals(credits, source: Phrase("贷方发生额", "the credit side"))),
                Column("credit", Phrase("本年贷方", "Credit"), .money, total: .sum),
                Column(
                    "closing_debit", Phrase("年末借方余额", "Closing, debit"), .money,
                    total: .equals(certifiedDebits, source: AnnualFacts.certifiedBalance)),
                Column(
                    "closing_credit", Phrase("年末贷方余额", "Closing, credit"), .money,
                    total: .equals(certifiedCredits, source: AnnualFacts.certifiedBalance)),
            ],
            rows: TableRows(rows),
            note: Phrase(
                "收入看收入类科目的本年贷方，支出看支出类科目的本年借方；年内转入基金的，科目余额为零。",
                "Income is the credit of income subjects, expenditure the debit of expenditure subjects; what was carried to a "
                    + "fund leaves a balance of zero."))
    }

    func monthSections() throws -> [Section] {
        var (rows, credits, pool, account) = ([[Cell]](), [Int64](), [Int64](), [Int64]())
        let months = Array(Month.first(of: year)...Month.last(of: year))
        for month in months {
            let lines = books.ofYear.filter { $0.month == month }
            let credited = try AnnualBooks.netCredit(lines, of: .personalAccountFund) {
                $0.kind == .contributionSplit || $0.kind == .retireeCredit
            }
            let pooled = try AnnualBooks.netCredit(lines, of: .outpatientPoolingBenefits) {
                $0.kind == .outpatientBenefits
            }.negated()
            let paid = try AnnualBooks.netCredit(lines, of: .personalAccountBenefits) {
                $0.kind == .outpatientBenefits
            }.negated()
            rows.append([.month(month), .money(credited), .money(pooled), .money(paid)])
            credits.append(credited.rawValue)
            pool.append(pooled.rawValue)
            account.append(paid.rawValue)
        }
        let names = (
            credits: Phrase("个人账户计入", "Credits"), pool: Phrase("统筹支付", "Pool"),
            account: Phrase("个人账户结算支付", "Accounts, settlements")
        )
        var (incurred, incurredByAccounts) = (Fen.zero, Fen.zero)
        for institution in institutions {
            try incurred += institution.pool
            try incurredByAccounts += institution.account
        }
        let title = Phrase("逐月计入与支付", "Credits and payments by month")
        return [
            .chart(
                Chart(
                    .lines, title: title, unit: .money, places: months.map { Phrase("\($0.month)月", "\($0)") },
                    series: [
                        Chart.Series(names.credits, credits), Chart.Series(names.pool, pool),
                        Chart.Series(names.account, account),
                    ],
                    alternative: Phrase(
                        "全年各月个人账户计入、统筹支付和个人账户支付，数字见下表。",
                        "Credits, payments of the pooling fund and of accounts by month; the figures stand in the table below."
                    ))),
            .table(
                Table(
                    id: "months", title: title,
                    columns: [
                        Column("posting_month", Phrase("记账月份", "Month of posting"), .date),
                        Column(
                            "credited", names.credits, .money,
                            total: .equals(try totals.sum("account.credit").amount, source: AnnualFacts.source)),
                        Column(
                            "hifp_pay", names.pool, .money,
                            total: .equals(incurred, source: Phrase("各机构年度清算", "the annual clearing"))),
                        Column(
                            "acct_pay", names.account, .money,
                            total: .equals(incurredByAccounts, source: Phrase("各机构年度清算", "the annual clearing"))),
                    ], rows: TableRows(rows))),
        ]
    }
}

extension VoucherKind {
    fileprivate var phrase: Phrase {
        switch self {
        case .contributionReceipt: Phrase("收到保险费", "contributions received")
        case .contributionSplit: Phrase("保险费划入", "share of contributions")
        case .retireeCredit: Phrase("退休人员由统筹基金划入", "credits of retirees from the pooling fund")
        case .accountOpening: Phrase("期初余额转入", "balances brought in")
        case .outpatientBenefits: Phrase("应付定点机构", "incurred with institutions")
        case .accountUse: Phrase("个人账户其他收支", "other movements of accounts")
        case .benefitsToFunds: Phrase("待遇支出与转移收支", "benefits and transfers")
        case .institutionPayment: Phrase("拨付定点机构", "paid to institutions")
        case .depositHeld: Phrase("扣留质量保证金", "deposits held")
        case .accountInterest: Phrase("个人账户计息", "interest of accounts")
        case .annualClearing: Phrase("年度清算", "annual clearing")
        case .depositDecided: Phrase("质量保证金返还与扣减", "deposits decided")
        }
    }
}
