import Money

/// The institutions of a city: the same list for any number of people, so that persons meet the same ones in a city of
/// another size.
struct Institutions: Sendable {
    let all: [Institution]
    private let months: ClosedRange<Month>
    private let hospitals: [[Int]]
    private let pharmacies: Range<Int>
    private let isCarelessIn: [Bool]
    private let carelessOnes: [[Int]]

    private enum Kind: Int, CaseIterable {
        case tertiary
        case secondary
        case primary
        case ungraded
        case pharmacy

        var count: Int {
            switch self {
            case .tertiary: 4
            case .secondary: 12
            case .primary: 60
            case .ungraded: 24
            case .pharmacy: 100
            }
        }

        var suffix: String {
            switch self {
            case .tertiary, .secondary: "医院"
            case .primary: "社区卫生服务中心"
            case .ungraded: "诊所"
            case .pharmacy: "大药房"
            }
        }

        var levelCodes: [Int?] {
            switch self {
            case .tertiary: [1, 2, 3, 4]
            case .secondary: [5, 6, 7]
            case .primary: [8, 9, 10]
            case .ungraded: [11, nil]
            case .pharmacy: [nil]
            }
        }
    }

    init(_ specification: CitySpecification) {
        months = specification.months
        var all: [Institution] = []
        var hospitals: [[Int]] = []
        for kind in Kind.allCases {
            hospitals.append(Array(all.count..<(all.count + kind.count)))
            for place in 0..<kind.count {
                all.append(Institutions.make(kind, place, index: all.count, specification))
            }
        }
        pharmacies = (hospitals.popLast()?.first ?? 0)..<all.count
        var careless: [Bool] = []
        var carelessOnes: [[Int]] = Array(repeating: [], count: months.count)
        for index in all.indices {
            for (offset, month) in months.enumerated() {
                var dice = Dice(
                    seed: specification.seed, person: index * 65_536 + Int(month.monthNumber), stream: .statements)
                let isCareless =
                    all[index].record(on: month.lastDay) != nil
                    && dice.happens(specification.shares[.carelessMonth])
                careless.append(isCareless)
                if isCareless { carelessOnes[offset].append(index) }
            }
        }
        self.all = all
        self.hospitals = hospitals
        isCarelessIn = careless
        self.carelessOnes = carelessOnes
    }

    private static func make(
        _ kind: Kind, _ place: Int, index: Int, _ specification: CitySpecification
    ) -> Institution {
        var dice = Dice(seed: specification.seed, person: index, stream: .institutions)
        let months = specification.months
        let district = dice.pick(Institutions.districts)
        var record = InstitutionRecord(
            levelCode: dice.pick(kind.levelCodes), begins: Month(monthNumber: 2000 * 12).firstDay, ends: nil)
        var records = [Delivered(month: months.lowerBound, record: record)]
        let month = months.lowerBound.adding(months: dice.below(months.count))
        let date = month.firstDay.adding(days: dice.below(month.dayCount))
        // Every twelfth hospital changes its level, every fortieth institution closes.
        let next = Institutions.next(record.levelCode)
        let changes = place % 12 == 5 && next != nil
        if changes || place % 40 == 17 {
            if month == months.lowerBound { records.removeAll() } else { records[0].isSuperseded = true }
            record.ends = changes ? date.adding(days: -1) : date
            records.append(Delivered(month: month, record: record))
            if changes {
                records.append(
                    Delivered(month: month, record: InstitutionRecord(levelCode: next, begins: date, ends: nil)))
            }
        }
        return Institution(
            code: InstitutionCode(index: index, isPharmacy: kind == .pharmacy),
            name: "\(district.name)示例第\(place + 1)\(kind.suffix)", isPharmacy: kind == .pharmacy,
            district: district.code, records: records)
    }

    /// What an institution of this level becomes; pharmacies and those without a level stay what they are.
    private static func next(_ levelCode: Int?) -> Int? {
        switch levelCode {
        case .none: nil
        case .some(1...4): 5
        case .some(5...7): 3
        case .some: 6
        }
    }

    private static let districts: [(code: Int, name: String)] = [
        (320_703, "连云区"), (320_706, "海州区"), (320_706, "海州区"), (320_707, "赣榆区"), (320_722, "东海县"), (320_723, "灌云县"),
        (320_724, "灌南县"),
    ]

    /// A hospital that is open on `date`: most often a small one.
    func hospital(on date: CivilDate, _ dice: inout Dice) -> Int {
        let draw = dice.below(100)
        let kind = draw < 25 ? 0 : draw < 50 ? 1 : draw < 92 ? 2 : 3
        return open(dice.pick(hospitals[kind]), in: 0..<pharmacies.lowerBound, on: date)
    }

    func pharmacy(on date: CivilDate, _ dice: inout Dice) -> Int {
        open(dice.within(pharmacies.lowerBound...pharmacies.upperBound - 1), in: pharmacies, on: date)
    }

    private func open(_ index: Int, in range: Range<Int>, on date: CivilDate) -> Int {
        var index = index
        while all[index].record(on: date) == nil {
            index = index + 1 < range.upperBound ? index + 1 : range.lowerBound
        }
        return index
    }

    /// One of the institutions whose statement of this month is not to be trusted.
    func careless(in month: Month, _ dice: inout Dice) -> Int? {
        let ones = carelessOnes[Int(month.monthNumber - months.lowerBound.monthNumber)]
        return ones.isEmpty ? nil : dice.pick(ones)
    }

    /// Whether the institution's bookkeeping of that month is not to be trusted: only then do its counters report wrong
    /// amounts, and only then does its statement differ from its settlements.
    func isCareless(_ index: Int, in month: Month) -> Bool {
        index < all.count
            && isCarelessIn[index * months.count + Int(month.monthNumber - months.lowerBound.monthNumber)]
    }
}
