/// 会计科目: the chart of accounts of one insurance fund, by the names of the 社会保险基金会计制度. The raw value is the
/// code under which the subject stands in the database.
package enum Subject: String, Hashable, Sendable, CaseIterable {
    /// 收入户存款.
    case incomeDeposits = "1002"
    /// 财政专户存款.
    case fiscalDeposits = "1003"
    /// 支出户存款.
    case expenditureDeposits = "1004"
    /// 暂付款.
    case temporaryPayments = "1101"
    /// 暂收款.
    case temporaryReceipts = "2001"
    /// 应付定点机构, held by institution.
    case payableToInstitutions = "2101"
    /// 统筹基金.
    case poolingFund = "3001"
    /// 个人账户基金: always the sum of all personal accounts.
    case personalAccountFund = "3002"
    /// 社会保险费收入—单位.
    case employerContributions = "40010001"
    /// 社会保险费收入—个人.
    case ownContributions = "40010002"
    /// 社会保险费收入—灵活就业.
    case flexibleContributions = "40010003"
    /// 利息收入.
    case interestIncome = "4301"
    /// 转移收入.
    case transferIncome = "4501"
    /// 其他收入.
    case otherIncome = "4801"
    /// 社会保险待遇支出—统筹—门诊统筹.
    case outpatientPoolingBenefits = "50010001"
    /// 社会保险待遇支出—个人账户.
    case personalAccountBenefits = "50010002"
    /// 转移支出.
    case transferExpenditure = "5101"
    /// 其他支出.
    case otherExpenditure = "5301"
}
