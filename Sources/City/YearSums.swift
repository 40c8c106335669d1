import Money

/// Deductible used and pool paid in one benefit year.
struct YearSums {
    var deductible: Int64 = 0
    var pool: Int64 = 0

    /// What is due for an eligible amount (DOMAIN §2, steps 2 to 4).
    func decision(_ eligible: Fen, _ terms: CategoryTerms, _ level: InstitutionLevel) -> (deductible: Fen, pool: Fen) {
        let used = min(eligible.rawValue, max(0, terms.deductible.rawValue - deductible))
        let payable = share(of: Fen(eligible.rawValue - used), at: terms.rate(level))
        return (Fen(used), Fen(min(payable.rawValue, max(0, terms.ceiling.rawValue - pool))))
    }

    mutating func add(deductible: Fen, pool: Fen) {
        self.deductible += deductible.rawValue
        self.pool += pool.rawValue
    }
}
