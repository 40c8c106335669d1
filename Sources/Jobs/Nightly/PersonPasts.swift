import Money

/// The newest revisions of the discrepancies with the counter, by settlement.
typealias CounterDiscrepancies = [FactID: [DiscrepancyID: Int32]]

/// What persons whose years are folded anew have been until now.
struct PersonPasts {
    /// All settlements that the run knows, by time and identifier.
    private(set) var settlements: [Int64: [SettlementFact]] = [:]
    /// The adjudications in force, by settlement.
    private(set) var adjudicated: [Int64: [FactID: AdjudicationFact]] = [:]
    private(set) var discrepancies = CounterDiscrepancies()

    /// Of nobody.
    init() {}

    /// - Parameters:
    ///   - settlements: by person, time and identifier.
    ///   - adjudications: those in force, one a settlement.
    init(settlements: [SettlementFact], adjudications: [AdjudicationFact], discrepancies: CounterDiscrepancies) {
        self.settlements = Dictionary(grouping: settlements, by: \.person)
        adjudicated = Dictionary(grouping: adjudications, by: \.person).mapValues { adjudications in
            Dictionary(uniqueKeysWithValues: adjudications.map { ($0.id, $0) })
        }
        self.discrepancies = discrepancies
    }
}
