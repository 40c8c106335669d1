import Money

extension SettlementMaker {
    /// Uses outside settlements. They are paid at once from what the estimate has at the beginning, so that it never
    /// promises the same yuan twice.
    mutating func makeUses() {
        if case .arrival(let date) = life.turn {
            makeTransferIn(date)
            return
        }
        let shares = specification.shares
        func falls(_ awkwardCase: AwkwardCase, _ dice: inout Dice) -> Bool {
            dice.happens(specification.shareOverMonths(shares[awkwardCase]))
        }
        let owner = facts.number
        if falls(.ownPremium, &dice) {
            let use = dice.pick(Self.premiums)
            make(use, .premium, owner: owner, beneficiary: nil, .ownPremium)
        }
        if owner > 2, falls(.premiumWithoutLink, &dice) {
            // Somebody of the city who is not family.
            make(Self.residentsPremium, .premium, owner: owner, beneficiary: owner / 2, .premiumWithoutLink)
        }
        if falls(.useOutOfScope, &dice) {
            let use = dice.pick(["sport_fitness", "wellness", "public_health"])
            make(
                (use, Fen(Int64(dice.within(50_00...600_00)))), .spending, owner: owner, beneficiary: nil,
                .useOutOfScope)
        }
        if let family, falls(.familyPremium, &dice), let date = drawDate(),
            family.reserve >= Self.residentsPremium.amount
        {
            self.family?.reserve = Fen(family.reserve.rawValue - Self.residentsPremium.amount.rawValue)
            add(
                AccountUseRecord(
                    sequence: facts.accountUses.count, owner: family.owner, kind: .premium,
                    use: Self.residentsPremium.use, beneficiary: owner, amount: Self.residentsPremium.amount, date: date
                ), family.isLinked(on: date) ? .familyPremium : .premiumWithoutLink)
        }
    }

    private static let residentsPremium = (use: "residents_premium", amount: Fen(380_00))

    /// 大病, 大额, 长护.
    private static let premiums: [(use: String, amount: Fen)] = [
        ("serious_illness_premium", Fen(60_00)), ("large_sum_premium", Fen(192_00)),
        ("long_term_care_premium", Fen(48_00)),
    ]

    /// A day on which the person is insured; `nil` if the day drawn is not one.
    private mutating func drawDate() -> CivilDate? {
        let firstDay = specification.months.lowerBound.firstDay
        let date = firstDay.adding(days: dice.below(Int(specification.lastDay.dayNumber - firstDay.dayNumber) + 1))
        return history.isInsured(on: date) ? date : nil
    }

    private mutating func make(
        _ use: (use: String, amount: Fen), _ kind: AccountMovement, owner: Int, beneficiary: Int?,
        _ awkwardCase: AwkwardCase
    ) {
        guard let date = drawDate(), account.available(in: specification.months.lowerBound) >= use.amount else {
            return
        }
        account.spend(use.amount)
        let record = AccountUseRecord(
            sequence: facts.accountUses.count, owner: owner, kind: kind, use: use.use, beneficiary: beneficiary,
            amount: use.amount, date: date)
        add(record, awkwardCase)
        let later = date.adding(days: dice.within(10...40))
        guard kind == .premium, dice.happens(specification.shares[.useCancelled]), later <= specification.lastDay else {
            return
        }
        var cancelled = record
        cancelled.sequence = facts.accountUses.count
        cancelled.original = record.sequence
        cancelled.amount = mirrored(record.amount)
        cancelled.date = later
        add(cancelled, .useCancelled)
    }

    private mutating func add(_ record: AccountUseRecord, _ awkwardCase: AwkwardCase) {
        facts.accountUses.append(record)
        facts.cases.count(awkwardCase)
    }

    private mutating func makeTransferIn(_ arrival: CivilDate) {
        let date = arrival.adding(days: dice.within(5...20))
        let amount = Fen(Int64(dice.within(50_00...8000_00)))
        guard dice.happens(specification.shares[.transferredIn]), date <= specification.lastDay else { return }
        account.add(amount, in: date.month)
        add(
            AccountUseRecord(
                sequence: facts.accountUses.count, owner: facts.number, kind: .transferredIn, use: "transfer_in",
                amount: amount, date: date), .transferredIn)
    }

    /// What is left goes with the person, or to the heirs.
    mutating func makeClosingUses() {
        let kind: AccountMovement
        let awkwardCase: AwkwardCase
        let date: CivilDate
        switch life.turn {
        case .departure(let month):
            (kind, awkwardCase) = (.transferredOut, .transferredOut)
            date = month.lastDay.adding(days: dice.within(3...40))
        case .death(let death):
            (kind, awkwardCase) = (.toHeirs, .toHeirs)
            date = max(death.date, death.reported.firstDay).adding(days: dice.within(20...60))
        case .nothing, .arrival, .absence, .becomesFlexible, .retirement:
            return
        }
        guard dice.happens(specification.shares[awkwardCase]), date <= specification.lastDay else { return }
        let amount = account.available(in: date.month)
        guard amount > .zero else { return }
        add(
            AccountUseRecord(
                sequence: facts.accountUses.count, owner: facts.number, kind: kind,
                use: kind == .toHeirs ? "inheritance" : "transfer_out", amount: amount, date: date), awkwardCase)
    }
}
