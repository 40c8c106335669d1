import Money
import Policy
import Settlement
import Testing

extension `连政办发〔2022〕73号` {
    @Suite struct `二（四） 当月身份，与逐日推算一致` {
        @Test(arguments: 1...50 as ClosedRange<UInt64>)
        func `每个月都一致`(seed: UInt64) throws {
            for person in try people(seed: seed) {
                let diary = Diary(of: person.statuses)
                for covered in try months() {
                    let found = standing(in: covered, statuses: person.statuses, death: person.death)
                    let expected = diary.standing(in: covered, death: person.death)
                    #expect(found == expected, "seed \(seed), \(covered): \(person)")
                }
            }
        }

        @Test func `样本中各种身份都有`() throws {
            var counts: [Standing: Int] = [:]
            for seed in 1...50 as ClosedRange<UInt64> {
                for person in try people(seed: seed) {
                    for covered in try months() {
                        let found = standing(in: covered, statuses: person.statuses, death: person.death)
                        counts[found, default: 0] += 1
                    }
                }
            }
            let all: [Standing] =
                InsuredCategory.allCases.map(Standing.enrolled) + [.unknownStatus, .notEnrolled, .dead]
            for kind in all {
                #expect(counts[kind, default: 0] > 100, "\(kind)")
            }
        }

        /// From before the first possible row to after the last.
        private func months() throws -> ClosedRange<Month> { try month("2023-08")...month("2024-08") }

        private func people(seed: UInt64) throws -> [Person] {
            var numbers = SplitMix64(seed: seed)
            let days = try date("2023-09-01").dayNumber...date("2024-07-15").dayNumber
            return (0..<8).map { _ in Person(within: days, using: &numbers) }
        }
    }
}

/// A person as no office would have entered it.
private struct Person {
    let statuses: [EnrolmentStatus]
    let death: CivilDate?

    init(within days: ClosedRange<Int32>, using numbers: inout SplitMix64) {
        let begins = (0..<Int.random(in: 0...5, using: &numbers)).map { _ in
            awkwardDay(within: days, using: &numbers)
        }.sorted()
        var statuses: [EnrolmentStatus] = []
        for (index, begin) in begins.enumerated() {
            let end: CivilDate? =
                switch Int.random(in: 0..<10, using: &numbers) {
                case 0..<4: nil
                case 4..<6: index + 1 < begins.count ? begins[index + 1].adding(days: -1) : nil
                case 6..<9: max(begin, awkwardDay(within: days, using: &numbers))
                default: begin.adding(days: -1)
                }
            let category = ([nil] + InsuredCategory.allCases).randomElement(using: &numbers) ?? nil
            statuses.append(EnrolmentStatus(begin: begin, end: end, category: category))
        }
        self.statuses = statuses
        death = Int.random(in: 0..<4, using: &numbers) == 0 ? awkwardDay(within: days, using: &numbers) : nil
    }
}

/// The first and the last days of months more often than others.
private func awkwardDay(within days: ClosedRange<Int32>, using numbers: inout SplitMix64) -> CivilDate {
    let day = CivilDate(dayNumber: Int32.random(in: days, using: &numbers))
    return switch Int.random(in: 0..<4, using: &numbers) {
    case 0: day.month.firstDay
    case 1: day.month.lastDay
    default: day
    }
}

/// What was in force on each day, found by looking at every day: slow, and hard to get wrong.
private struct Diary {
    private var inForce: [CivilDate: EnrolmentStatus] = [:]

    init(of statuses: [EnrolmentStatus]) {
        guard var day = statuses.first?.begin else { return }
        let years = 2 * 366
        for _ in 0..<years {
            // The row that began last decides: the rows before it ended when it began, even if it is over itself.
            if let status = statuses.last(where: { $0.begin <= day }), status.end.map({ $0 >= day }) ?? true {
                inForce[day] = status
            }
            day = day.adding(days: 1)
        }
    }

    func standing(in month: Month, death: CivilDate?) -> Standing {
        if let death, (month.year, month.month) > (death.year, death.month.month) { return .dead }
        let days = (0..<month.dayCount).map { month.firstDay.adding(days: $0) }
        guard let first = days.compactMap({ inForce[$0] }).first else { return .notEnrolled }
        let status = inForce[month.firstDay.adding(days: -1)] ?? first
        return status.category.map(Standing.enrolled) ?? .unknownStatus
    }
}
