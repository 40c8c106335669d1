import Books
import Money
import Policy
import Settlement

extension CreditFold {
    /// One month of one person: what becomes of each contribution and of the month itself, and what the ledger lacks.
    mutating func foldMonth(_ month: Month, of person: PersonFacts) throws {
        let terms = plan.terms(for: month)
        let situation = CreditSituation(
            insurance: plan.insurance, isKnown: person.isKnown, isSettled: month <= plan.settledThrough,
            standing: standing(in: month, statuses: statuses, death: person.death), terms: terms?.terms)
        due.removeAll(keepingCapacity: true)
        let paid = try foldContributions(month, of: person, in: situation, citation: terms?.workerCitation)
        if person.isKnown, situation.isSettled, let terms {
            try foldStanding(situation.standing, month, of: person, terms: terms, paid: paid)
            if paid.hasNew, paid.base != .zero, let broken = limitFinding(base: paid.base, terms: terms.terms) {
                try note(broken.finding, person.id, month, FactID(), expected: broken.limit, found: paid.base)
            }
        }
        nextCredit = try collectPosted(facts.credits, from: nextCredit, month, of: person)
        try post(month, of: person, standing: situation.standing, effectiveOn: plan.run.instance.businessDate)
    }

    /// The balance brought in from the former system. It has a month of its own, which need not be one that is folded: of
    /// that month nothing else is read.
    mutating func foldOpening(of person: PersonFacts) throws {
        guard let opening = person.opening else { return }
        var months = [opening.date.month]
        var index = nextCarriedIn
        while index < facts.carriedIn.count, facts.carriedIn[index].person == person.id {
            if !months.contains(facts.carriedIn[index].month) { months.append(facts.carriedIn[index].month) }
            index += 1
        }
        for month in months.sorted() {
            due.removeAll(keepingCapacity: true)
            if opening.date.month == month {
                due.append(
                    Due(
                        key: MovementKey(kind: AccountMovement.carriedIn.rawValue, source: CreditSource.opening),
                        amount: opening.balance, citation: plan.openingCitation))
            }
            nextCarriedIn = try collectPosted(facts.carriedIn, from: nextCarriedIn, month, of: person)
            let standing = standing(in: month, statuses: statuses, death: person.death)
            try post(month, of: person, standing: standing, effectiveOn: opening.date)
        }
    }

    /// What the contributions of a month come to.
    private struct Paid {
        var credit = Fen.zero
        /// Base of the credited contributions, differences and refunds included.
        var base = Fen.zero
        /// Whether any contribution counts for crediting, be it with zero.
        var isPaid = false
        var hasNew = false
    }

    private mutating func foldContributions(
        _ month: Month, of person: PersonFacts, in situation: CreditSituation, citation: Int32?
    ) throws -> Paid {
        var paid = Paid()
        while nextContribution < facts.contributions.count {
            let fact = facts.contributions[nextContribution]
            guard fact.person == person.id, fact.month == month else { break }
            nextContribution += 1
            paid.hasNew = paid.hasNew || fact.isNew
            let received = try fact.contribution.received
            try tally.contributionsRead.add(received)
            if fact.isNew { try bookIncome(of: fact.contribution, standing: situation.standing) }
            let outcome = try credit(fact.contribution, in: situation)
            switch outcome {
            case .credited(let amount, _):
                guard let citation, case .enrolled(let category) = situation.standing else {
                    preconditionFailure("only an enrolled person's month with rules is credited")
                }
                try tally.contributionsCredited.add(amount, to: category)
                due.append(
                    Due(
                        key: MovementKey(kind: AccountMovement.credit.rawValue, source: fact.id), amount: amount,
                        citation: citation))
                try paid.credit += amount
            case .notDue(let reason):
                try tally.contributionsNotDue.add(received, to: reason)
            case .excepted(let reason):
                try tally.contributionsExcepted.add(received, to: reason)
                rows.append(reason, person: person.id, month: month, source: fact.id, amount: received)
            }
            if outcome.countsAsPaid {
                paid.isPaid = true
                try paid.base += fact.contribution.base
                if fact.isNew { try checkSplit(of: fact, in: situation) }
            }
        }
        return paid
    }

    /// The money of a contribution is income when it becomes known, whatever is credited of it (收付实现制).
    private mutating func bookIncome(of contribution: Contribution, standing: Standing) throws {
        guard contribution.insurance == plan.insurance, contribution.type != .retireeCredit else { return }
        if standing == .enrolled(.flexible) {
            try tally.received.add(try contribution.received, to: .flexible)
            return
        }
        if contribution.ownPart != .zero { try tally.received.add(contribution.ownPart, to: .own) }
        if contribution.employerPart != .zero {
            try tally.received.add(contribution.employerPart, to: .employer)
        }
    }

