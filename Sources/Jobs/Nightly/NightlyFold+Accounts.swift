import Money
import Policy
import Settlement

/// What a family account paid for a settlement of somebody else.
struct FamilyPayment {
    let owner: Int64
    let patient: Int64
    let date: CivilDate
    let settlement: FactID
    let paid: Fen
}

extension NightlyFold {
    /// Looks at what family accounts paid, and books the uses of accounts outside settlements.
    ///
    /// - Parameter links: reads the family links of owners of accounts, ascending.
    mutating func foldAccounts(links read: ([Int64]) throws -> [FamilyLinkFact]) throws {
        let owners = Set(facts.accountUses.map(\.person)).union(familyPayments.map(\.owner)).sorted()
        guard !owners.isEmpty else { return }
        let links = Dictionary(grouping: try read(owners).filter(\.isValid), by: \.person).mapValues { links in
            links.map { FamilyLink(relative: $0.relative, relation: $0.relation, begin: $0.begin, end: $0.end) }
        }
        for payment in familyPayments {
            try check(payment, links[payment.owner] ?? [])
        }
        try foldAccountUses(links)
    }

    /// 个人账户使用。 Books the new uses of accounts; what is out of scope is booked and found.
    ///
    /// - Parameter links: by owner of the account.
    private mutating func foldAccountUses(_ links: [Int64: [FamilyLink]]) throws {
        var place = PersonPlace(facts)
        var person: Int64?
        for fact in facts.accountUses {
            if person != fact.person { place.move(to: fact.person) }
            person = fact.person
            let who = place.who
            let use = AccountUse(
                movement: fact.kind, kind: fact.use, beneficiary: fact.beneficiary, amount: fact.amount,
                date: fact.date,
                isCancellation: fact.isCancellation)
            let owner = AccountOwner(
                person: fact.person,
                standing: standing(on: fact.date, statuses: who.statuses, death: who.death, change: .nextMonth))
            let judgement = try judge(use, owner: owner, links: links[fact.person] ?? [], terms: plan.accountUse)
            if judgement.amount != .zero {
                rows.entries.append(
                    person: fact.person, amount: judgement.amount, month: fact.date.month, effectiveOn: fact.date,
                    citation: plan.citations.accountUse, kind: judgement.movement, revision: 0, source: fact.id)
                try tally.useEntries[judgement.movement, default: Count()].add(judgement.amount)
                if fact.date.year < plan.run.postingMonth.year {
                    try tally.priorYearEntries[fact.date.year, default: Count()].add(judgement.amount)
                }
            }
            for finding in judgement.findings {
                try found(
                    finding.rawValue, person: fact.person, month: fact.date.month, source: fact.id, expected: .zero,
                    found: judgement.amount)
            }
        }
    }

    /// Keeps what a family account paid for later, see ``check(_:_:)``.
    mutating func keepFamilyPayment(of fact: SettlementFact, paid: Fen) {
        guard paid > .zero, let owner = fact.familyOwner, owner != fact.person else { return }
        familyPayments.append(
            FamilyPayment(owner: owner, patient: fact.person, date: fact.time.date, settlement: fact.id, paid: paid))
    }

    /// 家庭共济: the patient must be linked to the account that paid on that day.
    ///
    /// - Parameter links: of the account's owner.
    private mutating func check(_ payment: FamilyPayment, _ links: [FamilyLink]) throws {
        guard !links.contains(where: { $0.relative == payment.patient && $0.holds(on: payment.date) }) else { return }
        try found(
            AccountUseFinding.beneficiaryWithoutLink.rawValue, person: payment.owner, month: payment.date.month,
            source: payment.settlement, expected: .zero, found: payment.paid)
    }

    /// 全自费: accounts pay what is in policy; what they paid beyond that is found, since the money has moved.
    mutating func checkFullSelfPay(_ outcome: YearOutcome, of fact: SettlementFact, table: OutpatientTable?) throws {
        guard table?.decisions.coversFullSelfPay == .no, fact.original == nil else { return }
        let decision = outcome.decision
        let paid = try decision.accountPayment + decision.familyAccountPayment
        let inPolicy = try paid + decision.cashPayment - fact.claim.fullSelfPay
        guard paid > inPolicy else { return }
        try found(
            "account_paid_full_self_pay", person: fact.person, month: fact.time.date.month, source: fact.id,
            expected: max(.zero, inPolicy), found: paid)
    }

    mutating func found(
        _ kind: String, person: Int64, month: Month, source: FactID, expected: Fen, found: Fen
    ) throws {
        try tally.findings[kind, default: Count()].add(found - expected)
        rows.findings.append(
            person: person, month: month, kind: kind, source: source, expected: expected, found: found)
    }
}
