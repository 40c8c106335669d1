import Money
import Policy
import Postgres
import Settlement

/// Computes a chunk of a night: adjudicates the new settlements of each person, going on from the stored sums where all
/// of them are later than the last one settled, and folding the person's years anew where they are not. Only
/// differences are written.
///
/// Settlements stand among the facts, or are given one after the other and kept only until their person is complete.
struct NightlyFold {
    let plan: NightlyPlan
    let facts: NightlyFacts
    /// The persons whose years are folded anew, and why.
    private let causes: [Int64: RevisionCause]
    /// What those of them have been that are folded next.
    private(set) var pasts: PersonPasts
    var rows: NightlyRows
    var tally = NightlyTally()
    /// What family accounts paid, to be looked at when all is known whose links have to be read.
    var familyPayments: [FamilyPayment] = []

    private var place: PersonPlace
    /// Of one person, by time and identifier. Its memory is kept from one to the next.
    private var added: [SettlementFact] = []
    /// What refunds of the person at hand left as it was. A settlement that several refunds of a month left is one
    /// finding, by the last of them.
    private var kept: [Kept: KeptSettlement] = [:]

    private var nextSettlement = 0
    private var nextChanged = 0

    private struct Kept: Hashable {
        let month: Month
        let settlement: FactID
    }

    init(
        plan: NightlyPlan, facts: NightlyFacts, causes: [Int64: RevisionCause] = [:], pasts: PersonPasts = PersonPasts()
    ) {
        self.plan = plan.copied()
        self.facts = facts
        self.causes = causes
        self.pasts = pasts
        place = PersonPlace(facts)
        rows = NightlyRows(run: plan.run, fresh: plan.fresh)
    }

    /// Takes the next settlement of a chunk whose facts hold none.
    ///
    /// - Parameter fact: later than the one before, by person, time, identifier.
    mutating func add(_ fact: SettlementFact) throws {
        if let person = added.last?.person, person != fact.person { try foldAdded() }
        added.append(fact)
    }

    /// Folds the next persons in order, up to one of them.
    ///
    /// - Parameter pasts: of those among them whose years are folded anew.
    mutating func foldPersons(through last: Int64, pasts: PersonPasts) throws {
        self.pasts = pasts
        try foldPersons(through: last)
    }

    /// Folds all persons who are left, and the uses of accounts.
    ///
    /// - Parameter links: reads the family links of owners of accounts, ascending.
    mutating func finish(links: ([Int64]) throws -> [FamilyLinkFact]) throws {
        try foldAdded()
        try foldPersons(through: .max)
        try foldAccounts(links: links)
    }

    private mutating func foldAdded() throws {
        guard let person = added.last?.person else { return }
        var settlements: [SettlementFact] = []
        swap(&settlements, &added)
        try foldPerson(person, settlements[...])
        settlements.removeAll(keepingCapacity: true)
        swap(&settlements, &added)
    }

    private mutating func foldPersons(through last: Int64) throws {
        while let person = nextPerson, person <= last {
            let first = nextSettlement
            while nextSettlement < facts.settlements.count, facts.settlements[nextSettlement].person == person {
                nextSettlement += 1
            }
            while nextChanged < facts.changedPersons.count, facts.changedPersons[nextChanged] == person {
                nextChanged += 1
            }
            try foldPerson(person, facts.settlements[first..<nextSettlement])
        }
    }

    /// The smallest key among what is left of new settlements and changed persons.
    private var nextPerson: Int64? {
        let settled = nextSettlement < facts.settlements.count ? facts.settlements[nextSettlement].person : nil
        let changed = nextChanged < facts.changedPersons.count ? facts.changedPersons[nextChanged] : nil
        guard let settled, let changed else { return settled ?? changed }
        return min(settled, changed)
    }

