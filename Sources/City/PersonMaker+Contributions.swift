import Money

/// What a payer pays for one month: the base and its two parts.
private struct Payment {
    var base: Fen
    var own: Fen
    var employer: Fen

    init(_ base: Fen, isFlexible: Bool, _ rules: CityRules) {
        self.base = base
        own = share(of: base, at: isFlexible ? rules.flexibleRate : rules.ownRate)
        employer = isFlexible ? .zero : share(of: base, at: rules.employerRate)
    }
}

/// Several months paid on one day.
private enum Block {
    case none
    case back(ClosedRange<Month>)
    case advance(ClosedRange<Month>)

    func contains(_ month: Month) -> Bool {
        switch self {
        case .none: false
        case .back(let months), .advance(let months): months.contains(month)
        }
    }
}

/// What becomes of one month's contribution.
private enum Fate {
    case onTime
    case late
    case unpaid
    case paidTwice
    case refundedWhole
    case refundedPartly
    case wrongOwnAmount
    case wrongEmployerAmount
    case rateDifference
}

extension PersonMaker {
    mutating func makeContributions(_ status: PersonStatus) {
        let span = PayingSpan(status, life.turn, in: months)
        let wages = Wages(specification, span, &dice)
        let block = drawBlock(span)
        if span.first <= span.last {
            for month in span.first...span.last where span.contains(month) && !block.contains(month) {
                makeMonth(month, span, wages)
            }
        }
        make(block, span, wages)
        makeAfterTheEnd(span, wages)
        makeRetirementRows(span, wages)
        makeDifferences(span, wages)
    }

    private func payment(_ month: Month, on date: CivilDate, _ span: PayingSpan, _ wages: Wages) -> Payment {
        let limits = specification.rules.limits(covering: month, knownOn: date)
        return Payment(
            limits.base(forWage: wages.wage(in: month.year, knownOn: date)), isFlexible: span.isFlexible(in: month),
            specification.rules)
    }

    /// A day on which offices book what came in: the 5th to the 25th.
    private mutating func payday(_ month: Month) -> CivilDate {
        month.firstDay.adding(days: dice.within(4...24))
    }

    private mutating func drawFate() -> Fate {
        let shares = specification.shares
        var draw = dice.below(10_000)
        func falls(to awkwardCase: AwkwardCase) -> Bool {
            draw -= shares[awkwardCase]
            return draw < 0
        }
        if falls(to: .latePayment) { return .late }
        if falls(to: .unpaidMonth) { return .unpaid }
        if falls(to: .paidTwice) { return .paidTwice }
        if falls(to: .refundWhole) { return .refundedWhole }
        if falls(to: .refundPartial) { return .refundedPartly }
        if falls(to: .wrongOwnAmount) { return .wrongOwnAmount }
        if falls(to: .wrongEmployerAmount) { return .wrongEmployerAmount }
        if falls(to: .rateDifference) { return .rateDifference }
        return .onTime
    }

    private mutating func makeMonth(_ month: Month, _ span: PayingSpan, _ wages: Wages) {
        let fate = drawFate()
        if case .unpaid = fate { return }
        let received: CivilDate
        if case .late = fate {
            received = payday(month.adding(months: dice.within(1...4)))
        } else {
            received = payday(month)
        }
        var paid = payment(month, on: received, span, wages)
        switch fate {
        case .onTime, .late, .unpaid:
            deliver(.normal, month, paid, received)
        case .paidTwice:
            deliver(.normal, month, paid, received)
            let again = payday(month.next)
            guard deliver(.normal, month, paid, again) else { break }
            facts.cases.count(.paidTwice)
            // A few are never noticed.
            if dice.happens(7500) { refundLast(on: payday(again.month.next)) }
        case .refundedWhole:
            deliver(.normal, month, paid, received)
            refundLast(on: payday(month.adding(months: dice.within(1...3))))
        case .refundedPartly:
            deliver(.normal, month, paid, received)
            refundPart(of: paid, month, span, on: payday(month.adding(months: dice.within(1...3))))
        case .wrongOwnAmount:
            let wrong = [paid.own.rawValue + 1, paid.own.rawValue - 1, paid.own.rawValue / 2]
            paid.own = Fen(dice.pick(wrong))
            deliver(.normal, month, paid, received)
            facts.cases.count(.wrongOwnAmount)
        case .wrongEmployerAmount:
            // Also of flexible workers, who have no employer: 0.01 too much.
            let right = paid.employer.rawValue
            paid.employer = Fen(right == 0 ? 1 : dice.pick([right + 1, right - 1, right / 7 * 8]))
            deliver(.normal, month, paid, received)
            facts.cases.count(.wrongEmployerAmount)
        case .rateDifference:
            guard !span.isFlexible(in: month) else {
                deliver(.normal, month, paid, received)
                break
            }
            makeRateDifference(month, paid, received)
        }
    }

