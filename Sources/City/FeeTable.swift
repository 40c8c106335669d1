import Money

/// What visits cost: a typical fee by kind and level, times a skewed factor, as a table of whole numbers.
enum FeeTable {
    /// Ten-thousandths of all visits, and the percentage of the typical fee that so many stay below.
    private static let factors: [(share: Int, percent: Int)] = [
        (0, 12), (1000, 32), (2500, 55), (5000, 100), (7500, 183), (9000, 317), (9700, 540), (9950, 1000),
        (10_000, 2500),
    ]

    static func factor(_ dice: inout Dice) -> Int {
        let share = dice.below(10_000)
        var index = 1
        while factors[index].share <= share { index += 1 }
        let (below, above) = (factors[index - 1], factors[index])
        return below.percent + (above.percent - below.percent) * (share - below.share) / (above.share - below.share)
    }

    private static func typical(_ type: MedicalType, _ level: InstitutionLevel) -> Int {
        switch type {
        case .outpatient, .outpatientPooling:
            switch level {
            case .primary: 110_00
            case .secondary: 190_00
            case .tertiary: 320_00
            }
        case .emergency: 420_00
        case .chronic, .chronicDisease: 260_00
        case .specialDisease: 1600_00
        case .inpatient: 9500_00
        case .pharmacy: 95_00
        }
    }

    /// - Parameter personPercent: how much dearer this person's visits are than others'.
    static func draw(_ type: MedicalType, _ level: InstitutionLevel, personPercent: Int, _ dice: inout Dice) -> Fees {
        let total = 500 + typical(type, level) * factor(&dice) / 100 * personPercent / 100 + dice.below(100)
        func part(_ chance: Int, upTo percent: Int, _ dice: inout Dice) -> Int {
            dice.happens(chance) ? total * dice.below(percent * 100) / 10_000 : 0
        }
        let fullSelfPay = part(3000, upTo: 25, &dice)
        let overLimit = part(800, upTo: 5, &dice)
        let advance = part(3500, upTo: 10, &dice)
        return Fees(
            total: Fen(Int64(total)), fullSelfPay: Fen(Int64(fullSelfPay)), overLimit: Fen(Int64(overLimit)),
            advance: Fen(Int64(advance)), eligible: Fen(Int64(total - fullSelfPay - overLimit - advance)))
    }
}
