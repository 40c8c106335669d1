package import Money
package import Policy

/// A person's benefit year: settles what comes in order of `(setl_time, setl_id)` and keeps the running sums.
///
/// Mirror rows come in their own place in that order but belong to the year of their original.
package struct PersonYear: Sendable {
    package private(set) var sums: YearSums
    /// Category of the last settlement that took part, for rules that restart the sums when it changes.
    package private(set) var lastCategory: PoolingCategory?
    private var history: [Entry] = []
    /// Deductible used by period, where the rules do not run it over the year.
    private var periods: [Period: Fen] = [:]
    /// How often the sums began anew.
    private var restarts = 0
    /// Where the fold began.
    private let start: YearSums
    private let startCategory: PoolingCategory?
    /// Whether refunds list the settlements that keep what they got.
    private var listsKept = true
    private let looksBack: Bool

    /// - Parameters:
    ///   - sums: where an earlier fold of the year ended; zero to begin with.
    ///   - looksBack: false if no refund comes and nobody asks for ``holds(_:)`` or ``basis(of:)``: then nothing of a
    ///     settlement is kept but the sums.
    package init(after sums: YearSums = YearSums(), lastCategory: PoolingCategory? = nil, looksBack: Bool = true) {
        self.sums = sums
        self.looksBack = looksBack
        self.lastCategory = lastCategory
        start = sums
        startCategory = lastCategory
    }

    private enum Period: Hashable {
        case visit(FactID)
        case day(CivilDate)
    }

    /// What a later refund or listing needs to know of a settlement.
    private struct Entry: Sendable {
        let item: YearItem
        let table: OutpatientTable?
        let verdict: Verdict
        let terms: OutpatientTerms?
        let category: InsuredCategory?
        let level: InstitutionLevel?
        let sumsBefore: YearSums
        let deductibleBefore: Fen
        /// How often the sums had begun anew.
        let restarts: Int
        /// What is left after refunds.
        var claim: Claim
        var decision: Decision
        var isRefundedWhole = false
    }

    /// Whether the year has seen the settlement, so that a refund of it can be decided here.
    package func holds(_ id: FactID) -> Bool {
        history.contains { $0.item.id == id }
    }

    /// - Parameter table: the rules of the day; `nil` if none covers it.
    package mutating func settle(_ item: YearItem, by table: OutpatientTable?) throws(MoneyOverflow) -> YearOutcome {
        guard let original = item.original else { return try settleClaim(item, by: table) }
        precondition(looksBack, "a year with refunds is folded looking back")
        return try refund(original, by: item, table)
    }
}

// MARK: Settling

extension PersonYear {
    private mutating func settleClaim(
        _ item: YearItem, by table: OutpatientTable?
    ) throws(MoneyOverflow) -> YearOutcome {
        guard let table else {
            return item.entry == .outside(.otherInsurance)
                ? try leaveOutside(item, nil, .otherInsurance)
                : remember(item, nil, .refused(item.isKnownPerson ? .noRule : .unknownPerson))
        }
        switch try admit(item, by: table) {
        case .refused(let refusal):
            return remember(item, table, .refused(refusal))
        case .outside(let reason):
            return try leaveOutside(item, table, reason)
        case .admitted(let category, let level):
            let terms = table[category.poolingCategory]
            restartIfChanged(to: category.poolingCategory, decisions: table.decisions)
            let (before, deductibleBefore) = (sums, deductibleUsed(by: item, decisions: table.decisions))
            let decision = try adjudicate(
                item.claim, terms, level: level, decisions: table.decisions, after: sums,
                deductibleUsed: deductibleBefore)
            try move(by: decision, of: item, decisions: table.decisions, visits: 1, isCounted: true)
            if looksBack {
                history.append(
                    Entry(
                        item: item, table: table, verdict: .settled, terms: terms, category: category, level: level,
                        sumsBefore: before, deductibleBefore: deductibleBefore, restarts: restarts, claim: item.claim,
                        decision: decision))
            }
            return YearOutcome(verdict: .settled, decision: decision, category: category, level: level, kept: [])
        }
    }

    private enum Admission {
        case admitted(InsuredCategory, InstitutionLevel)
        case outside(OutsideReason)
        case refused(Refusal)
    }

