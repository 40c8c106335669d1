import Money

/// A synthetic city: made-up persons and what a core system would deliver about them, awkward cases included.
/// Nothing in it comes from a real person.
package struct City: Sendable {
    package static let largestNumber = 999_999_999
    static let mostSettlementsPerPerson = 100

    package let specification: CitySpecification

    package init(_ specification: CitySpecification) throws(CityError) {
        guard (0...City.largestNumber).contains(specification.people) else {
            throw .tooManyPeople(specification.people)
        }
        let months = specification.months
        guard (2001...2099).contains(months.lowerBound.year), months.upperBound.year <= 2099 else {
            throw .monthsOutOfRange("\(months.lowerBound) to \(months.upperBound)")
        }
        self.specification = specification
    }

    /// The facts of one person, which depend on the seed, the months and `number` alone, not on the size of the city.
    package func person(_ number: Int) -> PersonFacts {
        var maker = PersonMaker(specification, number: number)
        return maker.make()
    }

    /// Writes intake files into `directory`, which is made if need be and must be empty.
    ///
    /// - Parameter progress: called now and then with the number of persons written.
    /// - Returns: what the files hold.
    package func write(
        to directory: String, as layout: CityLayout = .single, progress: (Int) -> Void = { _ in }
    ) throws(CityError) -> CityCensus {
        try IntakeDirectory.writing(to: directory) { place throws(CityError) in
            var writer = try CityWriter(specification, layout, into: place)
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