    /// The employer pays 6 % first and makes up for it later.
    private mutating func makeRateDifference(_ month: Month, _ due: Payment, _ received: CivilDate) {
        var paid = due
        paid.employer = share(of: due.base, at: Rate(basisPoints: 600))
        deliver(.normal, month, paid, received)
        facts.cases.count(.wrongEmployerAmount)
        var difference = due
        difference.base = .zero
        difference.own = .zero
        difference.employer = Fen(due.employer.rawValue - paid.employer.rawValue)
        let original = facts.contributions.count - 1
        deliver(
            .rateDifference, month, difference, payday(month.adding(months: dice.within(1...3))),
            original: facts.contributions[original].sequence)
    }

    @discardableResult
    private mutating func deliver(
        _ kind: ContributionKind, _ month: Month, _ paid: Payment, _ received: CivilDate, original: Int? = nil
    ) -> Bool {
        deliver(
            ContributionRecord(
                sequence: facts.contributions.count, kind: kind, covers: month, base: paid.base, own: paid.own,
                employer: paid.employer, received: received, original: original))
    }
}

extension PersonMaker {
    /// Takes back all of the contribution delivered last.
    private mutating func refundLast(on date: CivilDate) {
        refund(facts.contributions[facts.contributions.count - 1], on: date)
    }

    private mutating func refund(_ original: ContributionRecord, on date: CivilDate) {
        var row = original
        row.sequence = facts.contributions.count
        row.kind = .refund
        row.base = mirrored(original.base)
        row.own = mirrored(original.own)
        row.employer = mirrored(original.employer)
        row.received = date
        row.original = original.sequence
        if deliver(row) { facts.cases.count(.refundWhole) }
    }

    /// Takes back what was paid above a lower base: the parts at their rates of the difference.
    private mutating func refundPart(of paid: Payment, _ month: Month, _ span: PayingSpan, on date: CivilDate) {
        let part = Fen(Int64(dice.within(1...Int(paid.base.rawValue / 3))))
        var difference = Payment(part, isFlexible: span.isFlexible(in: month), specification.rules)
        difference.base = mirrored(difference.base)
        difference.own = mirrored(difference.own)
        difference.employer = mirrored(difference.employer)
        let original = facts.contributions[facts.contributions.count - 1].sequence
        if deliver(.refund, month, difference, date, original: original) { facts.cases.count(.refundPartial) }
    }

    private mutating func drawBlock(_ span: PayingSpan) -> Block {
        let (shares, length) = (specification.shares, span.last.monthNumber - span.first.monthNumber + 1)
        guard span.absence == nil, length > 2 else { return .none }
        let isBack = dice.happens(specification.shareOverMonths(shares[.backCollection]))
        guard isBack || dice.happens(specification.shareOverMonths(shares[.paidInAdvance])) else { return .none }
        let start = span.first.adding(months: dice.below(Int(length) - 2))
        let end = min(start.adding(months: dice.within(1...5)), span.last.previous)
        return isBack ? .back(start...end) : .advance(start...end)
    }

    private mutating func make(_ block: Block, _ span: PayingSpan, _ wages: Wages) {
        switch block {
        case .none:
            break
        case .back(let months):
            let received = payday(months.upperBound.next)
            for month in months {
                let paid = payment(month, on: received, span, wages)
                deliver(.backCollection, month, paid, received)
            }
        case .advance(let months):
            let received = payday(months.lowerBound)
            for month in months {
                let paid = payment(month, on: received, span, wages)
                deliver(.normal, month, paid, received)
            }
        }
    }

