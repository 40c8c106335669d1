import Money

/// 家庭共济: the account of the neighbour before may pay for a person. Odd numbers have an owner, even ones may be one,
/// so that a person's facts never depend on somebody who may not be in the city.
struct Family {
    let owner: Int
    let relation: FamilyRelation
    /// `nil` if the link was never delivered.
    let link: ClosedRange<CivilDate>?
    /// What is left of the part of the owner's account that is set aside for the person.
    var reserve: Fen

    private static let lastDayOfAll = CivilDate(dayNumber: 100_000)

    init?(of number: Int, _ life: Life, _ specification: CitySpecification) {
        guard number % 2 == 1 else { return nil }
        owner = number - 1
        var dice = Dice(seed: specification.seed, person: owner, stream: .life)
        let ofOwner = Life(specification, &dice)
        reserve = Family.reserve(of: owner, ofOwner, specification)
        guard reserve > .zero else { return nil }
        let ageDifference = life.born.dayNumber - ofOwner.born.dayNumber
        relation = ageDifference > 15 * 365 ? .child : ageDifference < -15 * 365 ? .parent : .spouse
        dice = Dice(seed: specification.seed, person: number, stream: .family)
        let months = specification.months
        let begins = months.lowerBound.firstDay.adding(days: -dice.below(700))
        if dice.happens(specification.shares[.familyPaymentWithoutLink]) {
            let length = Int(specification.lastDay.dayNumber - months.lowerBound.firstDay.dayNumber)
            link = dice.happens(5000) ? nil : begins...months.lowerBound.firstDay.adding(days: dice.below(length))
        } else {
            link = begins...Family.lastDayOfAll
        }
    }

    /// What an owner sets aside at the city's beginning: four in ten of those whose life goes on as it was.
    static func reserve(of number: Int, _ life: Life, _ specification: CitySpecification) -> Fen {
        guard number % 2 == 0, case .nothing = life.turn else { return .zero }
        var dice = Dice(seed: specification.seed, person: number, stream: .family)
        return dice.happens(4000) ? Fen(Int64(dice.within(300_00...4000_00))) : .zero
    }

    func isLinked(on date: CivilDate) -> Bool {
        link?.contains(date) ?? false
    }

    var record: FamilyLinkRecord? {
        link.map {
            FamilyLinkRecord(
                owner: owner, relation: relation, begins: $0.lowerBound,
                ends: $0.upperBound == Family.lastDayOfAll ? nil : $0.upperBound)
        }
    }
}
