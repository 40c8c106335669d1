import Jobs

extension ExplainLanguage {
    /// Why there is no statement, and what to do.
    func text(_ error: StatementError) -> String {
        guard self == .chinese else { return error.description }
        return switch error {
        case .unknownPerson: "没有收到此人的任何信息。请核对人员编号（psn_no），或先导入含有它的文件。"
        case .notReachedYet(let year, let reached):
            "\(year) 年度还没有结算（\(reached.map { "已结算到 \($0)" } ?? "还没有做过夜间批和月末")）。`settle run-due` 会补做到期的批次。"
        case .nothingInYear(let year):
            "\(year) 年度账户没有余额和收支，也没有该年度的结算。请核对年度；已经收到而尚未结算的，`settle run-due` 之后才会显示。"
        case .doesNotTie(let year, let differences): untied("\(year) 年度对账单不平，不予出具：", differences)
        case .oneDoesNotTie(let person, let year, let differences):
            untied("人员 \(person) 的 \(year) 年度对账单不平，全单位均不出具：", differences)
        case .unknownUnit(let unit, let year):
            "\(year) 年度没有在单位 \(unit) 参保的人员。请核对单位编号（emp_no），或先导入含有它的 enrolment.csv。"
        case .mayNotName(let role):
            "姓名和编号的全文只给 \(PersonNaming.role) 的成员，当前数据库角色 \(role) 不是。请去掉 --unmasked，"
                + "或请数据库管理员执行 GRANT \(PersonNaming.role) TO \(role)；本命令没有写任何文件。"
        }
    }

    private func untied(_ heading: String, _ differences: [StatementDifference]) -> String {
        ([heading]
            + differences.map { difference in
                let year = difference.figure == .carriedForward ? "上年" : ""
                let kept = difference.ledgerText.map { " \($0)" } ?? "没有记录"
                return "  \(difference.figure.table) \(year)的 \(difference.figure.column)："
                    + "逐笔合计 \(difference.linesText)，账上\(kept)"
            } + ["请先查明原因：`settle explain` 按事实重算结算和划入。"]).joined(separator: "\n")
    }
}
