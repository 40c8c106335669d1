import Money
import Policy
import Settlement

/// Computes what a year of each person comes to and compares it with the ledger. It writes nothing: who differs is written
/// by the ordinary fold of a night, which so has no second twin.
struct ProofFold {
    private let plan: NightlyPlan
    private let year: Int
    private let facts: ProofFacts
    private let who: [Int64: Who]
    private(set) var tally = ProofTally()
    /// Persons whose adjudications or sums are not what they should be, ascending.
    private(set) var differing: [Int64] = []
    /// What the year's settlements and uses should have moved on the persons' own accounts, in no order.
    private(set) var dueEntries: [DueEntry] = []

    private var nextSettlement = 0
    private var nextAdjudication = 0
    private var nextAccumulator = 0

    init(plan: NightlyPlan, year: Int, facts: ProofFacts) {
        self.plan = plan
        self.year = year
        self.facts = facts
        who = facts.who.who
    }

    mutating func run() throws {
        while let person = nextPerson {
            try foldPerson(person)
        }
        try foldAccountUses()
    }

    /// The smallest key among what is left of settlements and adjudications.
    private var nextPerson: Int64? {
        let settled = nextSettlement < facts.settlements.count ? facts.settlements[nextSettlement].person : nil
        let posted = nextAdjudication < facts.adjudications.count ? facts.adjudications[nextAdjudication].person : nil
        guard let settled, let posted else { return settled ?? posted }
        return min(settled, posted)
    }

    private mutating func foldPerson(_ person: Int64) throws {
        let settlements = advance(&nextSettlement, in: facts.settlements, to: person, \.person)
        let posted = advance(&nextAdjudication, in: facts.adjudications, to: person, \.person)
        let stored = advance(&nextAccumulator, in: facts.who.accumulators, to: person, \.person)
        let before = tally.differences
        var matched = 0
        for (benefitYear, items) in byBenefitYear(settlements) {
            matched += try foldYear(
                benefitYear, items, of: person, posted: posted,
                stored: stored.first { $0.year == Int16(benefitYear) })
        }
        // A row of the ledger without a settlement.
        if matched < posted.count { tally.unfounded.rows += Int64(posted.count - matched) }
        if tally.differences != before || matched < posted.count { differing.append(person) }
    }

    /// Moves `next` past the rows of `person`.
    private func advance<Fact>(
        _ next: inout Int, in list: [Fact], to person: Int64, _ key: (Fact) -> Int64
    ) -> ArraySlice<Fact> {
        while next < list.count, key(list[next]) < person { next += 1 }
        let first = next
        while next < list.count, key(list[next]) == person { next += 1 }
        return list[first..<next]
    }

    /// A settlement and the month of the benefit year that it moves.
    private struct Item {
        let fact: SettlementFact
        let benefitMonth: Month
    }

    private func byBenefitYear(_ settlements: ArraySlice<SettlementFact>) -> [(key: Int, value: [Item])] {
        guard let first = settlements.first else { return [] }
        if !facts.crossing.contains(first.person) {
            let months = settlements.contains { $0.original != nil } ? BenefitTimes(Array(settlements)) : nil
            return [
                (
                    year,
                    settlements.map {
                        Item(fact: $0, benefitMonth: (months?.time(of: $0) ?? $0.time).date.month)
                    }
                )
            ]
        }
        let benefit = BenefitTimes(Array(settlements))
        let items = settlements.map { Item(fact: $0, benefitMonth: benefit.time(of: $0).date.month) }
        return Dictionary(grouping: items, by: \.benefitMonth.year).sorted { $0.key < $1.key }
    }

    /// - Returns: how many rows of the ledger belong to the year's settlements.
    private mutating func foldYear(
        _ benefitYear: Int, _ items: [Item], of person: Int64, posted: ArraySlice<AdjudicationFact>,
        stored: AccumulatorFact?
    ) throws -> Int {
        let who = who[person] ?? Who()
        var fold = PersonYear()
        var matched = 0
        for item in items {
            let fact = item.fact
            let yearItem = plan.item(fact, who: who, paidMonths: facts.who.paidMonths[person])
            let outcome = try fold.settle(yearItem)
            let row = posted.row(of: fact.id, in: item.benefitMonth)
            if row != nil { matched += 1 }
            try compare(outcome, with: row, item.benefitMonth)
            guard fact.time.date.year == year else { continue }
            try tally.read.add(fact.claim.total)
            try tally.verdicts[outcome.verdict.name, default: Count()].add(outcome.decision.poolPayment)
            try appendDue(outcome, of: fact, table: yearItem.table)
        }
        if let last = items.last?.fact {
            let due = AccumulatorFact(
                person: person, year: Int16(benefitYear), sums: fold.sums, lastTime: last.time, lastID: last.id,
                lastCategory: fold.lastCategory?.code)
            if due != stored { tally.differences.sums += 1 }
        }
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
                person: fact.person, source: fact.id, amount: try taken.negated(), month: fact.time.date.month,
                citation: plan.citations.number(of: outcome, table: table)))
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
            if ProofExtract.kindsOfOtherSubjects.contains(fact.kind) { continue }
            dueEntries.append(
                DueEntry(
                    person: fact.person, source: fact.id, amount: judgement.amount, month: fact.date.month,
                    citation: plan.citations.accountUse))
        }
    }
}

extension ArraySlice<AdjudicationFact> {
    /// The row of a settlement, in a list by benefit month and identifier.
    fileprivate func row(of id: FactID, in month: Month) -> AdjudicationFact? {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if (self[middle].benefitMonth, self[middle].id) < (month, id) { low = middle + 1 } else { high = middle }
        }
        guard low < endIndex, self[low].benefitMonth == month, self[low].id == id else { return nil }
        return self[low]
    }
}
