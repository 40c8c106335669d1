import Money
import Policy
import Settlement

/// Adds up the adjudications of a benefit year in their order, as the nights did when they wrote them.
///
/// Standard and ceiling are those of the last settlement that took part. Where the rules begin the sums anew with a
/// change of category, what is left counts from there.
struct PoolingTally {
    private let rules: OutpatientRules
    private(set) var sums = PoolingSums()
    /// Since the sums last began anew: deductible used, and what the ceiling counts.
    private var counted = Counted()
    private var restarts = 0
    private var terms: OutpatientTerms?
    private var decisions: OutpatientDecisions?
    private var originals: [FactID: Original] = [:]

    private struct Counted {
        var deductible = Fen.zero
        var ceiling = Fen.zero
    }

    /// What a refund takes off.
    private struct Original {
        let decisions: OutpatientDecisions?
        /// Left of the ceiling before it; `nil` if no rule covers it.
        let ceilingLeft: Fen?
        let restarts: Int
        var deductible: Fen
        var eligible: Fen
        /// What of it the ceiling counts.
        var ceiling: Fen

        func counting(_ ceiling: Fen) -> Original {
            var original = self
            original.ceiling = ceiling
            return original
        }
    }

    init(rules: OutpatientRules) {
        self.rules = rules
    }

    mutating func add(_ settlement: StatementSettlement) throws(MoneyOverflow) {
        guard settlement.verdict == .settled else { return }
        try sums.deductible += settlement.deductible
        try sums.poolPayment += settlement.poolPayment
        try sums.eligible += settlement.eligible
        sums.visits += settlement.original == nil ? 1 : -1
        if let original = settlement.original {
            try takeBack(settlement, of: original)
        } else {
            try count(settlement)
        }
    }

    func left() throws(MoneyOverflow) -> PoolingLeft {
        var left = PoolingLeft()
        guard let terms, let decisions else { return left }
        if decisions.deductiblePeriod == .calendarYear {
            left.deductible = PoolingLeft.Share(
                figure: terms.deductible, left: max(.zero, try terms.deductible - counted.deductible))
        }
        left.ceiling = PoolingLeft.Share(
            figure: terms.annualCap, left: max(.zero, try terms.annualCap - counted.ceiling))
        return left
    }

    private mutating func count(_ settlement: StatementSettlement) throws(MoneyOverflow) {
        let table = rules.table(on: settlement.time.date)
        let category = settlement.category?.poolingCategory
        if table?.decisions.changeWithinYear == .restart, let last = terms?.category, let category, last != category {
            counted = Counted()
            restarts += 1
        }
        if let table, let category {
            terms = table[category]
            decisions = table.decisions
        }
        var ceilingLeft: Fen?
        if let terms { ceilingLeft = max(.zero, try terms.annualCap - counted.ceiling) }
        let original = Original(
            decisions: decisions, ceilingLeft: ceilingLeft, restarts: restarts, deductible: settlement.deductible,
            eligible: settlement.eligible, ceiling: .zero)
        let ceiling = try counts(original, pool: settlement.poolPayment)
        originals[settlement.id] = original.counting(ceiling)
        try counted.deductible += settlement.deductible
        try counted.ceiling += ceiling
    }

    /// What is left of the original counts as if there had been no more of it.
    private mutating func takeBack(_ refund: StatementSettlement, of id: FactID) throws(MoneyOverflow) {
        guard var original = originals[id] else { return }
        try original.deductible += refund.deductible
        try original.eligible += refund.eligible
        let before = original.ceiling
        let after =
            original.decisions?.ceilingCounts == .eligibleAboveDeductible
            ? try counts(original, pool: .zero) : try before + refund.poolPayment
        originals[id] = original.counting(after)
        guard original.restarts == restarts else { return }
        try counted.deductible += refund.deductible
        try counted.ceiling += try after - before
    }

    private func counts(_ original: Original, pool: Fen) throws(MoneyOverflow) -> Fen {
        guard original.decisions?.ceilingCounts == .eligibleAboveDeductible else { return pool }
        let shared = try original.eligible - original.deductible
        return original.ceilingLeft.map { min(shared, $0) } ?? shared
    }
}
