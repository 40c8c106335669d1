import Money
import Policy
import Settlement

/// Computes what a year of each person comes to and compares it with the ledger. It writes nothing: who differs is written
/// by the ordinary fold of a night, which so has no second twin.
///
/// Settlements are given one after the other and kept only until their person is complete.
struct ProofFold {
    private let plan: NightlyPlan
    private let year: Int
    private let days: ClosedRange<CivilDate>
    private let facts: ProofFacts
    private var place: PersonPlace
    private(set) var tally = ProofTally()
    /// Persons whose adjudications or sums are not what they should be, in no order.
    private(set) var differing: [Int64] = []
    /// What the year's settlements and uses should have moved on the persons' own accounts, in no order.
    private(set) var dueEntries: [DueEntry] = []
    /// Persons with a refund in one year of a settlement in another, in no order: all their years have to be folded, which
    /// ``foldAll(_:adjudicated:)`` does.
    private(set) var crossing: Set<Int64>

    /// Whose settlements are being added.
    private var person: Int64?
    /// Of that person, by time and identifier. Its memory is kept from one to the next.
    private var settlements: [SettlementFact] = []
    private var nextAdjudication = 0

    init(plan: NightlyPlan, year: Int, facts: ProofFacts) {
        self.plan = plan.copied()
        self.year = year
        self.facts = facts
        place = PersonPlace(facts.who)
        crossing = facts.refundedLater
        days = Month.first(of: year).firstDay...Month.last(of: year).lastDay
    }

    /// Takes the next settlement of the year.
    ///
    /// - Parameter fact: later than the one before, by person, time, identifier.
    mutating func add(_ fact: SettlementFact) throws {
        if person != fact.person {
            try foldPerson()
            person = fact.person
        }
        settlements.append(fact)
    }

    /// The year's settlements have all been added.
    mutating func finish() throws {
        try foldPerson()
        passUnfounded(before: nil)
        try foldAccountUses()
    }

    /// Folds every year of the ``crossing`` persons, after the others.
    ///
    /// - Parameters:
    ///   - settlements: all of theirs, by person, time, identifier.
    ///   - adjudicated: all of theirs in force, by person.
    mutating func foldAll(_ settlements: [SettlementFact], adjudicated: [AdjudicationFact]) throws {
        let adjudicated = adjudicated.sorted {
            ($0.person, $0.benefitMonth, $0.id) < ($1.person, $1.benefitMonth, $1.id)
        }
        place = PersonPlace(facts.who)
        var (nextSettlement, nextAdjudicated) = (0, 0)
        for person in crossing.sorted() {
            let posted = ProofFold.advance(&nextAdjudicated, in: adjudicated, to: person, \.person)
            self.settlements.removeAll(keepingCapacity: true)
            self.settlements += ProofFold.advance(&nextSettlement, in: settlements, to: person, \.person)
            try compare(person, posted, hasRefunds: true)
        }
    }

    /// Moves `next` past the rows of `person`.
    private static func advance<Fact>(
        _ next: inout Int, in list: [Fact], to person: Int64, _ key: (Fact) -> Int64
    ) -> ArraySlice<Fact> {
        while next < list.count, key(list[next]) < person { next += 1 }
        let first = next
        while next < list.count, key(list[next]) == person { next += 1 }
        return list[first..<next]
    }
}

// MARK: One person

extension ProofFold {
    /// Compares the person whose settlements have all been added, unless the year alone does not say what is due.
    private mutating func foldPerson() throws {
        guard let person else { return }
        passUnfounded(before: person)
        let hasRefunds = settlements.contains { $0.original != nil }
        if hasRefunds, refundsEarlier() { crossing.insert(person) }
        let posted = ProofFold.advance(&nextAdjudication, in: facts.adjudications, to: person, \.person)
        if !crossing.contains(person) { try compare(person, posted, hasRefunds: hasRefunds) }
        settlements.removeAll(keepingCapacity: true)
    }

    /// Whether a refund names an original that is not among the year's settlements of the person.
    private func refundsEarlier() -> Bool {
        for index in settlements.indices {
            guard let original = settlements[index].original else { continue }
            if !settlements.contains(where: { $0.original == nil && $0.id == original }) { return true }
        }
        return false
    }

    /// Counts rows of the ledger whose persons have no settlement in the year.
    ///
    /// - Parameter person: who comes next; `nil` passes all that is left.
    private mutating func passUnfounded(before person: Int64?) {
        while nextAdjudication < facts.adjudications.count {
            let unfounded = facts.adjudications[nextAdjudication].person
            if let person, unfounded >= person { return }
            nextAdjudication += 1
            guard !crossing.contains(unfounded) else { continue }
            tally.unfounded.rows += 1
            if differing.last != unfounded { differing.append(unfounded) }
        }
    }

    /// - Parameters:
    ///   - posted: by benefit month, identifier.
    ///   - hasRefunds: whether there may be mirror rows, and settlements of more than one benefit year.
    private mutating func compare(
        _ person: Int64, _ posted: ArraySlice<AdjudicationFact>, hasRefunds: Bool
    ) throws {
        place.move(to: person)
        let before = tally.differences
        let matched = hasRefunds ? try compareYears(posted) : try compareYear(year, nil, posted)
        // A row of the ledger without a settlement.
        if matched < posted.count { tally.unfounded.rows += Int64(posted.count - matched) }
        if tally.differences != before || matched < posted.count { differing.append(person) }
    }

