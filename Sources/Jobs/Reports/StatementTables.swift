import Money
import Reports

/// The tables of statements: persons, movements of their accounts, settlements, payments for relatives.
struct StatementTables {
    private let source: RecordRows
    private let totals: StatementTotals
    private let isClosed: Bool

    private static let entries = Phrase("个人账户分录（ledger.account_entry）", "ledger.account_entry")
    private static let accumulators = Phrase("累计账（ledger.accumulator）", "ledger.accumulator")

    init(_ source: RecordRows, _ totals: StatementTotals, isClosed: Bool) {
        self.source = source
        self.totals = totals
        self.isClosed = isClosed
    }

    func set(listed: [String], page: RecordPage) throws -> RecordSet {
        RecordSet(
            source, records: try persons(), details: [try movements(), settlements(), familyPayments()], listed: listed,
            page: page)
    }

    private let key = [
        Column("no", Phrase("序号", "No."), .count), Column("psn_no", Phrase("人员编号", "Person"), .identifier),
        Column("psn_name", Phrase("姓名", "Name"), .text),
    ]

    private func persons() throws -> Table {
        Table(
            id: "persons", title: Phrase("人员汇总", "Persons"),
            columns: key + [
                Column("insu_admdvs", Phrase("参保地", "District"), .identifier),
                Column("psn_category", Phrase("人员类别", "Category"), .text),
                Column("category_month", Phrase("类别月份", "Category in"), .date),
            ] + AccountYearColumn.allCases.map(column) + [
                Column(
                    "other", Phrase("其他", "Other"), .money,
                    total: .equals(try totals.other, source: StatementTables.entries)),
                Column("closing_this_year", Phrase("余额：当年资金", "Balance: this year's"), .money, total: .sum),
                Column("closing_last_year", Phrase("余额：上年资金", "Balance: last year's"), .money, total: .sum),
                Column("closing_earlier", Phrase("余额：更早资金", "Balance: earlier"), .money, total: .sum),
                Column("visits", Phrase("门诊统筹人次", "Pooled visits"), .count, total: equals(.visits)),
                Column("inscp_scp_amt", Phrase("范围内费用", "In scope"), .money, total: equals(.eligible)),
                Column("act_pay_dedc", Phrase("起付线已用", "Deductible used"), .money, total: equals(.deductible)),
                Column("deductible_left", Phrase("起付线尚余", "Deductible left"), .money),
                Column("hifp_pay", Phrase("统筹支付", "Fund paid"), .money, total: equals(.poolPayment)),
                Column("ceiling_left", Phrase("支付限额尚余", "Ceiling left"), .money),
                Column("family_paid", Phrase("为家人支付", "Paid for relatives"), .money, total: .sum),
            ], rows: source.records,
            note: Phrase(
                "其他为原系统转入和其他收入，减其他支出；上年结转、划入、利息、其他之和减支付为余额。",
                "Other is brought in and other in, less other out. Carried forward, credited, interest and other, less paid, "
                    + "make the balance."))
    }

    private func column(_ column: AccountYearColumn) -> Column {
        Column(
            column.rawValue, column == .closing && !isClosed ? Phrase("余额", "Balance") : column.heading, .money,
            total: .equals(totals[column], source: StatementTables.entries))
    }

    private func equals(_ column: PoolingColumn) -> ColumnTotal {
        .equals(totals[column], source: StatementTables.accumulators)
    }

