import FoundationEssentials
import Jobs
import Money
import Settlement

/// A personal statement as CSV files for people, with a byte order mark and headings in their language.
struct StatementFiles {
    private let files: [(name: String, text: String)]

    init(_ statement: AccountStatement, _ language: ExplainLanguage) {
        files = [
            ("account.csv", StatementFiles.account(statement, language)),
            ("settlements.csv", StatementFiles.settlements(statement, language)),
            ("family.csv", StatementFiles.familyPayments(statement, language)),
        ]
    }

    var names: [String] { files.map(\.name) }

    /// Each file is written under another name and renamed, so that none is read half.
    func write(to directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for file in files {
            try Data("\u{FEFF}\(file.text)".utf8).write(
                to: URL(filePath: "\(directory)/\(file.name)"), options: .atomic)
        }
    }

    /// The opening, the movements, the closing.
    private static func account(_ statement: AccountStatement, _ say: ExplainLanguage) -> String {
        let account = statement.account
        var table = CSVText(mark: false)
        table.add([
            say("记账日期", "posted_on"), say("记账月", "posting_month"), say("生效日期", "effective_on"),
            say("所属期", "covered_month"), say("收支类型", "acct_incexpd_type"), say("项目", "kind"),
            say("摘要", "for"), say("来源", "source"), say("金额", "amount"), say("余额", "balance"),
            say("以前年度调整", "prior_year"), say("依据", "article"), say("运行", "run_id"),
        ])
        func edge(_ label: String, _ balance: Fen) -> [String] {
            ["", "", "", "", "", label, "", "", "", "\(balance)", "", "", ""]
        }
        table.add(edge(say(AccountYearColumn.opening.phrase), account.sums[.opening]))
        for movement in account.movements {
            let entry = movement.entry
            table.add([
                "\(entry.instance.businessDate)", "\(entry.postingMonth)", "\(entry.effectiveOn)",
                "\(entry.coveredMonth)", "\(entry.kind.rawValue)", say(entry.phrase), say(movement.phrase),
                "\(entry.source)", "\(entry.amount)", "\(movement.balance)",
                movement.isPriorYear ? say("是", "yes") : "", entry.article, "\(entry.run)",
            ])
        }
        table.add(edge(say(AccountYearColumn.closing.phrase), account.sums[.closing]))
        return table.text
    }

    private static func settlements(_ statement: AccountStatement, _ say: ExplainLanguage) -> String {
        var table = CSVText(mark: false)
        table.add([
            say("结算编号", "setl_id"), say("结算时间", "setl_time"), say("机构", "institution"), say("级别", "level"),
            say("原结算", "init_setl_id"), say("总费用", "medfee_sumamt"), say("符合政策范围金额", "inscp_scp_amt"),
            say("本次起付", "act_pay_dedc"), say("支付比例", "pool_rate"), say("统筹支付", "hifp_pay"),
            say("个人账户", "acct_pay"), say("家庭共济", "acct_mulaid_pay"), say("现金", "psn_cash_pay"),
            say("起付累计", "deductible_used"), say("起付尚余", "deductible_left"), say("统筹累计", "fund_paid"),
            say("限额尚余", "ceiling_left"), say("未统筹原因", "reason"), say("处理", "remedy"), say("依据", "article"),
            say("运行", "run_id"),
        ])
        for settlement in statement.pooling.settlements {
            table.add([
                "\(settlement.id)", "\(settlement.time)", settlement.institution,
                settlement.level.map { say($0.shortPhrase) } ?? "", settlement.original?.description ?? "",
                "\(settlement.total)", "\(settlement.eligible)", "\(settlement.deductible)",
                settlement.verdict == .settled ? settlement.rate.ratio : "", "\(settlement.poolPayment)",
                "\(settlement.accountPayment)",
                "\(settlement.familyAccountPayment)", "\(settlement.cashPayment)", "\(settlement.sums.deductible)",
                settlement.left.deductible?.left.description ?? "", "\(settlement.sums.poolPayment)",
                settlement.left.ceiling?.left.description ?? "", settlement.reason.map { say($0) } ?? "",
                settlement.remedy.map { say($0) } ?? "", settlement.article, "\(settlement.run)",
            ])
        }
        return table.text
    }

    private static func familyPayments(_ statement: AccountStatement, _ say: ExplainLanguage) -> String {
        var table = CSVText(mark: false)
        table.add([
            say("结算编号", "setl_id"), say("结算时间", "setl_time"), say("就医人", "patient"), say("关系", "relation"),
            say("机构", "institution"), say("原结算", "init_setl_id"), say("金额", "amount"),
        ])
        for payment in statement.familyPayments {
            table.add([
                "\(payment.settlement)", "\(payment.time)", payment.patient ?? "", say(payment.relationPhrase),
                payment.institution, payment.original?.description ?? "", "\(payment.amount)",
            ])
        }
        return table.text
    }
}
