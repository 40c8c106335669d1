import Money
import Policy
import Settlement
import Testing

@testable import Jobs

/// The proof goes along the persons in order; the nights look them up. Both must say the same of everybody.
@Suite struct `Who a person is, said in passing` {
    private struct Town {
        var random: SplitMix64
        var facts = NightlyFacts()

        init(seed: UInt64) {
            random = SplitMix64(seed: seed)
            for person in 0..<40 as Range<Int64> where chance(5, of: 6) {
                addPersons(person)
                addEnrolments(person)
                addAccumulators(person)
            }
        }

        private mutating func chance(_ part: Int, of whole: Int) -> Bool {
            Int.random(in: 0..<whole, using: &random) < part
        }

        private mutating func day() -> CivilDate {
            CivilDate(dayNumber: Int32.random(in: 7_000..<9_000, using: &random))
        }

        private mutating func addPersons(_ person: Int64) {
            for batch in 0..<Int64.random(in: 0...3, using: &random) {
                let death = chance(1, of: 4) ? day() : nil
                facts.persons.append(
                    PersonVersion(person: person, batch: batch, death: death, isValid: chance(4, of: 5)))
            }
        }

        private mutating func addEnrolments(_ person: Int64) {
            let begins = Set((0..<Int.random(in: 0...3, using: &random)).map { _ in day() })
            for begin in begins.sorted() {
                for batch in 0..<Int64.random(in: 1...3, using: &random) {
                    facts.enrolments.append(
                        EnrolmentVersion(
                            person: person, batch: batch,
                            status: EnrolmentStatus(begin: begin, end: nil, category: chance(1, of: 2) ? .active : nil),
                            isValid: chance(3, of: 4)))
                }
            }
        }

        private mutating func addAccumulators(_ person: Int64) {
            for year in 2022...2024 as ClosedRange<Int16> where chance(1, of: 2) {
                facts.accumulators.append(
                    AccumulatorFact(
                        person: person, year: year, sums: YearSums(), lastTime: CivilTime(secondNumber: 0),
                        lastID: FactID(), lastCategory: nil))
            }
        }
    }

    /// Every person, every third one, and the last alone: those between are passed over.
    @Test(arguments: 1...20 as ClosedRange<UInt64>, [1, 3, 39])
    func `is what a look-up says`(seed: UInt64, step: Int) {
        let facts = Town(seed: seed).facts
        let lookedUp = facts.who
        var place = PersonPlace(facts)
        for person in stride(from: Int64(step - 1), through: 41, by: step) {
            place.move(to: person)
            let who = lookedUp[person] ?? Who()
            let comment: Comment = "seed \(seed), person \(person)"
            #expect(place.who.isKnown == who.isKnown, comment)
            #expect(place.who.death == who.death, comment)
            #expect(place.who.statuses == who.statuses, comment)
            #expect(Array(place.stored) == facts.accumulators.filter { $0.person == person }, comment)
        }
    }
}
