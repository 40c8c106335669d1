package import Money

/// Which city to make. The same specification makes the same bytes on every machine; a city of more people contains
/// the persons of the smaller one, with the same facts.
package struct CitySpecification: Hashable, Sendable {
    /// 0 to 999 999 999: a person's number has nine digits.
    package var people: Int
    /// Facts that arrive in these months; what would arrive later is left out.
    package var months: ClosedRange<Month>
    package var seed: UInt64
    /// On average a year; 0 leaves out settlements and everything that goes with them.
    package var settlementsPerPerson: Int
    package var rules: CityRules
    package var shares: CityShares

    package init(
        people: Int, months: ClosedRange<Month>, seed: UInt64, settlementsPerPerson: Int = 0,
        rules: CityRules = .lianyungang, shares: CityShares = .usual
    ) {
        self.people = people
        self.months = months
        self.seed = seed
        self.settlementsPerPerson = settlementsPerPerson
        self.rules = rules
        self.shares = shares
    }

    /// The last day on which a fact of this city can arrive.
    var lastDay: CivilDate { months.upperBound.lastDay }

    /// A yearly share of persons, as the share over all months of the city; the chance never exceeds one in two.
    func shareOverMonths(_ yearly: Int) -> Int {
        min(5000, (yearly * months.count + 6) / 12)
    }
}
