import Postgres
package import Settlement

extension ClearingFund: ParameterValue, ColumnValue {}

/// An institution and whose money it is owed: what is cleared.
package struct InstitutionFund: Hashable, Sendable, Comparable {
    /// `fixmedins_code`.
    package let institution: String
    package let fund: ClearingFund

    package static func < (left: InstitutionFund, right: InstitutionFund) -> Bool {
        (left.institution, left.fund.rawValue) < (right.institution, right.fund.rawValue)
    }
}