    /// - Parameter new: by time and identifier.
    private mutating func foldPerson(_ person: Int64, _ new: ArraySlice<SettlementFact>) throws {
        place.move(to: person)
        let (who, stored) = (place.who, place.stored)
        if let cause = causes[person] {
            try foldYears(
                of: pasts.settlements[person]?[...] ?? [], who: who, from: [], stored: stored, cause: cause,
                posted: pasts.adjudicated[person] ?? [:])
        } else {
            try foldYears(of: new, who: who, from: stored, stored: stored, cause: .new, posted: [:])
        }
        for (key, settlement) in kept.sorted(by: {
            ($0.key.month, $0.key.settlement) < ($1.key.month, $1.key.settlement)
        }) {
            try found(
                "kept_after_refund", person: person, month: key.month, source: settlement.id,
                expected: settlement.withoutOriginal, found: settlement.poolPayment)
        }
        kept.removeAll(keepingCapacity: true)
    }
}

extension NightlyFold: ChunkResult {
    var controlTotals: [ControlTotal] { tally.controlTotals }

    func write(_ connection: inout Connection) throws {
        try rows.write(&connection)
    }
}

/// Who a person is, newest versions only.
struct Who {
    var isKnown = false
    var death: CivilDate?
    /// Ascending by begin.
    var statuses: [EnrolmentStatus] = []
}

extension NightlyFacts {
    /// The newest version of each person and enrolment row; a version that withdraws a row drops it.
    var who: [Int64: Who] {
        var who: [Int64: Who] = [:]
        for version in persons {
            who[version.person, default: Who()].isKnown = version.isValid
            who[version.person]?.death = version.death
        }
        for (index, version) in enrolments.enumerated() where version.isValid {
            let next = index + 1 < enrolments.count ? enrolments[index + 1] : nil
            let isReplaced = next?.person == version.person && next?.status.begin == version.status.begin
            if !isReplaced { who[version.person, default: Who()].statuses.append(version.status) }
        }
        return who
    }
}

// MARK: Folding years

extension NightlyFold {
    /// - Parameters:
    ///   - settlements: in order of time and identifier.
    ///   - from: where the years go on; a year without one begins at zero.
    ///   - stored: the sums that are stored.
    ///   - posted: the adjudications in force, by settlement.
    private mutating func foldYears(
        of settlements: ArraySlice<SettlementFact>, who: Who, from: ArraySlice<AccumulatorFact>,
        stored: ArraySlice<AccumulatorFact>, cause: RevisionCause, posted: [FactID: AdjudicationFact]
    ) throws {
        let benefit = BenefitTimes(settlements)
        for (year, facts) in benefit.years(of: settlements) {
            let begin = from.first { $0.year == Int16(year) }
            var fold = PersonYear(
                after: begin?.sums ?? YearSums(),
                lastCategory: begin?.lastCategory.flatMap(PoolingCategory.init(code:)),
                looksBack: facts.contains { $0.original != nil })
            var span = plan.rules.span(on: facts.first?.time.date ?? plan.run.horizon.date)
            var table = plan.rules.table(ofSpan: span)
            for fact in facts {
                if plan.rules.span(on: fact.time.date) != span {
                    span = plan.rules.span(on: fact.time.date)
                    table = plan.rules.table(ofSpan: span)
                }
                let item = plan.item(fact, who: who, paidMonths: self.facts.paidMonths[fact.person], by: table)
                let outcome = try fold.settle(item, by: table)
                try count(outcome, of: fact)
                try post(
                    outcome, of: fact, table: table, benefitMonth: benefit.time(of: fact).date.month, cause: cause,
                    posted: posted[fact.id])
            }
            guard let last = facts.last else { continue }
            let sums = AccumulatorFact(
                person: last.person, year: Int16(year), sums: fold.sums, lastTime: last.time, lastID: last.id,
                lastCategory: fold.lastCategory?.code)
            if stored.first(where: { $0.year == Int16(year) }) != sums { rows.append(sums) }
        }
    }

    private mutating func count(_ outcome: YearOutcome, of fact: SettlementFact) throws {
        try tally.read.add(fact.claim.total)
        try tally.count(outcome.verdict, poolPayment: outcome.decision.poolPayment)
        for settlement in outcome.kept {
            kept[Kept(month: fact.time.date.month, settlement: settlement.id)] = settlement
        }
    }