    /// Refusals come in the order of ``Refusal``. A settlement outside pooling needs no level, but adds up like any.
    private func admit(_ item: YearItem, by table: OutpatientTable) throws(MoneyOverflow) -> Admission {
        if case .outside(.otherInsurance) = item.entry { return .outside(.otherInsurance) }
        guard item.isKnownPerson else { return .refused(.unknownPerson) }
        let category: InsuredCategory
        switch item.standing {
        case .dead: return .refused(.dead)
        case .notEnrolled: return .refused(.notEnrolled)
        case .unknownStatus: return .refused(.unknownStatus)
        case .enrolled(let enrolled): category = enrolled
        }
        if item.place == .unknownInstitution { return .refused(.unknownInstitution) }
        if item.place == .unknownLevel, !item.entry.isOutside { return .refused(.unknownLevel) }
        guard item.claim.hasOneSign(isMirror: false) else { return .refused(.wrongSign) }
        guard try item.claim.addsUp else { return .refused(.doesNotAddUp) }
        if case .outside(let reason) = item.entry { return .outside(reason) }
        if table.decisions.unpaidGap == .notPooled, !category.isRetired, !item.isPaidMonth {
            return .outside(.unpaidGap)
        }
        guard case .level(let level) = item.place else { return .refused(.unknownLevel) }
        return .admitted(category, level)
    }

    /// The fund pays nothing, the accounts what they paid at the counter.
    private mutating func leaveOutside(
        _ item: YearItem, _ table: OutpatientTable?, _ reason: OutsideReason
    ) throws(MoneyOverflow) -> YearOutcome {
        var decision = Decision()
        try dividePersonPart(of: item.claim, order: payerOrder(by: table), into: &decision)
        return remember(item, table, .outside(reason), decision: decision)
    }

    private mutating func remember(
        _ item: YearItem, _ table: OutpatientTable?, _ verdict: Verdict, decision: Decision = Decision()
    ) -> YearOutcome {
        if looksBack {
            history.append(
                Entry(
                    item: item, table: table, verdict: verdict, terms: nil, category: nil, level: nil, sumsBefore: sums,
                    deductibleBefore: .zero, restarts: restarts, claim: item.claim, decision: decision))
        }
        return YearOutcome(verdict: verdict, decision: decision, category: nil, level: nil, kept: [])
    }

    /// 年度内身份变化: the sums go on, or begin anew, as the rules say.
    private mutating func restartIfChanged(to category: PoolingCategory, decisions: OutpatientDecisions) {
        if decisions.changeWithinYear == .restart, let lastCategory, lastCategory != category {
            sums.deductibleCounted = .zero
            sums.counted = .zero
            restarts += 1
        }
        lastCategory = category
    }

    private func period(of item: YearItem, decisions: OutpatientDecisions) -> Period? {
        switch decisions.deductiblePeriod {
        case .calendarYear: nil
        case .visit: .visit(item.visit)
        case .day: .day(item.time.date)
        }
    }

    private func deductibleUsed(by item: YearItem, decisions: OutpatientDecisions) -> Fen {
        guard let period = period(of: item, decisions: decisions) else { return sums.deductibleCounted }
        return periods[period] ?? .zero
    }

    private func payerOrder(by table: OutpatientTable?) -> PayerOrder {
        table?.decisions.payerOrder ?? .ownAccountFirst
    }

    private mutating func move(
        by decision: Decision, of item: YearItem, decisions: OutpatientDecisions, visits: Int64, isCounted: Bool
    ) throws(MoneyOverflow) {
        try sums.add(decision, visits: visits, isCounted: isCounted)
        if let period = period(of: item, decisions: decisions) {
            periods[period] = try (periods[period] ?? .zero) + decision.deductible
        }
    }
}

// MARK: Refunds

extension PersonYear {
    /// 退费. What is left of the original is decided anew as of its own time, and the difference is what the refund takes
    /// back: for a refund of the whole, exactly what the original got.
    private mutating func refund(
        _ original: FactID, by item: YearItem, _ table: OutpatientTable?
    ) throws(MoneyOverflow) -> YearOutcome {
        let index = history.firstIndex { $0.item.id == original && $0.item.original == nil }
        if let refusal = try refusal(of: item, originalAt: index) { return remember(item, table, refusal) }
        guard let index else { return remember(item, table, .refused(.refundWithoutOriginal)) }
        var entry = history[index]
        let before = entry.decision
        entry.claim = try entry.claim.reduced(by: item.claim)
        entry.isRefundedWhole = entry.claim.total == .zero
        entry.decision = try decide(entry)
        let moved = try entry.decision.minus(before)
        history[index] = entry
        if entry.verdict == .settled, let decisions = entry.table?.decisions {
            // What began anew since the original no longer holds what it used.
            try move(
                by: moved, of: entry.item, decisions: decisions, visits: -1, isCounted: entry.restarts == restarts)
        }
        let kept = listsKept ? try keptSettlements(after: index) : []
        history.append(
            Entry(
                item: item, table: table, verdict: entry.verdict, terms: nil, category: entry.category,
                level: entry.level,
                sumsBefore: sums, deductibleBefore: .zero, restarts: restarts, claim: item.claim, decision: moved))
        return YearOutcome(
            verdict: entry.verdict, decision: moved, category: entry.category, level: entry.level, kept: kept)
    }