    private mutating func checkSplit(of fact: ContributionFact, in situation: CreditSituation) throws {
        guard let terms = situation.terms, case .enrolled(let category) = situation.standing else { return }
        let contribution = fact.contribution
        let expected = try expectedSplit(of: contribution, category: category, terms: terms)
        if contribution.ownPart != expected.ownPart {
            try note(
                .ownPart, fact.person, fact.month, fact.id, expected: expected.ownPart, found: contribution.ownPart)
        }
        if contribution.employerPart != expected.employerPart {
            try note(
                .employerPart, fact.person, fact.month, fact.id, expected: expected.employerPart,
                found: contribution.employerPart)
        }
    }

    private mutating func note(
        _ finding: ContributionFinding, _ person: Int64, _ month: Month, _ source: FactID, expected: Fen, found: Fen
    ) throws {
        try tally.findings.add(try found - expected, to: finding)
        rows.append(finding, person: person, month: month, source: source, expected: expected, found: found)
    }

    /// What becomes of the month itself: each month of a known person is credited, excepted or not due.
    private mutating func foldStanding(
        _ standing: Standing, _ month: Month, of person: PersonFacts, terms: MonthTerms, paid: Paid
    ) throws {
        tally.monthsRead.rows += 1
        let outcome: CreditOutcome
        switch standing {
        case .dead: outcome = .notDue(.dead)
        case .notEnrolled: outcome = .notDue(.notEnrolled)
        case .unknownStatus: outcome = .excepted(.unknownStatus)
        case .enrolled(let category) where category.isRetired:
            outcome = creditRetiree(ownLevel: person.ownLevel(of: terms.terms.retireeCredit), terms: terms.terms)
            if case .credited(let amount, _) = outcome {
                let source = CreditSource.retiree(terms.terms.retireeCredit)
                due.append(
                    Due(
                        key: MovementKey(kind: AccountMovement.credit.rawValue, source: source), amount: amount,
                        citation: terms.retireeCitation))
            }
        case .enrolled:
            outcome =
                !paid.isPaid
                ? .excepted(.unpaid)
                : paid.credit == .zero ? .notDue(.zero) : .credited(paid.credit, by: .workerCreditRate)
        }
        switch outcome {
        case .credited(let amount, _):
            guard case .enrolled(let category) = standing else { break }
            try tally.monthsCredited.add(amount, to: category)
        case .excepted(let reason):
            try tally.monthsExcepted.add(to: reason)
            rows.append(reason, person: person.id, month: month)
        case .notDue(let reason):
            try tally.monthsNotDue.add(to: reason)
        }
    }

    /// Writes due − posted of a month.
    private mutating func post(
        _ month: Month, of person: PersonFacts, standing: Standing, effectiveOn: CivilDate
    ) throws {
        movements.removeAll(keepingCapacity: true)
        try appendDifferences(due: due, posted: posted[...], to: &movements)
        for movement in movements {
            var category: InsuredCategory?
            if case .enrolled(let enrolled) = standing { category = enrolled }
            let item = CreditTally.PostedItem(
                origin: CreditOrigin(of: movement.key), category: category, month: month,
                isTakenBack: movement.amount < .zero)
            try tally.posted.add(movement.amount, to: item)
            if item.origin != .opening, month.year < plan.run.postingMonth.year {
                try tally.priorYear.add(movement.amount, to: month.year)
            }
            rows.append(movement, person: person.id, month: month, effectiveOn: effectiveOn)
            if movedPersons.last != person.id { movedPersons.append(person.id) }
        }
    }

    /// Sums the revisions of each movement that stands in the ledger for the month.
    ///
    /// - Returns: where the next month's entries begin in the list.
    private mutating func collectPosted(
        _ entries: [EntryFact], from first: Int, _ month: Month, of person: PersonFacts
    ) throws -> Int {
        posted.removeAll(keepingCapacity: true)
        var next = first
        while next < entries.count {
            let entry = entries[next]
            guard entry.person == person.id, entry.month == month else { break }
            next += 1
            var amount = entry.amount
            if let last = posted.last, last.key == entry.key {
                amount = try amount + last.amount
                posted.removeLast()
            }
            posted.append(
                Posted(key: entry.key, amount: amount, lastRevision: entry.revision, citation: entry.citation))
        }
        return next
    }
}

extension CreditOutcome {
    /// Whether a contribution with this outcome pays its month, be it with a credit of zero.
    fileprivate var countsAsPaid: Bool {
        switch self {
        case .credited, .notDue(.zero): true
        case .excepted, .notDue: false
        }
    }
}

extension CreditOrigin {
    init(of key: MovementKey) {
        switch key.source {
        case CreditSource.opening: self = .opening
        case CreditSource.ownLevel, CreditSource.cityAmount: self = .retiree
        default: self = .contribution
        }
    }
}
