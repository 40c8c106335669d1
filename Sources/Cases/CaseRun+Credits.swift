import Money
import Policy
import Settlement

extension PolicyCase {
    func creditFailures() throws -> [CaseFailure] {
        var failures: [CaseFailure] = []
        for (index, row) in contributions.enumerated() {
            let terms = try creditTerms(for: row.month)
            let standing = standing(in: row.month, terms)
            let outcome = try outcome(of: row, standing, terms)
            let what = "contribution \(index + 1), \(row.month)"
            let split = try split(of: row, outcome, standing, terms)
            let failure = failure(
                what, row.place, saying(outcome, row.expected, .credit, .exception, .notDue),
                got: { figure in
                    switch figure {
                    case .credit: outcome.credit
                    case .exception: outcome.exception
                    case .notDue: outcome.notDue
                    case .ownPart: split?.ownPart ?? "none"
                    case .employerPart: split?.employerPart ?? "none"
                    case .pool: split?.pool ?? "none"
                    }
                }, steps: steps(of: outcome, standing, terms))
            if let failure { failures.append(failure) }
        }
        for month in months {
            let terms = try creditTerms(for: month.month)
            let standing = standing(in: month.month, terms)
            let outcome = try outcome(of: month.month, standing, terms)
            let failure = failure(
                "month \(month.month)", month.place, saying(outcome, month.expected, .credit, .exception, .notDue),
                got: { figure in
                    switch figure {
                    case .credit: outcome.credit
                    case .exception: outcome.exception
                    case .notDue: outcome.notDue
                    }
                }, steps: steps(of: outcome, standing, terms))
            if let failure { failures.append(failure) }
        }
        return failures
    }

    /// `nil` if no rule covers the month.
    private func creditTerms(for month: Month) throws(PolicyError) -> CreditTerms? {
        do throws(PolicyError) {
            return try rules.creditTerms(for: month)
        } catch .noRule {
            return nil
        }
    }

    private func standing(in month: Month, _ terms: CreditTerms?) -> Standing {
        Settlement.standing(in: month, statuses: person.statuses(by: terms?.categories), death: person.death)
    }

    private func outcome(
        of row: CaseContribution, _ standing: Standing, _ terms: CreditTerms?
    ) throws(MoneyOverflow) -> CreditOutcome {
        try credit(
            row.contribution,
            in: CreditSituation(
                insurance: insurance, isKnown: true,
                isSettled: settledThrough.map { row.month <= $0 } ?? true, standing: standing, terms: terms))
    }

    /// What a month comes to: a retiree's credit, or the sum of what its contributions are credited.
    private func outcome(
        of month: Month, _ standing: Standing, _ terms: CreditTerms?
    ) throws(MoneyOverflow) -> CreditOutcome {
        guard let terms else { return .excepted(.noRule) }
        switch standing {
        case .dead: return .notDue(.dead)
        case .notEnrolled: return .notDue(.notEnrolled)
        case .unknownStatus: return .excepted(.unknownStatus)
        case .enrolled(let category) where category.isRetired:
            return creditRetiree(ownLevel: person.ownLevel, terms: terms)
        case .enrolled:
            var sum = Fen.zero
            var isPaid = false
            for row in contributions where row.month == month {
                switch try outcome(of: row, standing, terms) {
                case .credited(let amount, _):
                    try sum += amount
                    isPaid = true
                case .notDue(.zero): isPaid = true
                case .excepted, .notDue: continue
                }
            }
            guard isPaid else { return .excepted(.unpaid) }
            return sum == .zero ? .notDue(.zero) : .credited(sum, by: .workerCreditRate)
        }
    }

    /// What the parts should be, and what of the money goes to the pooling fund (二（三）); `nil` where nothing is credited
    /// by a category and its rates.
    private func split(
        of row: CaseContribution, _ outcome: CreditOutcome, _ standing: Standing, _ terms: CreditTerms?
    ) throws(MoneyOverflow) -> (ownPart: String, employerPart: String, pool: String)? {
        guard case .enrolled(let category) = standing, !category.isRetired, let terms else { return nil }
        let should = try expectedSplit(of: row.contribution, category: category, terms: terms)
        var pool = try row.contribution.received
        if case .credited(let amount, _) = outcome { try pool -= amount }
        return ("\(should.ownPart)", "\(should.employerPart)", "\(pool)")
    }

    /// Whoever expects a credit expects neither an exception nor that nothing is due, and the other way round.
    private func saying<Figure: CaseFigure>(
        _ outcome: CreditOutcome, _ expected: [Expected<Figure>], _ credit: Figure, _ exception: Figure,
        _ notDue: Figure
    ) -> [Expected<Figure>] {
        let figures = expected.map(\.figure)
        var complete = expected
        switch outcome {
        case .credited:
            if !figures.contains(credit) { complete.append(Expected(figure: credit, value: "0.00")) }
        case .excepted:
            if !figures.contains(exception) { complete.append(Expected(figure: exception, value: "none")) }
        case .notDue:
            if !figures.contains(notDue) { complete.append(Expected(figure: notDue, value: "none")) }
        }
        return complete
    }

    private func steps(of outcome: CreditOutcome, _ standing: Standing, _ terms: CreditTerms?) -> [String] {
        guard case .credited(let amount, let key) = outcome, let terms, case .enrolled(let category) = standing else {
            return []
        }
        let citation = category.isRetired ? terms.citations.retiree : terms.citations.workerCreditRate
        return ["credit \(amount), \(category) by \(key.rawValue) (\(citation))"]
    }
}

extension CreditOutcome {
    fileprivate var credit: String {
        if case .credited(let amount, _) = self { "\(amount)" } else { "0.00" }
    }

    fileprivate var exception: String {
        if case .excepted(let reason) = self { reason.rawValue } else { "none" }
    }

    fileprivate var notDue: String {
        if case .notDue(let reason) = self { reason.rawValue } else { "none" }
    }
}