    /// Why a refund gives nothing back, in the order of ``Refusal``; `nil` if it does. One of another insurance is never
    /// refused, but gives back what the accounts paid.
    private func refusal(of item: YearItem, originalAt index: Int?) throws(MoneyOverflow) -> Verdict? {
        let isOther = item.entry == .outside(.otherInsurance)
        func refused(_ refusal: Refusal) -> Verdict { isOther ? .outside(.otherInsurance) : .refused(refusal) }
        guard item.isKnownPerson || isOther else { return refused(.unknownPerson) }
        guard item.claim.hasOneSign(isMirror: true) else { return refused(.wrongSign) }
        guard try item.claim.addsUp else { return refused(.doesNotAddUp) }
        guard let index else { return refused(.refundWithoutOriginal) }
        let entry = history[index]
        guard !isOther || entry.verdict == .outside(.otherInsurance) else { return .outside(.otherInsurance) }
        if case .refused = entry.verdict { return refused(.originalRefused) }
        guard !entry.isRefundedWhole else { return refused(.refundedTwice) }
        let left = try entry.claim.reduced(by: item.claim)
        return left.hasOneSign(isMirror: false) ? nil : refused(.refundOverOriginal)
    }

    /// What is left of an original comes to, as of its own time.
    private func decide(_ entry: Entry) throws(MoneyOverflow) -> Decision {
        guard !entry.isRefundedWhole else { return Decision() }
        guard let terms = entry.terms, let level = entry.level, let decisions = entry.table?.decisions else {
            var decision = Decision()
            try dividePersonPart(of: entry.claim, order: payerOrder(by: entry.table), into: &decision)
            return decision
        }
        return try adjudicate(
            entry.claim, terms, level: level, decisions: decisions, after: entry.sumsBefore,
            deductibleUsed: entry.deductibleBefore)
    }

    /// Settlements since the original that would have come to something else had there been no more of it than what is
    /// left now: the year is folded once more without the rest.
    private func keptSettlements(after index: Int) throws(MoneyOverflow) -> [KeptSettlement] {
        let original = history[index]
        guard original.verdict == .settled else { return [] }
        var year = PersonYear(after: start, lastCategory: startCategory)
        year.listsKept = false
        for entry in history where entry.item.original != original.item.id {
            if entry.item.id != original.item.id {
                _ = try year.settle(entry.item, by: entry.table)
            } else if !original.isRefundedWhole {
                _ = try year.settle(original.item.with(original.claim), by: original.table)
            }
        }
        var without: [FactID: Fen] = [:]
        for entry in year.history where entry.item.original == nil {
            without[entry.item.id] = entry.decision.poolPayment
        }
        var kept: [KeptSettlement] = []
        for entry in history[(index + 1)...]
        where entry.verdict == .settled && entry.item.original == nil && !entry.isRefundedWhole {
            if let other = without[entry.item.id], other != entry.decision.poolPayment {
                kept.append(
                    KeptSettlement(
                        id: entry.item.id, poolPayment: entry.decision.poolPayment, withoutOriginal: other))
            }
        }
        return kept
    }
}

// MARK: Explaining

extension PersonYear {
    /// What a settlement was decided by and what is left of it after the refunds so far; `nil` if the year has not seen
    /// it, or knows the identifier as a refund's.
    package func basis(of id: FactID) -> SettlementBasis? {
        history.first { $0.item.id == id && $0.item.original == nil }.map { entry in
            SettlementBasis(
                item: entry.item, table: entry.table, verdict: entry.verdict, terms: entry.terms,
                category: entry.category,
                level: entry.level, sumsBefore: entry.sumsBefore, deductibleBefore: entry.deductibleBefore,
                claim: entry.claim, decision: entry.decision)
        }
    }
}
