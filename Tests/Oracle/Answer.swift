/// What the oracle says of a settlement, amounts in fen; those of a mirror row are what it takes back, negative.
package struct OracleAnswer: Hashable, Sendable {
    package var id: String
    /// The year whose sums it moves.
    package var year: Int
    /// `settled`, `outside`, or the reason of a refusal, as `ledger.verdict` names it.
    package var verdict: String
    /// Empty unless settled.
    package var category = ""
    package var level = ""
    package var eligible: Int64 = 0
    package var deductible: Int64 = 0
    package var percent: Int64 = 0
    package var payable: Int64 = 0
    package var pool: Int64 = 0
    /// What the ceiling counts of it.
    package var counted: Int64 = 0
    package var account: Int64 = 0
    package var family: Int64 = 0
    package var cash: Int64 = 0
    package var kept: [OracleKept] = []

    package init(id: String, year: Int, verdict: String) {
        self.id = id
        self.year = year
        self.verdict = verdict
    }
}

/// A settlement between a refund and its original that would have come to something else without what was refunded.
package struct OracleKept: Hashable, Sendable {
    package var id: String
    package var pool: Int64
    package var withoutRefunded: Int64

    package init(id: String, pool: Int64, withoutRefunded: Int64) {
        self.id = id
        self.pool = pool
        self.withoutRefunded = withoutRefunded
    }
}

/// The sums of a person's benefit year when all is settled.
package struct OracleYear: Hashable, Sendable {
    package var year: Int
    package var eligible: Int64 = 0
    package var deductible: Int64 = 0
    package var pool: Int64 = 0
    /// Deductible used and what the ceiling counted since the sums last began anew.
    package var deductibleCounted: Int64 = 0
    package var counted: Int64 = 0
    package var visits: Int64 = 0

    package init(year: Int) {
        self.year = year
    }
}
