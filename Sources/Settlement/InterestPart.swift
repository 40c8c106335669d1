package import Money

/// Which money of an account bears, and by which rate.
package enum InterestTier: String, Hashable, Sendable, CaseIterable {
    /// 当年筹集的部分, at the demand rate.
    case thisYear = "this_year"
    /// 上年结转的本息, at the three-month rate.
    case carried
    /// The balance of 31 December, at the three-month rate.
    case yearEndBalance = "year_end_balance"
}

/// The interest of one tier: Σ ``InterestShare/product`` × rate ÷ ``unitsPerYear``, rounded once.
package struct InterestPart: Hashable, Sendable {
    package let tier: InterestTier
    package let amount: Fen
    /// The method, and the sources of the rates of the year.
    package let citation: String
    /// What bore, by rate, ascending; days without a supplied rate are not there.
    package let shares: [InterestShare]
    /// Days, or months, into which the annual rate is divided: 365, 366 or 360; 12; 1 for the year-end balance.
    package let unitsPerYear: Int
}

/// What bore at one rate.
package struct InterestShare: Hashable, Sendable {
    package let from: CivilDate
    /// Inclusive.
    package let through: CivilDate
    package let rate: Rate
    /// 积数: the sum of the balances that bore, fen × days or fen × months.
    package let product: Int128
}
