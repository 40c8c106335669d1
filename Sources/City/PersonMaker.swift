import Money

/// Makes the facts of one person. What would arrive after the city's last month is left out as it is delivered here,
/// so that everything counted is in the files.
struct PersonMaker {
    let specification: CitySpecification
    let life: Life
    var facts: PersonFacts
    var dice: Dice

    init(_ specification: CitySpecification, number: Int) {
        self.specification = specification
        facts = PersonFacts(number: number)
        dice = Dice(seed: specification.seed, person: number, stream: .life)
        life = Life(specification, &dice)
    }

    var months: ClosedRange<Month> { specification.months }

    /// One of a thousand units, few of them large. It is the person's own for life, whoever else lives in the city.
    private var unit: Int {
        var dice = Dice(seed: specification.seed, person: facts.number, stream: .unit)
        return dice.below(1000) * dice.below(1000) / 1000
    }

    mutating func make() -> PersonFacts {
        makePerson()
        makeEnrolments()
        makeLevelAndOpening()
        if case .working(let status) = life.standing {
            dice = Dice(seed: specification.seed, person: facts.number, stream: .contributions)
            makeContributions(status)
        }
        countStanding()
        return facts
    }

    private mutating func makePerson() {
        var record = PersonRecord(
            name: Names.draw(&dice, isWoman: life.isWoman), isWoman: life.isWoman, born: life.born,
            district: life.district, died: nil)
        deliver(record, in: arrival)
        if case .death(let death) = life.turn {
            record.died = death.date
            deliver(record, in: death.reported)
        }
    }

    /// The month in which the person is first delivered.
    private var arrival: Month {
        if case .arrival(let date) = life.turn { date.month } else { months.lowerBound }
    }

    private mutating func deliver(_ record: PersonRecord, in month: Month) {
        guard month <= months.upperBound else { return }
        // What is corrected within a month is delivered once, as it stands at its end.
        facts.persons.removeAll { $0.month == month }
        for index in facts.persons.indices {
            facts.persons[index].isSuperseded = true
        }
        facts.persons.append(Delivered(month: month, record: record))
    }

    /// A row with the key of an earlier one replaces it from `month` on.
    mutating func deliver(_ record: EnrolmentRecord, in month: Month) {
        guard month <= months.upperBound else { return }
        var record = record
        record.unit = record.status.hasUnit ? unit : nil
        let isSameRow = { (other: EnrolmentRecord) in
            other.insurance == record.insurance && other.begins == record.begins
        }
        facts.enrolments.removeAll { isSameRow($0.record) && $0.month == month }
        for index in facts.enrolments.indices where isSameRow(facts.enrolments[index].record) {
            facts.enrolments[index].isSuperseded = true
        }
        facts.enrolments.append(Delivered(month: month, record: record))
    }

    /// Leaves out what is received after the city's last month.
    ///
    /// - Returns: whether the contribution was delivered.
    mutating func deliver(_ record: ContributionRecord) -> Bool {
        guard record.received <= specification.lastDay else { return false }
        facts.contributions.append(record)
        switch record.kind {
        case .normal:
            if record.received.month > record.covers { facts.cases.count(.latePayment) }
            if record.received.month < record.covers { facts.cases.count(.paidInAdvance) }
        case .backCollection: facts.cases.count(.backCollection)
        case .lumpSum: facts.cases.count(.lumpSum)
        case .rateDifference: facts.cases.count(.rateDifference)
        case .refund, .baseDifference: break
        }
        return true
    }

    /// The level of the year before, and the balance of the account on the day before the city's first.
    private mutating func makeLevelAndOpening() {
        var isNewcomer = false
        if case .arrival = life.turn { isNewcomer = true }
        switch life.standing {
        case .retired, .veteran:
            if !isNewcomer, !dice.happens(specification.shares[.retireeWithoutLevel]) {
                makeLevel(delivered: months.lowerBound)
            }
        case .working:
            if case .retirement(let retirement) = life.turn, retirement.decided <= months.upperBound,
                dice.happens(specification.shares[.levelSuppliedLate])
            {
                let month = retirement.decided.adding(months: dice.within(1...3))
                if month <= months.upperBound {
                    makeLevel(delivered: month)
                    facts.cases.count(.levelSuppliedLate)
                }
            }
        }
        if !isNewcomer {
            let balance = dice.below(4) == 0 ? dice.below(20_000_00) : dice.below(3000_00)
            let reserve = Family.reserve(of: facts.number, life, specification)
            facts.opening = AccountOpeningRecord(
                date: months.lowerBound.firstDay.adding(days: -1), balance: Fen(Int64(balance) + reserve.rawValue))
        }
    }

    private mutating func makeLevel(delivered month: Month) {
        let monthly = dice.within(60_00...260_00)
        // Most years were twelve equal months; the others leave odd fen, halves of a fen among them.
        let rest = dice.happens(6000) ? 0 : dice.below(1200)
        var december: Fen?
        if dice.happens(specification.shares[.decemberAmountMissing]) {
            facts.cases.count(.decemberAmountMissing)
        } else {
            december = Fen(Int64(monthly + rest / 12))
        }
        facts.fixedCredit = Delivered(
            month: month,
            record: FixedCreditRecord(
                year: months.lowerBound.year - 1, yearTotal: Fen(Int64(monthly * 12 + rest)), decemberAmount: december))
    }
}