    /// A mirror row moves the sums of its original's year.
    private mutating func compareYears(_ posted: ArraySlice<AdjudicationFact>) throws -> Int {
        let benefit = BenefitTimes(settlements)
        let all = settlements
        var matched = 0
        for benefitYear in Set(all.map { benefit.time(of: $0).date.year }).sorted() {
            settlements.removeAll(keepingCapacity: true)
            settlements += all.lazy.filter { benefit.time(of: $0).date.year == benefitYear }
            matched += try compareYear(benefitYear, benefit, posted)
        }
        return matched
    }

    /// - Parameter benefit: where mirror rows stand; `nil` if there is none.
    /// - Returns: how many rows of the ledger belong to the year's settlements.
    private mutating func compareYear(
        _ benefitYear: Int, _ benefit: BenefitTimes?, _ posted: ArraySlice<AdjudicationFact>
    ) throws -> Int {
        guard let last = settlements.last else { return 0 }
        var fold = PersonYear(looksBack: benefit != nil)
        var matched = 0
        let paidMonths = facts.who.paidMonths[last.person]
        for index in settlements.indices {
            let table = plan.rules.table(on: settlements[index].time.date)
            let item = plan.item(settlements[index], who: place.who, paidMonths: paidMonths, by: table)
            let outcome = try fold.settle(item, by: table)
            let month = (benefit?.time(of: settlements[index]) ?? item.time).date.month
            let row = posted.row(of: item.id, in: month)
            if row != nil { matched += 1 }
            try compare(outcome, with: row, month)
            guard days.contains(item.time.date) else { continue }
            try tally.add(outcome, total: item.claim.total)
            try appendDue(outcome, of: settlements[index], table: table)
        }
        let due = AccumulatorFact(
            person: last.person, year: Int16(benefitYear), sums: fold.sums, lastTime: last.time, lastID: last.id,
            lastCategory: fold.lastCategory?.code)
        if place.stored.first(where: { $0.year == due.year }) != due { tally.differences.sums += 1 }
        if benefitYear == year { countReached(fold) }
        return matched
    }

    private mutating func compare(_ outcome: YearOutcome, with row: AdjudicationFact?, _ month: Month) throws {
        guard row?.says(outcome, benefitMonth: month) != true else { return }
        let decision = outcome.decision
        let pool = try decision.poolPayment - (row?.pool ?? .zero)
        let account = try decision.accountPayment - (row?.account ?? .zero)
        let family = try decision.familyAccountPayment - (row?.family ?? .zero)
        try tally.differences.settlements.add(try pool.magnitude + account.magnitude + family.magnitude)
    }

    private mutating func appendDue(_ outcome: YearOutcome, of fact: SettlementFact, table: OutpatientTable?) throws {
        let decision = outcome.decision
        let isOwn = fact.familyOwner == nil || fact.familyOwner == fact.person
        let taken = isOwn ? try decision.accountPayment + decision.familyAccountPayment : decision.accountPayment
        guard taken != .zero else { return }
        dueEntries.append(
            DueEntry(
                subject: EntrySubject(person: fact.person, source: fact.id), amount: try taken.negated(),
                month: fact.time.date.month, citation: plan.citations.number(of: outcome, table: table)))
    }

    /// 达到起付标准、最高支付限额: by the category that the person was settled as last, and the rules of the year's last day.
    private mutating func countReached(_ fold: PersonYear) {
        guard let category = fold.lastCategory else { return }
        tally.people[category, default: Count()].rows += 1
        guard let table = plan.rules.table(on: Month.last(of: year).lastDay) else { return }
        if fold.sums.deductibleCounted >= table[category].deductible {
            tally.reachedDeductible[category, default: Count()].rows += 1
        }
        if fold.sums.counted >= table[category].annualCap {
            tally.reachedCeiling[category, default: Count()].rows += 1
        }
    }

    private mutating func foldAccountUses() throws {
        for fact in facts.who.accountUses {
            let judgement = try judge(
                AccountUse(
                    movement: fact.kind, kind: fact.use, beneficiary: fact.beneficiary, amount: fact.amount,
                    date: fact.date, isCancellation: fact.isCancellation),
                owner: AccountOwner(person: fact.person, standing: .unknownStatus), links: [], terms: plan.accountUse)
            if judgement.amount == .zero {
                tally.usesNotDue.rows += 1
                continue
            }
            try tally.uses.add(judgement.amount)
            // What other subjects post by themselves is proven with them.
            if ProofEntries.kindsOfOtherSubjects.contains(fact.kind) { continue }
            dueEntries.append(
                DueEntry(
                    subject: EntrySubject(person: fact.person, source: fact.id), amount: judgement.amount,
                    month: fact.date.month, citation: plan.citations.accountUse))
        }
    }
}

extension ArraySlice<AdjudicationFact> {
    /// The row of a settlement, in a list by benefit month and identifier.
    fileprivate func row(of id: FactID, in month: Month) -> AdjudicationFact? {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].precedes(id, in: month) { low = middle + 1 } else { high = middle }
        }
        guard low < endIndex, self[low].benefitMonth == month, self[low].id == id else { return nil }
        return self[low]
    }
}

extension AdjudicationFact {
    fileprivate func precedes(_ id: FactID, in month: Month) -> Bool {
        benefitMonth != month ? benefitMonth < month : self.id < id
    }
}
