import Money

/// Makes a person's settlements, family link and account uses, after everything else about the person is known.
struct SettlementMaker {
    let specification: CitySpecification
    let institutions: Institutions
    let life: Life
    let history: EnrolmentHistory
    var facts: PersonFacts
    var dice: Dice
    var family: Family?
    var account: AccountEstimate
    var sums: [YearSums]
    var visits: [Visit] = []
    var nextSequence = 0
    /// How much dearer than usual the person's visits are, in percent.
    var personPercent = 100
    var usesAccount = true
    var disease: String?

    init(_ facts: PersonFacts, _ life: Life, _ specification: CitySpecification, _ institutions: Institutions) {
        self.facts = facts
        self.life = life
        self.specification = specification
        self.institutions = institutions
        history = EnrolmentHistory(facts)
        family = Family(of: facts.number, life, specification)
        account = AccountEstimate(
            facts, history, reserve: Family.reserve(of: facts.number, life, specification), specification)
        dice = Dice(seed: specification.seed, person: facts.number, stream: .settlements)
        sums = Array(repeating: YearSums(), count: specification.months.yearCount)
    }

    mutating func make() -> PersonFacts {
        // Who arrives after the city's last day is not there at all.
        guard let first = facts.persons.first else { return facts }
        if let record = family?.record {
            facts.familyLink = Delivered(month: first.month, record: record)
        }
        let ofSettlements = dice
        dice = Dice(seed: specification.seed, person: facts.number, stream: .accountUse)
        makeUses()
        let ofUses = dice
        dice = ofSettlements
        drawVisits()
        var index = 0
        while index < visits.count {
            settle(visits[index])
            index += 1
        }
        makeStatementLines()
        dice = ofUses
        makeClosingUses()
        countSettlements()
        return facts
    }

    func sumsIndex(_ date: CivilDate) -> Int {
        date.year - specification.months.lowerBound.year
    }
}

extension ClosedRange where Bound == Month {
    fileprivate var yearCount: Int { upperBound.year - lowerBound.year + 1 }
}

extension SettlementMaker {
    /// Few people are ill often, and often ill people cost more: the mean is some 15 a year.
    private mutating func drawNumber() -> Int {
        let isWorking = history.rows.last?.status.isWorking ?? true
        let roll = dice.below(10_000) + (isWorking ? -450 : 900)
        let number =
            switch roll {
            case ..<1200: 0
            case ..<3500: dice.within(1...3)
            case ..<6500: dice.within(4...10)
            case ..<8500: dice.within(11...25)
            case ..<9500: dice.within(26...50)
            default: dice.within(51...150)
            }
        personPercent = 60 + dice.below(60) + (number > 50 ? dice.below(120) : 0)
        let scale = 15 * 12
        return (number * specification.settlementsPerPerson * specification.months.count + dice.below(scale)) / scale
    }

    private mutating func drawVisits() {
        let number = drawNumber()
        usesAccount = dice.happens(7000)
        if dice.happens(1500) { disease = dice.pick(["M03900", "M01600", "M05300", "M04600", "M07200"]) }
        let firstDay = specification.months.lowerBound.firstDay
        let length = Int(specification.lastDay.dayNumber - firstDay.dayNumber) + 1
        let joined = history.rows.first?.begins ?? firstDay
        for _ in 0..<number {
            var time = CivilTime(
                firstDay.adding(days: dice.below(length)), secondOfDay: dice.within(27_000...72_000))
            if let last = visits.last, dice.happens(specification.shares[.sameSecond]) { time = last.time }
            let date = time.date
            if history.isInsured(on: date) {
                visits.append(drawVisit(time))
            } else if date >= joined, history.enrolment(on: date) == nil, history.died == nil,
                dice.happens(specification.shares[.settlementNotEnrolled]),
                let institution = institutions.careless(in: date.month, &dice)
            {
                let isPharmacy = institutions.all[institution].isPharmacy
                visits.append(
                    Visit(
                        time: time, sequence: takeSequence(), medicalType: isPharmacy ? .pharmacy : .outpatient,
                        institution: institution))
            }
        }
        visits.sort()
    }

    mutating func takeSequence() -> Int {
        nextSequence += 1
        return nextSequence - 1
    }

    private mutating func drawVisit(_ time: CivilTime) -> Visit {
        let draw = dice.below(1000)
        let type: MedicalType =
            switch draw {
            case ..<5: .inpatient
            case ..<10: .specialDisease
            case ..<230: .pharmacy
            case ..<270: .emergency
            case ..<350: .outpatientPooling
            case ..<450 where disease != nil: dice.happens(5000) ? .chronic : .chronicDisease
            default: .outpatient
            }
        var visit = Visit(time: time, sequence: takeSequence(), medicalType: type)
        if type == .pharmacy {
            visit.institution = institutions.pharmacy(on: time.date, &dice)
            if dice.happens(specification.shares[.prescriptionFilled]) {
                visit.prescriber = institutions.hospital(on: time.date, &dice)
            }
        } else {
            visit.institution = institutions.hospital(on: time.date, &dice)
        }
        if dice.happens(specification.shares[.unknownInstitution]) { visit.institution = nil }
        return visit
    }

    /// Puts a visit of later into its place; it is settled in its turn.
    mutating func schedule(_ visit: Visit) {
        var place = visits.count
        while place > 0, visit < visits[place - 1] { place -= 1 }
        visits.insert(visit, at: place)
    }
}