    private func movements() throws -> Table {
        Table(
            id: "account", title: Phrase("个人账户收支", "Account"),
            columns: key + [
                Column("posted_on", Phrase("记账日期", "Posted"), .date),
                Column("posting_month", Phrase("记账月", "Posting month"), .date),
                Column("effective_on", Phrase("生效日期", "Effective on"), .date),
                Column("covered_month", Phrase("所属期", "Covers"), .date),
                Column("acct_incexpd_type", Phrase("收支类型", "Type"), .identifier),
                Column("kind", Phrase("项目", "Kind"), .text), Column("for", Phrase("摘要", "For"), .text),
                Column("source", Phrase("来源", "Source"), .identifier),
                Column(
                    "amount", Phrase("金额", "Amount"), .money,
                    total: .equals(try totals[.closing] - totals[.opening], source: StatementTables.entries)),
                Column("balance", Phrase("余额", "Balance"), .money),
                Column("prior_year", Phrase("以前年度调整", "Prior year"), .text),
                Column("article", Phrase("依据", "Article"), .text),
                Column("run_id", Phrase("运行", "Run"), .identifier),
            ], rows: source.details(0))
    }

    private func settlements() -> Table {
        Table(
            id: "settlements", title: Phrase("门诊结算", "Settlements"),
            columns: key + [
                Column("setl_id", Phrase("结算编号", "Settlement"), .identifier),
                Column("setl_time", Phrase("结算时间", "Time"), .identifier),
                Column("setl_date", Phrase("日期", "Date"), .date), Column("for", Phrase("机构", "Institution"), .text),
                Column("institution", Phrase("机构名称", "Name of institution"), .text),
                Column("level", Phrase("级别", "Level"), .text),
                Column("init_setl_id", Phrase("原结算", "Refund of"), .identifier),
                Column("medfee_sumamt", Phrase("总费用", "Total"), .money, total: .sum),
                Column("inscp_scp_amt", Phrase("范围内", "In scope"), .money, total: equals(.eligible)),
                Column("act_pay_dedc", Phrase("起付", "Deduct."), .money, total: equals(.deductible)),
                Column("pool_rate", Phrase("比例", "Rate"), .rate),
                Column("hifp_pay", Phrase("统筹", "Fund"), .money, total: equals(.poolPayment)),
                Column("acct_pay", Phrase("账户", "Account"), .money, total: .sum),
                Column("acct_mulaid_pay", Phrase("共济", "Family"), .money, total: .sum),
                Column("psn_cash_pay", Phrase("现金", "Cash"), .money, total: .sum),
                Column("deductible_used", Phrase("起付累计", "Deductible used"), .money),
                Column("deductible_left", Phrase("起付尚余", "Deductible left"), .money),
                Column("fund_paid", Phrase("统筹累计", "Fund paid"), .money),
                Column("ceiling_left", Phrase("限额尚余", "Ceiling left"), .money),
                Column("reason", Phrase("未统筹原因", "Reason"), .text),
                Column("remedy", Phrase("处理", "What to do"), .text),
                Column("article", Phrase("依据", "Article"), .text),
                Column("run_id", Phrase("运行", "Run"), .identifier),
            ], rows: source.details(1))
    }

    private func familyPayments() -> Table {
        Table(
            id: "family", title: Phrase("为家人支付（家庭共济）", "Paid for relatives"),
            columns: key + [
                Column("setl_id", Phrase("结算编号", "Settlement"), .identifier),
                Column("setl_time", Phrase("结算时间", "Time"), .identifier),
                Column("setl_date", Phrase("日期", "Date"), .date),
                Column("patient", Phrase("就医人", "Patient"), .text), Column("relation", Phrase("关系", "Relation"), .text),
                Column("institution", Phrase("机构", "Institution"), .text),
                Column("init_setl_id", Phrase("原结算", "Refund of"), .identifier),
                Column("amount", Phrase("金额", "Amount"), .money, total: .sum),
            ], rows: source.details(2))
    }
}

extension AccountYearColumn {
    /// Above figures that stand side by side.
    fileprivate var heading: Phrase {
        switch self {
        case .opening: phrase
        case .broughtIn: Phrase("原系统转入", "Brought in")
        case .credit: Phrase("划入", "Credited")
        case .interest: phrase
        case .otherIn: phrase
        case .payment: Phrase("支付", "Paid")
        case .otherOut: Phrase("其他支出", "Other out")
        case .closing: phrase
        case .priorYear: Phrase("以前年度调整", "Prior years")
        }
    }
}
