import Money

/// A synthetic city: made-up persons and what a core system would deliver about them, awkward cases included.
/// Nothing in it comes from a real person.
package struct City: Sendable {
    package static let largestNumber = 999_999_999

    /// A year; with the most months it keeps a person's rows below half of what five digits can number.
    package static let mostSettlementsPerPerson = 100
    package static let mostMonths = 360

    package let specification: CitySpecification
    private let ownInstitutions: Institutions

    /// The city's institutions; none if it has no settlements.
    package var institutions: [Institution] { specification.settlementsPerPerson > 0 ? ownInstitutions.all : [] }

    package init(_ specification: CitySpecification) throws(CityError) {
        guard (0...City.largestNumber).contains(specification.people) else {
            throw .tooManyPeople(specification.people)
        }
        let months = specification.months
        guard (2001...2099).contains(months.lowerBound.year), months.upperBound.year <= 2099,
            months.count <= City.mostMonths
        else {
            throw .monthsOutOfRange("\(months.lowerBound) to \(months.upperBound)")
        }
        guard (0...City.mostSettlementsPerPerson).contains(specification.settlementsPerPerson) else {
            throw .settlementsOutOfRange(specification.settlementsPerPerson)
        }
        self.specification = specification
        ownInstitutions = Institutions(specification)
    }

    /// The facts of one person, which depend on the seed, the months and `number` alone, not on the size of the city.
    package func person(_ number: Int) -> PersonFacts {
        var maker = PersonMaker(specification, number: number)
        let facts = maker.make()
        guard specification.settlementsPerPerson > 0 else { return facts }
        var settlements = SettlementMaker(facts, maker.life, specification, ownInstitutions)
        return settlements.make()
    }

    /// Writes intake files into `directory`, which is made if need be and must be empty.
    ///
    /// - Parameter progress: called now and then with the number of persons written.
    /// - Returns: what the files hold.
    package func write(
        to directory: String, as layout: CityLayout = .single, progress: (Int) -> Void = { _ in }
    ) throws(CityError) -> CityCensus {
        try IntakeDirectory.writing(to: directory) { place throws(CityError) in
            var writer = try CityWriter(specification, ownInstitutions, layout, into: place)
            for number in 0..<specification.people {
                try writer.write(person(number))
                if number % 10_000 == 9999 { progress(number + 1) }
            }
            return try writer.finish()
        }
    }
}

/// How facts are cut into intake directories.
package enum CityLayout: Hashable, Sendable {
    /// One directory with the facts in their final form.
    case single
    /// A directory for each month of arrival, named `2023-01`, with what the core system delivered in that month:
    /// events by the day they were received, corrections as later versions of their rows.
    case byMonth
}
