import Money
import Settlement

/// Goes along the persons of a chunk in ascending order and says who each is, so that nobody has to be looked up.
struct PersonPlace {
    private let persons: [PersonVersion]
    private let enrolments: [EnrolmentVersion]
    private let accumulators: [AccumulatorFact]
    private var nextPerson = 0
    private var nextEnrolment = 0
    private var nextAccumulator = 0
    /// Who the person at this place is. Its memory is kept from one to the next.
    private(set) var who = Who()
    /// The sums that are stored for the person, by year.
    private(set) var stored: ArraySlice<AccumulatorFact> = []

    init(_ facts: NightlyFacts) {
        persons = facts.persons
        enrolments = facts.enrolments
        accumulators = facts.accumulators
    }

    /// - Parameter person: later than the one before.
    mutating func move(to person: Int64) {
        who.isKnown = false
        who.death = nil
        while nextPerson < persons.count, persons[nextPerson].person <= person {
            let version = persons[nextPerson]
            nextPerson += 1
            // The newest version is the last.
            guard version.person == person else { continue }
            who.isKnown = version.isValid
            who.death = version.death
        }
        moveEnrolments(to: person)
        while nextAccumulator < accumulators.count, accumulators[nextAccumulator].person < person {
            nextAccumulator += 1
        }
        let first = nextAccumulator
        while nextAccumulator < accumulators.count, accumulators[nextAccumulator].person == person {
            nextAccumulator += 1
        }
        stored = accumulators[first..<nextAccumulator]
    }

    /// Keeps the newest version of each row, and drops it if that withdraws it.
    private mutating func moveEnrolments(to person: Int64) {
        who.statuses.removeAll(keepingCapacity: true)
        while nextEnrolment < enrolments.count, enrolments[nextEnrolment].person <= person {
            let version = enrolments[nextEnrolment]
            nextEnrolment += 1
            guard version.person == person, version.isValid else { continue }
            let isReplaced =
                nextEnrolment < enrolments.count && enrolments[nextEnrolment].person == person
                && enrolments[nextEnrolment].status.begin == version.status.begin
            if !isReplaced { who.statuses.append(version.status) }
        }
    }
}
