import Jobs
import Money
import Settlement

/// A personal statement as it is printed for the person. Amounts in yuan.
struct StatementText {
    let statement: AccountStatement
    let say: ExplainLanguage

    init(_ statement: AccountStatement, _ language: ExplainLanguage) {
        self.statement = statement
        say = language
    }

    var text: String {
        var page = ExplainPage(say)
        page.heading(say("个人账户对账单 \(statement.year) 年度", "Personal account statement, \(statement.year)"))
        addHead(to: &page)
        addAccount(to: &page)
        addSums(to: &page)
        addPooling(to: &page)
        addFamilyPayments(to: &page)
        return page.text
    }

    private func addHead(to page: inout ExplainPage) {
        let holder = statement.holder
        let missing = say("人员信息未到", "the person's data has not arrived")
        page.field(say("人员编号", "Number"), holder.number ?? missing)
        if let name = holder.name { page.field(say("姓名", "Name"), name) }
        page.field(say("统筹区", "District"), holder.district ?? missing)
        let standing = holder.standing.map { say($0.phrase) } ?? say("该月没有规则", "no rule covers the month")
        page.field(
            say("类别", "Category"), say("\(standing)（\(holder.standingMonth)）", "\(standing) (\(holder.standingMonth))"))
        switch statement.books {
        case .closed(let run, let finishedAt, let certificate):
            let moment = finishedAt.map { say("，\($0)", ", \($0)") } ?? ""
            page.field(say("年度", "Year"), say("已结账，运行 \(run)\(moment)", "closed, run \(run)\(moment)"))
            if let certificate { page.field(say("年结证书", "Certificate"), certificate) }
        case .open(let night, let month):
            page.field(say("年度", "Year"), open(night, month))
        }
        page.blank()
    }

    private func open(_ night: CivilDate?, _ month: Month?) -> String {
        let nights = night.map { say("结算到 \($0)", "settled through \($0)") }
        let months = month.map { say("划入到 \($0)", "credited through \($0)") }
        return say("未结账，截至目前", "not closed, as of now ")
            + [nights, months].compactMap(\.self).joined(separator: say("、", ", "))
    }

    /// What completed runs wrote of the year, a line a movement.
    private func addAccount(to page: inout ExplainPage) {
        let account = statement.account
        var lines = FittedTable([.left, .left, .left, .right, .right], fitted: 2)
        lines.add(say("记账", "Posted"), say("项目", "Kind"), say("摘要", "For"), say("金额", "Amount"), say("余额", "Balance"))
        func add(_ movement: StatementMovement) {
            let entry = movement.entry
            lines.add(
                "\(entry.instance.businessDate)", say(entry.phrase), say(movement.phrase), entry.amount.grouped,
                movement.balance.grouped)
        }
        let opening =
            account.isOpeningCarried || account.sums[.opening] == .zero
            ? say("上年结转", "carried forward") : say("上年余额（上年未结账）", "balance before (year not closed)")
        lines.add("", "", opening, "", account.sums[.opening].grouped)
        for movement in account.movements where movement.entry.kind != .yearlyInterest { add(movement) }
        if account.movements.contains(where: \.isPriorYear) {
            lines.add(
                "", "", say("以前年度调整小计", "prior-year adjustments"), account.sums[.priorYear].grouped, "")
        }
        for movement in account.movements where movement.entry.kind == .yearlyInterest { add(movement) }
        let closing = statement.books.isClosed ? say("年末余额", "balance at the end") : say("余额", "balance")
        lines.add("", "", closing, "", account.sums[.closing].grouped)
        page.lines(say("个人账户（元）", "Account (yuan)"))
        page.lines(lines.text)
        page.blank()
    }

    private func addSums(to page: inout ExplainPage) {
        let account = statement.account
        var table = TextTable([.left, .right, .right])
        table.add(
            "", say("逐笔合计", "of the lines"), account.ledger == nil ? "" : say("年度账", "of the books"))
        for column in AccountYearColumn.allCases {
            let name =
                column == .closing && !statement.books.isClosed ? say("余额", "Balance") : say(column.phrase)
            table.add(name, account.sums[column].grouped, account.ledger?.sums[column].grouped ?? "")
        }
        page.lines(say("本年合计（元）", "Sums of the year (yuan)"))
        page.lines(table.text())
        if let ledger = account.ledger {
            page.field(
                say("余额构成", "Made of"),
                say(
                    "当年 \(ledger.ofThisYear.grouped)，上年 \(ledger.ofLastYear.grouped)，"
                        + "更早 \(ledger.ofEarlierYears.grouped)",
                    "money of this year \(ledger.ofThisYear.grouped), of last year \(ledger.ofLastYear.grouped), "
                        + "earlier \(ledger.ofEarlierYears.grouped)"))
        }
        page.blank()
    }

    private func addFamilyPayments(to page: inout ExplainPage) {
        let payments = statement.familyPayments
        guard !payments.isEmpty else { return }
        var lines = FittedTable([.left, .left, .left, .right], fitted: 2)
        lines.add(
            say("时间", "Time"), say("就医人", "Patient"), say("机构和结算", "Institution, settlement"), say("金额", "Amount"))
        for payment in payments {
            let relation = say(payment.relationPhrase)
            let patient = payment.patient.map { say("\($0)（\(relation)）", "\($0) (\(relation))") } ?? relation
            let original = payment.original.map { say("（退 \($0)）", " (refund of \($0))") } ?? ""
            lines.add(
                payment.time.toTheMinute, patient, "\(payment.institution) \(payment.settlement)\(original)",
                payment.amount.grouped)
        }
        page.blank()
        page.lines(say("为家人支付（家庭共济，元）", "Paid for relatives (yuan)"))
        page.lines(lines.text)
    }
}

extension CivilTime {
    /// `2023-03-05 10:20`.
    var toTheMinute: String { String(description.dropLast(3)) }
}
