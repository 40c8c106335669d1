/// Whose money an institution is owed.
package enum ClearingFund: String, Hashable, Sendable, CaseIterable {
    /// 统筹基金.
    case pool
    /// 个人账户, own and family accounts alike.
    case account
}
