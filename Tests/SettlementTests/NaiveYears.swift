import Money
import Oracle

/// Random persons and settlements around one year, with everything awkward that a city delivers: the numbers of the
/// notice and one fen beside them, ties in the same second, changes of category, refunds of every kind.
struct NaiveYears {
    private var numbers: SplitMix64

    init(seed: UInt64) {
        numbers = SplitMix64(seed: seed)
    }

    /// - Parameter isOrderly: enrolled and known for all of the time, of one category or with changes, but nothing that
    ///   is refused.
    mutating func person(isOrderly: Bool) throws -> OraclePerson {
        let types =
            isOrderly ? ["1101", "1103", "1201", "1203", "3401", "136003"] : ["1101", "1103", "1201", "3401", "9999"]
        var enrolment = [OracleEnrolment(begin: try date("2001-07-01"), type: pick(types))]
        for _ in 0..<pick([0, 0, 1, 1, 2]) {
            let begin = try day(in: "2022-12-20", "2023-12-20")
            guard !enrolment.contains(where: { $0.begin == begin }) else { continue }
            if !isOrderly, chance(3) { enrolment[enrolment.count - 1].end = try day(in: "2022-12-20", "2023-12-20") }
            enrolment.append(OracleEnrolment(begin: begin, type: pick(types)))
        }
        enrolment.sort { $0.begin < $1.begin }
        var person = OraclePerson(enrolment: enrolment)
        if !isOrderly {
            if chance(6) { person.enrolment[person.enrolment.count - 1].end = try day(in: "2023-06-01", "2023-12-31") }
            if chance(8) { person.death = try day(in: "2023-03-01", "2023-12-31") }
            person.isKnown = !chance(15)
        }
        return person
    }

    /// Up to 40 rows, in no order.
    mutating func rows(isOrderly: Bool, withRefunds: Bool) throws -> [OracleSettlement] {
        var rows: [OracleSettlement] = []
        let count = Int.random(in: 1...40, using: &numbers)
        for number in 0..<count {
            let id = "\(pick(["s", "S", "9", "z"]))\(number)"
            if withRefunds, chance(4),
                let original = rows.filter({ $0.original.isEmpty }).randomElement(using: &numbers)
            {
                rows.append(try refund(of: original, id: id))
            } else {
                rows.append(try settlement(id: id, isOrderly: isOrderly))
            }
        }
        return rows.shuffled(using: &numbers)
    }

    mutating func settlement(id: String, isOrderly: Bool) throws -> OracleSettlement {
        let wards = ["primary", "secondary", "tertiary", "ungraded", "lowered"]
        var row = OracleSettlement(
            id: id, visit: "visit \(pick([1, 2, 3, 4, 5, 6]))",
            day: isOrderly ? try day(in: "2023-01-01", "2023-12-31") : try day(in: "2022-12-25", "2024-01-05"),
            secondOfDay: pick([0, 36_000, 36_000, 86_399]),
            institution: pick(isOrderly ? wards : wards + wards + ["odd", "closed", "nowhere"]))
        if chance(3) { row.day = try date(pick(["2023-01-01", "2023-05-31", "2023-06-01", "2023-12-31"])) }
        row.eligible = pick([
            0, 1, 2, 599_99, 600_00, 750_00, 750_01, Int64.random(in: 0...100_00, using: &numbers),
            Int64.random(in: 0...2000_00, using: &numbers), Int64.random(in: 0...4000_00, using: &numbers),
        ])
        if chance(2) {
            row.fullSelfPay = Int64.random(in: 0...50_00, using: &numbers)
            row.overLimit = Int64.random(in: 0...10_00, using: &numbers)
            row.advance = Int64.random(in: 0...30_00, using: &numbers)
        }
        row.total = row.eligible + row.fullSelfPay + row.overLimit + row.advance
        if chance(2) { row.account = Int64.random(in: 0...row.total, using: &numbers) }
        if chance(3) { row.family = Int64.random(in: 0...row.total, using: &numbers) }
        if chance(5) { row.institutionBorne = min(row.fullSelfPay, 3_00) }
        if chance(5) {
            (row.medicalType, row.prescriber) = ("41", isOrderly ? pick(wards) : pick(wards + ["", "odd"]))
        }
        guard !isOrderly else { return row }
        if chance(8) {
            (row.medicalType, row.disease) = (pick(["21", "14", "13", "140104"]), pick(["", "M03900", "M1"]))
        }
        if chance(25) { row.insurance = 390 }
        if chance(25) { row.total += 1 }
        if chance(25) { row.account = -1 }
        return row
    }

    /// A mirror row: of the whole or of a part, of too much, of nothing, too early.
    private mutating func refund(of original: OracleSettlement, id: String) throws -> OracleSettlement {
        let day =
            chance(2)
            ? original.day
            : chance(8)
                ? try self.day(in: "2022-12-25", "2024-02-01")
                : original.day.adding(
                    days: Int.random(in: 0...60, using: &numbers))
        var mirror = try original.mirror(id, on: day.description)
        mirror.secondOfDay = max(original.secondOfDay, pick([0, 36_000, 86_399]))
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0, 1, 2:
            mirror = try original.mirror(id, of: original.eligible / pick([2, 3, 10]), on: day.description)
            mirror.secondOfDay = original.secondOfDay
            if chance(2) { mirror.account = -original.account / 2 }
        case 3: mirror = try original.mirror(id, of: original.eligible + 1, on: day.description)
        case 4 where chance(3): mirror.original = pick(["nothing", "s0", "z1", "S2"])
        case 5 where chance(3): mirror.total -= 1
        default: break
        }
        return mirror
    }

    mutating func chance(_ oneIn: Int) -> Bool {
        Int.random(in: 0..<oneIn, using: &numbers) == 0
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &numbers)]
    }

    private mutating func day(in first: String, _ last: String) throws -> CivilDate {
        let days = try date(first).dayNumber...date(last).dayNumber
        return CivilDate(dayNumber: Int32.random(in: days, using: &numbers))
    }
}
