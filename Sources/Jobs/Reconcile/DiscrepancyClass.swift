import Postgres

/// What kind of difference a discrepancy is.
package enum DiscrepancyClass: String, Hashable, Sendable, CaseIterable {
    /// What the counter reported is not what is due.
    case counter
    /// Totals of a statement (3201).
    case total
    /// The settlement is not in the institution's detail (单边账).
    case onlyOurs = "only_ours"
    /// The institution's detail has a settlement that is not here (单边账).
    case onlyTheirs = "only_theirs"
    /// An amount of the detail (3202).
    case amount
    /// One side has a refund where the other has a settlement.
    case refundState = "refund_state"
}

/// What was decided about a discrepancy.
package enum DiscrepancyState: String, Hashable, Sendable, CaseIterable {
    /// Blocks the clearing of its settlement.
    case open
    /// The cause is known; the amounts stay as they are.
    case explained
    /// What is due stands, and the other side agrees.
    case accepted
    /// The difference is gone.
    case corrected
}

extension DiscrepancyClass: ParameterValue, ColumnValue {}
extension DiscrepancyState: ParameterValue, ColumnValue {}
