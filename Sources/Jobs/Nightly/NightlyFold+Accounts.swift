import Money
import Policy
import Settlement

extension NightlyFold {
    /// 个人账户使用。 Books the new uses of accounts outside settlements; what is out of scope is booked and found.
    mutating func foldAccountUses() throws {
        for fact in facts.accountUses {
            let who = who[fact.person] ?? Who()
            let use = AccountUse(
                movement: fact.kind, kind: fact.use, beneficiary: fact.beneficiary, amount: fact.amount,
                date: fact.date,
                isCancellation: fact.isCancellation)
            let owner = AccountOwner(
                person: fact.person,
                standing: standing(on: fact.date, statuses: who.statuses, death: who.death, change: .nextMonth))
            let judgement = try judge(use, owner: owner, links: links(of: fact.person), terms: plan.accountUse)
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

    /// 家庭共济: the patient must be linked to the account that paid on that day.
    mutating func checkFamilyLink(of fact: SettlementFact, paid: Fen) throws {
        guard paid > .zero, let owner = fact.familyOwner, owner != fact.person else { return }
        let isLinked = links(of: owner).contains { $0.relative == fact.person && $0.holds(on: fact.time.date) }
        guard !isLinked else { return }
        try found(
            AccountUseFinding.beneficiaryWithoutLink.rawValue, person: owner, month: fact.time.date.month,
            source: fact.id, expected: .zero, found: paid)
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

    private func links(of person: Int64) -> [FamilyLink] {
        (familyLinks[person] ?? pasts.familyLinks[person] ?? []).filter(\.isValid).map {
            FamilyLink(relative: $0.relative, relation: $0.relation, begin: $0.begin, end: $0.end)
        }
    }
}