    /// Writes what differs from the adjudication in force: the row, and the movements of accounts and of what
    /// institutions are owed.
    private mutating func post(
        _ outcome: YearOutcome, of fact: SettlementFact, table: OutpatientTable?, benefitMonth: Month,
        cause: RevisionCause, posted: AdjudicationFact?
    ) throws {
        if let posted, posted.says(outcome, benefitMonth: benefitMonth) { return }
        let before = posted.map(PostedAmounts.init) ?? PostedAmounts()
        let revision = before.revision + 1
        let citation = plan.citations.number(of: outcome, table: table)
        rows.append(
            outcome, of: fact, benefitMonth: benefitMonth, citation: citation, revision: revision,
            cause: revision == 0 ? .new : cause)
        let decision = outcome.decision
        try tally.written.add(decision.poolPayment)
        if revision > 0 { try tally.revised.add(decision.poolPayment) }
        let pool = try decision.poolPayment - before.pool
        let account = try decision.accountPayment - before.account
        let family = try decision.familyAccountPayment - before.family
        guard cause != .alteredLedger else {
            // The books and the accounts know what the run wrote; only the row does not.
            try tally.restored.add(pool)
            return
        }
        if pool != .zero, benefitMonth.year < plan.run.postingMonth.year {
            try tally.priorYearPool[benefitMonth.year, default: Count()].add(pool)
        }
        try tally.owe(fact.institution, pool: pool, account: account + family)
        keepFamilyPayment(of: fact, paid: family)
        try checkFullSelfPay(outcome, of: fact, table: table)
        try move(account: account, family: family, of: fact, citation: citation, revision: revision)
        try compareCounter(outcome, of: fact)
    }

    /// 个人账户支付、家庭共济支付。 A payment takes from the account, a refund gives back to the account that paid.
    private mutating func move(
        account: Fen, family: Fen, of fact: SettlementFact, citation: Int32, revision: Int16
    ) throws {
        let kind = fact.original == nil ? AccountMovement.spending : .settlementRefund
        // A family account that is the person's own is the own account.
        let isOwn = fact.familyOwner == nil || fact.familyOwner == fact.person
        func take(_ amount: Fen, from person: Int64) throws {
            guard amount != .zero else { return }
            let (date, amount) = (fact.time.date, try amount.negated())
            rows.entries.append(
                person: person, amount: amount, month: date.month, effectiveOn: date, citation: citation,
                kind: kind.rawValue, revision: revision, source: fact.id)
            try tally.settlementEntries.add(amount)
            if date.year < plan.run.postingMonth.year {
                try tally.priorYearEntries[date.year, default: Count()].add(amount)
            }
        }
        try take(isOwn ? account + family : account, from: fact.person)
        if !isOwn, let owner = fact.familyOwner { try take(family, from: owner) }
    }

    /// What the counter reported against what is due. A settlement that is outside or refused has no due to compare.
    private mutating func compareCounter(_ outcome: YearOutcome, of fact: SettlementFact) throws {
        guard outcome.verdict == .settled else { return }
        let decision = outcome.decision
        let found = pasts.discrepancies[fact.id] ?? [:]
        func compare(_ item: String, _ theirs: Fen?, _ ours: Fen) throws {
            guard let theirs, theirs != ours || !found.isEmpty else { return }
            let id = DiscrepancyID(
                class: "counter", item: item, institution: fact.institution.description,
                settlement: fact.id.description)
            let last = found[id]
            guard theirs != ours || last != nil else { return }
            rows.append(
                id, item: item, of: fact, theirs: theirs, ours: ours, revision: last.map { $0 + 1 } ?? 0)
            try tally.discrepancies[item, default: Count()].add(theirs - ours)
        }
        try compare("act_pay_dedc", fact.reportedDeductible, decision.deductible)
        try compare("hifp_pay", fact.reportedPool, decision.poolPayment)
        try compare("acct_pay", fact.claim.accountPaid, decision.accountPayment)
        try compare("acct_mulaid_pay", fact.claim.familyAccountPaid, decision.familyAccountPayment)
        try compare("psn_cash_pay", fact.reportedCash, decision.cashPayment)
    }
}

