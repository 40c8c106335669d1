import Books
import Money
import Policy
import Postgres
import Settlement

/// Computes a chunk: walks its persons in order, folds the months of each and keeps the differences to the ledger.
struct CreditFold {
    let plan: CreditPlan
    let facts: CreditFacts
    var rows: CreditRows
    var tally = CreditTally()
    /// Persons to whom something is posted, ascending.
    var movedPersons: [Int64] = []

    // How far each list is read.
    private var nextPerson = 0
    private var nextEnrolment = 0
    private var nextOwnLevel = 0
    private var nextOpening = 0
    var nextContribution = 0
    var nextCredit = 0
    var nextCarriedIn = 0

    // Kept between persons so that their memory is.
    var statuses: [EnrolmentStatus] = []
    private var months: [Month] = []
    /// Those settled for everyone.
    private let everyonesMonths: [Month]
    var due: [Due] = []
    var posted: [Posted] = []
    var movements: [Movement] = []

    init(plan: CreditPlan, facts: CreditFacts) {
        self.plan = plan.copied()
        self.facts = facts
        everyonesMonths = Array(plan.months)
        rows = CreditRows(runID: plan.run.id, fresh: plan.fresh)
    }

    mutating func run() throws {
        while let id = nextID {
            try foldPerson(id)
        }
    }

    /// The smallest person key that any list still holds.
    private var nextID: Int64? {
        var id: Int64?
        func consider(_ candidate: Int64) {
            id = id.map { min($0, candidate) } ?? candidate
        }
        if nextPerson < facts.persons.count { consider(facts.persons[nextPerson].person) }
        if nextEnrolment < facts.enrolments.count { consider(facts.enrolments[nextEnrolment].person) }
        if nextOwnLevel < facts.ownLevels.count { consider(facts.ownLevels[nextOwnLevel].person) }
        if nextOpening < facts.openings.count { consider(facts.openings[nextOpening].person) }
        if nextContribution < facts.contributions.count { consider(facts.contributions[nextContribution].person) }
        if nextCredit < facts.credits.count { consider(facts.credits[nextCredit].person) }
        if nextCarriedIn < facts.carriedIn.count { consider(facts.carriedIn[nextCarriedIn].person) }
        return id
    }

    private mutating func foldPerson(_ id: Int64) throws {
        var person = PersonFacts(id: id)
        readPerson(&person)
        readEnrolments(&person)
        readOwnLevels(&person)
        readOpening(&person)
        collectMonths(of: person)
        for month in months {
            try foldMonth(month, of: person)
        }
        try foldOpening(of: person)
    }
}

extension CreditFold: ChunkResult {
    var controlTotals: [ControlTotal] { tally.controlTotals }

    func write(_ connection: inout Connection) throws {
        try rows.write(&connection)
    }
}

/// What is known of one person, newest versions only.
struct PersonFacts {
    let id: Int64
    var isKnown = false
    var death: CivilDate?
    /// Something that decides standing or level is new since the run before: every settled month is folded again.
    var isChanged = false
    /// By reference year.
    var ownLevels: [(year: Int16, level: OwnLevel)] = []
    /// Only if it is new.
    var opening: OpeningVersion?

    init(id: Int64) {
        self.id = id
    }

    func ownLevel(of credit: RetireeCredit) -> OwnLevel? {
        guard case .ownLevel(let year, _) = credit else { return nil }
        return ownLevels.first { $0.year == Int16(clamping: year) }?.level
    }
}

// MARK: Reading one person

extension CreditFold {
    private mutating func readPerson(_ person: inout PersonFacts) {
        while nextPerson < facts.persons.count, facts.persons[nextPerson].person == person.id {
            let version = facts.persons[nextPerson]
            person.isKnown = version.isValid
            person.death = version.death
            person.isChanged = person.isChanged || plan.isNewVersion(batch: version.batch)
            nextPerson += 1
        }
    }

    /// Keeps the newest version of each row, and drops it if that withdraws it.
    private mutating func readEnrolments(_ person: inout PersonFacts) {
        statuses.removeAll(keepingCapacity: true)
        while nextEnrolment < facts.enrolments.count, facts.enrolments[nextEnrolment].person == person.id {
            let version = facts.enrolments[nextEnrolment]
            person.isChanged = person.isChanged || plan.isNewVersion(batch: version.batch)
            nextEnrolment += 1
            let isReplaced =
                nextEnrolment < facts.enrolments.count && facts.enrolments[nextEnrolment].person == person.id
                && facts.enrolments[nextEnrolment].status.begin == version.status.begin
            if !isReplaced, version.isValid { statuses.append(version.status) }
        }
    }

    private mutating func readOwnLevels(_ person: inout PersonFacts) {
        while nextOwnLevel < facts.ownLevels.count, facts.ownLevels[nextOwnLevel].person == person.id {
            let version = facts.ownLevels[nextOwnLevel]
            person.isChanged = person.isChanged || plan.isNewVersion(batch: version.batch)
            if person.ownLevels.last?.year == version.year { person.ownLevels.removeLast() }
            person.ownLevels.append((version.year, version.level))
            nextOwnLevel += 1
        }
    }

    private mutating func readOpening(_ person: inout PersonFacts) {
        while nextOpening < facts.openings.count, facts.openings[nextOpening].person == person.id {
            person.opening = facts.openings[nextOpening]
            nextOpening += 1
        }
    }

    /// The months to fold: those settled for everyone, those of which a row was read, and all settled ones of a person
    /// whose own data is new.
    private mutating func collectMonths(of person: PersonFacts) {
        months.removeAll(keepingCapacity: true)
        months.append(contentsOf: everyonesMonths)
        if person.isChanged, let earlier = plan.earlierMonths {
            months.append(contentsOf: earlier.filter { !everyonesMonths.contains($0) })
        }
        var index = nextContribution
        while index < facts.contributions.count, facts.contributions[index].person == person.id {
            note(facts.contributions[index].month)
            index += 1
        }
        index = nextCredit
        while index < facts.credits.count, facts.credits[index].person == person.id {
            note(facts.credits[index].month)
            index += 1
        }
        if months.count > everyonesMonths.count { months.sort() }
    }

    private mutating func note(_ month: Month) {
        if !months.contains(month) { months.append(month) }
    }
}
