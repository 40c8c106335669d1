/// Why a settlement cannot be adjudicated, in order of precedence: the first that holds is the reason. It is kept and
/// counted like any other.
package enum Refusal: String, Hashable, Sendable, CaseIterable {
    /// No row of `person.csv` has arrived for the person.
    case unknownPerson = "unknown_person"
    /// No rule covers the day.
    case noRule = "no_rule"
    /// The person died before that day.
    case dead
    /// Not enrolled on that day.
    case notEnrolled = "not_enrolled"
    /// The rules do not know the person's `psn_type`.
    case unknownStatus = "unknown_status"
    /// No row of `institution.csv` is in force for the institution (or the prescriber) on that day.
    case unknownInstitution = "unknown_institution"
    /// The rules do not know the institution's `hosp_lv`.
    case unknownLevel = "unknown_level"
    /// A negative amount on a settlement, or a positive one on a mirror row.
    case wrongSign = "wrong_sign"
    /// total ≠ 全自费 + 超限价 + 先行自付 + in-scope.
    case doesNotAddUp = "parts_do_not_add_up"
    /// A mirror row whose original is not there, or comes later.
    case refundWithoutOriginal = "refund_without_original"
    /// A mirror row whose original was refused.
    case originalRefused = "original_refused"
    /// The original is refunded whole already.
    case refundedTwice = "refunded_twice"
    /// The mirror row takes back more than is left of the original.
    case refundOverOriginal = "refund_over_original"
}

/// What became of a settlement.
package enum Verdict: Hashable, Sendable {
    case settled
    case outside(OutsideReason)
    case refused(Refusal)

    /// `settled`, `outside`, or the refusal reason, as the ledger and the reports write it.
    package var name: String {
        switch self {
        case .settled: "settled"
        case .outside: "outside"
        case .refused(let refusal): refusal.rawValue
        }
    }
}