    /// The employer who goes on for one month after a death or a departure.
    private mutating func makeAfterTheEnd(_ span: PayingSpan, _ wages: Wages) {
        let month = span.last.next
        guard month <= months.upperBound, !span.isFlexible(in: month) else { return }
        let awkwardCase: AwkwardCase
        switch life.turn {
        case .death: awkwardCase = .contributionAfterDeath
        case .departure: awkwardCase = .contributionAfterDeparture
        case .nothing, .arrival, .absence, .becomesFlexible, .retirement: return
        }
        guard dice.happens(specification.shares[awkwardCase]) else { return }
        let received = payday(month)
        deliver(.normal, month, payment(month, on: received, span, wages), received)
    }

    /// The lump sum for years that are missing, and the refunds of what was paid after a retirement dated back.
    private mutating func makeRetirementRows(_ span: PayingSpan, _ wages: Wages) {
        guard case .retirement(let retirement) = life.turn else { return }
        if dice.happens(specification.shares[.lumpSum]) {
            let received = payday(retirement.decided)
            let month = retirement.date.month
            let monthly = payment(month, on: received, span, wages).base
            let base = Fen(monthly.rawValue * Int64(dice.within(6...36)))
            let paid = Payment(base, isFlexible: span.isFlexible(in: month), specification.rules)
            deliver(.lumpSum, month, paid, received)
        }
        guard retirement.decided > retirement.date.month, dice.happens(5000) else { return }
        let received = payday(retirement.decided.next)
        for row in facts.contributions
        where row.kind == .normal && row.covers > retirement.date.month && row.received < received
            && !isRefunded(row)
        {
            refund(row, on: received)
        }
    }

    private func isRefunded(_ row: ContributionRecord) -> Bool {
        facts.contributions.contains { $0.kind == .refund && $0.original == row.sequence }
    }
}

extension PersonMaker {
    /// Base differences: the wage was declared again, or the limits were published late.
    private mutating func makeDifferences(_ span: PayingSpan, _ wages: Wages) {
        if let declared = wages.declared, declared.month <= span.last {
            let received = declared.month.firstDay.adding(days: dice.within(4...24))
            makeDifferences(span, wages, received: received, changed: nil)
        }
        for limits in specification.rules.baseLimits
        where limits.published > limits.effective.firstDay && limits.published.month < span.last {
            let received = payday(limits.published.month.adding(months: dice.within(1...2)))
            makeDifferences(span, wages, received: received, changed: limits)
        }
    }

    /// Compares what each month was collected at with what it would be today. `changed` are the limits published late;
    /// without them the wage changed.
    private mutating func makeDifferences(
        _ span: PayingSpan, _ wages: Wages, received: CivilDate, changed: BaseLimits?
    ) {
        for row in facts.contributions where row.kind == .normal || row.kind == .backCollection {
            let concerned =
                changed.map { row.covers >= $0.effective && row.received < $0.published }
                ?? (row.covers.year == received.year && row.received < wages.changeDay(of: received.year))
            guard concerned, row.covers <= span.last, !isRefunded(row) else { continue }
            let due = payment(row.covers, on: received, span, wages).base
            let difference = Fen(due.rawValue - baseSoFar(row).rawValue)
            guard difference != .zero else { continue }
            let paid = Payment(difference, isFlexible: span.isFlexible(in: row.covers), specification.rules)
            let made = deliver(.baseDifference, row.covers, paid, received, original: row.sequence)
            guard made else { continue }
            if changed != nil {
                facts.cases.count(.limitDifference)
            } else {
                facts.cases.count(.declaredDifference)
                if difference < .zero { facts.cases.count(.declaredDifferenceDown) }
            }
        }
    }

    /// What a contribution was collected at, with the differences made up before.
    private func baseSoFar(_ row: ContributionRecord) -> Fen {
        facts.contributions.reduce(row.base) { base, other in
            other.kind == .baseDifference && other.original == row.sequence
                ? Fen(base.rawValue + other.base.rawValue) : base
        }
    }
}
