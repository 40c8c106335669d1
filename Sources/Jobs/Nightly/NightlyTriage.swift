import Money
import Policy
import Settlement

extension NightlyFacts {
    /// The persons whose years have to be folded anew, and why. The others go on from their stored sums: all that is new
    /// of them is later than what has been settled.
    func causesToFoldAnew(by plan: NightlyPlan) -> [Int64: RevisionCause] {
        var causes: [Int64: RevisionCause] = [:]
        var sums = Dictionary(grouping: accumulators, by: \.person)
        for person in changedPersons {
            causes[person] = .changedData
        }
        for fact in settlements where causes[fact.person] == nil {
            guard let settled = sums[fact.person] else { continue }
            if fact.original != nil {
                causes[fact.person] = .refund
            } else if settled.contains(where: { $0.isPassed(by: fact) }) || plan.keepsPeriods(on: fact.time.date) {
                causes[fact.person] = .lateFact
            }
            if causes[fact.person] != nil { sums[fact.person] = nil }
        }
        return causes
    }
}

extension AccumulatorFact {
    /// Whether what is stored is later than the settlement: of its own year, or of a later one, where a mirror row may
    /// have looked for it.
    fileprivate func isPassed(by fact: SettlementFact) -> Bool {
        let factYear = Int16(fact.time.date.year)
        return year > factYear || (year == factYear && (fact.time, fact.id) <= (lastTime, lastID))
    }
}

extension NightlyPlan {
    /// Whether the deductible runs by visit or day, whose use the stored sums do not keep.
    fileprivate func keepsPeriods(on date: CivilDate) -> Bool {
        rules.table(on: date).map { $0.decisions.deductiblePeriod != .calendarYear } ?? false
    }
}