/// Where settlements stand in benefit years: a mirror row moves the sums of its original's year, in its own place in the
/// order.
struct BenefitTimes {
    /// Of those that have a mirror row.
    private var originals: [FactID: CivilTime] = [:]

    /// - Parameter settlements: of one person.
    init(_ settlements: some Collection<SettlementFact>) {
        let refunded = settlements.compactMap(\.original)
        guard !refunded.isEmpty else { return }
        for fact in settlements where fact.original == nil && refunded.contains(fact.id) {
            originals[fact.id] = fact.time
        }
    }

    /// The settlements of each benefit year, the years ascending.
    ///
    /// - Parameter settlements: those of the person, by time and identifier.
    func years(of settlements: ArraySlice<SettlementFact>) -> [(year: Int, facts: ArraySlice<SettlementFact>)] {
        guard let first = settlements.first?.time.date.year, let last = settlements.last?.time.date.year else {
            return []
        }
        guard first != last else { return [(first, settlements)] }
        return Dictionary(grouping: settlements) { time(of: $0).date.year }.sorted { $0.key < $1.key }.map {
            ($0.key, $0.value[...])
        }
    }

    func time(of fact: SettlementFact) -> CivilTime {
        guard let original = fact.original, let time = originals[original], time <= fact.time else { return fact.time }
        return time
    }
}

extension NightlyPlan {
    /// A settlement with what its day and place say about it.
    ///
    /// - Parameters:
    ///   - paidMonths: the person's months with a paid contribution; `nil` if none has been read.
    ///   - table: the rules of the day.
    func item(_ fact: SettlementFact, who: Who, paidMonths: Set<Month>?, by table: OutpatientTable?) -> YearItem {
        let date = fact.time.date
        let entry: PoolingEntry =
            table.map {
                poolingEntry(
                    insurance: fact.insurance, settled: insurance, medicalType: fact.medicalType,
                    hasPrescriber: fact.prescriber != nil, disease: fact.disease, table: $0)
            } ?? (fact.insurance == insurance ? .ordinary : .outside(.otherInsurance))
        let place = entry == .byPrescription ? fact.prescriber ?? fact.institution : fact.institution
        return YearItem(
            id: fact.id, time: fact.time, visit: fact.visit, claim: fact.claim, entry: entry, original: fact.original,
            isKnownPerson: who.isKnown,
            standing: Settlement.standing(
                on: date, statuses: who.statuses, death: who.death,
                change: table?.decisions.categoryChange ?? .nextMonth),
            isPaidMonth: paidMonths?.contains(date.month) ?? !rules.poolsPaidMonthsOnly,
            place: table.map { institutions.place(of: place, on: date, levels: $0.levels) }
                ?? .unknownInstitution)
    }
}

/// What the adjudication in force says of money; nothing where there is none.
private struct PostedAmounts {
    var revision: Int16 = -1
    var pool = Fen.zero
    var account = Fen.zero
    var family = Fen.zero

    init() {}

    init(_ fact: AdjudicationFact) {
        revision = fact.revision
        pool = fact.pool
        account = fact.account
        family = fact.family
    }
}

extension AdjudicationFact {
    /// Whether the row in force says already what the settlement comes to.
    func says(_ outcome: YearOutcome, benefitMonth month: Month) -> Bool {
        let decision = outcome.decision
        return benefitMonth == month && verdict == outcome.verdict.code && category == outcome.category?.code
            && level == outcome.level?.code && Int64(rate) == decision.rate.basisPoints
            && eligible == decision.eligible && deductible == decision.deductible && payable == decision.payable
            && pool == decision.poolPayment && account == decision.accountPayment
            && family == decision.familyAccountPayment && cash == decision.cashPayment
    }
}
