package import Money

/// 家庭共济: a settlement of somebody else that the account paid. It says no more of the patient than name and relation.
package struct StatementFamilyPayment: Hashable, Sendable {
    /// `setl_id`.
    package let settlement: FactID
    package let time: CivilTime
    /// `psn_name` of the patient; `nil` if it was not delivered.
    package let patient: String?
    /// `rlts_type` on the day: what the patient is to the owner; `nil` if there is no link.
    package let relation: String?
    /// By name.
    package let institution: String
    /// `init_setl_id` of a refund.
    package let original: FactID?
    /// What the account paid; negative if it got back.
    package let amount: Fen
}
