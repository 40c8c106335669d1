import Jobs

extension ExplainLanguage {
    /// Why there is nothing to explain, and what to do.
    func text(_ error: ExplainError) -> String {
        guard self == .chinese else { return error.description }
        return switch error {
        case .unknownSettlement(let id): "没有收到结算 \(id)。请核对结算编号（setl_id），或先导入含有它的文件。"
        case .unknownPerson: "没有收到此人的任何信息。请核对人员编号（psn_no），或先导入含有它的文件。"
        case .notSettledYet(let id, let date):
            "结算 \(id) 已经收到，还没有结算（\(date.map { "已结算到 \($0)" } ?? "还没有做过夜间批")）。`settle run-due` 会结算它。"
        case .notCreditedYet(let month):
            "还没有做过月末划账，\(month) 没有计入。`settle run-due` 会补做到期的月末。"
        case .mayNotRead: "当前数据库角色不能读取事实和结果。请用 settle_batch 的成员连接；本命令不写任何数据。"
        }
    }
}
